"""The routes of searches: what can be searched, the studies and their trials, and working on one. On one's own server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.recipes import DEFAULT_RECIPE, SETTINGS, Plan, make_plan, value_of, whole_number
from aigc_demo.runs import Studio
from aigc_demo.search import (
    DEFAULT_STEPS,
    SAMPLERS,
    Range,
    Results,
    Searches,
    define,
    narrowed,
    searchable,
    usual_range,
    usual_ranges,
)
from aigc_demo.text import Lang, Refused, Text, VisitorError
from aigc_demo.ui.requests import language_of, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import sees_everything
from aigc_demo.ui.texts.search import WHY

MOST_TRIALS, MOST_RANGES = 500, 30

NOT_HERE = Text(
    "搜索会长时间占用训练，只能在自己的电脑上进行。",
    "A search keeps the trainer busy for long: it runs on a machine of one's own only.",
)
_TRIALS = Text("试验的个数", "The number of trials")
_BAD_RANGES = Text(
    "ranges 应是一列对象，每个写明 key，以及 least 与 most，或 choices。",
    "ranges must be a list of objects, each with key and either least and most, or choices.",
)


def search_routes(studio: Studio) -> APIRouter:
    routes = APIRouter()
    searches = Searches(studio.home / "studies", studio.when_idle, studio.load_dataset, studio.make_trainer)

    def check(request: Request) -> None:
        if not sees_everything(studio.owner_is_everyone, request.headers):
            raise Refused(NOT_HERE)

    @routes.get("/studies")
    def studies(request: Request) -> Response:
        """The studies in the data folder, whoever works on them."""
        check(request)
        return as_json({"studies": [_line(searches, name) for name in searches.names()]})

    @routes.get("/studies/{name}")
    def study(name: str, request: Request) -> Response:
        """One study with all its trials."""
        check(request)
        return as_json(described(searches, searches.results(name), language_of(request)))

    @routes.post("/search-space")
    async def space(request: Request) -> Response:
        """`{"recipe", "loss"}` -> every setting that can be searched there, with its usual range."""
        body = await read_json(request)
        check(request)
        plan = make_plan(text_field(body, "recipe", DEFAULT_RECIPE), body.get("loss"))
        return as_json(_space(plan))

    @routes.post("/studies")
    async def create(request: Request) -> Response:
        """`{"study", "recipe", "loss", "dataset", "steps", "seed", "sampler", "trials", "ranges"}` -> begin a study."""
        body = await read_json(request)
        check(request)
        trials = _trials(body)
        recipe = text_field(body, "recipe", DEFAULT_RECIPE)
        plan = make_plan(recipe, body.get("loss"))
        definition = define(
            recipe,
            _ranges(plan, body.get("ranges")),
            body.get("loss"),
            text_field(body, "dataset", "digits5k"),
            body.get("steps", DEFAULT_STEPS),
            body.get("seed", 0),
            text_field(body, "sampler", "tpe"),
        )
        name = text_field(body, "study", "") or _free_name(searches, f"{plan.recipe.key}-{plan.loss}")
        search = await run_in_threadpool(searches.create, name, definition, trials)
        return as_json({"study": search.name})

    @routes.post("/studies/{name}/resume")
    async def resume(name: str, request: Request) -> Response:
        """`{"trials"}` -> so many trials more."""
        body = await read_json(request)
        check(request)
        await run_in_threadpool(searches.go_on, name, _trials(body))
        return as_json({"study": name})

    @routes.post("/studies/{name}/stop")
    async def stop(name: str, request: Request) -> Response:
        await read_json(request)
        check(request)
        searches.stop(name)
        return as_json({"study": name})

    return routes


def described(searches: Searches, results: Results, lang: Lang) -> dict[str, Any]:
    """A study as the page shows it: `Results.to_json`, a command for each trial on the front, and who works on it."""
    search = searches.search(results.name)
    data = results.to_json()
    for trial in data["trials"]:
        trial["why"] = None if trial["why"] is None else WHY.get(trial["why"], WHY["broke_down"])(lang)
    return data | {
        "commands": {str(trial.number): results.command(trial) for trial in results.complete},
        "going": searches.is_going(results.name),
        "search": None if search is None else search.to_json(),
        "error": None if search is None or search.error is None else search.error(lang),
    }


def _line(searches: Searches, name: str) -> dict[str, Any]:
    """One line of the list; a damaged study is named without figures."""
    try:
        results = searches.results(name)
    except VisitorError:
        return {"study": name, "damaged": True}
    best = results.best
    return {
        "study": name,
        "recipe": results.definition.recipe,
        "loss": results.definition.loss,
        "counts": results.counts(),
        "best": None if best is None else best.digit_fd,
        "going": searches.is_going(name),
    }


def _space(plan: Plan) -> dict[str, Any]:
    usual = {item.key for item in usual_ranges(plan)}
    entries = [
        usual_range(plan, key).to_json() | {"default": value_of(plan, key), "usual": key in usual}
        for key in searchable(plan)
    ]
    return {"ranges": entries, "steps": DEFAULT_STEPS, "samplers": list(SAMPLERS), "known": list(SETTINGS)}


def _ranges(plan: Plan, given: Any) -> tuple[Range, ...]:
    """What is to be searched: the usual where nothing is said."""
    if given is None:
        return usual_ranges(plan)
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_RANGES:
        raise VisitorError(_BAD_RANGES)
    found: dict[str, Range] = {}
    for item in given:
        if not isinstance(item, Mapping) or not isinstance(item.get("key"), str) or item["key"] in found:
            raise VisitorError(_BAD_RANGES)
        found[item["key"]] = _range(plan, item)
    return tuple(found.values())


def _range(plan: Plan, item: Mapping[str, Any]) -> Range:
    key, choices = item["key"], item.get("choices")
    if choices is not None:
        if not isinstance(choices, list):
            raise VisitorError(_BAD_RANGES)
        return narrowed(plan, key, choices=choices)
    if item.get("least") is None and item.get("most") is None:
        return usual_range(plan, key)
    return narrowed(plan, key, least=item.get("least"), most=item.get("most"))


def _trials(body: Mapping[str, Any]) -> int:
    return whole_number(body.get("trials", 20), 1, MOST_TRIALS, _TRIALS)


def _free_name(searches: Searches, base: str) -> str:
    """`base`, or with the first number that makes it a name of its own."""
    taken = {path.name for path in searches.home.glob("*")}
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if name not in taken)
