"""The routes of models and formulas: list, draw, sample sheet, explanation, and the catalogue of the page."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.explain.logits import curves, explain
from aigc_demo.explain.term_shapes import term_shapes
from aigc_demo.runs import Studio
from aigc_demo.text import LANGUAGES, NotFound, Text
from aigc_demo.ui.catalogue import catalogue
from aigc_demo.ui.requests import ids_asked, language_of, list_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import sees_everything

MOST_POINTS = 64

_NO_LANGUAGE = Text("没有这种语言的目录。", "There is no catalogue in that language.")


def model_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()

    @routes.get("/models")
    def models(request: Request) -> Response:
        """Every model on one's own server; on others the shipped ones and those of the runs named in `?runs=a,b`."""
        everything = sees_everything(studio.owner_is_everyone, request.headers)
        listed = studio.models(ids_asked(request, "runs"), everything)
        limits = {"megabytes": studio.limits.import_megabytes}
        return as_json({"models": [asdict(model) for model in listed], "import": limits})

    @routes.post("/models/{model_id}/render")
    async def render(model_id: str, request: Request) -> Response:
        body = await read_json(request)
        points = list_field(body, "z", MOST_POINTS)
        truncation = 1.0 if body.get("truncation") is None else body["truncation"]

        def draw() -> np.ndarray:
            return studio.generator(model_id).render(points, body.get("labels"), truncation, body.get("styles"))

        images = await run_in_threadpool(draw)
        return Response(images.tobytes(), media_type="application/octet-stream", headers={"Cache-Control": "no-store"})

    @routes.get("/models/{model_id}/sheet.png")
    def sheet(model_id: str) -> Response:
        """Ten rows and columns; of a model that can be asked for something, a row for each thing."""
        content = studio.sheet(model_id)
        return Response(content, media_type="image/png", headers={"Cache-Control": "no-cache"})

    @routes.post("/explain")
    async def explanation(request: Request) -> Response:
        body = await read_json(request)
        loss = text_field(body, "loss", "")
        lang = language_of(request)
        return as_json(await run_in_threadpool(explain, loss, body.get("s_real"), body.get("s_fake"), lang))

    @routes.get("/explain/{loss}/curves.json")
    def shapes(loss: str, s_real: str = "0", s_fake: str = "0") -> Response:
        return as_json(curves(loss, _as_number(s_real), _as_number(s_fake)))

    @routes.get("/explain/{loss}/terms.json")
    def terms(loss: str) -> Response:
        return as_json(term_shapes(loss))

    @routes.get("/catalogue/{lang}.json")
    def words(lang: str) -> Response:
        if lang not in LANGUAGES:
            raise NotFound(_NO_LANGUAGE)
        return as_json(catalogue(lang))

    return routes


def _as_number(word: str) -> float | str:
    """A number of the address; what is none is passed on, to be refused by whoever wants a number."""
    try:
        return float(word)
    except ValueError:
        return word
