"""What is kept between searches, and what a search comes to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from aigc_demo.checkpoints import Generator
from aigc_demo.runs import inverters as module
from aigc_demo.runs.inverters import Abandoned, Inverted, Inverters
from aigc_demo.runs.nearby import nearby
from aigc_demo.text import VisitorError
from tests import models, tiny


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def generator() -> Generator:
    return Generator.from_weights(models.plan(), models.weights(tiny.generator()))


def ends(search: Iterator[object]) -> Inverted:
    *_, last = search
    assert isinstance(last, Inverted)
    return last


def test_the_error_is_that_of_the_image_which_is_really_drawn(generator: Generator) -> None:
    z = np.random.default_rng(0).standard_normal((1, tiny.LATENT_SIZE)).astype(np.float32)
    image = generator.render(z, [3])[0]
    found = ends(Inverters().search(generator, image))
    np.testing.assert_array_equal(found.image, generator.render(found.found.z[None], [found.found.label])[0])
    assert found.mse == pytest.approx(np.mean((found.image / 255.0 - image / 255.0) ** 2))
    assert found.error == pytest.approx(found.mse**0.5) == found.found.error
    assert found.error < 0.05


def test_networks_and_encoders_are_made_once_and_follow_the_weights(
    generator: Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    make_engine, make_encoder = module._engine, module._encoder
    monkeypatch.setattr(module, "_engine", lambda *given: made.append("engine") or make_engine(*given))
    monkeypatch.setattr(module, "_encoder", lambda *given: made.append("encoder") or make_encoder(*given))
    inverters, image = Inverters(), np.full((28, 28), 140, np.uint8)
    ends(inverters.search(generator, image))
    ends(inverters.search(generator, image, 5))
    assert made == ["engine", "encoder"]
    generator.assign(models.weights(tiny.generator(), seed=1))
    found = ends(inverters.search(generator, image, 5))
    assert made == ["engine", "encoder", "encoder"]
    np.testing.assert_array_equal(found.image, generator.render(found.found.z[None], [5])[0])


def test_a_model_that_learns_on_does_not_disturb_a_search(generator: Generator) -> None:
    search = Inverters().search(generator, np.full((28, 28), 140, np.uint8))
    next(search)
    before = generator.twin()
    generator.assign(models.weights(tiny.generator(), seed=2))
    found = ends(search)
    np.testing.assert_array_equal(found.image, before.render(found.found.z[None], [found.found.label])[0])


def test_who_leaves_is_not_searched_for(generator: Generator) -> None:
    image = np.full((28, 28), 140, np.uint8)
    with pytest.raises(Abandoned):  # already while the encoder draws
        next(Inverters().search(generator, image, has_left=lambda: True))
    left: list[bool] = []
    search = Inverters().search(generator, image, has_left=lambda: bool(left))
    next(search)
    left.append(True)
    with pytest.raises(Abandoned):
        next(search)


def test_a_model_that_overflows_is_one_sentence(generator: Generator) -> None:
    def huge(value: np.ndarray) -> np.ndarray:
        """Of both signs, so that infinities of both meet, in whatever order a processor adds them up."""
        return np.where(np.arange(value.size) % 2, 3e38, -3e38).astype(np.float32).reshape(value.shape)

    weights = generator.weights()
    generator.assign({name: huge(value) if "dense" in name else value for name, value in weights.items()})
    with pytest.raises(VisitorError, match="overflow"):
        list(Inverters().search(generator, np.full((28, 28), 140, np.uint8)))


def test_a_model_is_compared_with_the_digits_it_learnt_from() -> None:
    weights = models.weights(tiny.generator())
    ten = nearby(Generator.from_weights(models.plan(dataset="ten_digits"), weights))
    assert (ten.dataset, len(ten.neighbours.images)) == ("ten_digits", 10)
    foreign = nearby(Generator.from_weights(models.plan(dataset="/tmp/anybodys.npz"), weights))
    assert (foreign.dataset, len(foreign.neighbours.images)) == ("digits5k", 4000)
    assert ten.neighbours.typical > foreign.neighbours.typical > 1
