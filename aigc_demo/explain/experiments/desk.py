"""Experiments for visitors: one runs at a time, the others stand in line, and whoever leaves ends theirs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from aigc_demo.explain.experiments.base import Experiment, Frame, Outcome
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.runs import desk
from aigc_demo.text import Text

FULL = Text(
    "前面已有 {n} 个实验在等着运行，请稍后再试。",
    "{n} experiments are already waiting to be run; please try again a little later.",
)
BROKE_DOWN = Text("实验运行时出了内部错误，已记录下来。", "The experiment failed here; it has been noted.")


@dataclass(frozen=True)
class Concluded:
    """What was measured, by claim, and whether each claim holds."""

    measured: Mapping[str, float]
    holds: Mapping[str, bool]
    seconds: float


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """One run of an experiment; what is heard of it is frames, and at last `Concluded` or `Failed`."""

    experiment: Experiment
    seed: int


def conclude(experiment: Experiment, outcome: Outcome, seconds: float) -> Concluded:
    """Hold an outcome against the claims; what was not measured fulfils nothing."""
    measured = {claim.key: float(outcome.measured.get(claim.key, float("nan"))) for claim in experiment.claims}
    return Concluded(measured, {claim.key: claim.holds(measured[claim.key]) for claim in experiment.claims}, seconds)


class ExperimentDesk(desk.Desk[Ticket]):
    """For any thread."""

    def __init__(self) -> None:
        self._bench = Bench()
        super().__init__("experiment", self._perform, FULL, BROKE_DOWN)

    def _perform(self, ticket: Ticket) -> Iterator[Frame | Concluded]:
        started = time.monotonic()
        self._bench.clear()
        with closing(ticket.experiment.run(self._bench, ticket.seed)) as frames:
            for news in frames:
                if isinstance(news, Outcome):
                    yield conclude(ticket.experiment, news, time.monotonic() - started)
                    return
                yield news
