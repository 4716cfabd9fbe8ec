"""The routes of network files: a generator, its discriminator and the classifier, for a page that evaluates them itself."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.checkpoints import NetworkFile
from aigc_demo.runs import Studio


def network_routes(studio: Studio) -> APIRouter:
    """Who has a file already asks with its ETag, and is told in a few bytes that it is still the newest."""
    routes = APIRouter()

    @routes.get("/models/{model_id}/generator.net")
    def generator(model_id: str, request: Request) -> Response:
        return _answer(request, studio.networks.generator(model_id))

    @routes.get("/models/{model_id}/discriminator.net")
    def discriminator(model_id: str, request: Request) -> Response:
        return _answer(request, studio.networks.discriminator(model_id))

    @routes.get("/classifier.net")
    def classifier(request: Request) -> Response:
        return _answer(request, studio.networks.classifier())

    return routes


def _answer(request: Request, file: NetworkFile) -> Response:
    headers = {"ETag": file.tag, "X-Step": str(file.step), "Cache-Control": "no-cache"}
    if file.tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(file.content, media_type="application/octet-stream", headers=headers)


def _tags(given: str) -> list[str]:
    """The ETags of a list; a proxy that has compressed a file marks its tag as weak, which is as good here."""
    return [tag.strip().removeprefix("W/") for tag in given.split(",")]
