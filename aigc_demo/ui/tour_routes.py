"""The route of the guided tours."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.explain.tour_catalogue import TOURS
from aigc_demo.explain.tours import described
from aigc_demo.ui.requests import language_of
from aigc_demo.ui.run_routes import as_json


def tour_routes() -> APIRouter:
    routes = APIRouter()

    @routes.get("/tours.json")
    async def tours(request: Request) -> Response:
        """Every tour in the language of the page that asks."""
        lang = language_of(request)
        return as_json({key: described(tour, lang) for key, tour in TOURS.items()})

    return routes
