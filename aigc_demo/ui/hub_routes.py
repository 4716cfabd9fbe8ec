"""The routes that bring a set of images from the Hub: fetch it, following how far it is, and cancel that."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.data import hub_sets
from aigc_demo.hub import Progress, Stored
from aigc_demo.runs.fetches import Cancelled, Fetches, Follower
from aigc_demo.runs.limits import Limits
from aigc_demo.text import Lang
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.requests import language_of, read_json
from aigc_demo.ui.run_routes import as_json


def hub_routes(fetches: Fetches, limits: Limits) -> APIRouter:
    routes = APIRouter()

    @routes.post("/datasets/{key}/fetch")
    async def fetch(key: str, request: Request) -> Response:
        """Lines until the set is there: waiting, `{"stage", "at", "total"}`, and a last one with `done`.

        The first to ask begins it; whoever leaves ends nothing.
        """
        await read_json(request)
        hub_sets.find(key)
        limits.check_fetching()
        lang = language_of(request)
        return as_stream(
            heard_at(fetches, lambda hear: Follower(key, hear=hear), lambda news: _line(news, lang), lang),
        )

    @routes.post("/datasets/{key}/cancel")
    async def cancel(key: str, request: Request) -> Response:
        await read_json(request)
        hub_sets.find(key)
        limits.check_fetching()
        return as_json({"cancelled": fetches.cancel(key)})

    return routes


def _line(news: Progress | Stored | Cancelled, lang: Lang) -> dict[str, Any]:
    if isinstance(news, Progress):
        return {"stage": news.stage, "at": news.done, "total": news.total}
    if isinstance(news, Cancelled):
        return {"done": True, "cancelled": True}
    changes = [change(lang) for change in news.changes]
    return {"done": True, "count": news.count, "held_out": news.held_out, "changes": changes}
