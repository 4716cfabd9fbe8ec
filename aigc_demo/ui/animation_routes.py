"""The route of films: key-frames in, a GIF or WebP out, drawn and encoded in a thread, one film at a time."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import AsyncIterator
from typing import Any, Protocol

import numpy as np
import orjson
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from aigc_demo.latent.animation import encode
from aigc_demo.latent.film import Film, read_film
from aigc_demo.runs import Studio
from aigc_demo.text import Lang, Refused, Text, VisitorError
from aigc_demo.ui.requests import language_of, read_json

AT_ONCE = 1  # encoding keeps a processor busy for seconds
MOST_WAITING = 8
GREYS = 64  # of a GIF: nobody sees the difference, and the file is a third smaller
BATCH = 32  # frames drawn between two looks at whether anybody still waits
LOOK_SECONDS = 0.15
DRAWING = 0.7  # of the work; encoding cannot be watched

_BUSY = Text("正在制作的动画太多，请过几秒再试。", "Too many films are being made; try again in a few seconds.")
_GONE = Text("已取消。", "Cancelled.")


class _Draws(Protocol):
    def render(self, z: Any, labels: Any = None, truncation: Any = 1.0, styles: Any = None) -> np.ndarray: ...


class Work:
    """One film in the making. `share` says how far it is, 0..1; `cancel` ends it at the next batch."""

    def __init__(self, film: Film, generator: _Draws, truncation: Any, styles: Any = None) -> None:
        self.film = film
        self.share = 0.0
        self._generator = generator
        self._truncation, self._styles = truncation, styles
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    def make(self) -> bytes:
        """Draw and encode; raises what the generator refuses, and `Refused` once cancelled."""
        points, shares = self.film.way()
        drawn = []
        for start in range(0, len(points), BATCH):
            self._go_on()
            asked = None if shares is None else shares[start : start + BATCH]
            drawn.append(self._generator.render(points[start : start + BATCH], asked, self._truncation, self._styles))
            self.share = DRAWING * min(1.0, (start + BATCH) / len(points))
        self._go_on()
        film = self.film
        pictures = film.enlarged(np.concatenate(drawn))
        return encode(pictures, [film.milliseconds] * film.frames, film.kind, GREYS, film.loop)

    def _go_on(self) -> None:
        if self._cancelled.is_set():
            raise Refused(_GONE)


def animation_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()
    limiter = CapacityLimiter(AT_ONCE)

    @routes.post("/models/{model_id}/animation")
    async def animation(model_id: str, request: Request) -> Response:
        """The file; with `"progress": true` lines of JSON instead, the last of which holds it in base64."""
        body = await read_json(request)
        generator = await run_in_threadpool(studio.generator, model_id)
        film = read_film(body, generator.latent_size, generator.classes if generator.conditional else 0)
        if limiter.statistics().tasks_waiting >= MOST_WAITING:
            raise Refused(_BUSY)
        work = Work(film, generator, 1.0 if body.get("truncation") is None else body["truncation"], body.get("styles"))
        if body.get("progress") is True:
            lines = _told(work, limiter, language_of(request))
            return StreamingResponse(lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"})
        return await _file(work, limiter, request)

    return routes


async def _file(work: Work, limiter: CapacityLimiter, request: Request) -> Response:
    making = _begin(work, limiter)
    try:
        while not making.done():
            await asyncio.wait({making}, timeout=LOOK_SECONDS)
            if await request.is_disconnected():
                raise Refused(_GONE)
        kind = work.film.kind.lower()
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="latent-path.{kind}"'}
        return Response(making.result(), media_type=f"image/{kind}", headers=headers)
    finally:
        work.cancel()


async def _told(work: Work, limiter: CapacityLimiter, lang: Lang) -> AsyncIterator[bytes]:
    """How far it is, again and again, and the film; a visitor who leaves closes this generator."""
    making = _begin(work, limiter)
    try:
        while not making.done():
            yield _line({"progress": round(work.share, 3)})
            await asyncio.wait({making}, timeout=LOOK_SECONDS)
        yield _line({"done": True, "file": base64.b64encode(making.result()).decode("ascii")})
    except VisitorError as error:
        yield _line({"error": error.text(lang)})
    finally:
        work.cancel()


def _begin(work: Work, limiter: CapacityLimiter) -> asyncio.Task[bytes]:
    making = asyncio.create_task(to_thread.run_sync(work.make, limiter=limiter))
    making.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be left to look at it
    return making


def _line(content: dict[str, Any]) -> bytes:
    return orjson.dumps(content) + b"\n"
