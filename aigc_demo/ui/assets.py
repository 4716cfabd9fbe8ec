"""The page's scripts and styles, under an address that changes with their content and may be cached for ever.

A class opens the page all at once. So what a first visit asks for is joined into few files (`joining.py`), these and
Gradio's are kept in memory, packed beforehand, and answered before any route or other layer is looked at.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

import gradio
from starlette.types import ASGIApp, Receive, Scope, Send

from aigc_demo.text import LANGUAGES
from aigc_demo.ui import joining
from aigc_demo.ui.security import HEADERS

FOLDER = Path(__file__).parent / "static"
GRADIOS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
FOR_EVER = "public, max-age=31536000, immutable"
Headers = Sequence[tuple[bytes, bytes]]
PACKED_FROM = 500  # bytes; below, packing gains nothing

# The system's own table may say anything, and any library may read it anew; a module of another type is not run.
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".map": "application/json",
}
_PACKABLE = re.compile(r"text/|image/svg|application/j")
# A request without a body, each of whose headers is a line of its own as the standard has it.
_PLAIN = re.compile(rb"GET (/[\w./-]+) HTTP/1\.1\r\n((?:[\w-]+:[^\r\n\0]*\r\n)+)\r\n", re.ASCII)
_SAY_MORE = frozenset((b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"range"))
# Gradio's builds carry a hash in the name: `index-DphvyggB.js`. What has none may change and stays Gradio's to serve.
_OF_GRADIO = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/assets/([A-Za-z0-9_.-]+-[A-Za-z0-9_-]{{8,10}}\.(?:js|css|woff2))")


@lru_cache(maxsize=1)
def static_path() -> str:
    """Where the files are served: `static/<hash of all of them>`, relative to the application's root."""
    digest = hashlib.sha256(Path(joining.__file__).read_bytes())
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"static/{digest.hexdigest()[:16]}"


@dataclass(frozen=True, eq=False)
class Asset:
    """A file as it is sent, with the headers of its answer; `packed` by gzip where that is worth it."""

    plain: bytes
    headers: Headers
    packed: bytes | None = None
    packed_headers: Headers = ()


class Assets:
    """ASGI middleware that answers for our files and for Gradio's hashed ones; all else goes on to the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        _joined()  # what is not written as it must be is told at the start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_reading = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        asset = find(scope["path"].removeprefix(scope.get("root_path", ""))) if is_reading else None
        if asset is None:
            await self._app(scope, receive, send)
            return
        content, headers = asset.plain, asset.headers
        if asset.packed is not None and _unpacks(scope["headers"]):
            content, headers = asset.packed, asset.packed_headers
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})


def at_once(request: bytes) -> bytes | None:
    """The whole answer to a plain request for a file, as it comes over the wire; None for every other, of which HTTP's
    rules have more to say. It is what `Assets` answers.
    """
    plain = _PLAIN.fullmatch(request)
    if plain is None:
        return None
    asset = find(plain[1].decode())
    if asset is None:
        return None
    headers = [
        (name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in plain[2].splitlines())
    ]
    names = [name for name, _ in headers]
    goes_on = all(value.lower() == b"keep-alive" for name, value in headers if name == b"connection")
    if names.count(b"host") != 1 or not _SAY_MORE.isdisjoint(names) or not goes_on:
        return None
    return _whole(asset, asset.packed is not None and _unpacks(headers))


@lru_cache(maxsize=2000)
def _whole(asset: Asset, packs: bool) -> bytes:
    content, headers = (asset.packed or b"", asset.packed_headers) if packs else (asset.plain, asset.headers)
    head = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + content


def find(path: str) -> Asset | None:
    """The file at `path`, which is relative to the application's root and begins with /; None where there is none."""
    folder, _, name = path.removeprefix(f"/{static_path()}/").rpartition("/")
    if path.startswith(f"/{static_path()}/"):
        if folder == "" and name in _ours():
            return read(FOLDER / name)
        return _packed_join(name) if folder == joining.FOLDER and name in _joined() else None
    found = _OF_GRADIO.fullmatch(path)
    return read(GRADIOS / found[1]) if found and found[1] in _of_gradio() else None


@lru_cache(maxsize=1)
def _ours() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir() if path.is_file())


@lru_cache(maxsize=1)
def _joined() -> dict[str, bytes]:
    return joining.joined(FOLDER)


@lru_cache(maxsize=1)
def _of_gradio() -> frozenset[str]:
    return frozenset(path.name for path in GRADIOS.iterdir() if path.is_file())


def _unpacks(headers: Headers) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in headers)


@lru_cache(maxsize=2000)  # more than there are
def read(path: Path) -> Asset:
    """The file, read and packed once."""
    return _asset(path.name, path.read_bytes())


@lru_cache(maxsize=2000)
def _packed_join(name: str) -> Asset:
    return _asset(name, _joined()[name])


def _asset(name: str, plain: bytes) -> Asset:
    kind = _TYPES.get(PurePath(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = pack(plain, kind)
    more = {"Content-Type": kind, "Cache-Control": FOR_EVER, **HEADERS}
    if packed is None:
        return Asset(plain, _headers(plain, more))
    more["Vary"] = "Accept-Encoding"
    return Asset(plain, _headers(plain, more), packed, _headers(packed, more | {"Content-Encoding": "gzip"}))


def pack(plain: bytes, kind: str) -> bytes | None:
    """`plain`, of this type, packed by gzip; None where that gains nothing."""
    if len(plain) < PACKED_FROM or not _PACKABLE.match(kind):
        return None
    packed = gzip.compress(plain, 9, mtime=0)
    return packed if len(packed) < len(plain) else None


def _headers(content: bytes, more: dict[str, str]) -> Headers:
    named = {**more, "Content-Length": str(len(content))}
    return tuple((name.lower().encode(), value.encode()) for name, value in named.items())
