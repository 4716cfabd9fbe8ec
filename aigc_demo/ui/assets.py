"""The page's scripts and styles, under an address that changes with their content and may be cached for ever.

A first visit asks for some three hundred small files, and a class opens the page all at once: so they are kept in memory,
packed beforehand, and answered before any route is looked at.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

import gradio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from aigc_demo.text import LANGUAGES

FOLDER = Path(__file__).parent / "static"
GRADIOS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"
FOR_EVER = "public, max-age=31536000, immutable"
PACKED_FROM = 500  # bytes; below, packing gains nothing

# The system's own table may say anything, and any library may read it anew; a module of another type is not run.
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_PACKABLE = re.compile(r"text/|image/svg|application/json")
# Gradio's builds carry a hash in the name: `index-DphvyggB.js`. What has none may change and stays Gradio's to serve.
_OF_GRADIO = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/assets/([A-Za-z0-9_.-]+-[A-Za-z0-9_-]{{8,10}}\.(?:js|css|woff2))")


@lru_cache(maxsize=1)
def static_path() -> str:
    """Where the files are served: `static/<hash of all of them>`, relative to the application's root."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"static/{digest.hexdigest()[:16]}"


class Asset(NamedTuple):
    """A file as it is sent; `packed` by gzip where that is worth it."""

    plain: bytes
    packed: bytes | None
    kind: str


class Assets:
    """ASGI middleware that answers for our files and for Gradio's hashed ones; all else goes on to the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._prefix = f"/{static_path()}/"
        self._ours = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        path = self._find(scope["path"].removeprefix(scope.get("root_path", "")))
        if path is None:
            await self._app(scope, receive, send)
            return
        asset = read(path)
        packs = asset.packed is not None and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        content = asset.packed if packs and asset.packed is not None else asset.plain
        headers = [
            (b"content-type", asset.kind.encode()),
            (b"content-length", b"%d" % len(content)),
            (b"cache-control", FOR_EVER.encode()),
        ]
        if asset.packed is not None:
            headers.append((b"vary", b"Accept-Encoding"))
        if packs:
            headers.append((b"content-encoding", b"gzip"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})

    def _find(self, path: str) -> Path | None:
        if path.startswith(self._prefix):
            return self._ours.get(path.removeprefix(self._prefix))
        found = _OF_GRADIO.fullmatch(path)
        return GRADIOS / found[1] if found and (GRADIOS / found[1]).is_file() else None


@lru_cache(maxsize=2000)  # more than there are
def read(path: Path) -> Asset:
    """The file, read and packed once."""
    plain = path.read_bytes()
    kind = _TYPES.get(PurePath(path).suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, 6, mtime=0) if len(plain) >= PACKED_FROM and _PACKABLE.match(kind) else None
    return Asset(plain, packed if packed and len(packed) < len(plain) else None, kind)
