"""Judging the form without starting anything: what its choices amount to, what of them cannot be had, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.losses import AUXILIARIES, find_loss
from aigc_demo.networks import DISCRIMINATORS
from aigc_demo.recipes import DEFAULT_SECONDS, SETTINGS, Plan, Value, make_plan, value_of
from aigc_demo.text import Lang, Text, VisitorError
from aigc_demo.ui.requests import language_of, object_field, read_json
from aigc_demo.ui.run_routes import as_json, plan_from

MOST_SETTINGS = 60

_CHOICES = ("recipe", "loss", "dataset", "seconds", "seed")
_NETWORKS = ("generator", "discriminator")  # often only good together
_TOO_MANY = Text("一次最多 {most} 个设置。", "At most {most} settings at a time.").format(most=str(MOST_SETTINGS))


def plan_routes() -> APIRouter:
    routes = APIRouter()

    @routes.post("/plan")
    async def judge(request: Request) -> Response:
        """The choices of a form, with what must be refused left out and named; see `judged`."""
        body = await read_json(request)
        return as_json(await run_in_threadpool(judged, body, language_of(request)))

    return routes


def judged(body: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """What the choices and settings of `body` amount to.

    `recipe`, `loss`, `dataset`, `seconds`, `seed`: as asked, or the default where that must be refused. `settings`:
    those that are accepted and differ from the defaults. `values`, `defaults`: of every setting and of each tunable
    weight, by key. `additions`: for each auxiliary whether it is on, whether the loss has it anyway, and why it does not
    fit. `refused`: one sentence for each key of `body` that was left out.
    """
    choices, refused = _choices(body, lang)
    wanted = object_field(body, "settings")
    if len(wanted) > MOST_SETTINGS:
        raise VisitorError(_TOO_MANY)
    plan, more = _with_settings(choices, wanted, lang)
    base = make_plan(plan.recipe.key, plan.loss)
    keys = (*SETTINGS, *(f"weight.{key}" for key in plan.weights))
    return {
        **{key: getattr(plan, key) for key in _CHOICES[1:]},
        "recipe": plan.recipe.key,
        "settings": plan.settings(),
        "values": {key: value_of(plan, key) for key in keys},
        "defaults": {key: value_of(base, key) for key in keys},
        "additions": _additions(plan, lang),
        "refused": {**refused, **more},
    }


def _choices(body: Mapping[str, Any], lang: Lang) -> tuple[dict[str, Any], dict[str, str]]:
    """The choices that can be had, one after the other, and the sentences about those that cannot."""
    kept: dict[str, Any] = {"seconds": DEFAULT_SECONDS}
    refused: dict[str, str] = {}
    for key in _CHOICES:
        if body.get(key) is None:
            continue
        try:
            plan_from({**kept, key: body[key]})
            kept[key] = body[key]
        except VisitorError as error:
            refused[key] = error.text(lang)
    return kept, refused


def _with_settings(choices: Mapping[str, Any], wanted: Mapping[str, Any], lang: Lang) -> tuple[Plan, dict[str, str]]:
    """The plan with as many of the `wanted` settings as go together, and the sentences about the others."""

    def made(settings: Mapping[str, Any]) -> Plan:
        plan = plan_from(dict(choices))
        return make_plan(plan.recipe.key, plan.loss, plan.dataset, plan.seed, plan.seconds, settings=settings)

    try:
        return made(wanted), {}
    except VisitorError:
        pass
    kept: dict[str, Value] = {}
    refused: dict[str, str] = {}
    for part in _parts(wanted):
        try:
            made({**kept, **part})
            kept |= part
        except VisitorError as error:
            refused |= dict.fromkeys(part, error.text(lang))
    return made(kept), refused


def _parts(wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The settings one by one as they were given, so that the newest is the one refused; two networks go together."""
    networks = {key: wanted[key] for key in wanted if key in _NETWORKS}
    last = next(reversed(networks), None)
    return [
        networks if key == last else {key: value} for key, value in wanted.items() if key == last or key not in networks
    ]


def _additions(plan: Plan, lang: Lang) -> dict[str, dict[str, Any]]:
    game, facts = find_loss(plan.loss), DISCRIMINATORS[plan.recipe.discriminator]
    own = {term.key for term in game.d_terms + game.g_terms}
    found: dict[str, dict[str, Any]] = {}
    for key, item in AUXILIARIES.items():
        reason = item.why_not(game, facts)
        found[key] = {
            "on": key in plan.auxiliaries,
            "own": {term.key for term in item.terms} <= own,
            "why_not": None if reason is None else reason(lang),
        }
    return found
