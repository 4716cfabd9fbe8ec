"""The visible queue: who trains after whom, and in about how many seconds."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterable

from aigc_demo.runs.run import Run

FIRST_STRETCH = 1.3  # seconds of the clock a second of training takes, until it has been measured
FIRST_PREPARATION = 3.0  # seconds until a run's first step, until it has been measured
FORGET = 0.1  # weight of the newest measurement
UNKNOWN_SECONDS = 20.0  # of a run counted in steps, of whose pace nothing is known

Entry = list[Run]  # the runs that train together: one, or the members of a race


class Forecast:
    """How long runs take, learned from those that have trained: a call trains, but drawing and saving take time too."""

    def __init__(self) -> None:
        self._stretch = FIRST_STRETCH
        self._preparation = FIRST_PREPARATION

    def note_turn(self, clock: float, training: float) -> None:
        """`clock` seconds passed while a run trained for `training` seconds."""
        if training > 0:
            self._stretch += FORGET * (min(clock / training, 10.0) - self._stretch)

    def note_preparation(self, seconds: float) -> None:
        """An entry's trainers were ready after `seconds`."""
        self._preparation += 3 * FORGET * (seconds - self._preparation)

    def seconds(self, entry: Iterable[Run], has_begun: bool = False) -> float:
        """Seconds of the clock until the runs of `entry` have used up their budgets."""
        training = sum(map(_remaining, entry))
        return self._stretch * training + (0.0 if has_begun else self._preparation)


def _remaining(run: Run) -> float:
    """Training seconds left of a run's budget."""
    left = []
    if run.budget.seconds is not None:
        left.append(run.budget.seconds - run.seconds)
    if run.budget.steps is not None and run.steps_per_second:
        left.append((run.budget.steps - run.step) / run.steps_per_second)
    return max(0.0, min(left, default=UNKNOWN_SECONDS))


class WaitingList:
    """Entries in the order of their coming. The worker's lock guards it."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def take(self) -> Entry:
        """The entry whose turn it is."""
        return self._entries.popleft()

    def withdraw(self, run: Run) -> bool:
        """Take one run out, and its entry with it where it was the last; False when it was not waiting."""
        for entry in self._entries:
            if run in entry:
                entry.remove(run)
                if not entry:
                    self._entries.remove(entry)
                return True
        return False

    def tell(self, before: Iterable[float], forecast: Forecast) -> None:
        """Tell every waiting run its place and its prospect; `before` is how long each place of training is still taken."""
        taken = list(before)
        heapq.heapify(taken)
        for place, entry in enumerate(self._entries, start=1):
            for run in entry:
                run.place(place, math.ceil(taken[0]))
            heapq.heapreplace(taken, taken[0] + forecast.seconds(entry))
