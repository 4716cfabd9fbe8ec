"""What D sees in training and in use: shifts for all that it judges, dropout in training alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.training import Trainer, game
from tests import tiny
from tests.training.conftest import Ready

pytestmark = pytest.mark.usefixtures("tiny_networks")


class _Spy:
    """Notes what is shifted, and what D is asked about, while a step is compiled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shifted: list[Any] = []
        self.judged: list[Any] = []
        self.training: list[bool] = []
        translate, discriminate = game.translate, game.discriminate

        def shift(images: Any, most: Any, seed: Any) -> Any:
            self.shifted.append(translate(images, most, seed))
            return self.shifted[-1]

        def judge(model: Any, images: Any, labels: Any, training: bool) -> Any:
            self.judged.append(images)
            self.training.append(training)
            return discriminate(model, images, labels, training)

        monkeypatch.setattr(game, "translate", shift)
        monkeypatch.setattr(game, "discriminate", judge)


def test_real_images_fakes_and_those_of_gs_part_are_shifted_alike(
    tiny_dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shift of the real images alone, or none in G's part, would teach G to draw shifted digits."""
    spy = _Spy(monkeypatch)
    Trainer(tiny.plan(augment=2, auxiliaries=("acgan", "r1")), tiny_dataset).steps(1)
    # Real, fake and R1's look at the real ones, in D's further rounds and in the one both play; then G's fakes.
    assert len(spy.judged) == 3 + 3 + 1
    assert all(one is other for one, other in zip(spy.judged, spy.shifted, strict=True))
    assert all(spy.training)


def test_without_shifts_d_sees_the_images_as_they_are(
    ready: Ready, tiny_dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = _Spy(monkeypatch)
    Trainer(tiny.plan(), tiny_dataset).observe()
    assert len(spy.judged) == 2
    assert not spy.shifted


def test_in_use_d_sees_everything_unshifted_and_with_all_its_units(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(tiny.plan(discriminator="tiny_dropout", auxiliaries=("acgan", "r1")), tiny_dataset)
    trainer.steps(2)
    images, labels = tiny_dataset.images[:5], tiny_dataset.labels[:5]
    state = trainer.state()
    logits = trainer.logits(images, labels)
    np.testing.assert_array_equal(trainer.logits(images, labels), logits)
    weights = trainer.discriminator_weights()
    code = np.concatenate([images.reshape(5, -1) / 127.5 - 1.0, np.eye(10)[labels]], axis=1)
    hidden = code @ weights["dense1/kernel"] + weights["dense1/bias"]
    hidden = np.where(hidden > 0, hidden, 0.2 * hidden)
    np.testing.assert_allclose(logits, (hidden @ weights["logit/kernel"] + weights["logit/bias"])[:, 0], atol=1e-4)
    for name, value in trainer.state().items():
        np.testing.assert_array_equal(value, state[name], err_msg=name)
    seen = trainer.observe(6)  # in training some units are left out
    real = np.round((seen.real[..., 0] + 1) * 127.5).astype(np.uint8)
    assert not np.allclose(seen.real_logit, trainer.logits(real, seen.labels), atol=1e-3)
