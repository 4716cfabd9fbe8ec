"""InfoGAN's terms at values that can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.losses import AUXILIARIES, DOutput, Round, evaluate

ZERO = tf.zeros([2])


def _round(category: np.ndarray, codes: np.ndarray, z: np.ndarray) -> Round:
    out = DOutput(np.zeros(2, np.float32), category=tf.constant(category), codes=tf.constant(codes))
    return Round(None, None, tf.constant(z), None, None, tf.constant([0, 7]), out, out)


def _values(category: np.ndarray, codes: np.ndarray, z: np.ndarray) -> dict[str, float]:
    item = AUXILIARIES["infogan"]
    values = (
        evaluate(item.d_terms, _round(category, codes, z), {})[1]
        | evaluate(item.g_terms, _round(category, codes, z), {})[1]
    )
    return {key: float(value) for key, value in values.items()}


def test_guessing_costs_ln_10_and_ln_2_pi_plus_the_variance() -> None:
    z = np.array([[0.0, 0.0, 0.0], [0.0, 1.0, -1.0]], np.float32)
    values = _values(np.zeros((2, 10), np.float32), np.zeros((2, 2), np.float32), z)
    spread = math.erf(math.sqrt(0.5)) ** 2  # of both codes of the second row
    assert values["d_category"] == pytest.approx(math.log(10), rel=1e-6) == values["g_category"]
    assert values["d_codes"] == pytest.approx(math.log(2 * math.pi) + 0.5 * spread, rel=1e-6) == values["g_codes"]


def test_knowing_all_leaves_the_constant_of_the_gaussian() -> None:
    z = np.array([[5.0, 0.4, -0.2], [0.0, 1.0, 2.0]], np.float32)
    category = 40.0 * np.eye(10, dtype=np.float32)[[0, 7]]
    asked = np.vectorize(math.erf)(z[:, 1:] / math.sqrt(2.0)).astype(np.float32)
    values = _values(category, asked, z)
    assert values["d_category"] == pytest.approx(0.0, abs=1e-6)
    assert values["d_codes"] == pytest.approx(math.log(2 * math.pi), rel=1e-6)
    sure = np.concatenate(
        [asked, np.full((2, 2), -1.0, np.float32)], axis=1
    )  # with deviations of 1/e, as the paper's Q
    assert _values(category, sure, z)["d_codes"] == pytest.approx(math.log(2 * math.pi) - 2.0, rel=1e-6)


def test_the_words_about_the_codes_hold() -> None:
    """Of a uniform code the variance is 1/3, so knowing nothing of two costs ln 2 pi + 1/3."""
    assert "2.171" in AUXILIARIES["infogan"].d_terms[1].text.en
    assert math.log(2 * math.pi) + 1 / 3 == pytest.approx(2.171, abs=5e-4)
