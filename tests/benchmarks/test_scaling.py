"""The model on paper against numbers worked out by hand, and the tables that are made of it."""

from __future__ import annotations

import pytest

from benchmarks.readme_tables_scaling import scaling
from benchmarks.scaling import configs
from benchmarks.scaling_model import STRONG_BATCH, Network, Work, meeting_seconds, scaled

WORK = Work(seconds=0.5, images=64, gradient_bytes=1_000_000, meetings=3)
WIRE = Network("wire", bandwidth=1e6, latency=0.01)


def test_a_ring_sends_nearly_twice_the_bytes_and_a_message_to_each_twice() -> None:
    assert meeting_seconds(WORK, 1, WIRE) == 0.0
    # Two devices: each sends the bytes once, in two messages; three such meetings a step.
    assert meeting_seconds(WORK, 2, WIRE) == pytest.approx(1.0 + 3 * 2 * 0.01)
    assert meeting_seconds(WORK, 4, WIRE) == pytest.approx(1.5 + 3 * 6 * 0.01)


def test_one_device_gains_and_loses_nothing() -> None:
    alone = scaled(WORK, 1, WIRE)
    assert (alone.weak_efficiency, alone.strong_speed_up) == (1.0, 1.0)
    assert alone.weak_images_per_second == pytest.approx(128.0)


def test_two_devices_wait_for_their_gradients() -> None:
    two = scaled(WORK, 2, WIRE)
    assert two.weak_efficiency == pytest.approx(0.5 / 1.56)
    assert two.weak_images_per_second == pytest.approx(2 * 64 / 1.56)
    whole = 0.5 * STRONG_BATCH / 64
    assert two.strong_speed_up == pytest.approx(whole / (whole / 2 + 1.06))
    assert scaled(WORK, 2, WIRE, speed=10.0).weak_efficiency == pytest.approx(0.05 / 1.11)


def test_every_worker_has_a_place_in_one_cluster() -> None:
    assert configs(1) == [None]
    first, second = configs(2)
    assert first is not None
    assert second is not None
    assert first.replace('"index": 0', '"index": 1') == second


def test_the_readme_says_what_was_measured_and_what_was_not() -> None:
    rate = {"median": 20.0, "least": 19.0, "most": 21.0}
    one = {"workers": 1, "batch": 64, "steps_per_second": rate, "rounds": 1, "gradient_bytes": 2_000_000}
    weak = one | {"workers": 2, "batch": 128, "meeting_seconds": 0.004}
    text = scaling({"machine": "a machine", "recipes": {"fast": {"one": one, "weak": weak}}})
    assert "| `fast`, 1 worker | 64 | 20 (19 – 21) | 1,280 | 1.00 | – |" in text
    assert "| `fast`, 2 workers, twice the batch | 128 | 20 (19 – 21) | 2,560 | 2.00 | 4.0 ms |" in text
    assert "Only the step on one core was measured" in text
