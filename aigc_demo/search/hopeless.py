"""When a trial is given up before its end.

Optuna's own pruners know one objective only. With two, a trial that is worse than others at the same step may still be
worth it because its steps are cheap; so it is compared in both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any, Literal, NamedTuple

Why = Literal["not_finite", "far_behind", "behind_and_slower", "interrupted", "refused"]

ENOUGH = 4  # finished trials, before any is given up for being behind them
FAR = 2.0  # so many times the median digit-FD, and no speed makes up for it


class Rung(NamedTuple):
    """What was measured of a trial at one step: its digit-FD, and the seconds it had trained."""

    step: int
    digit_fd: float
    seconds: float


def hopeless(rung: Rung, finished: Sequence[Sequence[Rung]]) -> Why | None:
    """Why a trial that stands at `rung` is to be given up; None where it goes on.

    It is compared with the medians of the `finished` trials at the same step: given up with a digit-FD above `FAR` times
    theirs, or with a digit-FD above and more seconds than theirs.
    """
    if not math.isfinite(rung.digit_fd):
        return "not_finite"
    same = [other for rungs in finished for other in rungs if other.step == rung.step]
    if len(same) < ENOUGH:
        return None
    usual = median(other.digit_fd for other in same)
    if rung.digit_fd > FAR * usual:
        return "far_behind"
    if rung.digit_fd > usual and rung.seconds > median(other.seconds for other in same):
        return "behind_and_slower"
    return None


def best_of(rungs: Sequence[Rung]) -> Rung:
    """Where the digits were best; of equals, the earliest."""
    return min(rungs, key=lambda rung: rung.digit_fd)


def read_rungs(data: Any) -> tuple[Rung, ...]:
    """Rungs as a study's file has them; an entry that is none is left out."""
    found = []
    for entry in data if isinstance(data, list) else ():
        if isinstance(entry, list) and len(entry) == 3 and all(isinstance(value, int | float) for value in entry):
            found.append(Rung(int(entry[0]), float(entry[1]), float(entry[2])))
    return tuple(found)
