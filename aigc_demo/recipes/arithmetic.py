"""In what numbers a step is computed, and by which compiler: what a plan asks for, and what a machine may choose from.

A run keeps to one arithmetic from its first step to its last, resumed ones included: two of them round differently, and
in a game small differences grow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from aigc_demo.recipes.plan import Plan
from aigc_demo.recipes.settings import PRECISIONS, Precision


class Arithmetic(NamedTuple):
    """`bfloat16`: convolutions and dense layers compute in it; weights, losses and optimisers stay in float32.

    `xla`: a step is compiled by XLA, which fuses its operations.
    """

    precision: Precision = "float32"
    xla: bool = False

    @property
    def key(self) -> str:
        """How a plan keeps it: `float32`, `bfloat16+xla` …"""
        return self.precision + ("+xla" if self.xla else "")


REFERENCE = Arithmetic()  # what every run is computed in unless something else was chosen
ARITHMETICS: dict[str, Arithmetic] = {
    one.key: one for one in (Arithmetic(precision, xla) for xla in (False, True) for precision in PRECISIONS)
}


def arithmetic_of(plan: Plan) -> Arithmetic:
    """What `plan` is computed in; the reference as long as nothing else was settled."""
    return ARITHMETICS[plan.arithmetic or REFERENCE.key]


def candidates(plan: Plan, on_gpu: bool) -> tuple[Arithmetic, ...]:
    """What `plan` leaves open on such a device, the reference first where it is among them.

    `auto` is open on a GPU alone; `fastest` is open anywhere.
    """

    def is_open(asked: str) -> bool:
        return asked == "fastest" or (asked == "auto" and on_gpu)

    precisions = PRECISIONS if is_open(plan.precision) else ("bfloat16" if plan.precision == "bfloat16" else "float32",)
    compilers = (False, True) if is_open(plan.xla) else (plan.xla == "on",)
    return tuple(one for one in ARITHMETICS.values() if one.precision in precisions and one.xla in compilers)


def settled(plan: Plan, arithmetic: Arithmetic) -> Plan:
    """`plan` with its arithmetic decided."""
    return replace(plan, arithmetic="" if arithmetic == REFERENCE else arithmetic.key)
