"""Looking at a step changes nothing, and shows what the step itself reports."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from aigc_demo.data import Dataset
from tests import tiny
from tests.training.conftest import Ready

pytestmark = pytest.mark.usefixtures("tiny_networks")


def assert_same(state: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> None:
    assert set(state) == set(other)
    for name, value in state.items():
        np.testing.assert_array_equal(value, other[name], err_msg=name)


def test_the_batch_of_the_step_just_made_can_be_looked_at_again(ready: Ready, tiny_dataset: Dataset) -> None:
    """The same z, labels and real images as before the step; the players as they have become; nothing moves."""
    trainer = ready(tiny.plan(), tiny_dataset)
    trainer.steps(2)
    before = trainer.observe(6)
    trainer.steps(1)
    state = trainer.state()
    again, coming = trainer.observe(6, back=1), trainer.observe(6)
    assert_same(trainer.state(), state)
    for name in ("z", "labels", "real"):
        np.testing.assert_array_equal(getattr(again, name), getattr(before, name))
        assert not np.array_equal(getattr(coming, name), getattr(again, name))
    assert abs(again.fake - before.fake).max() > 1e-3  # G has learnt
    assert abs(again.real_logit - before.real_logit).max() > 1e-4  # and so has D
    one_hot = np.eye(10, dtype=np.float32)[again.labels]
    np.testing.assert_allclose(again.fake, trainer.generator([again.z, one_hot], training=True), atol=1e-6)


def test_a_step_before_the_first_cannot_be_looked_at(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    for back in (1, -1):
        with pytest.raises(ValueError, match="no step"):
            trainer.observe(back=back)
