"""The offline table of stacked digits: its figures on triples that are known, its three games, and that a run resumes."""

from __future__ import annotations

from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import load
from benchmarks import readme_tables_explain, stacked_mnist, stacked_mnist_nets, stacked_mnist_table
from benchmarks.stacked_mnist_nets import ROWS
from benchmarks.stacked_mnist_table import counted, summarise

RUN = {"row": "dcgan", "modes": 90, "kl": 5.0, "digit_fd": 40.0, "seconds": 100.0}
SETTINGS = {"machine": "a machine", "digits": 4000, "steps": 4000, "batch": 64, "rates": {"d": 0.002, "g": 0.001}}
BOUNDS = {
    "perfect": {"modes": 1000, "kl": 0.0194},
    "real": {"modes": 999, "kl": 0.02, "digit_fd": 0.29},
    "digit_fd_yardsticks": {"per_class_gaussian": 56.0, "noise": 382.0},
}


def test_triples_that_are_known() -> None:
    every = np.stack(np.meshgrid(*[np.arange(10)] * 3), axis=-1).reshape(-1, 3)
    assert counted(every) == {"modes": 1000, "kl": pytest.approx(0.0, abs=1e-12)}
    assert counted(np.array([[1, 2, 3]] * 50)) == {"modes": 1, "kl": pytest.approx(log(1000))}
    found = counted(np.array([[1, 2, 3], [3, 2, 1], [1, 2, 3], [3, 2, 1]]))  # the channels' order counts
    assert found == {"modes": 2, "kl": pytest.approx(log(500))}


def test_a_perfect_sampler_has_a_divergence_of_its_own() -> None:
    found = stacked_mnist_table.perfect()
    assert found["modes"] == 1000
    assert found["kl"] == pytest.approx(999 / (2 * 26_000), rel=0.05)


def test_each_channel_is_read_by_itself() -> None:
    digits = load("digits5k")
    pick = [np.flatnonzero(digits.held_out_labels == digit)[:40] for digit in (3, 0, 7)]
    pictures = digits.held_out[np.array(pick)].transpose(1, 2, 3, 0)  # [40, 28, 28, 3], each a 3, a 0 and a 7
    found = stacked_mnist_table.figures(pictures)
    assert found["modes"] <= 4 and found["kl"] > log(1000) - 0.5
    assert found["digit_fd"] > 0


@pytest.mark.parametrize("name", ["pacdcgan2", "rpgan_r1_r2"])  # DCGAN's is the first one's code
def test_an_interrupted_run_goes_on_as_if_it_had_not_been(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stacked_mnist, "CHUNK", 1)
    monkeypatch.setattr(stacked_mnist_nets, "BATCH", 4)
    monkeypatch.setattr(stacked_mnist_table, "SAMPLES", 10)
    monkeypatch.setattr(stacked_mnist_table, "figures", lambda pictures: {"shape": list(pictures.shape)})
    many_steps = tf.function(stacked_mnist_nets.many_steps(ROWS[name]), autograph=False)
    tools = stacked_mnist.Tools(many_steps, tf.function(stacked_mnist_nets.generate, autograph=False))
    digits, run = tf.constant(load("digits5k").images[:50]), stacked_mnist.Run(name, 5)
    stacked_mnist.play(run, 2, tmp_path / "whole", digits, tools)
    stacked_mnist.play(run, 1, tmp_path / "parts", digits, tools)
    assert not stacked_mnist.finished(tmp_path / "parts", 2, 6)
    stacked_mnist.play(run, 2, tmp_path / "parts", digits, tools)
    for steps in (1, 2):
        whole, parts = (stacked_mnist.finished(tmp_path / part, steps, 6)[0] for part in ("whole", "parts"))
        assert [look | {"seconds": 0} for look in whole["curve"]] == [look | {"seconds": 0} for look in parts["curve"]]
        assert (parts["row"], parts["step"], parts["shape"]) == (name, steps, [10, 28, 28, 3])
    states = [stacked_mnist.restored(tmp_path / folder / f"{run.name}.npz")[0] for folder in ("whole", "parts")]
    begun = stacked_mnist_nets.begin(ROWS[name], 5)
    for group, values in states[0].items():
        for key, value in values.items():
            assert np.isfinite(value).all() and np.array_equal(value, states[1][group][key])
            cancels = name == "rpgan_r1_r2" and group.startswith("d") and key == "out_bias"  # only gaps of logits count
            assert cancels or not np.array_equal(value, begun[group][key]), f"{group}/{key} has not moved"


def test_packs_hold_the_channels_of_two_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacked_mnist_nets, "BATCH", 4)
    digits = np.arange(3, dtype=np.uint8)[:, None, None] * np.full((28, 28), 100, np.uint8)
    real = np.asarray(stacked_mnist_nets.stacked(tf.constant(digits), tf.constant([0, 1]), 2))
    assert real.shape == (4, 28, 28, 6)
    assert set(np.unique(real.round(1))) == set(np.float32([-1.0, -0.2, 0.6])) and (real == real[:, :1, :1]).all()
    g = stacked_mnist_nets.begin(ROWS["pacdcgan2"], 0)["g"]
    z = np.random.default_rng(0).standard_normal((2, 4, 256), np.float32)
    packs = np.asarray(stacked_mnist_nets.generate_packs(g, tf.constant(z)))
    second = np.asarray(stacked_mnist_nets.generate(g, tf.constant(z[1])))
    np.testing.assert_allclose(packs[..., 3:], second, atol=1e-6)


def test_the_networks_have_their_published_size() -> None:
    """PacGAN: D a quarter of G in channels; the biases that normalisation undoes are left out."""
    sizes: dict[str, Any] = {
        name: [sum(value.size for value in stacked_mnist_nets.begin(row, 0)[player].values()) for player in ("g", "d")]
        for name, row in ROWS.items()
    }
    g = 256 * 1024 + 9 * (64 * 32 + 32 * 16 + 16 * 8 + 8 * 3) + 2 * (64 + 32 + 16 + 8) + 3
    d = 9 * (3 * 2 + 2 * 4 + 4 * 8) + 2 * (2 + 4 + 8) + 16 * 8 + 1
    assert sizes == {"dcgan": [g, d], "pacdcgan2": [g, d + 9 * 3 * 2], "rpgan_r1_r2": [g, d - (2 + 4 + 8)]}


def test_a_table_of_some_runs_says_so() -> None:
    result = summarise([RUN | {"seed": 0}, RUN | {"seed": 1, "modes": 110}], 9, SETTINGS, BOUNDS)
    assert (result["runs_done"], result["rows"]["dcgan"]["modes"]["mean"]) == (2, 100.0)
    text = readme_tables_explain.stacked_mnist(result)
    assert "| DCGAN | 2 | 100 (90 – 110) | 5.00 (5.00 – 5.00) | 40 (40 – 40) | 78.5 ± 17.6 / 5.21 |" in text
    assert "| PacDCGAN2 | 0 | – | – | – | 484.5 ± 33 / 2.61 |" in text
    assert "| RpGAN + R1 + R2 | 0 | – | – | – | 1000 / 0.0781, networks that are far larger |" in text
    assert "| real held-out digits | – | 999 | 0.0200 | 0.3 | – |" in text
    assert "blots" not in text
    blots = summarise([RUN | {"seed": 0, "digit_fd": 400.0}], 9, SETTINGS, BOUNDS)
    assert "without digits yet: DCGAN; what is counted there" in readme_tables_explain.stacked_mnist(blots)
    assert "7 of 9 runs are still to be made" in text and "500,000 steps of 128 at 0.0002 and 0.0001" in text
