"""The plan that a run began with, from the one it has come to and the changes made on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aigc_demo.losses import AUXILIARIES
from aigc_demo.recipes import Plan, change_plan


def beginning_of(plan: Plan, changes: Sequence[Mapping[str, Any]]) -> Plan:
    """`plan` with `changes` (`{"step", "key", "from", "to"}`, oldest first) taken back, but for those before step 1."""
    first: dict[str, Any] = {}
    for change in on_the_way(changes):
        first.setdefault(change["key"], change["from"])
    if not first:
        return plan
    loss = first.pop("loss", plan.loss)
    added = {key.removeprefix("weight.") for key, value in first.items() if value is None}
    kept = tuple(key for key in plan.auxiliaries if not any(term.key in added for term in AUXILIARIES[key].terms))
    weights = {key: weight for key, weight in plan.weights.items() if key not in added}
    settings = {key: value for key, value in first.items() if value is not None}
    return change_plan(replace(plan, auxiliaries=kept, weights=weights), settings, loss)


def on_the_way(changes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The changes that found the run begun."""
    return [change for change in changes if change["step"] > 0]
