"""The page's scripts and styles, under an address that changes with their content and may be cached for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path, PurePath

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"

# The system's own table may say anything, and any library may read it anew; a module of another type is not run.
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@lru_cache(maxsize=1)
def static_path() -> str:
    """Where the files are served: `static/<hash of all of them>`, relative to the application's root."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"static/{digest.hexdigest()[:16]}"


class ImmutableFiles(StaticFiles):
    """Static files that a browser need never ask for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = FOR_EVER
            kind = _TYPES.get(PurePath(path).suffix)
            if kind:
                response.headers["Content-Type"] = kind
        return response
