"""Plans: a recipe with every choice made, checked choice by choice, and read back from a file that anybody may have made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, get_args

from aigc_demo.losses import AUXILIARIES, LOSSES, Auxiliary, Loss, Term, carry, find_loss
from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.recipes.catalogue import Optimiser, Recipe, Updates, find_recipe
from aigc_demo.recipes.numbers import number, whole_number
from aigc_demo.text import Text, VisitorError, plain

MAX_SEED = 2**31 - 1
MIN_SECONDS, MAX_SECONDS = 5, 600  # what a page or an API client may ask for
DEFAULT_SECONDS = 20
MAX_STEPS = 1_000_000
MAX_WEIGHT = 10.0


@dataclass(frozen=True)
class Plan:
    """A recipe with every choice made. `weights` holds the weight of every tunable term of `loss_object()`."""

    recipe: Recipe
    loss: str
    auxiliaries: tuple[str, ...]
    weights: Mapping[str, float]
    dataset: str
    seed: int
    discriminator_steps: int
    seconds: float | None = None
    steps: int | None = None

    def loss_object(self) -> Loss:
        """The catalogue's loss with this plan's auxiliary terms attached."""
        return carry(find_loss(self.loss), *(AUXILIARIES[key] for key in self.auxiliaries))

    def to_json(self) -> dict[str, Any]:
        """Plain data; the recipe's words are left out, since they belong to its name."""
        plain = asdict(self)
        plain["recipe"].pop("title")
        plain["recipe"].pop("story")
        return plain

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Plan:
        """The plan that `to_json` wrote, checked; raises `VisitorError` when it is not one."""
        try:
            stored = dict(data["recipe"])
            known = find_recipe(stored["key"])
            for player in ("g_optimiser", "d_optimiser"):
                stored[player] = Optimiser(**stored[player])
            stored["auxiliaries"] = tuple(stored["auxiliaries"])
            recipe = Recipe(title=known.title, story=known.story, **stored)
            rest = {item.name: data[item.name] for item in fields(Plan) if item.name != "recipe"}
            rest["auxiliaries"] = tuple(rest["auxiliaries"])
            rest["weights"] = {str(key): float(value) for key, value in rest["weights"].items()}
            plan = Plan(recipe=recipe, **rest)
            _check_plan(plan)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise VisitorError(
                Text("config.json 中的训练计划无法读取。", "The training plan in config.json cannot be read.")
            ) from error
        return plan


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

    `settings` overrides by name: `weight.<term key>`, `lr.g`, `lr.d`, `discriminator_steps`, `batch_size`. A weight for
    an auxiliary term attaches that auxiliary.
    """
    base = find_recipe(recipe)
    game = find_loss(base.loss if loss is None else loss)
    chosen = dict(settings or {})
    wanted = {key.removeprefix("weight."): value for key, value in chosen.items() if key.startswith("weight.")}
    auxiliaries = base.auxiliaries + tuple(
        item.key for item in AUXILIARIES.values() if _asked_for(item, wanted, game) and item.key not in base.auxiliaries
    )
    for key in auxiliaries:
        if AUXILIARIES[key].needs_class_head and not base.class_head:
            refusal = Text(
                "配方 {recipe} 的判别器没有分类头，不能加“{term}”；请换用 fast。",
                "The discriminator of {recipe} has no class head, so it cannot carry “{term}”; use the recipe fast.",
            )
            title = AUXILIARIES[key].title
            raise VisitorError(
                Text(
                    refusal.zh.format(recipe=base.key, term=title.zh), refusal.en.format(recipe=base.key, term=title.en)
                )
            )
    if not isinstance(dataset, str):
        raise VisitorError(Text("数据集应是名称或路径。", "The dataset must be a name or a path."))
    full = carry(game, *(AUXILIARIES[key] for key in auxiliaries))
    plan = Plan(
        recipe=_tuned(base, chosen),
        loss=game.key,
        auxiliaries=auxiliaries,
        weights=_weights(full, base, wanted),
        dataset=dataset,
        seed=whole_number(seed, 0, MAX_SEED, Text("随机种子", "The seed")),
        discriminator_steps=whole_number(
            chosen.get("discriminator_steps", game.discriminator_steps), 1, 20, plain("discriminator_steps")
        ),
        seconds=None if seconds is None else number(seconds, 0.1, 10_000_000, Text("训练时长", "The training time")),
        steps=None if steps is None else whole_number(steps, 1, MAX_STEPS, Text("步数", "The number of steps")),
    )
    unknown = [key for key in chosen if not key.startswith("weight.") and key not in _SETTINGS]
    if unknown:
        raise VisitorError(
            Text("不认识的设置 {key}。可用：{known}。", "Unknown setting {key}. Choose one of {known}.").format(
                key=unknown[0][:80], known=", ".join((*_SETTINGS, *(f"weight.{key}" for key in plan.weights)))
            )
        )
    return plan


_SETTINGS = ("lr.g", "lr.d", "discriminator_steps", "batch_size", "rate_halving_steps", "ema_decay")


def _asked_for(item: Auxiliary, wanted: Mapping[str, object], loss: Loss) -> bool:
    own = {term.key for term in loss.d_terms + loss.g_terms}
    return any(term.key in wanted and term.key not in own for term in item.terms)


def _weights(loss: Loss, recipe: Recipe, wanted: Mapping[str, object]) -> dict[str, float]:
    tunable: dict[str, Term] = {term.key: term for term in loss.d_terms + loss.g_terms if term.symbol}
    unknown = [key for key in wanted if key not in tunable]
    if unknown:
        raise VisitorError(
            Text(
                "这个损失没有可调的项 {key}。可调：{known}。", "This loss has no tunable term {key}. Tunable: {known}."
            ).format(key=unknown[0][:80], known=", ".join(tunable) or "–")
        )
    weights = {key: recipe.weights.get(key, term.weight) for key, term in tunable.items()}
    for key, value in wanted.items():
        weights[key] = number(value, 0.0, MAX_WEIGHT, plain(f"weight.{key}"))
    return weights


def _tuned(recipe: Recipe, chosen: Mapping[str, object]) -> Recipe:
    for player in ("g", "d"):
        if f"lr.{player}" in chosen:
            name = f"{player}_optimiser"
            rate = number(chosen[f"lr.{player}"], 1e-7, 1.0, plain(f"lr.{player}"))
            recipe = replace(recipe, **{name: replace(getattr(recipe, name), learning_rate=rate)})
    if "batch_size" in chosen:
        recipe = replace(recipe, batch_size=whole_number(chosen["batch_size"], 2, 1024, plain("batch_size")))
    if "rate_halving_steps" in chosen:
        halving = number(chosen["rate_halving_steps"], 1.0, 1e9, plain("rate_halving_steps"))
        recipe = replace(recipe, rate_halving_steps=halving)
    if "ema_decay" in chosen:
        recipe = replace(recipe, ema_decay=number(chosen["ema_decay"], 0.0, 0.99999, plain("ema_decay")))
    return recipe


def _check_plan(plan: Plan) -> None:
    """Raise unless every value of `plan`, which may come from anybody's file, is of the kind that `make_plan` makes."""
    made = make_plan(
        plan.recipe.key,
        plan.loss,
        plan.dataset,
        plan.seed,
        plan.seconds,
        plan.steps,
        {
            **{f"weight.{key}": value for key, value in plan.weights.items()},
            "lr.g": plan.recipe.g_optimiser.learning_rate,
            "lr.d": plan.recipe.d_optimiser.learning_rate,
            "batch_size": plan.recipe.batch_size,
            "rate_halving_steps": plan.recipe.rate_halving_steps,
            "ema_decay": plan.recipe.ema_decay,
            "discriminator_steps": plan.discriminator_steps,
        },
    )
    known, stored = made.recipe, plan.recipe
    _check_types(plan, made)
    for mine, theirs in (
        (stored, known),
        (stored.g_optimiser, known.g_optimiser),
        (stored.d_optimiser, known.d_optimiser),
    ):
        _check_types(mine, theirs)
    number(stored.ema_lag, 1.0, 1e9, plain("ema_lag"))
    whole_number(stored.latent_size, 1, 1024, plain("latent_size"))
    for optimiser in (stored.g_optimiser, stored.d_optimiser):
        number(optimiser.beta_1, 0.0, 0.99999, plain("beta_1"))
        number(optimiser.beta_2, 0.0, 0.99999, plain("beta_2"))
    tunable = {term.key for term in plan.loss_object().d_terms + plan.loss_object().g_terms if term.symbol}
    if not (
        stored.generator in GENERATORS
        and stored.discriminator in DISCRIMINATORS
        and stored.loss in LOSSES
        and stored.updates in get_args(Updates)
        and all(item.name in ("adam", "rmsprop") for item in (stored.g_optimiser, stored.d_optimiser))
        and all(key in AUXILIARIES for key in stored.auxiliaries)
        and all(isinstance(value, float) for value in stored.weights.values())
        and set(plan.weights) == tunable
    ):
        raise ValueError("a plan that no recipe makes")


def _check_types(made: object, known: object) -> None:
    for item in fields(known):  # type: ignore[arg-type]
        if type(getattr(made, item.name)) is not type(getattr(known, item.name)):
            raise TypeError(f"{item.name} is of another type")
