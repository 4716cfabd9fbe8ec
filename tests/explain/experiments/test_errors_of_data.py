"""One image for a batch, bytes against a tanh, and loops that count: every claim holds at seed 0."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from aigc_demo.data import load
from aigc_demo.explain.experiments import EXPERIMENTS
from tests.explain.experiments.conftest import Conclude


@pytest.mark.parametrize("key", ["C6", "C7", "C8"])
def test_every_claim_about_the_data_holds(key: str, run_experiment: Conclude) -> None:
    concluded, frames = run_experiment(key)
    assert all(concluded.holds.values()), concluded
    assert {frame.side for frame in frames} == {"written", "corrected"}
    assert max(frame.progress for frame in frames) == 1.0


def test_predictions_come_from_the_data_and_from_closed_forms() -> None:
    predicted = {claim.key: claim for item in ("C6", "C7", "C8") for claim in EXPERIMENTS[item].claims}
    assert predicted["kl_one"].value == log(10)
    assert predicted["mean_raw"].value == pytest.approx(float(np.mean(load("digits5k").images)), abs=0.5)
    assert predicted["steps"].value == 10_000 * 128 and predicted["true_steps"].value == 60_000 // 128


def test_the_counting_is_done_by_the_loops(run_experiment: Conclude) -> None:
    _, frames = run_experiment("C8")
    written = [frame for frame in frames if frame.side == "written"]
    assert dict(written[-1].rows or ())["steps"] == "1,280,000"
    assert [frame.step for frame in written] == sorted(frame.step for frame in written)
