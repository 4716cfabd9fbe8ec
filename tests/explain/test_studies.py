"""What layers do to a batch: every claim holds for the shipped model on several batches, and a broken layer is caught."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aigc_demo import checkpoints
from aigc_demo.backend import tf
from aigc_demo.checkpoints import Discriminator, Generator
from aigc_demo.explain.studies import STUDIES, Batch, find_study
from aigc_demo.explain.studies.base import Claim, spreads
from aigc_demo.explain.studies.batches import feature_maps, make_batch
from aigc_demo.explain.studies.stride import first_kept
from aigc_demo.home import SHIPPED
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.text import NotFound, VisitorError

SEEDS = range(5)


@pytest.fixture(scope="module")
def generator() -> Generator:
    return checkpoints.load(SHIPPED / "fast")


@pytest.fixture(scope="module")
def judge() -> Discriminator:
    return Discriminator.load(SHIPPED / "fast")


def fresh(plan: Plan) -> tuple[Generator, Discriminator]:
    """The networks of a plan as Keras makes them."""
    models = build_generator(plan.recipe.generator), build_discriminator(plan.recipe.discriminator, plan.pac)
    weights = [
        {each.path.removeprefix(f"{model.name}/"): each.numpy() for each in model.variables if "seed" not in each.name}
        for model in models
    ]
    return Generator(plan, weights[0]), Discriminator(plan, weights[1])


@pytest.fixture(scope="module")
def batch(generator: Generator, judge: Discriminator) -> Batch:
    return make_batch(generator, judge, 0)


@pytest.mark.parametrize("key", STUDIES)
def test_every_claim_holds_on_every_batch(key: str, generator: Generator, judge: Discriminator) -> None:
    for seed in SEEDS:
        finding = STUDIES[key](make_batch(generator, judge, seed))
        assert finding.claims and all(claim.holds for claim in finding.claims), finding.claims
        assert all(np.isfinite(picture.maps).all() and picture.maps.ndim == 3 for picture in finding.pictures)
        assert all(sum(spread.counts) > 0 for spread in finding.spreads)


def test_no_study_changes_a_weight(batch: Batch) -> None:
    models = batch.generator, batch.discriminator
    before = [[each.numpy() for each in model.variables] for model in models]
    for run in STUDIES.values():
        run(batch)
    for model, values in zip(models, before, strict=True):
        assert all((each.numpy() == value).all() for each, value in zip(model.variables, values, strict=True))


def test_a_stride_keeps_what_its_padding_says() -> None:
    """Against TensorFlow itself, for kernels and strides that divide the picture unevenly too."""
    images = np.random.default_rng(0).standard_normal((1, 28, 28, 1)).astype(np.float32)
    for kernel in (1, 2, 3, 4, 5, 6):
        weights = np.random.default_rng(kernel).standard_normal((kernel, kernel, 1, 2)).astype(np.float32)
        dense = tf.nn.conv2d(images, weights, 1, "SAME").numpy()
        for stride in (1, 2, 3):
            strided = tf.nn.conv2d(images, weights, stride, "SAME").numpy()
            start = first_kept(28, kernel, stride)
            if start >= 0:
                np.testing.assert_allclose(dense[:, start::stride, start::stride], strided, atol=1e-4)


def test_uneven_padding_is_caught(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_demo.explain.studies.stride.first_kept", lambda *_: 1)
    broken = {claim.key: claim.holds for claim in STUDIES["stride"](batch).claims}
    assert broken == {"same": False, "cost": True}


def test_numbers_of_the_shipped_model(batch: Batch) -> None:
    leaky = STUDIES["leaky"](batch)
    assert 0 < leaky.figures["dead"] < leaky.figures["units"]
    assert leaky.figures["negative"] == pytest.approx(next(c for c in leaky.claims if c.key == "zeros").measured)
    norm = STUDIES["norm"](batch)
    assert norm.figures["forgotten"] == pytest.approx(norm.figures["before"], rel=1e-3)
    assert norm.figures["told"] == pytest.approx(1.0, abs=0.02)


def test_the_kernels_meet_as_counted(batch: Batch) -> None:
    pictures = {picture.key: picture.maps[..., 0] for picture in STUDIES["transposed"](batch).pictures}
    assert set(np.unique(pictures["met4"][2:-2, 2:-2])) == {4.0}
    assert set(np.unique(pictures["met5"][4:-4, 4:-4])) == {4.0, 6.0, 9.0}


def test_networks_without_the_layer_are_refused_in_a_sentence() -> None:
    dense = make_batch(*fresh(make_plan("tutorial_4_3")), 0)
    for key in STUDIES:
        with pytest.raises(VisitorError):
            STUDIES[key](dense)
    with pytest.raises(NotFound):
        find_study("nothing")


def test_the_yardstick_has_all_but_a_shuffle() -> None:
    batch = make_batch(*fresh(make_plan("dcgan_tf")), 0)
    for key in ("norm", "stride", "leaky", "transposed"):
        assert all(claim.holds for claim in STUDIES[key](batch).claims), key
    with pytest.raises(VisitorError):
        STUDIES["shuffle"](batch)


def test_a_discriminator_of_packs_is_refused(generator: Generator) -> None:
    with pytest.raises(VisitorError):
        make_batch(generator, fresh(make_plan("fast", settings={"pac": 2}))[1], 0)


def test_feature_maps_belong_to_the_images(generator: Generator) -> None:
    found = feature_maps(generator, (3, 7), 5)
    assert found.maps.shape[:3] == (2, 14, 14) and found.images.shape == (2, 28, 28)
    z = np.random.default_rng(5).standard_normal((2, generator.latent_size)).astype(np.float32)
    difference = found.images.astype(int) - generator.render(z, [3, 7])
    assert np.abs(difference).max() <= 1
    with pytest.raises(VisitorError):
        feature_maps(fresh(make_plan("tutorial_4_3"))[0], (0,), 0)


def test_a_claim_that_is_no_number_does_not_hold() -> None:
    claim = Claim("x", 1.0, 1.05, "≈", 0.1)
    assert claim.holds and not replace(claim, measured=float("nan")).holds and not replace(claim, measured=1.2).holds


def test_histograms_share_an_axis() -> None:
    first, second = spreads(a=np.zeros(100), b=np.ones(50))
    assert (first.low, first.high) == (second.low, second.high) == (0.0, 1.0)
    assert (sum(first.counts), sum(second.counts)) == (100, 50)
    assert spreads(a=np.zeros(3))[0].high > 0
