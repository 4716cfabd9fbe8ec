"""PacGAN's offline table: its figures on points that are known, and that an interrupted run goes on as if it had not been."""

from __future__ import annotations

from math import log
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.backend import tf
from benchmarks import pacgan, pacgan_nets
from benchmarks.game_state import restored
from benchmarks.pacgan_table import DATA, PERFECT_QUALITY, figures, summarise


@pytest.mark.parametrize("name", DATA)
def test_a_perfect_sampler(name: str) -> None:
    mixture = DATA[name]
    rng = np.random.default_rng(0)
    places = mixture.modes[rng.integers(len(mixture.modes), size=2500)]
    found = figures(places + rng.normal(0.0, mixture.sigma, (2500, 2)), mixture)
    assert found["modes"] == found["modes_20"] == len(mixture.modes)
    assert abs(found["quality"] - PERFECT_QUALITY) < 0.01
    assert found["reverse_kl"] < 0.02


def test_one_mode_strays_and_nothing() -> None:
    ring = DATA["ring"]
    points = np.repeat(ring.modes[:1], 100, axis=0)
    assert figures(points, ring) == {"modes": 1, "modes_20": 1, "quality": 1.0, "reverse_kl": log(8)}
    points[:5] = ring.modes[3]  # five strays are a mode as the paper counts, and none of twenty points
    points[5:10] = 0.0
    found = figures(points, ring)
    assert (found["modes"], found["modes_20"], found["quality"]) == (2, 1, 0.95)
    assert figures(np.zeros((100, 2)), ring) == {"modes": 0, "modes_20": 0, "quality": 0.0, "reverse_kl": None}


def test_the_seed_that_is_there_for_all_comes_first() -> None:
    order = list(pacgan.runs(3))
    assert len(order) == 12
    assert [(run.data, run.pac) for run in order[:4]] == [("ring", 1), ("ring", 2), ("grid", 1), ("grid", 2)]
    assert [run.seed for run in order] == [0] * 4 + [1] * 4 + [2] * 4


def test_an_interrupted_run_goes_on_as_if_it_had_not_been(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacgan, "CHUNK", 2)
    monkeypatch.setattr(pacgan, "POINTS", 500)
    monkeypatch.setattr(pacgan_nets, "G_WIDTH", 8)
    monkeypatch.setattr(pacgan_nets, "D_WIDTH", 8)
    many_steps = tf.function(pacgan_nets.many_steps)
    run = pacgan.Run("ring", 2, 5)
    whole = pacgan.play(run, 4, tmp_path / "whole", many_steps)
    pacgan.play(run, 2, tmp_path / "parts", many_steps)
    parts = pacgan.play(run, 4, tmp_path / "parts", many_steps)
    assert [look | {"step": 0} for look in parts["curve"]] == [look | {"step": 0} for look in whole["curve"]]
    states = [restored(tmp_path / name / "ring-pac2-seed5.npz")[0] for name in ("whole", "parts")]
    for group, values in states[0].items():
        assert all(np.array_equal(value, states[1][group][key]) for key, value in values.items())
    assert states[0]["g"]["w0"].any() and states[0]["d_second"]["w0"].any()


def test_packs_hold_points_side_by_side() -> None:
    points = np.arange(12.0).reshape(2, 3, 2)
    assert np.asarray(pacgan_nets.pack(points)).tolist() == [[0, 1, 6, 7], [2, 3, 8, 9], [4, 5, 10, 11]]


def test_a_table_of_some_runs_says_so() -> None:
    made = {"data": "grid", "pac": 2, "seed": 0, "modes": 24, "modes_20": 20, "quality": 0.9, "reverse_kl": None}
    result = summarise([made | {"seconds": 1.0}], 20_000, 3, "a machine")
    assert (result["runs_done"], result["runs_wanted"], result["cells"]["grid/2"]["runs"]) == (1, 12, 1)
    assert result["cells"]["ring/1"]["runs"] == 0 and result["cells"]["grid/2"]["reverse_kl"] is None
