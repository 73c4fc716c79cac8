"""Dateline as it is hosted: two replicas behind nginx, one of which may die; and what the container is made of."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
import requests
import yaml

from tests.browser.running import ROOT
from tests.hosted import TEMPLATE, configuration, free_ports, nginx, replica, settings
from tests.reader import Link, Reader, ReaderError

WORDS = "https://news.example"
"""A page that may embed Dateline; nobody real."""


def run(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)


# --- one server -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    port = free_ports(1)[0]
    with replica(port):
        yield f"http://127.0.0.1:{port}"


def test_a_download_lasts_until_a_slow_line_has_it_whatever_others_do(server: str) -> None:
    async def scenario() -> None:
        slow, *others = (Reader(server, line=1.5) for _ in range(3))
        await slow.open("tables?table=people")
        for other in others:
            await other.open("quotes")

        async def busy(other: Reader) -> None:
            await asyncio.sleep(0.5)
            for _ in range(2):
                await other.click(other.shown.links(other.query)[-1])

        for offer in slow.shown.offers:
            await asyncio.gather(slow.download(offer), *(busy(other) for other in others))
        for reader in (slow, *others):
            await reader.close()

    run(scenario())


def test_a_made_file_is_let_go_after_the_next_answers(server: str) -> None:
    async def scenario() -> None:
        reader, asked = Reader(server), []
        await reader.open("tables?table=times")
        reader.cookies.hooks["response"].append(lambda answer, **_: asked.append(answer.url))
        await reader.download(reader.shown.offers[0])
        assert requests.get(asked[0], timeout=10).status_code == 200
        for _ in range(3):
            await reader.click(reader.shown.links(reader.query)[0])
        assert requests.get(asked[0], timeout=10).status_code == 404
        await reader.close()

    run(scenario())


def test_readers_at_the_same_time_each_see_their_own_view(server: str) -> None:
    links = ["quotes?people=vladimir-putin", "quotes", "people", "tables?table=times", "timeline", "map"]

    async def scenario() -> None:
        alone = {}
        for link in links:
            reader = Reader(server)
            await reader.open(link)
            alone[link] = reader.shown.text(".sentence")
            await reader.close()
        together = [(link, Reader(server)) for link in links * 3]
        await asyncio.gather(*(reader.open(link) for link, reader in together))
        for link, reader in together:
            assert reader.shown.text(".sentence") == alone[link]
            await reader.close()

    run(scenario())


# --- two replicas ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hosted:
    """nginx's address, and what stands behind it by its name in the cookie."""

    address: str
    replicas: dict[str, Popen[bytes]]
    ports: dict[str, int]


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    front, one, two = free_ports(3)
    folder = tmp_path_factory.mktemp("nginx")
    with (
        replica(one) as first,
        replica(two) as second,
        nginx(settings(front, one, two, f"'self' {WORDS}"), folder) as address,
    ):
        yield Hosted(address, {"one": first, "two": second}, {"one": one, "two": two})


def place(reader: Reader) -> str:
    return str(reader.cookies.cookies.get("dateline_replica"))


@pytest.mark.nginx
def test_readers_are_shared_out_and_each_stays_where_the_cookie_says(hosted: Hosted) -> None:
    async def scenario() -> None:
        readers = [Reader(hosted.address) for _ in range(4)]
        for reader in readers:
            await reader.open("quotes")
        assert {place(reader) for reader in readers} == {"one", "two"}
        for reader in readers:
            before = place(reader)
            await reader.download(reader.shown.offers[0])
            await reader.open(reader.link)
            assert place(reader) == before
            await reader.close()

    run(scenario())


@pytest.mark.nginx
def test_a_download_is_found_without_a_cookie_too(hosted: Hosted) -> None:
    async def scenario() -> None:
        readers = [Reader(hosted.address) for _ in range(4)]
        for reader in readers:
            await reader.open("tables")
        for reader in readers:
            reader.cookies.cookies.clear()
            await reader.download(reader.shown.offers[0])
            await reader.close()

    run(scenario())


@pytest.mark.nginx
def test_what_nginx_says_of_every_page(hosted: Hosted) -> None:
    answer = requests.get(f"{hosted.address}/quotes", timeout=10)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == f"'self' {WORDS}"
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Server"] == "nginx"
    script = re.search(r'src="\./(static/js/[^"]+)"', answer.text)
    assert script
    packed = requests.get(f"{hosted.address}/{script[1]}", timeout=10)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.nginx
@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://elsewhere.example", 403),
        ("null", 403),
        ("{own}.elsewhere.example", 403),
        ("{own}", 101),
        ("{own_tls}", 101),
        (None, 101),
    ],
)
def test_another_sites_page_opens_no_socket(hosted: Hosted, origin: str | None, status: int) -> None:
    own = hosted.address
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    if origin is not None:
        headers["Origin"] = origin.format(own=own, own_tls=own.replace("http", "https"))
    with requests.get(f"{own}/_stcore/stream", headers=headers, timeout=10, stream=True) as answer:
        assert answer.status_code == status


@pytest.mark.nginx
@pytest.mark.parametrize("path", ["metrics", "script-health-check", "agent/openapi.json"])
def test_what_is_not_for_readers_is_not_found(hosted: Hosted, path: str) -> None:
    assert requests.get(f"{hosted.address}/_stcore/{path}", timeout=10).status_code == 404


@pytest.mark.nginx
def test_a_body_is_taken_only_where_blogs_are_opened_and_only_so_large(hosted: Hosted) -> None:
    upload = f"{hosted.address}/_stcore/upload_file/nobody/nothing"
    assert requests.put(upload, data=b"x" * (12 << 20), timeout=30).status_code == 413
    assert requests.put(upload, data=b"x" * (10 << 20), timeout=30).status_code in (
        400,
        403,
    )  # no such session
    assert requests.post(f"{hosted.address}/quotes", data=b"x" * (1 << 20), timeout=30).status_code == 413


@pytest.mark.nginx
def test_where_a_replica_dies_a_reload_of_the_link_goes_on(hosted: Hosted) -> None:
    # Must stay the last that uses `hosted`: one of its replicas is dead after it.
    async def scenario() -> None:
        readers = [Reader(hosted.address) for _ in range(6)]
        for reader in readers:
            await reader.open("quotes?people=vladimir-putin")
        shown = readers[0].shown.text(".sentence")
        dead = place(readers[0])
        hosted.replicas[dead].kill()
        hosted.replicas[dead].wait()
        for reader in readers:
            if place(reader) == dead:
                with pytest.raises(ReaderError):
                    await reader.download(reader.shown.offers[0])
                await reader.open(reader.link)
            assert reader.shown.text(".sentence") == shown
            assert place(reader) != dead
            await reader.download(reader.shown.offers[0])

        with replica(hosted.ports[dead]):  # it comes back, and nobody is moved
            await asyncio.sleep(6)
            fresh = [Reader(hosted.address) for _ in range(4)]
            for reader in fresh:
                await reader.open("quotes")
            assert dead in {place(reader) for reader in fresh}
            for reader in readers:
                await reader.click(Link(next(iter(reader.shown.pieces)), "quotes"))
                await reader.download(reader.shown.offers[0])
                assert place(reader) != dead
            for reader in (*readers, *fresh):
                await reader.close()

    run(scenario())


@pytest.mark.nginx
@pytest.mark.skipif(
    not shutil.which("openssl"), reason="openssl, which makes the certificate, is not installed"
)
def test_the_worked_example_of_tls_serves_pages_and_sockets(tmp_path: Path) -> None:
    front, plain, tls, one, two = free_ports(5)
    certificate, key = tmp_path / "dateline.crt", tmp_path / "dateline.key"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*make.split(), "-out", certificate, "-keyout", key], check=True, capture_output=True)
    filled = settings(front, one, two)
    filled["DATELINE_LISTEN"] += f"; listen 127.0.0.1:{tls} ssl"
    (example,) = re.findall(r"# With TLS: .*\n((?:#   .*\n)+)", TEMPLATE.read_text("utf-8"))
    before = example.replace("#   ", "")
    for words, here in {
        "/etc/nginx/dateline.crt": str(certificate),
        "/etc/nginx/dateline.key": str(key),
        "listen 80;": f"listen 127.0.0.1:{plain};",
    }.items():
        assert words in before
        before = before.replace(words, here)
    socket = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    address = f"https://localhost:{tls}"
    with replica(one), replica(two), nginx(filled, tmp_path, before), requests.Session() as reader:
        reader.trust_env, reader.verify = False, str(certificate)
        page = reader.get(f"{address}/quotes", timeout=10)
        assert page.headers["Content-Encoding"] == "gzip"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
        for origin, status in ((address, 101), ("https://elsewhere.example", 403)):
            headers = {**socket, "Origin": origin}
            with reader.get(f"{address}/_stcore/stream", headers=headers, timeout=10, stream=True) as answer:
                assert answer.status_code == status
        link = "/quotes?words=a+b&quote=q-1"
        sent = reader.get(f"http://localhost:{plain}{link}", timeout=10, allow_redirects=False)
        assert (sent.status_code, sent.headers["Location"]) == (308, f"https://localhost{link}")


# --- what is written down -------------------------------------------------------------------------------------

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_the_container_is_pinned_and_runs_as_nobody_in_particular() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert images
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", image) for image in images)
    last = DOCKERFILE.rsplit("FROM ", 1)[1]
    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE)
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    assert "pip install" not in last


def test_the_container_is_healthy_when_it_can_show_its_first_page() -> None:
    check = json.loads(re.search(r"HEALTHCHECK.*\\\n\s+CMD (.+)", DOCKERFILE)[1])  # type: ignore[index]
    port = free_ports(1)[0]
    asked = [sys.executable, *check[1:]]
    environment = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED": "true"}
    assert subprocess.run(asked, env=environment, capture_output=True).returncode != 0  # nobody is there yet
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("STREAMLIT_SERVER_SCRIPT_HEALTH_CHECK_ENABLED", "true")
        with replica(port):
            assert subprocess.run(asked, env=environment, capture_output=True).returncode == 0


def test_the_container_gets_all_that_runs_and_nothing_else() -> None:
    copied = {
        path
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for path in line.split()
    }
    assert copied == {"requirements.txt", ".streamlit", "data", "loaders", "pages", "dashboard.py"}
    rules = [
        line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    kept = {rule[1:] for rule in rules if rule.startswith("!")}
    assert rules[0] == "*"
    assert kept == copied
    assert not any(fnmatch(path, rule) for path in copied for rule in rules[1:] if rule[0] != "!")


def test_what_the_container_overrides_are_settings_that_streamlit_has() -> None:
    from streamlit import config

    config.get_config_options()
    known = {f"STREAMLIT_{re.sub(r'(?<!^)(?=[A-Z])', '_', key.replace('.', '_')).upper()}".replace("__", "_")
             for key in config._config_options_template}  # fmt: skip
    named = set(re.findall(r"STREAMLIT_[A-Z_]+(?==)", DOCKERFILE))
    assert named
    assert named <= known


def test_compose_fills_in_all_that_nginx_asks_for() -> None:
    services = yaml.safe_load((ROOT / ".hosting" / "compose.yaml").read_text("utf-8"))["services"]
    given = services["nginx"]["environment"]
    text = configuration(given)
    assert "${DATELINE_ONE" not in text
    for name, key in (("one", "ONE"), ("two", "TWO")):
        assert given[f"DATELINE_{key}_HOST"] == name
        assert given[f"DATELINE_{key}_PORT"] == services[name]["environment"]["STREAMLIT_SERVER_PORT"]
    assert given["DATELINE_ONE_PORT"] != given["DATELINE_TWO_PORT"]


def test_nginx_takes_what_the_dashboard_takes_and_a_little_around_it() -> None:
    taken = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]["maxUploadSize"]
    upload = TEMPLATE.read_text("utf-8").split("location /_stcore/upload_file/ {")[1].split("}")[0]
    assert f"client_max_body_size {taken + 1}m;" in upload


def test_only_one_module_makes_download_buttons() -> None:
    # Others would forget a file before its reader has it: see there.
    makers = [
        path.name for path in (ROOT / "pages").rglob("*.py") if "download_button(" in path.read_text("utf-8")
    ]
    assert makers == ["downloads.py"]
