"""The route of a model's axes: directions in its latent space that are worth a slider."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from aigc_demo.runs import Studio
from aigc_demo.ui.run_routes import as_json


def axes_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()

    @routes.get("/models/{model_id}/axes.json")
    async def axes(model_id: str) -> Response:
        """Named, output-aware, PCA and SeFa axes; answers when they have been found, which may take seconds.

        Waiting holds no thread, and who leaves does not end the work: others may be waiting for the same answer.
        """
        answer = await run_in_threadpool(studio.axes.ask, model_id)
        found = await asyncio.shield(asyncio.wrap_future(answer))
        return as_json(found.to_json())

    return routes
