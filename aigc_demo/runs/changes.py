"""What was changed while a run went on, and at which step: the marks on its chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aigc_demo.recipes import STORED, Plan, Value, value_of


@dataclass(frozen=True)
class Change:
    """`key` is a setting, `weight.<term>` or `loss`; it holds for the steps after `step`. None: there was no such thing."""

    step: int
    key: str
    old: Value | None
    new: Value | None

    def to_json(self) -> dict[str, Any]:
        return {"step": self.step, "key": self.key, "from": self.old, "to": self.new}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Change:
        return Change(int(data["step"]), str(data["key"]), data["from"], data["to"])


def values_of(plan: Plan) -> dict[str, Value | None]:
    """The present value of every setting that a plan keeps and of the weight of every tunable term."""
    return {key: value_of(plan, key) for key in STORED} | {f"weight.{key}": w for key, w in plan.weights.items()}


def changes_between(old: Plan, new: Plan, step: int) -> tuple[Change, ...]:
    """What is different in `new`, made at `step`; the loss first, since much follows from it."""
    before, after = ({"loss": plan.loss, **values_of(plan)} for plan in (old, new))
    keys = dict.fromkeys((*before, *after))
    return tuple(
        Change(step, key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    )
