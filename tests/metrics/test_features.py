"""The shipped feature net: that it is the file it claims to be, can read digits, and that its floors make sense."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from aigc_demo.data import Dataset
from aigc_demo.metrics import yardsticks
from aigc_demo.metrics.classes import class_kl, label_accuracy
from aigc_demo.metrics.features import FOLDER, FeatureNet, build, feature_net


@pytest.fixture(scope="module")
def net() -> FeatureNet:
    return feature_net()


def test_it_is_small_and_has_64_features() -> None:
    model = build()
    assert sum(int(np.prod(weight.shape)) for weight in model.weights) == 46_730
    assert model.output["features"].shape == (None, 64)
    assert model.output["logits"].shape == (None, 10)


def test_it_reads_held_out_digits(net: FeatureNet, digits: Dataset) -> None:
    reading = net.read(digits.held_out)
    assert reading.features.shape == (1000, 64)
    assert reading.features.dtype == np.float32
    accuracy = label_accuracy(reading.predicted, digits.held_out_labels)
    assert accuracy >= 0.98
    facts = json.loads((FOLDER / "config.json").read_text())
    assert accuracy == pytest.approx(facts["held_out_accuracy"], abs=0.001)
    assert class_kl(reading.predicted) < 0.001


def test_a_reading_does_not_depend_on_its_neighbours(net: FeatureNet, digits: Dataset) -> None:
    whole = net.read(digits.images[:1203])  # more than one block
    np.testing.assert_allclose(net.read(digits.images[1200:1203]).features, whole.features[1200:], atol=1e-4)
    np.testing.assert_array_equal(net.read(digits.images[:1]).predicted, whole.predicted[:1])


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "features"
    shutil.copytree(FOLDER, folder)
    FeatureNet(folder)
    tensors = load_file(folder / "features.safetensors")
    next(iter(tensors.values())).flat[0] += 1e-3
    save_file(tensors, folder / "features.safetensors")
    with pytest.raises(ValueError, match="is not the file that"):
        FeatureNet(folder)


def test_the_reference_moments_are_usable(net: FeatureNet) -> None:
    mean, covariance = net.reference
    assert mean.shape == (64,)
    assert covariance.shape == (64, 64)
    np.testing.assert_allclose(covariance, covariance.T, atol=1e-6)
    assert np.linalg.eigvalsh(covariance.astype(np.float64)).min() > -1e-5
    assert (mean >= 0).all()  # the features are outputs of a ReLU


def test_floors_fall_as_the_number_of_images_grows(net: FeatureNet) -> None:
    sizes = sorted(net.floors)
    assert {500, 1000, 5000} <= set(sizes)
    values = [net.floors[size] for size in sizes]
    assert values == sorted(values, reverse=True)
    assert min(values) > 0


def test_floor_between_the_measured_sizes(net: FeatureNet) -> None:
    for size, value in net.floors.items():
        assert net.floor(size) == value
    sizes = [2, 100, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 20_000, 10**6]
    values = [net.floor(size) for size in sizes]
    assert values == sorted(values, reverse=True)
    assert values[-1] >= 0
    assert net.floors[1000] < net.floor(700) < net.floors[500]
    # The bias follows a + b / n: what the law says at a measured size is close to what was measured there.
    assert net.floor(1001) == pytest.approx(net.floors[1000], rel=0.1)


def test_digit_fd_orders_samplers_as_the_eye_does(net: FeatureNet, digits: Dataset) -> None:
    asked = np.repeat(np.arange(10), 100)
    scores = {
        "real": net.digit_fd(net.read(digits.held_out).features),
        "per_class_gaussian": net.digit_fd(
            net.read(yardsticks.per_class_gaussian(digits.images, digits.labels, asked, 0)).features
        ),
        "noise": net.digit_fd(net.read(yardsticks.noise(1000, 0)).features),
        "mean_digit": net.digit_fd(net.read(yardsticks.mean_digit(digits.images, 1000)).features),
    }
    assert list(scores) == sorted(scores, key=scores.__getitem__)
    low, high = json.loads((FOLDER / "config.json").read_text())["floor_ranges"]["1000"]
    assert 0.7 * low < scores["real"] < 1.5 * high
    for name, value in net.yardsticks.items():
        assert scores[name] == pytest.approx(value, rel=0.1), name


def test_digit_fd_of_half_the_classes_is_far_off(net: FeatureNet, digits: Dataset) -> None:
    some = digits.images[digits.labels < 5][:1000]
    assert net.digit_fd(net.read(some).features) > 20 * net.floor(1000)


def test_it_is_loaded_once(net: FeatureNet) -> None:
    assert feature_net() is net
