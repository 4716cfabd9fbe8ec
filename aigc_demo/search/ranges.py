"""Which settings a search turns and between which values, derived from a recipe; TensorFlow is not needed.

The ranges lie around what the recipe says. What is baked into the compiled loop (momenta, batch size) takes one of a few
values, so that trials can share what was compiled; what is a dial takes any value between two ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aigc_demo.recipes import SETTINGS, Plan, Value, make_plan, value_of
from aigc_demo.recipes.settings import setting_of
from aigc_demo.text import Text, VisitorError

Scale = Literal["log", "linear", "choice"]

SPAN = 10.0  # a rate or a weight is looked for up to this factor above and below the recipe's
MOST_CHOICES = 12
LONG = 10_000.0  # steps: rates that halve later hardly change within a trial

# Settings that are searched unless others are named; weights that are not 0 go with them.
_USUAL = ("lr.g", "lr.d", "beta_1.g", "beta_1.d", "batch_size", "discriminator_steps", "ema_decay")
# What a search may not turn: other networks are another recipe, a trial ends by its steps alone, the ratio of the rates
# is another way to say both, holding layers is for adapting a model, and what computes is the machine's affair.
_NEVER = frozenset({"generator", "discriminator", "auto_stop", "lr.ratio", "freeze_d", "precision", "xla"})

_FEW: Mapping[str, tuple[Value, ...]] = {
    "beta_1.g": (0.0, 0.25, 0.5, 0.75, 0.9),
    "beta_1.d": (0.0, 0.25, 0.5, 0.75, 0.9),
    "ema_decay": (0.0, 0.9, 0.99, 0.995, 0.999),
    "discriminator_steps": (1, 2, 3),
    "dropout": (0.0, 0.1, 0.2, 0.3, 0.5),
    "augment": (0, 1, 2, 3, 4),
    "pac": (1, 2, 4),
    "batch_size": (8, 16, 32, 64, 128, 256),
}


@dataclass(frozen=True)
class Range:
    """The values that a search may give one setting: numbers in [least, most], or one of `choices`."""

    key: str
    scale: Scale
    least: float = 0.0
    most: float = 0.0
    whole: bool = False
    choices: tuple[Value, ...] = ()

    def to_json(self) -> dict[str, Any]:
        if self.scale == "choice":
            return {"key": self.key, "scale": self.scale, "choices": list(self.choices)}
        ends = {"least": self.least, "most": self.most, "whole": self.whole}
        return {"key": self.key, "scale": self.scale, **ends}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Range:
        """Raises KeyError, TypeError or ValueError where `to_json` cannot have written it."""
        key, scale = str(data["key"]), data["scale"]
        if scale == "choice":
            return Range(key, "choice", choices=tuple(data["choices"]))
        if scale not in ("log", "linear"):
            raise ValueError(scale)
        return Range(key, scale, float(data["least"]), float(data["most"]), bool(data["whole"]))


def searchable(plan: Plan) -> tuple[str, ...]:
    """Every setting of `plan` that a search could turn."""
    keys = [key for key in SETTINGS if key not in _NEVER and value_of(plan, key) is not None]
    if plan.recipe.d_optimiser.name != "adam":
        keys = [key for key in keys if not key.startswith("beta_1.")]
    return (*keys, *(f"weight.{term}" for term in plan.weights))


def usual_ranges(plan: Plan) -> tuple[Range, ...]:
    """What is searched when nobody says otherwise: rates, momenta, batch, updates of D, averaging, weights above 0."""
    keys = [key for key in searchable(plan) if key in _USUAL or (key.startswith("weight.") and value_of(plan, key))]
    return tuple(usual_range(plan, key) for key in keys)


def usual_range(plan: Plan, key: str) -> Range:
    """Values around the one that `plan` has. Raises `VisitorError` for what cannot be searched here."""
    if key not in searchable(plan):
        raise VisitorError(
            Text(
                "“{key}”不能搜索。这里可用：{known}。", "“{key}” cannot be searched. Choose from {known} here."
            ).format(key=key[:40], known=", ".join(searchable(plan)))
        )
    setting, value = setting_of(key), value_of(plan, key)
    assert setting is not None and value is not None
    if setting.kind == "choice":
        return Range(key, "choice", choices=setting.choices)
    if key in _FEW:
        return Range(key, "choice", choices=_few_around(key, value))
    least, most, whole = setting.least, _most(plan, key), setting.kind == "whole"
    number = float(value)
    if key.startswith("weight."):
        most = min(most, number * SPAN or 1.0)
    if number == 0.0:
        return Range(key, "linear", least, most, whole)
    if key == "rate_halving_steps" and number > LONG:
        number = LONG  # as good as never, which is the most that is searched
    return Range(key, "log", max(least, number / SPAN, 1.0 if whole else 0.0), min(most, number * SPAN), whole)


def parse_over(plan: Plan, given: str) -> tuple[Range, ...]:
    """What `--over` says: `lr.g,lr.d=1e-4..1e-2,batch_size=32/64`; a bare name takes its usual range."""
    ranges: dict[str, Range] = {}
    for item in filter(None, (part.strip() for part in given.split(","))):
        key, _, values = item.partition("=")
        if key in ranges:
            raise _bad(item)
        if not values:
            ranges[key] = usual_range(plan, key)
        elif ".." in values:
            ends = values.split("..")
            if len(ends) != 2:
                raise _bad(item)
            ranges[key] = narrowed(plan, key, least=ends[0], most=ends[1])
        else:
            ranges[key] = narrowed(plan, key, choices=values.split("/"))
    if not ranges:
        raise VisitorError(Text("请至少选一个要搜索的设置。", "Choose at least one setting to search."))
    return tuple(ranges.values())


def narrowed(
    plan: Plan, key: str, *, least: object = None, most: object = None, choices: list[Any] | None = None
) -> Range:
    """The range of `key` between two ends or among `choices`, each checked as a value of the setting itself.

    Raises `VisitorError`.
    """
    usual = usual_range(plan, key)
    setting = setting_of(key)
    assert setting is not None

    def checked(value: object) -> Value:
        text = value if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
        made = value_of(make_plan(plan.recipe.key, plan.loss, settings={key: text}), key)
        assert made is not None
        return made

    if choices is not None:
        found = tuple(dict.fromkeys(checked(value) for value in choices))
        if not 1 <= len(found) <= MOST_CHOICES:
            raise _bad(f"{key}={'/'.join(map(str, choices))}"[:80])
        return Range(key, "choice", choices=found)
    low, high = checked(least), checked(most)
    if setting.kind == "choice" or isinstance(low, str) or isinstance(high, str) or not low < high:
        raise _bad(f"{key}={least}..{most}"[:80])
    is_log = low > 0 and (setting.log or key.startswith("weight.") or usual.scale == "log")
    return Range(key, "log" if is_log else "linear", float(low), float(high), whole=setting.kind == "whole")


def _few_around(key: str, value: Value) -> tuple[Value, ...]:
    """The few values of `key`, with the recipe's own among them; of batch sizes those within a factor of four."""
    few = _FEW[key]
    if key == "batch_size":
        few = tuple(size for size in few if float(value) / 4 <= float(size) <= float(value) * 4)
    return tuple(sorted({*few, value}, key=float))


def _most(plan: Plan, key: str) -> float:
    if not key.startswith("weight."):
        return SETTINGS[key].most
    loss = plan.loss_object()
    return next(term.most for term in loss.d_terms + loss.g_terms if term.key == key.removeprefix("weight."))


def _bad(item: str) -> VisitorError:
    return VisitorError(
        Text(
            "无法理解“{item}”：写成 lr.g、lr.g=1e-4..1e-2 或 batch_size=32/64，每个设置一次。",
            "“{item}” is not understood: write lr.g, lr.g=1e-4..1e-2 or batch_size=32/64, each setting once.",
        ).format(item=item[:80])
    )
