"""Running an experiment without a page: one bench for all tests, so that what is compiled is compiled once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from aigc_demo.data import Dataset
from aigc_demo.explain.experiments import Bench, Frame, Outcome, find_experiment
from aigc_demo.explain.experiments.desk import Concluded, conclude

Conclude = Callable[..., tuple[Concluded, list[Frame]]]


@pytest.fixture(scope="session")
def run_experiment(digits: Dataset) -> Conclude:
    """`run_experiment(key, seed=0)`: what came of it, and its frames, to look at: each is run once."""
    bench = Bench()

    @cache
    def run(key: str, seed: int = 0) -> tuple[Concluded, list[Frame]]:
        bench.clear()
        *frames, outcome = find_experiment(key).run(bench, seed)
        assert isinstance(outcome, Outcome)
        return conclude(find_experiment(key), outcome, 0.0), frames  # type: ignore[arg-type]

    return run
