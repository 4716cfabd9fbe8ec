from __future__ import annotations

import pytest

from aigc_demo.runs.pace import CALL_SECONDS, Pace
from aigc_demo.runs.record import Budget


def trained(seconds_a_step: float, budget: Budget, calls: int = 50) -> list[int]:
    """The sizes of the calls of a run whose steps take `seconds_a_step`."""
    pace, step, seconds, counts = Pace(), 0, 0.0, []
    for _ in range(calls):
        count = pace.next(budget, step, seconds)
        if count == 0:
            break
        counts.append(count)
        step, seconds = step + count, seconds + count * seconds_a_step
        pace.note(count, count * seconds_a_step)
    return counts


@pytest.mark.parametrize("seconds_a_step", [0.0005, 0.006, 0.02, 0.5])
def test_calls_begin_with_one_step_and_settle_near_the_wanted_time(seconds_a_step: float) -> None:
    counts = trained(seconds_a_step, Budget())
    assert counts[0] == 1
    assert counts[-1] == max(1, int(CALL_SECONDS / seconds_a_step))


def test_a_step_budget_is_met_exactly() -> None:
    assert sum(trained(0.006, Budget(steps=101), calls=1000)) == 101


def test_a_time_budget_is_met_to_within_a_step() -> None:
    steps = sum(trained(0.006, Budget(seconds=2.0), calls=1000))
    assert 2.0 <= steps * 0.006 <= 2.0 + 0.013


def test_a_machine_that_slows_down_gets_smaller_calls() -> None:
    pace = Pace()
    for _ in range(6):
        pace.note(12, 12 * 0.006)
    before = pace.next(Budget(), 0, 0.0)
    for _ in range(6):
        pace.note(12, 12 * 0.06)
    assert pace.next(Budget(), 0, 0.0) < before / 5
