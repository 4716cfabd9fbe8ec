"""The routes of “human against D”: the standing, a round of images, and a player's answers."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.runs import Studio
from aigc_demo.runs.game import ROUND, Games
from aigc_demo.ui.requests import list_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json


def game_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()
    games = Games()

    @routes.get("/runs/{run_id}/game")
    def standing(run_id: str) -> Response:
        return as_json(games.standing(studio.run(run_id)))

    @routes.post("/runs/{run_id}/game/round")
    async def deal(run_id: str, request: Request) -> Response:
        await read_json(request)
        run = await run_in_threadpool(studio.run, run_id)
        return as_json(await run_in_threadpool(games.deal, run))

    @routes.post("/runs/{run_id}/game/answer")
    async def answer(run_id: str, request: Request) -> Response:
        body = await read_json(request)
        run = await run_in_threadpool(studio.run, run_id)
        answers = list_field(body, "answers", ROUND)
        return as_json(games.answer(run, text_field(body, "round", ""), text_field(body, "player", ""), answers))

    return routes
