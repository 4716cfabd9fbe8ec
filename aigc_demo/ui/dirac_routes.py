"""The route of the Dirac-GAN's portrait: a loss as functions of one number, so that the page can make the steps."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from aigc_demo.explain.dirac.curves import Portrait, Weighted, portrait
from aigc_demo.ui.run_routes import as_json


def dirac_routes() -> APIRouter:
    routes = APIRouter()

    @routes.get("/dirac/{loss}.json")
    async def tables(loss: str) -> Response:
        """The tables of a loss, from its own terms; always the same, so computed once."""
        return as_json(as_plain(await run_in_threadpool(portrait, loss)))

    return routes


def as_plain(found: Portrait) -> dict[str, Any]:
    """The portrait as objects and lists, for JSON."""
    return found._asdict() | {
        "d": found.d._asdict(),
        "g": found.g._asdict(),
        "penalties": [_weighted(item) for item in found.penalties],
        "holds": [_weighted(item) for item in found.holds],
    }


def _weighted(item: Weighted) -> dict[str, Any]:
    return item._asdict() | {"curve": item.curve._asdict()}
