from __future__ import annotations

import numpy as np

from aigc_demo.runs.curves import buckets, shorten

KEYS = ("a", "b")


def test_a_short_run_is_sent_exactly() -> None:
    rows = np.random.default_rng(0).normal(size=(2000, 2)).astype(np.float32)
    curves = buckets(rows, KEYS)
    assert (curves["bucket"], curves["first"], curves["last"]) == (1, 1, 2000)
    np.testing.assert_array_equal(curves["min"]["b"], rows[:, 1])
    assert curves["max"] == {}, "it would be the same again"


def test_a_long_run_keeps_its_extremes_in_at_most_2000_buckets() -> None:
    rows = np.zeros((10_001, 2), np.float32)
    rows[7777, 0], rows[3, 1] = 9.5, -4.25
    curves = buckets(rows, KEYS)
    assert curves["bucket"] == 6
    assert len(curves["steps"]) == len(curves["min"]["a"]) <= 2000
    assert curves["max"]["a"].max() == 9.5
    place = int(curves["max"]["a"].argmax())
    assert curves["steps"][place] <= 7778 < curves["steps"][place] + 6
    assert curves["min"]["b"].min() == -4.25


def test_a_nan_does_not_swallow_its_bucket() -> None:
    rows = np.ones((4000, 2), np.float32)
    rows[10] = np.nan
    assert np.isfinite(buckets(rows, KEYS)["max"]["a"]).all()


def test_nothing_yet() -> None:
    assert buckets(np.zeros((0, 2), np.float32), KEYS)["last"] == 0


def test_five_digits_are_kept() -> None:
    values = np.array([0.0, 123456.0, -0.000123456, 1.0, np.nan, 1e-40], np.float32)
    short = shorten(values)
    assert short[:4].tolist() == [0.0, 123460.0, -0.00012346, 1.0]
    assert np.isnan(short[4])
    big = np.random.default_rng(1).lognormal(0, 5, 1000).astype(np.float32)
    np.testing.assert_allclose(shorten(big), big, rtol=6e-5)
