"""Which arithmetic is fastest here: each makes a few real steps, in turn, and the reference wins unless beaten clearly."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import Protocol

from aigc_demo.recipes import REFERENCE, Arithmetic
from aigc_demo.training.figures import Chunk

ROUNDS = 4
WINDOW_SECONDS = 0.12  # of one measurement
MOST_STEPS = 200  # in one measurement
HELPS = 1.1  # so many times as fast as the reference must another be: less is within what measurements differ by


class Steps(Protocol):
    """What is measured: something that makes steps."""

    def steps(self, count: int) -> Chunk: ...


def seconds_a_step(
    offered: Mapping[Arithmetic, Steps], go_on: Callable[[], bool] = lambda: True
) -> dict[Arithmetic, float] | None:
    """The median seconds of a step of each, measured back and forth; None where `go_on()` became false.

    Takes about ROUNDS · WINDOW_SECONDS for each that is offered, and at least ROUNDS + 1 steps. Of networks that grow it
    is the stage that they are in.
    """
    count = {}
    for arithmetic, trainer in offered.items():
        count[arithmetic] = max(1, min(MOST_STEPS, int(WINDOW_SECONDS / max(trainer.steps(1).seconds, 1e-6))))
    seconds: dict[Arithmetic, list[float]] = {arithmetic: [] for arithmetic in offered}
    for number in range(ROUNDS):
        for arithmetic in list(offered) if number % 2 == 0 else reversed(list(offered)):
            if not go_on():
                return None
            chunk = offered[arithmetic].steps(count[arithmetic])
            seconds[arithmetic].append(chunk.seconds / len(chunk.values))
    return {arithmetic: statistics.median(values) for arithmetic, values in seconds.items()}


def fastest(seconds: Mapping[Arithmetic, float]) -> Arithmetic:
    """The fastest of those measured, or the first of them where no other is `HELPS` times as fast as it."""
    first = REFERENCE if REFERENCE in seconds else next(iter(seconds))
    best = min(seconds, key=seconds.__getitem__)
    return best if seconds[first] >= HELPS * seconds[best] else first
