"""The search for z, in a space where the answer is known and in the shipped model's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo import checkpoints
from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.home import SHIPPED
from aigc_demo.latent import draw
from aigc_demo.latent.encoder import Encoder
from aigc_demo.latent.inversion import CHOICE, REFINEMENT, Found, Inverter
from aigc_demo.latent.starts import Clock, Stage, Starts
from aigc_demo.metrics.features import feature_net
from tests.latent import linear


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return linear.encoder()


@pytest.fixture(scope="module")
def inverter() -> Inverter:
    return linear.inverter()


@pytest.fixture(scope="module")
def shipped() -> tuple[checkpoints.Generator, Encoder, Inverter]:
    generator, net = checkpoints.load(SHIPPED / "fast"), feature_net()
    encoder = Encoder(generator.render, net.glance, generator.latent_size, generator.conditional)
    return generator, encoder, Inverter(generator.forward, net.look, generator.latent_size, generator.conditional)


@pytest.mark.parametrize("label", [0, 3, 9])
def test_in_a_linear_space_z_and_label_are_recovered(encoder: Encoder, inverter: Inverter, label: int) -> None:
    z = linear.typical(label)
    image = linear.draw(z[None], np.array([label]))[0]
    *earlier, found = inverter.search(image, encoder)
    assert found.label == label
    np.testing.assert_allclose(found.z, z, atol=0.02)
    assert found.error < 0.005
    assert min(found.by_label, key=lambda each: each.error).label == label
    assert sorted(each.label for each in found.by_label) == list(range(10))
    progress = [each.progress for each in (*earlier, found)]
    assert progress == sorted(progress)
    assert 0 < progress[0] <= 0.99 < progress[-1] == 1.0


def test_only_the_label_that_was_asked_for_is_searched(encoder: Encoder, inverter: Inverter) -> None:
    image = linear.draw(linear.typical(1)[None], np.array([1]))[0]
    seen = list(inverter.search(image, encoder, label=6))
    assert {found.label for found in seen} == {6}
    assert seen[-1].by_label == ()
    assert seen[-1].error > 0.05


def test_a_model_without_labels_gets_restarts_instead() -> None:
    z = linear.typical(8)
    image = linear.draw(z[None], np.array([0]))[0]

    def forward(points: Any, classes: Any) -> Any:
        return linear.forward(points, tf.one_hot(tf.zeros_like(points[:, 0], tf.int32), 10))

    def drawn(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
        return linear.draw(points, np.zeros_like(labels))

    encoder = Encoder(drawn, linear.glance, linear.SIZE, conditional=False)
    *_, found = Inverter(forward, linear.look, linear.SIZE, conditional=False).search(image, encoder)
    assert found.label is None
    assert found.by_label == ()
    np.testing.assert_allclose(found.z, z, atol=0.02)


def test_the_prior_keeps_z_where_points_are_drawn(encoder: Encoder, inverter: Inverter) -> None:
    for image in (np.full((28, 28), 255, np.uint8), _one_pixel()):
        *_, found = inverter.search(image, encoder)
        assert np.linalg.norm(found.z) < 6 * np.sqrt(linear.SIZE)
        assert found.error > 0.1  # it cannot be drawn, and is not said to be


def test_a_search_without_patience_still_ends_with_an_answer(encoder: Encoder, inverter: Inverter) -> None:
    image = linear.draw(linear.typical(2)[None], np.array([2]))[0]
    hurried = list(inverter.search(image, encoder, patience=0.0))
    assert len(hurried) == 1 + len(REFINEMENT) + 1  # a chunk of each stage, and the end
    assert hurried[-1].progress == 1.0
    assert hurried[-1].label == 2


def test_a_search_that_is_closed_does_nothing_more(encoder: Encoder) -> None:
    calls = []

    def look(images: Any) -> Any:
        tf.py_function(lambda: calls.append(1), [], [])
        return linear.look(images)

    inverter = Inverter(linear.forward, look, linear.SIZE, conditional=True)
    search = inverter.search(linear.draw(linear.typical(0)[None], np.array([0]))[0], encoder)
    next(search)
    search.close()
    before = len(calls)
    assert list(search) == []
    assert len(calls) == before


def test_numbers_that_overflow_come_last() -> None:
    starts = Starts.at(np.arange(4, dtype=np.float32)[:, None], np.arange(4))._replace(
        loss=np.array([np.nan, 2.0, np.inf, 1.0], np.float32)
    )
    assert starts.best(3).labels.tolist() == [3, 1, 0]


def test_the_clock_fits_steps_between_two_looks() -> None:
    clock = Clock(patience=10.0, stages=(Stage(10, 10, 0.1, 1.0),))
    clock.note(10, 1, seconds=0.02)
    assert (clock.chunk(10, 99), clock.chunk(2, 99), clock.chunk(10, 2)) == (3, 15, 2)
    clock.note(10, 1, seconds=1.0)
    assert clock.chunk(10, 99) == 1, "however slow, it goes on"
    assert clock.progress == pytest.approx(0.2)
    assert not clock.is_over(1.0)
    assert Clock(patience=0.0, stages=(CHOICE,)).is_over(0.3)


def test_what_the_shipped_model_drew_is_found_again(shipped: tuple[checkpoints.Generator, Encoder, Inverter]) -> None:
    generator, encoder, inverter = shipped
    labels = [2, 7]
    images = generator.render(draw(77, len(labels), generator.latent_size), labels)
    for image, label in zip(images, labels, strict=True):
        found = _last(inverter, encoder, image)
        assert found.label == label
        assert found.error < 0.06
        assert 6.0 < np.linalg.norm(found.z) < 10.0
        drawn = generator.render(found.z[None], [label])[0]
        error = float(np.sqrt(np.mean((drawn / 255.0 - image / 255.0) ** 2)))
        assert error == pytest.approx(found.error, abs=0.01)


def test_a_digit_it_never_saw_is_drawn_better_than_the_encoder_guesses(
    shipped: tuple[checkpoints.Generator, Encoder, Inverter], digits: Dataset
) -> None:
    generator, encoder, inverter = shipped
    row = int(np.flatnonzero(digits.held_out_labels == 5)[0])
    image = digits.held_out[row]
    found = _last(inverter, encoder, image)
    guess = encoder.guess(encoder.view(image[None])[0], 5)
    guessed = generator.render(guess[None], [5])[0]
    assert found.error < 0.5 * float(np.sqrt(np.mean((guessed / 255.0 - image / 255.0) ** 2)))


def _last(inverter: Inverter, encoder: Encoder, image: np.ndarray) -> Found:
    *_, found = inverter.search(image, encoder, patience=600.0)
    return found


def _one_pixel() -> np.ndarray:
    image = np.zeros((28, 28), np.uint8)
    image[14, 14] = 255
    return image
