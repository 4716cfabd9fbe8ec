"""Making every choice of a run, checked choice by choice, and changing a plan while its run goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aigc_demo.data import class_names_of
from aigc_demo.losses import AUXILIARIES, Auxiliary, Loss, Term, carry, find_loss
from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.recipes.catalogue import find_recipe
from aigc_demo.recipes.numbers import number, whole_number
from aigc_demo.recipes.plan import Plan
from aigc_demo.recipes.rates import ratio_of, tilted
from aigc_demo.recipes.recipe import Recipe
from aigc_demo.recipes.refusals import refuse_clashes
from aigc_demo.recipes.settings import GROWTH_STEPS, SETTINGS, STORED, Value, setting_of
from aigc_demo.text import Text, VisitorError, plain

MAX_SEED = 2**31 - 1
MIN_SECONDS, MAX_SECONDS = 5, 600  # what a page or an API client may ask for
DEFAULT_SECONDS = 20
MAX_STEPS = 1_000_000

# Where a setting lives in a plan's recipe.
_OF_RECIPE = (
    *("batch_size", "rate_halving_steps", "ema_decay", "updates", "generator", "discriminator", "growth_steps"),
)
_OF_OPTIMISER = {"lr": "learning_rate", "beta_1": "beta_1"}


def make_plan(
    recipe: str = "fast",
    loss: str | None = None,
    dataset: str = "digits5k",
    seed: object = 0,
    seconds: object = None,
    steps: object = None,
    settings: Mapping[str, object] | None = None,
) -> Plan:
    """Make every choice of a run, and check each; raises `VisitorError` with one sentence that says what to do.

    `settings` overrides by name: `weight.<term key>` and the names in `SETTINGS`. A weight for an auxiliary term
    attaches that auxiliary. An auxiliary of the recipe itself that the chosen loss or networks cannot carry is left out.
    """
    base = find_recipe(recipe)
    game = find_loss(base.loss if loss is None else loss)
    if not isinstance(dataset, str):
        raise VisitorError(Text("数据集应是名称或路径。", "The dataset must be a name or a path."))
    plan = Plan(
        recipe=base,
        loss=game.key,
        auxiliaries=base.auxiliaries,
        weights=base.weights,
        dataset=dataset,
        seed=whole_number(seed, 0, MAX_SEED, Text("随机种子", "The seed")),
        discriminator_steps=_rounds(base, game),
        seconds=None if seconds is None else number(seconds, 0.1, 10_000_000, Text("训练时长", "The training time")),
        steps=None if steps is None else whole_number(steps, 1, MAX_STEPS, Text("步数", "The number of steps")),
        class_names=class_names_of(dataset),
    )
    return _choose(plan, game, dict(settings or {}))


def change_plan(plan: Plan, settings: Mapping[str, object], loss: str | None = None) -> Plan:
    """`plan` with other settings, and perhaps another loss, for a run that goes on from where it is.

    What was left at the old loss's own default follows the new loss; a penalty that belonged to the old loss leaves
    with it, and so does an addition that the new one cannot carry. Raises `VisitorError` for a setting that only a new
    run can have.
    """
    game = find_loss(plan.loss if loss is None else loss)
    for key, value in settings.items():
        setting = setting_of(key)
        if setting is not None and not setting.live and not _same(value_of(plan, key), value):
            raise VisitorError(
                Text(
                    f"“{setting.title.zh}”不能在训练中改变；请用新的值另开一次训练。",
                    f"“{setting.title.en}” cannot be changed while a run goes on; start a new run with the new value.",
                )
            )
    changed = plan
    if game.key != plan.loss:
        old = find_loss(plan.loss)
        if plan.discriminator_steps == _rounds(plan.recipe, old):
            changed = replace(changed, discriminator_steps=_rounds(plan.recipe, game))
        changed = replace(changed, loss=game.key, clip=plan.clip if game.clip is not None else None)
    return _choose(changed, game, dict(settings))


def change_settings(plan: Plan, settings: Mapping[str, object]) -> Plan:
    """`plan` with other settings, also those that only a new run can have. Raises `VisitorError`."""
    return _choose(plan, find_loss(plan.loss), dict(settings))


def value_of(plan: Plan, key: str) -> Value | None:
    """The present value of the setting `key` (`weight.<term>` included); None where the plan has no such thing."""
    if key.startswith("weight."):
        return plan.weights.get(key.removeprefix("weight."))
    if key == "lr.ratio":
        return ratio_of(plan.recipe)
    name, _, player = key.partition(".")
    if player:
        value: Value | None = getattr(getattr(plan.recipe, f"{player}_optimiser"), _OF_OPTIMISER[name])
    elif key == "optimiser":
        value = plan.recipe.d_optimiser.name
    elif key == "clip":
        value = plan.clip_at
    elif key == "growth_steps":
        value = plan.recipe.growth_steps or None
    else:
        value = getattr(plan.recipe if key in _OF_RECIPE else plan, key)
    return value


def default_of(key: str, recipe: str, loss: str | None = None) -> Value | None:
    """What the setting `key` is when nobody sets it; None where it does not apply (a term that is not attached)."""
    return value_of(make_plan(recipe, loss), key)


def settings_of(plan: Plan) -> dict[str, Value]:
    """Every setting that differs from what `make_plan(plan.recipe.key, plan.loss)` alone would give."""
    base = make_plan(plan.recipe.key, plan.loss)
    keys = [*(f"weight.{key}" for key in plan.weights), *STORED]
    found = {key: value_of(plan, key) for key in keys}
    return {key: value for key, value in found.items() if value is not None and value != value_of(base, key)}


def _rounds(recipe: Recipe, game: Loss) -> int:
    """How often D learns in a step when nobody says so."""
    own = recipe.discriminator_steps if game.key == recipe.loss else None
    return game.discriminator_steps if own is None else own


def _choose(plan: Plan, game: Loss, chosen: dict[str, object]) -> Plan:
    """`plan` with the `chosen` settings over its own, everything checked. Its weights are taken where they still fit."""
    recipe = _tuned(plan.recipe, chosen)
    wanted = {key.removeprefix("weight."): value for key, value in chosen.items() if key.startswith("weight.")}
    facts = DISCRIMINATORS[recipe.discriminator]
    kept = tuple(
        key
        for key in plan.auxiliaries
        if (AUXILIARIES[key].why_not(game, facts) is None or _asked_for(AUXILIARIES[key], wanted, game))
        and (key in plan.recipe.auxiliaries or not _is_part_of(AUXILIARIES[key], game))
    )
    asked = tuple(item.key for item in AUXILIARIES.values() if _asked_for(item, wanted, game) and item.key not in kept)
    full = carry(game, *(AUXILIARIES[key] for key in kept + asked))
    weights = _weights(full, plan.weights, wanted)
    unknown = [key for key in chosen if setting_of(key) is None]
    if unknown:
        raise VisitorError(
            Text("不认识的设置 {key}。可用：{known}。", "Unknown setting {key}. Choose one of {known}.").format(
                key=unknown[0][:80], known=", ".join((*SETTINGS, *(f"weight.{key}" for key in weights)))
            )
        )
    own: dict[str, Any] = {
        key: _checked(key, chosen[key])
        for key in (
            "discriminator_steps",
            "pac",
            "augment",
            "dropout",
            "clip",
            "auto_stop",
            "freeze_d",
            "precision",
            "xla",
        )
        if key in chosen
    }
    if own.get("clip") == game.clip:
        own["clip"] = None  # the loss's own
    made = replace(plan, recipe=recipe, auxiliaries=kept + asked, weights=weights, **own)
    refuse_clashes(made, game, clip_asked="clip" in chosen)
    return made


def _asked_for(item: Auxiliary, wanted: Mapping[str, object], loss: Loss) -> bool:
    own = {term.key for term in loss.d_terms + loss.g_terms}
    return any(term.key in wanted and term.key not in own for term in item.terms)


def _is_part_of(item: Auxiliary, loss: Loss) -> bool:
    return {term.key for term in item.terms} <= {term.key for term in loss.d_terms + loss.g_terms}


def _weights(loss: Loss, given: Mapping[str, float], wanted: Mapping[str, object]) -> dict[str, float]:
    tunable: dict[str, Term] = {term.key: term for term in loss.d_terms + loss.g_terms if term.symbol}
    unknown = [key for key in wanted if key not in tunable]
    if unknown:
        raise VisitorError(
            Text(
                "这个损失没有可调的项 {key}。可调：{known}。", "This loss has no tunable term {key}. Tunable: {known}."
            ).format(key=unknown[0][:80], known=", ".join(tunable) or "–")
        )
    weights = {key: given.get(key, term.weight) for key, term in tunable.items()}
    for key, value in wanted.items():
        weights[key] = number(value, 0.0, tunable[key].most, plain(f"weight.{key}"))
    return weights


def _tuned(recipe: Recipe, chosen: Mapping[str, object]) -> Recipe:
    """`recipe` with the chosen rates, schedule and networks; what a network fixes follows the network."""
    for key in ("lr.g", "lr.d", "beta_1.g", "beta_1.d"):
        if key in chosen:
            name, _, player = key.partition(".")
            optimiser = getattr(recipe, f"{player}_optimiser")
            tuned = replace(optimiser, **{_OF_OPTIMISER[name]: _checked(key, chosen[key])})
            recipe = replace(recipe, **{f"{player}_optimiser": tuned})
    if "lr.ratio" in chosen:
        recipe = tilted(recipe, float(_checked("lr.ratio", chosen["lr.ratio"])), chosen)
        for key, item in (("lr.g", recipe.g_optimiser), ("lr.d", recipe.d_optimiser)):
            _checked(key, item.learning_rate)
    if "optimiser" in chosen:
        kind: Any = _checked("optimiser", chosen["optimiser"])
        g, d = (replace(one, name=kind) for one in (recipe.g_optimiser, recipe.d_optimiser))
        recipe = replace(recipe, g_optimiser=g, d_optimiser=d)
    own: dict[str, Any] = {key: _checked(key, chosen[key]) for key in _OF_RECIPE if key in chosen}
    if "generator" in own and own["generator"] != recipe.generator:
        facts = GENERATORS[own["generator"]]
        own |= {"latent_size": facts.latent_size, "conditional": facts.conditional}
    if "discriminator" in own and own["discriminator"] != recipe.discriminator:
        own["class_head"] = DISCRIMINATORS[own["discriminator"]].class_head
    if "growth_steps" not in own and "generator" in own:
        grows = bool(GENERATORS[own["generator"]].stages)
        own["growth_steps"] = (recipe.growth_steps or GROWTH_STEPS) if grows else 0
    return replace(recipe, **own)


def _checked(key: str, value: object) -> Value:
    """`value` as what the setting `key` takes; raises `VisitorError` naming it."""
    setting = SETTINGS[key]
    if setting.kind == "whole":
        return whole_number(value, int(setting.least), int(setting.most), plain(key))
    if setting.kind == "number":
        return number(value, setting.least, setting.most, plain(key))
    choices = {"generator": tuple(GENERATORS), "discriminator": tuple(DISCRIMINATORS)}.get(key, setting.choices)
    if isinstance(value, str) and value in choices:
        return value
    raise VisitorError(
        Text("{key} 应为 {known} 之一，不能是 {value}。", "{key} must be one of {known}, not {value}.").format(
            key=key, known=", ".join(choices), value=str(value)[:40]
        )
    )


def _same(was: Value | None, value: object) -> bool:
    if was == value:
        return True
    try:
        return was is not None and float(was) == float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return False
