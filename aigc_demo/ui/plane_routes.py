"""The routes of the two-dimensional laboratory: a loss as a traced graph, and games whose outcome is known."""

from __future__ import annotations

import hashlib
import threading
from functools import lru_cache
from http import HTTPStatus

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.explain.plane.nets import Nets, make_nets
from aigc_demo.explain.plane.presets import PRESETS, described
from aigc_demo.explain.plane.tracing import auxiliaries_of, plane_graphs, plane_loss
from aigc_demo.losses import AUXILIARIES, find_loss
from aigc_demo.ui.requests import ids_asked, language_of
from aigc_demo.ui.run_routes import as_json

_tracing = threading.Lock()  # it takes seconds of a core: once for each game, however many ask at the same time


def plane_routes() -> APIRouter:
    routes = APIRouter()

    @routes.get("/plane/presets.json")
    async def presets(request: Request) -> Response:
        """Every preset in the language of the page that asks."""
        return as_json([described(preset, language_of(request)) for preset in PRESETS])

    @routes.get("/plane/{loss}.json")
    def graphs(loss: str, request: Request) -> Response:
        """The updates of both players; `?latent=2&width_d=64&width_g=64&batch=256&activation=relu&auxiliaries=r1,r2`.

        Auxiliaries that this loss cannot carry are left out, as when a visitor goes on with another loss: the answer's
        `auxiliaries` are those that are there.
        """
        query = request.query_params
        nets = make_nets(**{key: query[key] for key in Nets.__dataclass_fields__ if key in query})
        fitting = auxiliaries_of(find_loss(loss))
        asked = sorted(set(ids_asked(request, "auxiliaries")))
        names = tuple(name for name in asked if name in fitting or name not in AUXILIARIES)
        plane_loss(loss, names)  # refuses in a sentence, before anything is traced
        with _tracing:
            content, tag = _answer(loss, names, nets)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(content, media_type="application/json", headers=headers)

    return routes


@lru_cache(maxsize=48)
def _answer(loss: str, auxiliaries: tuple[str, ...], nets: Nets) -> tuple[bytes, str]:
    content = orjson.dumps(plane_graphs(loss, auxiliaries, nets))
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'
