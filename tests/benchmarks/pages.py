"""How fast the pages are, beside a bare Streamlit app and Dash on the same machine in the same run.

    pip install dash        (or: DASH_PYTHON=/path/to/a/python/that/has/it)
    python -m tests.benchmarks.pages [--rounds 7] [--sessions 20]

Run by hand; prints a Markdown table of medians beside the budgets. Measured in a real browser:

- page complete: from the address to the page's foot, its chart or grid drawn and on the screen;
- click to changed chart: from a click on the timeline's lanes until the chart has changed; in Dash, the
  same figures behind a radio button;
- server rerun: from the word that a filter changed to the server's "script finished", over a socket of
  its own: a browser would add its own lateness;
- over the socket: bytes received until the page is still, before compression;
- memory: growth of the server over so many sessions, each on the heaviest page.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.browser.running import CHROMIUM, FLAGS, ROOT, running, streamlit

BUDGETS = {"overview": 2.2, "timeline": 2.2, "map": 2.5, "quotes": 1.6, "people": 1.6, "tables": 1.6}
FLOORS = ("timeline", "map", "empty map", "table")
"""What is shown alone in an otherwise bare app: what the chart or grid itself costs, whoever shows it."""

DRAWN = {
    "timeline": ".js-plotly-plot .bars path",
    "map": "canvas",
    "empty map": "canvas",
    "table": "canvas",
    "tables": "canvas",
}
SHOWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FLOOR = """
import sys

import pandas
import plotly.io
import pydeck
import streamlit as st

folder = sys.argv[1]


class Written(pydeck.Deck):
    def to_json(self):
        return open(f"{folder}/map.json").read()


if st.query_params.get("show") == "map":
    st.pydeck_chart(Written(layers=[], map_provider=None), key="map", height=560)
elif st.query_params.get("show") == "empty map":
    st.pydeck_chart(pydeck.Deck(layers=[], map_provider=None), key="map", height=560)
elif st.query_params.get("show") == "table":
    st.dataframe(pandas.read_csv(f"{folder}/quotes.csv"), key="table", height=420, hide_index=True)
else:
    lane = st.segmented_control("Lanes", ["place", "kind"], default="place")
    figure = plotly.io.from_json(open(f"{folder}/{lane or 'place'}.json").read())
    st.plotly_chart(figure, key="chart", theme=None)
st.html("<p class='colophon'>end</p>")
"""
BARE = "import streamlit as st\n\nst.write('Bare')\n"
DASH = """
import sys

import dash
import plotly.io

figures = {name: plotly.io.from_json(open(f"{sys.argv[2]}/{name}.json").read()) for name in ("place", "kind")}
app = dash.Dash(__name__)
app.layout = dash.html.Div([dash.dcc.RadioItems(["place", "kind"], "place", id="lane"), dash.dcc.Graph(id="chart")])


@app.callback(dash.Output("chart", "figure"), dash.Input("lane", "value"))
def chart(lane):
    return figures[lane]


app.run(port=int(sys.argv[1]), debug=False)
"""


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--sessions", type=int, default=20)
    options.add_argument("--port", type=int, default=8620)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "bare.py").write_text(BARE)
        (Path(folder) / "dash_app.py").write_text(DASH)
        (Path(folder) / "floor.py").write_text(FLOOR)
        _write_figures(Path(folder))
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        bare, ours, floor = (f"http://127.0.0.1:{asked.port + n}" for n in (0, 1, 3))
        with (
            streamlit("bare.py", asked.port, Path(folder)),
            streamlit("floor.py", asked.port + 3, Path(folder), folder),
            streamlit("dashboard.py", asked.port + 1, ROOT) as server,
            _dash(asked.port + 2, Path(folder)) as dash,
        ):
            reruns = _reruns(bare, ours, asked.rounds)
            _pages(browser, bare, floor, ours, asked.rounds, reruns)
            _clicks(browser, floor, ours, dash, asked.rounds)
            _memory(browser, ours, server.pid, asked.sessions)
        browser.close()


# --- servers ------------------------------------------------------------------------------------------


@contextmanager
def _dash(port: int, folder: Path) -> Iterator[str | None]:
    python = os.environ.get("DASH_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import dash"], capture_output=True, check=False).returncode:
        print("(no Dash here: pip install dash, or set DASH_PYTHON)\n")
        yield None
        return
    address = f"http://127.0.0.1:{port}"
    with running([python, "dash_app.py", str(port), str(folder)], f"{address}/", folder):
        yield address


def _write_figures(folder: Path) -> None:
    """Our own map and table, and the two figures our timeline changes between, for others to show as well."""
    import loaders
    from loaders.drawing.geometry import framed
    from loaders.drawing.lanes import laid_out
    from loaders.drawing.parties import parties_of
    from loaders.drawing.places import arcs, holding, pins
    from loaders.drawing.theme import LIGHT
    from loaders.export import csv_bytes
    from pages.view.deck import story_deck
    from pages.view.timeline_figure import timeline_figure

    record = loaders.load_story(ROOT / "data" / "stories" / "kim-putin-2023")
    parties = parties_of(record)
    (folder / "quotes.csv").write_bytes(csv_bytes("quotes", record.quotes))
    for lane in ("place", "kind"):
        layout = laid_out(record, record.events, lane, 800, {}, left=168)
        assert layout is not None
        figure = timeline_figure(record, record.events, layout, parties, LIGHT, "UTC")
        (folder / f"{lane}.json").write_text(figure.to_json())
    current = record.events[~record.events["is_background"]]
    places = pins(record.locations, current, parties, all_senses=False)
    moves = list(arcs(record, current, parties))
    frame = framed(holding(places, moves), 960, 560, 80)
    (folder / "map.json").write_text(story_deck(places, moves, frame, parties, LIGHT).to_json())


# --- measures -----------------------------------------------------------------------------------------


@contextmanager
def _window(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def _pages(browser: Browser, bare: str, floor: str, ours: str, rounds: int, reruns: dict[str, float]) -> None:
    targets = {"bare": (f"{bare}/", "text=Bare")}
    targets |= {f"a bare {kind}": (f"{floor}/?show={kind}", ".colophon") for kind in FLOORS}
    targets |= {page: (f"{ours}/{'' if page == 'overview' else page}", ".colophon") for page in BUDGETS}
    seconds: dict[str, list[float]] = {name: [] for name in targets}
    sizes: dict[str, int] = {}
    for number in range(rounds + 1):  # the first round warms the servers and is left out
        for name, (address, foot) in targets.items():
            with _window(browser) as page:
                received: list[int] = []
                page.on("websocket", lambda socket, into=received: _count(socket, into))
                start = time.perf_counter()
                page.goto(address)
                page.wait_for_selector(foot)
                if drawn := DRAWN.get(name.removeprefix("a bare ")):
                    page.wait_for_selector(drawn)
                page.evaluate(SHOWN)
                took = time.perf_counter() - start
                page.wait_for_timeout(700)
                sizes[name] = sum(received)
                if number:
                    seconds[name].append(took)
    base = statistics.median(seconds["bare"])
    print("| page | complete, s | × bare | budget | server rerun, ms (≤ 60) | over the socket, KB (≤ 60) |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in targets:
        middle = statistics.median(seconds[name])
        rerun = f"{1000 * reruns[name]:.0f}" if name in reruns else "–"
        budget = f"{BUDGETS[name]}" if name in BUDGETS else "–"
        print(
            f"| {name} | {middle:.2f} | {middle / base:.2f} | {budget} | {rerun} | {sizes[name] / 1024:.1f} |"
        )


def _count(socket: WebSocket, into: list[int]) -> None:
    socket.on(
        "framereceived", lambda frame: into.append(len(frame if isinstance(frame, bytes) else frame.encode()))
    )


def _reruns(bare: str, ours: str, rounds: int) -> dict[str, float]:
    """Seconds the servers take to run each page anew, with a filter and without it in turn; medians."""
    addresses = {"bare": (bare, "")} | {page: (ours, page) for page in BUDGETS}
    found: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(rounds):
        for name, (address, page) in addresses.items():
            link = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
            with connect(link, subprotocols=[Subprotocol("streamlit")], origin=Origin(address)) as socket:
                asked = [_rerun(socket, page, query) for query in ("", "people=vladimir-putin", "")]
            found[name] += asked[1:]
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _rerun(socket: ClientConnection, page: str, query: str) -> float:
    asked = BackMsg()
    asked.rerun_script.page_name = "" if page == "overview" else page
    asked.rerun_script.query_string = query
    start = time.perf_counter()
    socket.send(asked.SerializeToString())
    while True:
        frame = socket.recv(timeout=60)
        if isinstance(frame, bytes) and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
            return time.perf_counter() - start


_CHANGED = """(act) => new Promise((done) => {
  const chart = document.querySelector('.js-plotly-plot')
  const first = () => chart.querySelectorAll('.textpoint, .annotation-text').length + chart.textContent.slice(0, 400)
  const before = first()
  const start = performance.now()
  const look = () => first() !== before ? done(performance.now() - start) : requestAnimationFrame(look)
  document.querySelector(act).click()
  requestAnimationFrame(look)
})"""


def _clicks(browser: Browser, floor: str, ours: str, dash: str | None, rounds: int) -> None:
    def measured(address: str, ready: str, act: Callable[[int], str]) -> float:
        with _window(browser) as page:
            page.goto(address)
            page.wait_for_selector(ready)
            page.wait_for_timeout(1500)
            found = []
            for number in range(2 * rounds + 2):
                found.append(page.evaluate(_CHANGED, act(number)))
                page.wait_for_timeout(400)
            return statistics.median(found[2:])

    timeline = measured(
        f"{ours}/timeline",
        ".js-plotly-plot .bars path",
        lambda n: "#dl-lane-kind" if n % 2 == 0 else "#dl-lane-place",
    )
    alone = measured(
        f"{floor}/?show=timeline",
        ".js-plotly-plot .bars path",
        lambda n: f"[data-testid=stButtonGroup] button:nth-of-type({2 - n % 2})",
    )
    print(
        f"\nclick to changed chart: {timeline:.0f} ms; the same chart alone in Streamlit: {alone:.0f} ms",
        end="",
    )
    if dash:
        theirs = measured(
            dash, ".js-plotly-plot .bars path", lambda n: f"#lane label:nth-child({2 - n % 2}) input"
        )
        print(f"; Dash {theirs:.0f} ms; × Dash {timeline / theirs:.2f} (≤ 1.5)", end="")
    print()


def _memory(browser: Browser, ours: str, pid: int, sessions: int) -> None:
    def resident() -> float:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    contexts = [browser.new_context() for _ in range(sessions + 5)]
    before = 0.0
    for number, context in enumerate(contexts):
        if number == 5:  # the first five grow what all share
            before = resident()
        page = context.new_page()
        page.goto(f"{ours}/timeline")
        page.wait_for_selector(".colophon")
        page.wait_for_timeout(300)
    grown = (resident() - before) / sessions
    print(f"memory: {grown:.2f} MB a session over {sessions} sessions (≤ 0.3); server {resident():.0f} MB")
    for context in contexts:
        context.close()


if __name__ == "__main__":
    main()
