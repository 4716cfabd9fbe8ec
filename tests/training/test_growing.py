"""Networks that grow while they train: fades by the step, fresh optimisers for a stage, and nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from safetensors.numpy import load, save

from aigc_demo.data import Dataset
from aigc_demo.training import Trainer
from tests import tiny_growing
from tests.tiny_growing import STEPS
from tests.training.states import assert_same, moved


@pytest.fixture(scope="module")
def growing(tiny_dataset: Dataset) -> Iterator[Trainer]:
    with tiny_growing.known():
        yield Trainer(tiny_growing.plan(), tiny_dataset)


@pytest.fixture
def trainer(growing: Trainer, tiny_dataset: Dataset) -> Trainer:
    """At the beginning of the run."""
    growing.reset(growing.plan, tiny_dataset)
    return growing


def alpha(step: int) -> float:
    return min(max((step - STEPS) / STEPS, 0.0), 1.0)


def test_every_fade_follows_the_step(trainer: Trainer) -> None:
    for step in range(3 * STEPS):
        state = trainer.state()
        for name in ("generator/image/alpha", "ema/image/alpha", "discriminator/fade/alpha"):
            assert state[name] == pytest.approx(alpha(step))
        assert trainer.stage == (step >= STEPS)
        trainer.steps(1)


def test_one_call_across_stages_is_as_many_calls(trainer: Trainer, tiny_dataset: Dataset) -> None:
    whole = trainer.steps(8)
    state = trainer.state()
    trainer.reset(trainer.plan, tiny_dataset)
    single = [trainer.steps(1) for _ in range(8)]
    assert whole.first_step == 1 and whole.finite
    np.testing.assert_array_equal(whole.values, np.concatenate([chunk.values for chunk in single]))
    np.testing.assert_array_equal(whole.fake_logits, np.concatenate([chunk.fake_logits for chunk in single]))
    assert_same(trainer.state(), state)


@pytest.mark.parametrize("stop", [STEPS - 1, STEPS, STEPS + 1])
def test_resumed_across_a_boundary_is_uninterrupted(trainer: Trainer, tiny_dataset: Dataset, stop: int) -> None:
    trainer.steps(stop)
    file = save(trainer.state())
    whole, state = trainer.steps(5).values, trainer.state()
    trainer.reset(trainer.plan, tiny_dataset)
    trainer.steps(7)
    trainer.restore(load(file))
    np.testing.assert_array_equal(np.concatenate([trainer.steps(1).values, trainer.steps(4).values]), whole)
    assert_same(trainer.state(), state)


def test_a_new_stage_begins_with_fresh_optimisers(trainer: Trainer) -> None:
    def remembered() -> list[str]:
        return [name for name, value in trainer.state().items() if "optimiser" in name and np.any(value)]

    trainer.steps(STEPS - 1)
    assert remembered()
    trainer.steps(1)
    assert not remembered()
    trainer.steps(STEPS)  # the end of the fade is no new stage
    assert remembered()


def test_what_has_not_begun_does_not_learn(trainer: Trainer) -> None:
    before = trainer.state()
    trainer.steps(STEPS)
    learnt = {name for name in moved(before, trainer.state()) if not name.startswith(("ema", "g_opt", "d_opt"))}
    assert {"generator/old/kernel", "discriminator/old/kernel", "discriminator/logit/kernel"} <= learnt
    assert not any("/new/" in name for name in learnt)
    before = trainer.state()
    trainer.steps(2)  # in the first step of its fade alpha is still 0
    assert {"generator/new/kernel", "discriminator/new/kernel"} <= moved(before, trainer.state())


def test_the_first_stage_alone_is_what_the_whole_would_be(trainer: Trainer, tiny_dataset: Dataset) -> None:
    """The cheap loop of the first stage against the loop of the last, which computes what alpha = 0 leaves out."""
    cheap = trainer.steps(STEPS).values
    trainer.reset(trainer.plan, tiny_dataset)
    loops = trainer._loops
    try:
        trainer._loops = loops[1:]
        whole = trainer.steps(STEPS).values
    finally:
        trainer._loops = loops
    np.testing.assert_allclose(cheap, whole, rtol=1e-4, atol=1e-5)


def test_two_halves_are_a_step_in_a_fade_and_at_its_beginning(trainer: Trainer, tiny_dataset: Dataset) -> None:
    trainer.steps(STEPS + 2)
    whole = trainer.state()
    trainer.reset(trainer.plan, tiny_dataset)
    trainer.steps(STEPS - 1)
    for _ in range(3):
        trainer.half_step("d")
        trainer.half_step("g")
    assert_same(trainer.state(), whole)


@pytest.mark.parametrize("trained", [1, STEPS + 1, 2 * STEPS, 4 * STEPS])
def test_a_run_that_begins_with_grown_networks_goes_on_growing_from_there(
    trainer: Trainer, tiny_dataset: Dataset, trained: int
) -> None:
    trainer.steps(trained)
    networks = trainer.generator_weights(), trainer.discriminator_weights()
    trainer.reset(trainer.plan, tiny_dataset)
    trainer.begin_with(*networks, 10)
    first = max(min(trained, 2 * STEPS), STEPS) if trained >= STEPS else 0  # one that had not begun to grow starts over
    assert trainer.stage == (trained >= STEPS)
    trainer.steps(1)
    file = save(trainer.state())
    assert trainer.state()["generator/image/alpha"] == pytest.approx(alpha(first + 1))
    state = trainer.steps(2) and trainer.state()
    trainer.reset(trainer.plan, tiny_dataset)
    trainer.restore(load(file))
    trainer.steps(2)
    assert_same(trainer.state(), state)


def test_looking_at_a_fade_shows_the_real_images_that_d_sees(trainer: Trainer, tiny_dataset: Dataset) -> None:
    trainer.steps(STEPS + 1)
    before = trainer.state()
    seen = trainer.observe(4)
    assert_same(trainer.state(), before)
    pixels = {tuple(np.round(image, 4)) for image in _seen_by_hand(tiny_dataset, alpha(STEPS + 1))}
    assert {tuple(np.round(image.ravel(), 4)) for image in seen.real} <= pixels
    assert not np.allclose(seen.fake[:, ::2], seen.fake[:, 1::2])  # the new stage has begun to show


def test_before_the_fade_all_that_is_drawn_is_coarse(trainer: Trainer) -> None:
    seen = trainer.observe(4)
    for images in (seen.real, seen.fake):
        np.testing.assert_array_equal(images[:, ::2, ::2], images[:, 1::2, 1::2])


def _seen_by_hand(dataset: Dataset, share: float) -> np.ndarray:
    images = (dataset.images / 127.5 - 1.0).astype(np.float32)
    coarse = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).repeat(2, axis=1).repeat(2, axis=2)
    return ((1 - share) * coarse + share * images).reshape(len(images), -1)
