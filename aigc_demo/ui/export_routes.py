"""The route of exports: a run taken away as one file, made in a thread, a few at a time."""

from __future__ import annotations

import re
from pathlib import PurePath

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.exports import Format, Options, find_format
from aigc_demo.runs import Run, Studio
from aigc_demo.text import LANGUAGES, Lang, Refused, Text
from aigc_demo.ui.frozen import frozen_page
from aigc_demo.ui.requests import language_of

AT_ONCE = 2  # encoding an animation keeps a processor busy for seconds, and the trainer needs one too
MOST_WAITING = 8

_BUSY = Text(
    "现在请求导出的人太多，请过几秒再试。",
    "Too many exports are being made right now; try again in a few seconds.",
)


def export_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()
    limiter = CapacityLimiter(AT_ONCE)

    @routes.get("/runs/{run_id}/export/{file}")
    async def export(run_id: str, file: str, request: Request) -> Response:
        """`?lang=` for the words in it, `?speed=` of an animation; `?inline=1` shows a script instead of saving it."""
        run = await run_in_threadpool(studio.run, run_id)
        item = find_format(file)
        if limiter.statistics().tasks_waiting >= MOST_WAITING:
            raise Refused(_BUSY)
        options = Options(_language(request), request.query_params.get("speed", 1.0), frozen_page)
        content = await to_thread.run_sync(item.make, run, options, limiter=limiter)
        if item.key == "script" and request.query_params.get("inline") == "1":
            return Response(content, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})
        return Response(
            content,
            media_type=item.media_type,
            headers={
                "Cache-Control": "no-cache",  # the run goes on, and its next export is longer
                "Content-Disposition": f'attachment; filename="{file_name(run, item)}"',
            },
        )

    return routes


def file_name(run: Run, item: Format) -> str:
    """Recipe, loss and the beginning of the run's id, then what it is: letters, digits, `-`, `_` and one dot."""
    parts = (run.plan.recipe.key, run.plan.loss, run.id[:8], PurePath(item.file).stem)
    return "-".join(re.sub(r"[^A-Za-z0-9_]", "", part) for part in parts) + PurePath(item.file).suffix


def _language(request: Request) -> Lang:
    """The language asked for in the address; without one, that of the page that asks."""
    asked = request.query_params.get("lang")
    return next((lang for lang in LANGUAGES if lang == asked), language_of(request))
