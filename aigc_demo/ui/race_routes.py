"""The routes of races: start one, control it, follow all its members in one stream."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.recipes import MAX_SECONDS, number
from aigc_demo.runs import Race, Studio
from aigc_demo.runs.race import MOST
from aigc_demo.text import Text, VisitorError, plain
from aigc_demo.ui.crowd import Places
from aigc_demo.ui.events import race_stream
from aigc_demo.ui.requests import list_field, read_json, text_field
from aigc_demo.ui.run_routes import as_json, plan_from
from aigc_demo.ui.security import is_local, visitor_of

MOST_TITLE = 80  # characters of a member's name

_BAD_MEMBER = Text("每次训练应是一个 JSON 对象。", "Each experiment must be a JSON object.")
_BAD_TITLE = Text("名称应是一段文字。", "A title must be text.")
_MORE = Text("追加的秒数", "The seconds to add")


def race_routes(studio: Studio, places: Places) -> APIRouter:
    routes = APIRouter()

    @routes.post("/races")
    async def start(request: Request) -> Response:
        body = await read_json(request)
        experiments = list_field(body, "experiments", MOST)
        plans = [plan_from(_experiment(given, body)) for given in experiments]
        titles = [_title(given) for given in experiments]
        started = await run_in_threadpool(studio.start_race, plans, titles, visitor_of(request))
        return as_json(_facts(started.race) | {"token": started.token})

    @routes.get("/races/{race_id}")
    def race(race_id: str) -> Response:
        return as_json(_facts(studio.race(race_id)))

    @routes.get("/races/{race_id}/events")
    async def events(race_id: str, request: Request) -> Response:
        return race_stream(await run_in_threadpool(studio.race, race_id), request, places)

    @routes.post("/races/{race_id}/{action}")
    async def control(race_id: str, action: str, request: Request) -> Response:
        body = await read_json(request)
        seconds = body.get("seconds")
        more = None if seconds is None else number(seconds, 1, MAX_SECONDS, _MORE)
        everyone = None if is_local(request.headers) else False
        race = await run_in_threadpool(
            studio.control_race, race_id, action, text_field(body, "token", ""), more, everyone=everyone
        )
        return as_json({"state": race.state})

    return routes


def _facts(race: Race) -> dict[str, Any]:
    return {key: value for key, value in race.message().items() if key != "type"}


def _experiment(given: Any, body: dict[str, Any]) -> dict[str, Any]:
    """One member as `POST /runs` would ask for it; the seed and the seconds are the race's."""
    if not isinstance(given, dict):
        raise VisitorError(_BAD_MEMBER)
    shared = {key: body[key] for key in ("seed", "seconds") if body.get(key) is not None}
    return {key: value for key, value in given.items() if key not in ("seed", "seconds", "again", "paused")} | shared


def _title(given: dict[str, Any]) -> Text | None:
    """A member's name: a string, or one in each language."""
    title = given.get("title")
    if title is None or title == "":
        return None
    if isinstance(title, str):
        return plain(title[:MOST_TITLE])
    if isinstance(title, dict) and all(isinstance(title.get(lang), str) for lang in ("zh", "en")):
        return Text(title["zh"][:MOST_TITLE], title["en"][:MOST_TITLE])
    raise VisitorError(_BAD_TITLE)
