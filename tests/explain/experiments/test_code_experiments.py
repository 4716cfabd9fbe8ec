"""The experiments on the tutorial's code: every claim holds (seed 0), and every prediction is a closed form."""

from __future__ import annotations

import math

import numpy as np
import pytest

from aigc_demo.data import Dataset, to_unit_range
from aigc_demo.explain.closed_form import double_sigmoid_losses, softplus
from aigc_demo.explain.errata_calls import REAL_PART
from aigc_demo.explain.experiments import EXPERIMENTS
from tests.explain.experiments.conftest import Conclude


@pytest.mark.parametrize("key", ["C1", "C2", "C3", "C4", "C5"])
def test_every_claim_about_the_code_holds(key: str, run_experiment: Conclude) -> None:
    concluded, frames = run_experiment(key)
    assert all(concluded.holds.values()), concluded
    assert {frame.side for frame in frames} == {"written", "corrected"}
    assert all(0.0 < frame.progress <= 1.0 for frame in frames)


def test_the_table_of_gradients_says_none_or_a_number(run_experiment: Conclude) -> None:
    _, frames = run_experiment("C1")
    written, corrected = ([frame.rows for frame in frames if frame.side == side and frame.rows][-1] for side in
                          ("written", "corrected"))  # fmt: skip
    assert [value for _, value in written] == ["None"] * 4
    assert all(float(value) > 0 for _, value in corrected) and len(corrected) == 4


def test_the_exception_shown_is_the_one_that_was_raised(run_experiment: Conclude) -> None:
    _, frames = run_experiment("C5")
    shown = dict(frames[0].rows or ())
    assert shown["gen_loss = gen_loss(...)"].startswith("TypeError: ") and "not callable" in str(shown)
    assert shown["def train(): ..."].startswith("UnboundLocalError: ")


def test_the_real_loss_only_says_how_bright_the_images_are(digits: Dataset) -> None:
    pixels = to_unit_range(digits.images).astype(np.float64)
    loss = np.maximum(1.0, 0.0) - pixels + np.log1p(np.exp(-1.0))  # BCE(label x, logit 1)
    assert pytest.approx(loss.mean(), abs=2e-3) == REAL_PART


def test_what_is_predicted_is_known_before_anything_runs() -> None:
    c4 = {claim.key: claim.value for claim in EXPERIMENTS["C4"].claims}
    assert c4["perfect"] == pytest.approx(softplus(-1) + math.log(2)) == double_sigmoid_losses(1.0, 0.0)
    assert c4["d_dead"] == pytest.approx(2 * math.log(2)) and c4["g_dead"] == math.log(2)
