"""The papers' formulas as the page computes them, run by Node and held against NumPy and against our own metrics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.metrics.distances import Moments, frechet_distance
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node
RANDOM = np.random.default_rng(0)


def run(body: str, folder: Path, given: object = None) -> Any:
    return run_modules(body, {"m": "papers-math.js"}, folder, given=given)


def test_fading_keeps_the_mean_and_loses_detail_in_proportion(tmp_path: Path) -> None:
    image = RANDOM.uniform(-1, 1, (28, 28)).astype(np.float32)
    body = "return [0, 0.25, 1].map((alpha) => [...m.faded(Float32Array.from(given), 28, alpha)])"
    found = np.array(run(body, tmp_path, image.ravel().tolist())).reshape(3, 28, 28)
    coarse = image.reshape(14, 2, 14, 2).mean((1, 3)).repeat(2, 0).repeat(2, 1)
    for alpha, picture in zip((0, 0.25, 1), found, strict=True):
        np.testing.assert_allclose(picture, (1 - alpha) * coarse + alpha * image, atol=1e-6)


def test_attention_is_a_softmax_of_products(tmp_path: Path) -> None:
    f, g = RANDOM.standard_normal((2, 5, 3))
    found = np.array(
        run(
            "return [...m.attention(given[0], given[1], 5, 3, 0.5)]", tmp_path, [f.ravel().tolist(), g.ravel().tolist()]
        )
    )
    right = np.exp(0.5 * f @ g.T)
    np.testing.assert_allclose(found.reshape(5, 5), right / right.sum(1, keepdims=True), rtol=1e-9)


def test_attention_does_not_overflow(tmp_path: Path) -> None:
    found = run("return [...m.attention([1000, -1000], [1000, -1000], 2, 1)]", tmp_path)
    assert found == [1, 0, 0, 1]


@pytest.mark.parametrize(("channels", "parameters"), [(32, 1281), (64, 5121)])
def test_known_sizes_of_the_attention_layer(channels: int, parameters: int, tmp_path: Path) -> None:
    assert run(f"return m.attentionParameters({channels})", tmp_path) == parameters


def test_a_product_of_matrices(tmp_path: Path) -> None:
    a, b = RANDOM.standard_normal((4, 3)), RANDOM.standard_normal((3, 2))
    found = run(
        "return [...m.multiply(given[0], given[1], 4, 3, 2)]", tmp_path, [a.ravel().tolist(), b.ravel().tolist()]
    )
    np.testing.assert_allclose(np.reshape(found, (4, 2)), a @ b, rtol=1e-9)


def test_adain_gives_the_moments_that_are_asked_for(tmp_path: Path) -> None:
    x = RANDOM.exponential(size=196).tolist()
    body = """const [x, y] = [m.adain(given, 2, -0.5), m.adain(given.map((value) => 3 * value + 5), 2, -0.5)];
      return [m.moments(x), m.largestDifference(x, y), [...m.adain([4, 4, 4], 2, 1)]]"""
    moments, difference, flat = run(body, tmp_path, x)
    assert (moments["mean"], moments["std"]) == pytest.approx((-0.5, 2.0))
    assert difference < 1e-9
    assert flat == [1, 1, 1]  # a channel without any spread has only its mean to give


def test_standardised_channels(tmp_path: Path) -> None:
    x = RANDOM.standard_normal((50, 4)) * [1, 2, 3, 0] + [5, 6, 7, 8]
    found = np.reshape(run("return [...m.standardised(given, 50, 4)]", tmp_path, x.ravel().tolist()), (50, 4))
    np.testing.assert_allclose(found.mean(0), 0, atol=1e-9)
    np.testing.assert_allclose(found.std(0), [1, 1, 1, 0], atol=1e-9)


def test_the_distance_is_that_of_the_metrics(tmp_path: Path) -> None:
    pairs = []
    for _ in range(20):
        roots = RANDOM.standard_normal((2, 2, 2))
        pairs.append(
            [{"mean": RANDOM.standard_normal(2).tolist(), "covariance": (root @ root.T).tolist()} for root in roots]
        )
    pairs.append([{"mean": [0, 0], "covariance": [[1, 1], [1, 1]]}, {"mean": [1, 2], "covariance": [[0, 0], [0, 0]]}])
    found = run("return given.map(([a, b]) => m.frechet(a, b).distance)", tmp_path, pairs)
    right = [
        frechet_distance(
            *(Moments(np.array(each["mean"], float), np.array(each["covariance"], float)) for each in pair)
        )
        for pair in pairs
    ]
    np.testing.assert_allclose(found, right, atol=1e-9, rtol=1e-9)


def test_the_bias_of_few_samples_is_as_expected(tmp_path: Path) -> None:
    """For each of three seeds the mean of 400 distances of 200 samples lies within a fifth of d(d+5)/(2N)."""
    body = """return [0, 1, 2].map((seed) => {
      const draw = m.normals(seed);
      let sum = 0;
      for (let i = 0; i < 400; i++) sum += m.frechet(m.sampled(draw, 200), m.sampled(draw, 200)).distance;
      return sum / 400 / m.expectedBias(2, 200);
    })"""
    assert all(abs(ratio - 1) < 0.2 for ratio in run(body, tmp_path))


def test_normal_numbers(tmp_path: Path) -> None:
    drawn = np.array(run("const draw = m.normals(3); return Array.from({ length: 20000 }, draw)", tmp_path))
    assert abs(drawn.mean()) < 0.03 and abs(drawn.std() - 1) < 0.03
    assert abs((drawn**4).mean() - 3) < 0.3
    again = run("const draw = m.normals(3); return Array.from({ length: 3 }, draw)", tmp_path)
    assert again == drawn[:3].tolist()


def test_the_ellipse_of_a_covariance(tmp_path: Path) -> None:
    found = run_modules("return m.axes([[4, 0], [0, 1]])", {"m": "papers-gaussians.js"}, tmp_path)
    assert (found["major"], found["minor"], found["angle"]) == (2, 1, 0)
    turned = run_modules("return m.axes([[2, 1], [1, 2]])", {"m": "papers-gaussians.js"}, tmp_path)
    assert turned["major"] ** 2 == pytest.approx(3) and turned["angle"] == pytest.approx(np.pi / 4)
