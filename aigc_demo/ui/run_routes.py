"""The routes of runs: start one, control it, follow it, read its exact figures and its frames."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.data import check_name
from aigc_demo.recipes import DEFAULT_RECIPE, DEFAULT_SECONDS, MAX_SECONDS, MIN_SECONDS, Plan, make_plan, number
from aigc_demo.runs import Started, Studio
from aigc_demo.runs.changes import values_of
from aigc_demo.text import NotFound, Text, VisitorError
from aigc_demo.ui.assets import FOR_EVER
from aigc_demo.ui.crowd import Places
from aigc_demo.ui.events import event_stream
from aigc_demo.ui.requests import ids_asked, object_field, read_json, text_field
from aigc_demo.ui.security import is_local, sees_everything, visitor_of

MOST_ROWS = 20_000

_NO_FRAME = Text("没有这一帧。", "There is no such frame.")
_BAD_RANGE = Text("from 与 to 应为整数步数，从 1 起。", "from and to must be whole step numbers, counted from 1.")


def run_routes(studio: Studio, places: Places) -> APIRouter:
    routes = APIRouter()

    @routes.get("/runs")
    def runs(request: Request) -> Response:
        """Every run on one's own server; on others those named in `?runs=a,b`."""
        everything = sees_everything(studio.owner_is_everyone, request.headers)
        return as_json({"runs": studio.listing(ids_asked(request, "runs"), everything)})

    @routes.get("/device")
    async def device() -> Response:
        """What training runs on (null until TensorFlow, which loads in the background, has been asked), and the limits."""
        found = None if studio.device is None else asdict(studio.device)
        return as_json({"device": found, "limits": studio.limits.to_json()})

    @routes.post("/runs")
    async def start(request: Request) -> Response:
        body = await read_json(request)
        plan = plan_from(body)
        paused = body.get("paused") is True
        return _started(await run_in_threadpool(studio.start, plan, visitor_of(request), paused))

    @routes.post("/runs/{run_id}/again")
    async def again(run_id: str, request: Request) -> Response:
        await read_json(request)
        return _started(await run_in_threadpool(studio.again, run_id, visitor_of(request)))

    @routes.post("/runs/{run_id}/step")
    async def step(run_id: str, request: Request) -> Response:
        body = await read_json(request)
        who, token = text_field(body, "who", "both"), text_field(body, "token", "")
        run = await run_in_threadpool(studio.step, run_id, who, token, everyone=_everyone(request))
        return as_json({"state": run.state, "step": run.step})

    @routes.post("/runs/{run_id}/slow")
    async def slow(run_id: str, request: Request) -> Response:
        body = await read_json(request)
        phase, token = text_field(body, "phase", "look"), text_field(body, "token", "")
        return as_json(await run_in_threadpool(studio.slow, run_id, phase, token, everyone=_everyone(request)))

    @routes.post("/runs/{run_id}/change")
    async def change(run_id: str, request: Request) -> Response:
        body = await read_json(request)
        settings, loss = object_field(body, "settings"), text_field(body, "loss", "") or None
        token = text_field(body, "token", "")
        run = await run_in_threadpool(studio.change, run_id, settings, loss, token, everyone=_everyone(request))
        return as_json({"state": run.state, "step": run.step, "values": values_of(run.plan), "loss": run.plan.loss})

    @routes.post("/runs/{run_id}/{action}")
    async def control(run_id: str, action: str, request: Request) -> Response:
        body = await read_json(request)
        seconds = body.get("seconds")
        more = None if seconds is None else number(seconds, 1, MAX_SECONDS, Text("追加的秒数", "The seconds to add"))
        token = text_field(body, "token", "")
        run = await run_in_threadpool(studio.control, run_id, action, token, more, everyone=_everyone(request))
        return as_json({"state": run.state, "step": run.step})

    @routes.get("/runs/{run_id}/events")
    async def events(run_id: str, request: Request) -> Response:
        return event_stream(await run_in_threadpool(studio.run, run_id), request, places)

    @routes.get("/runs/{run_id}/place")
    async def place(run_id: str, request: Request) -> Response:
        """Whether `events` would be refused, and in which words: a browser does not tell its page why."""
        run = await run_in_threadpool(studio.run, run_id)
        places.check(visitor_of(request))
        return as_json({"run": run.id, "state": run.state})

    @routes.get("/runs/{run_id}/metrics")
    def metrics(run_id: str, request: Request) -> Response:
        run = studio.run(run_id)
        first = max(1, _step(request, "from", 1))
        last = min(_step(request, "to", first + MOST_ROWS - 1), first + MOST_ROWS - 1)
        return as_json({"keys": run.keys, "first": first, "rows": run.rows(first, last)})

    @routes.get("/runs/{run_id}/frames")
    def frames(run_id: str) -> Response:
        return as_json({"frames": studio.run(run_id).frames.listing()})

    @routes.get("/runs/{run_id}/frames/{name}.png")
    def frame(run_id: str, name: str) -> Response:
        run = studio.run(run_id)
        found = run.frames.get(int(name)) if name.isascii() and name.isdigit() and len(name) < 12 else None
        if found is None:
            raise NotFound(_NO_FRAME)
        caching = "no-cache" if run.recorded else FOR_EVER  # the recorded run may be another one in the next version
        return Response(found.png, media_type="image/png", headers={"Cache-Control": caching})

    return routes


def plan_from(body: dict[str, Any]) -> Plan:
    """The plan that a request asks for. Raises `VisitorError`; only named datasets, since a path is this machine's."""
    return make_plan(
        text_field(body, "recipe", DEFAULT_RECIPE),
        text_field(body, "loss", "") or None,
        check_name(text_field(body, "dataset", "digits5k")),
        body.get("seed", 0),
        number(
            body.get("seconds", DEFAULT_SECONDS),
            MIN_SECONDS,
            MAX_SECONDS,
            Text("训练时长（秒）", "The training time in seconds"),
        ),
        settings=object_field(body, "settings")
        | {f"weight.{key}": value for key, value in object_field(body, "weights").items()},
    )


def _started(started: Started) -> Response:
    return as_json({"run": started.run.id, "token": started.token, "state": started.run.state})


def _everyone(request: Request) -> bool | None:
    """False where not even a server that is its visitors' own takes this one for an owner: see `is_local`."""
    return None if is_local(request.headers) else False


def as_json(content: Any, status: int = 200) -> Response:
    """`content` as JSON; arrays become lists, and what is not finite becomes null."""
    return Response(orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY), status, media_type="application/json")


def _step(request: Request, name: str, default: int) -> int:
    given = request.query_params.get(name)
    if given is None or given == "":
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise VisitorError(_BAD_RANGE)
    return int(given)
