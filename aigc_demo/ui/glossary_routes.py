"""The route of the glossary."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.explain.glossary import told
from aigc_demo.ui.requests import language_of
from aigc_demo.ui.run_routes import as_json


def glossary_routes() -> APIRouter:
    routes = APIRouter()

    @routes.get("/glossary.json")
    async def glossary(request: Request) -> Response:
        """Every word in the language of the page that asks."""
        return as_json(told(language_of(request)))

    return routes
