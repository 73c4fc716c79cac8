"""A reader without a browser: opens pages, follows the links on them and downloads, over Streamlit's own socket.

It does what the browser would: fetches the page, keeps its cookies, opens the socket, and says which link was clicked
through the piece of the page that holds it. Whatever is not as it should be is a `ReaderError`.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import requests
from selectolax.lexbor import LexborHTMLParser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

PATIENCE = 60
"""Seconds after which an answer counts as none."""
SLOW_LINE = 0.2
"""Seconds from the server's word where a file lies to the reader asking for it."""


_CLICKS = "$$STREAMLIT_INTERNAL_KEY"
"""Where a piece's clicks go: Streamlit's front end calls it so."""


class ReaderError(Exception):
    """What a reader saw go wrong: no answer, an error on the page, a download that is not what it said."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page, and the piece of the page whose click it would be."""

    piece: str
    address: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A download button: what it says, and the id of what the server would make."""

    label: str
    file_id: str


@dataclass(slots=True)
class Shown:
    """What one answer showed."""

    pieces: dict[str, str] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """The words of the first element of that kind; empty where there is none."""
        for html in self.pieces.values():
            if found := LexborHTMLParser(html).css_first(selector):
                return str(found.text())
        return ""

    def links(self, query: str) -> list[Link]:
        """Every link that changes the page in place; `query` is the page's own."""
        found = []
        for piece, html in self.pieces.items():
            for node in LexborHTMLParser(html).css("a[data-go]"):
                kept = f"?{query}" if node.attributes["data-go"] == "keep" and query else ""
                found.append(Link(piece, f"{node.attributes['href']}{kept}"))
        return found


@dataclass(slots=True)
class Reader:
    """One reader at one address, with cookies of its own.

    `address` has no slash at its end; `foot` is what stands at the end of a whole page, empty where nothing does;
    `line` is how many seconds a request takes to reach the server after a word from it.
    """

    address: str
    foot: str = ".colophon"
    line: float = SLOW_LINE
    shown: Shown = field(default_factory=Shown)
    page: str = ""
    query: str = ""
    cookies: requests.Session = field(default_factory=requests.Session)
    _socket: ClientConnection | None = None
    _session: str = ""
    _script: str = ""

    @property
    def link(self) -> str:
        """The address of what is shown, to open again."""
        return f"{self.page}?{self.query}"

    async def open(self, link: str = "") -> float:
        """Opens a link cold, or anew; returns the seconds from the socket's opening to the whole answer."""
        await self.close()
        self.page, _, self.query = link.partition("?")
        status, _ = await self._get(f"/{self.page}")
        if status != 200:
            raise ReaderError(f"the page answered {status}")
        start = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                self._socket = await connect(
                    f"{self.address.replace('http', 'ws', 1)}/_stcore/stream",
                    subprotocols=[Subprotocol("streamlit")],
                    origin=Origin(self.address),
                    additional_headers={
                        "Cookie": "; ".join(f"{c.name}={c.value}" for c in self.cookies.cookies)
                    },
                    max_size=None,
                    ping_interval=None,
                )
        except (OSError, WebSocketException, TimeoutError) as error:
            raise ReaderError(f"no socket: {error!r}") from error
        for cookie in self._socket.response.headers.get_all("Set-Cookie") if self._socket.response else ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies.cookies.set(name, value)
        await self._asked(ClientState(page_name=self.page, query_string=self.query))
        return time.perf_counter() - start

    async def click(self, link: Link) -> float:
        """Follows a link on the page; returns the seconds to the whole answer."""
        asked = ClientState(page_script_hash=self._script, query_string=self.query)
        clicked = asked.widget_states.widgets.add()
        clicked.id = f"{_CLICKS}_{link.piece}__events"
        clicked.json_trigger_value = json.dumps([{"event": "go", "value": link.address}])
        start = time.perf_counter()
        await self._asked(asked)
        took = time.perf_counter() - start
        target = urlsplit(link.address)
        wanted = {pair for pair in _pairs(target.query) if pair[0] != "close"}
        if not wanted <= _pairs(self.query):
            raise ReaderError(f"{link.address} led to {self.link}")
        self.page = target.path.strip("./")
        return took

    async def download(self, offer: Offer) -> tuple[float, bytes]:
        """What a download button gives; the seconds are without the way of a slow line."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = offer.file_id
        asked.backend_operation_request.session_id = self._session
        asked.backend_operation_request.deferred_file.file_id = offer.file_id
        start = time.perf_counter()
        await self._send(asked)
        while (message := await self._heard()).WhichOneof("type") != "backend_operation_response":
            pass
        answer = message.backend_operation_response
        if answer.error_msg:
            raise ReaderError(f"{offer.label}: {answer.error_msg}")
        await asyncio.sleep(self.line)
        status, content = await self._get(answer.deferred_file.url)
        if status != 200:
            raise ReaderError(f"{offer.label}: {status} for {answer.deferred_file.url}")
        _check(offer, content)
        return time.perf_counter() - start - self.line, content

    async def close(self) -> None:
        """Leaves."""
        if self._socket:
            await self._socket.close()
            self._socket = None

    async def _get(self, path: str) -> tuple[int, bytes]:
        def got() -> tuple[int, bytes]:
            answer = self.cookies.get(f"{self.address}{path}", timeout=PATIENCE)
            return answer.status_code, answer.content

        try:
            return await asyncio.to_thread(got)
        except requests.RequestException as error:
            raise ReaderError(f"{path}: {error!r}") from error

    async def _send(self, message: BackMsg) -> None:
        if self._socket is None:
            raise ReaderError("not open")
        try:
            await self._socket.send(message.SerializeToString())
        except WebSocketException as error:
            raise ReaderError(f"the socket closed: {error!r}") from error

    async def _heard(self) -> ForwardMsg:
        assert self._socket
        try:
            async with asyncio.timeout(PATIENCE):
                frame = await self._socket.recv()
        except (WebSocketException, TimeoutError) as error:
            raise ReaderError(f"no answer: {error!r}") from error
        return ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())

    async def _asked(self, state: ClientState) -> None:
        """Runs the script and takes in what it shows; a link to another page runs it twice."""
        asked = BackMsg()
        asked.rerun_script.CopyFrom(state)
        await self._send(asked)
        shown = Shown()
        while True:
            message = await self._heard()
            match message.WhichOneof("type"):
                case "new_session":
                    shown = Shown()
                    self._script = message.new_session.page_script_hash
                    self._session = message.new_session.initialize.session_id
                case "navigation":
                    self._script = message.navigation.page_script_hash
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "delta":
                    _take_in(message, shown)
                case "script_finished":
                    if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        break
        if self.foot and not shown.text(self.foot):
            raise ReaderError(f"{self.link}: the page has no foot")
        self.shown = shown


def _take_in(message: ForwardMsg, shown: Shown) -> None:
    element = message.delta.new_element
    match element.WhichOneof("type"):
        case "exception":
            raise ReaderError(f"{element.exception.type}: {element.exception.message}")
        case "bidi_component":
            piece = element.bidi_component
            shown.pieces[piece.id] = json.loads(piece.json).get("html", "")
        case "download_button":
            button = element.download_button
            shown.offers.append(Offer(button.label, button.deferred_file_id))


def _pairs(query: str) -> set[tuple[str, str]]:
    return {(key, value) for key, values in parse_qs(query).items() for value in values}


def _check(offer: Offer, content: bytes) -> None:
    """A table has the rows its button says (one more line at least: cells may hold line breaks); a zip is one."""
    if rows := re.match(r"Download ([\d,]+) rows?", offer.label):
        if (lines := content.count(b"\n")) < int(rows[1].replace(",", "")) + 1:
            raise ReaderError(f"{offer.label}: {lines} lines")
    elif not content.startswith(b"PK"):
        raise ReaderError(f"{offer.label}: no zip")
