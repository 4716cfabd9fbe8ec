"""The route that begins a run with a trained model, to teach it a visitor's own images."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.checkpoints import DEFAULT_MODEL
from aigc_demo.data import check_name
from aigc_demo.recipes import DEFAULT_SECONDS, MAX_SECONDS, MIN_SECONDS, number
from aigc_demo.runs import Studio
from aigc_demo.text import Text
from aigc_demo.ui.requests import object_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import visitor_of


def finetune_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()

    @routes.post("/finetune")
    async def finetune(request: Request) -> Response:
        """Start a run that begins with `model` and learns `dataset`; with `keep` (the default) beside the old digits."""
        body = await read_json(request)
        seconds = number(
            body.get("seconds", DEFAULT_SECONDS),
            MIN_SECONDS,
            MAX_SECONDS,
            Text("训练时长（秒）", "The training time in seconds"),
        )
        plan = await run_in_threadpool(
            studio.adapt_plan,
            text_field(body, "model", DEFAULT_MODEL),
            check_name(text_field(body, "dataset", "")),
            body.get("keep") is not False,
            body.get("seed", 0),
            seconds,
            object_field(body, "settings"),
        )
        started = await run_in_threadpool(studio.start, plan, visitor_of(request))
        return as_json({"run": started.run.id, "token": started.token, "state": started.run.state})

    return routes
