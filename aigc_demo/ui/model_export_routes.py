"""The route of exported models: a stream of what is being done, which ends with the file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.exports.model_desk import ModelExports, Ticket
from aigc_demo.exports.model_export import Exported, Options, Stage, find_model_format
from aigc_demo.runs import Studio
from aigc_demo.text import Lang
from aigc_demo.ui.ndjson import as_stream, heard_at
from aigc_demo.ui.pocket import pocket_page
from aigc_demo.ui.requests import language_of, read_json, text_field


def model_export_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()
    exports = ModelExports()
    studio.when_closing(exports.close)

    @routes.post("/models/{model_id}/export")
    async def export(model_id: str, request: Request) -> Response:
        """`{"format"}` -> one JSON object a line: waiting, the stage, and at last the file in base64 and how exact it is.

        Nothing is kept here: whoever goes away before the end ends it, at the next stage.
        """
        body = await read_json(request)
        chosen = find_model_format(text_field(body, "format", ""))
        folder = await run_in_threadpool(studio.model_folder, model_id)
        lang = language_of(request)
        options = Options(pocket_page, lang)
        lines = heard_at(
            exports,
            lambda hear: Ticket(folder, studio.home / "cache", chosen, options, hear=hear),
            lambda news: _line(news, lang),
            lang,
        )
        return as_stream(lines)

    return routes


def _line(news: Stage | Exported, lang: Lang) -> Mapping[str, Any]:
    if isinstance(news, Stage):
        return {"stage": news.text(lang), "share": news.share}
    return {
        "done": True,
        "name": news.file,
        "type": news.format.media_type,
        "difference": news.difference,
        "points": news.points,
        "file": base64.b64encode(news.content).decode("ascii"),
    }
