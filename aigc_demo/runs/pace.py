"""How many steps one compiled call should make, so that everything else gets its turn in time."""

from __future__ import annotations

import math

from aigc_demo.runs.record import Budget

CALL_SECONDS = 0.075  # long enough to cost little, short enough for pause to act at once and the chart to flow
GROWTH = 4  # one lucky measurement must not order a call of seconds
FORGET = 0.4  # weight of the newest measurement


class Pace:
    """Learns how long a step takes, beginning with a call of a single step."""

    def __init__(self) -> None:
        self._seconds_a_step: float | None = None
        self._last = 0

    @property
    def steps_per_second(self) -> float:
        return 1.0 / self._seconds_a_step if self._seconds_a_step else 0.0

    def next(self, budget: Budget, step: int, seconds: float) -> int:
        """Steps for the next call; 0 when the budget is used up."""
        if budget.is_spent(step, seconds):
            return 0
        if self._seconds_a_step is None:
            return 1
        count = min(CALL_SECONDS / self._seconds_a_step, GROWTH * self._last)
        if budget.seconds is not None:
            count = min(count, math.ceil((budget.seconds - seconds) / self._seconds_a_step))
        if budget.steps is not None:
            count = min(count, budget.steps - step)
        return max(1, int(count))

    def note(self, steps: int, seconds: float) -> None:
        """A call of `steps` took `seconds`."""
        self._last = steps
        measured = max(seconds, 1e-6) / steps
        if self._seconds_a_step is None:
            self._seconds_a_step = measured
        else:
            self._seconds_a_step += FORGET * (measured - self._seconds_a_step)
