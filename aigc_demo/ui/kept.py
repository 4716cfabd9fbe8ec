"""Answers that are the same for everybody: made by the application once, then kept packed and given from memory.

Gradio writes the page anew for each visitor, with the whole Explain tab in it, and sends it unpacked: 17 ms and 370 kB, as
long as all scripts together. What it writes depends on the host that it is asked for by, and on nothing else of a request
(`tests/ui/test_kept.py` holds it to that).
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aigc_demo.text import LANGUAGES
from aigc_demo.ui.assets import pack

MOST_BYTES = 16_000_000  # of all that is kept: whoever asks by a thousand hosts gains a thousand slow answers
_LANGUAGE = "|".join(LANGUAGES)
OF_GRADIO = re.compile(rf"/(?:{_LANGUAGE})/(?:theme\.css|static/js/iframeResizer\.contentWindow\.min\.js)?")
OURS = re.compile(rf"/catalogue/(?:{_LANGUAGE})\.json|/runs/recorded/(?:events|frames(?:/\d{{1,4}}\.png)?)")
HOST = ("host", "x-forwarded-host", "x-forwarded-proto", "x-gradio-server")  # the headers by which Gradio knows its own
_ASKS_FOR_MORE = re.compile(rb"deep_link|all_endpoints")  # of a query; everything else in one is for our scripts

Key = tuple[object, ...]


class Answer(NamedTuple):
    """An answer of status 200; `tag` names its content."""

    headers: Headers
    plain: bytes
    packed: bytes | None
    tag: str


class Kept:
    """ASGI middleware. `links` are `Link` headers to be added, by path: what a page will ask for next."""

    def __init__(self, app: ASGIApp, links: Mapping[str, str]) -> None:
        self._app, self._links = app, links
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if key is None:
            await self._app(scope, receive, send)
        elif (answer := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            await _give(answer, Headers(scope=scope), send)
        else:
            await self._make(key, scope, receive, send)

    async def _make(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message | None = None
        parts: list[bytes] = []

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] == 200:
                start = message
            elif start is None:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    answer = self._answer(_path(scope), start, b"".join(parts))
                    self._keep(key, answer)
                    await _give(answer, Headers(scope=scope), send)

        await self._app(scope, receive, hold)

    def _answer(self, path: str, start: Message, plain: bytes) -> Answer:
        headers = MutableHeaders(raw=[pair for pair in start["headers"] if pair[0].lower() != b"content-length"])
        tag = f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"'
        headers["etag"] = tag
        headers.setdefault("cache-control", "no-cache")
        if path in self._links:
            headers["link"] = self._links[path]
        packed = pack(plain, headers.get("content-type", ""))
        if packed is not None:
            headers.add_vary_header("Accept-Encoding")
        return Answer(headers, plain, packed, tag)

    def _keep(self, key: Key, answer: Answer) -> None:
        size = _size(answer)
        if size > MOST_BYTES or key in self._kept:
            return
        self._kept[key] = answer
        self._bytes += size
        while self._bytes > MOST_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest)


def _key(scope: Scope) -> Key | None:
    """What the answer depends on; None where it is not kept."""
    path = _path(scope)
    if OURS.fullmatch(path):  # the recorded run's events are all there; who has seen them is told so by the application
        return (path,) if "last-event-id" not in Headers(scope=scope) else None
    if not OF_GRADIO.fullmatch(path) or _ASKS_FOR_MORE.search(scope.get("query_string", b"")):
        return None
    headers = Headers(scope=scope)
    host = tuple(headers.get(name, "")[:300] for name in HOST)
    return (path, scope.get("scheme"), scope.get("root_path"), scope.get("server") if not host[0] else None, *host)


def _path(scope: Scope) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path") or "")


def _size(answer: Answer) -> int:
    return len(answer.plain) + len(answer.packed or b"")


async def _give(answer: Answer, asked: Headers, send: Send) -> None:
    headers, status, content = list(answer.headers.raw), 200, answer.plain
    if answer.tag in asked.get("if-none-match", ""):
        status, content = 304, b""
    elif answer.packed is not None and "gzip" in asked.get("accept-encoding", ""):
        content = answer.packed
        headers.append((b"content-encoding", b"gzip"))
    if status == 200:
        headers.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
