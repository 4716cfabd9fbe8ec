"""Probes: histograms of D's scores, what is kept of a long run, and what a file brings back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aigc_demo.runs import probes as room
from aigc_demo.runs.probes import Probe, Probes, scores_of


def probe(step: int, digit_fd: float | None = None) -> Probe:
    scores = scores_of(np.arange(4.0), -np.arange(4.0))
    return Probe(step, step / 10, step, scores, None if digit_fd is None else {"digit_fd": digit_fd, "n": 500})


def test_both_histograms_have_the_same_bins_and_lose_nobody() -> None:
    real, fake = np.array([3.0, 1.0, 2.0]), np.array([-1.0, 0.0, 0.5])
    scores = scores_of(real, fake)
    assert scores is not None
    assert (scores.lo, scores.hi) == (-1.0, 3.0)
    assert sum(scores.real) == sum(scores.fake) == scores.n == 3
    assert len(scores.real) == len(scores.fake) == room.BINS
    assert scores.real[-1] == 1, "the highest score lies in the last bin"
    assert scores.fake[0] == 1, "and the lowest in the first"
    assert (scores.mean_real, scores.mean_fake) == pytest.approx((2.0, -1 / 6))


def test_scores_that_are_all_alike_still_have_a_histogram() -> None:
    scores = scores_of(np.full(5, 2.0), np.full(5, 2.0))
    assert scores is not None
    assert scores.lo < 2.0 < scores.hi


@pytest.mark.parametrize("real", [np.array([]), np.array([1.0, np.nan]), np.array([np.inf])])
def test_no_histogram_without_finite_scores(real: np.ndarray) -> None:
    assert scores_of(real, np.ones(3)) is None


def test_what_is_measured_later_joins_the_probe_of_its_step(tmp_path: Path) -> None:
    probes = Probes(tmp_path / "probes.jsonl")
    for step in (10, 20, 30):
        probes.add(probe(step))
    whole = probes.add(Probe(20, 2.0, 99, None, {"digit_fd": 8.0}))
    assert (whole.index, whole.scores, whole.figures) == (20, probe(20).scores, {"digit_fd": 8.0})
    assert [each.step for each in probes.list()] == [10, 20, 30]


def test_what_networks_tell_of_themselves_is_kept_and_joined(tmp_path: Path) -> None:
    path = tmp_path / "probes.jsonl"
    probes = Probes(path)
    probes.add(Probe(10, 1.0, 10, None, inner={"g.attention.gamma": 0.25}))
    joined = probes.add(Probe(10, 1.0, 10, None, {"digit_fd": 9.0}))
    assert joined.to_json()["inner"] == {"g.attention.gamma": 0.25}
    assert probe(20).to_json()["inner"] is None
    probes.flush()
    path.write_bytes(path.read_bytes() + b'{"step": 30, "seconds": 3.0, "index": 3, "scores": null, "figures": null}\n')
    found = Probes.load(path).list()
    assert [each.inner for each in found] == [{"g.attention.gamma": 0.25}, None]  # an older file knows no such thing


def test_the_file_brings_back_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "probes.jsonl"
    probes = Probes(path)
    probes.add(probe(10))
    probes.flush()
    probes.add(probe(20, 7.5))
    probes.add(Probe(10, 1.0, 10, None, {"digit_fd": 9.0}))
    probes.flush()
    with path.open("ab") as file:
        file.write(b'{"step": 30, "sec')  # a process was killed here
    again = Probes.load(path)
    assert again.list() == probes.list()
    again.add(probe(40))
    again.flush()
    assert [each.step for each in Probes.load(path).list()] == [10, 20, 40]


def test_a_missing_file_and_a_foreign_line_hold_nothing(tmp_path: Path) -> None:
    assert Probes.load(tmp_path / "none").list() == []
    (tmp_path / "probes.jsonl").write_text('[1]\n{"step": "x", "scores": null}\nnonsense\n')
    assert Probes.load(tmp_path / "probes.jsonl").list() == []


def test_a_long_run_keeps_few_but_its_ends_and_its_best(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CAPACITY", 10)
    path = tmp_path / "probes.jsonl"
    probes = Probes(path)
    for step in range(1, 101):
        probes.add(probe(step))
        if step % 2:
            probes.add(probe(step, 1.0 if step == 51 else 5.0 + step))
        if step % 7 == 0:
            probes.flush()
    probes.flush()
    kept = probes.list()
    assert sum(each.figures is None for each in kept) <= 10
    assert sum(each.figures is not None for each in kept) <= 10
    steps = [each.step for each in kept]
    assert steps == sorted(steps)
    assert {1, 51, 99, 100} <= set(steps), steps
    assert Probes.load(path).list() == kept
    assert len(path.read_bytes().splitlines()) <= 2 * 10 + 14, "the file stays as short as the list"


def test_steps_that_are_run_again_are_measured_again(tmp_path: Path) -> None:
    probes = Probes(tmp_path / "probes.jsonl")
    for step in (10, 20, 30):
        probes.add(probe(step))
    probes.flush()
    probes.drop_after(15)
    probes.add(probe(20, 3.0))
    probes.flush()
    assert [each.step for each in Probes.load(probes.path).list()] == [10, 20]
    assert Probes.load(probes.path).list()[-1].figures == {"digit_fd": 3.0, "n": 500}
