"""Slow motion and measuring on the real trainer: tiny networks, a few steps."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from aigc_demo import checkpoints
from aigc_demo.metrics import live
from aigc_demo.recipes import RECIPES
from aigc_demo.runs import Run, Studio
from aigc_demo.runs.prober import Prober
from aigc_demo.text import Refused, VisitorError
from tests import tiny
from tests.runs.conftest import wait_for, wait_until_over

PLAN = replace(tiny.plan(seed=5), seconds=600.0)

pytestmark = pytest.mark.usefixtures("eagerly")  # each studio has a trainer of its own, compiled for a step or two


@pytest.fixture(autouse=True)
def known_recipe(monkeypatch: pytest.MonkeyPatch, tiny_networks: None) -> None:
    monkeypatch.setitem(RECIPES, "tiny", PLAN.recipe)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    opened = Studio(
        tmp_path, warm=False, live_figures=False, load_dataset=lambda _: tiny.dataset(), measure=lambda _: None
    )
    yield opened
    opened.close()


def resting(studio: Studio) -> tuple[Run, str]:
    run, token = studio.start(PLAN, paused=True)
    wait_for(lambda: run.state == "paused", 60)
    return run, token


def picture(encoded: str) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as image:
        return np.asarray(image)


def test_look_d_and_g_are_together_one_ordinary_step(studio: Studio) -> None:
    ordinary, token = resting(studio)
    studio.step(ordinary.id, "both", token)
    run, token = resting(studio)
    seen = [studio.slow(run.id, phase, token) for phase in ("look", "d", "g")]
    assert [told["step"] for told in seen] == [1, 1, 1]
    assert (run.state, run.step) == ("paused", 1)
    np.testing.assert_allclose(run.rows(), ordinary.rows(), rtol=1e-6)


def test_each_phase_tells_what_has_changed(studio: Studio) -> None:
    run, token = resting(studio)
    look, d, g = (studio.slow(run.id, phase, token) for phase in ("look", "d", "g"))
    row = dict(zip(run.keys, run.rows()[0].tolist(), strict=True))
    assert look["d_total"] == pytest.approx(row["d_total"], rel=1e-5)
    assert look["terms"]["d_real"] == pytest.approx(row["d_real"], rel=1e-5)
    assert d["g_total"] == pytest.approx(row["g_total"], rel=1e-5), "G meets the D that has just learnt"
    assert (look["change"], look["grad_norm_d"]) == (None, None)
    assert d["grad_norm_d"] == pytest.approx(row["grad_norm_d"], rel=1e-5)
    assert g["grad_norm_g"] == pytest.approx(row["grad_norm_g"], rel=1e-5)
    for before, after in ((look, d), (d, g)):
        assert [sample["z"] for sample in before["samples"]] == [sample["z"] for sample in after["samples"]]
        means = [np.mean([sample["s_fake"] for sample in told["samples"]]) for told in (before, after)]
        assert after["change"]["s_fake"] == pytest.approx(means[1] - means[0], abs=1e-6)
    assert d["change"]["s_real"] != 0, "D judges the same digits otherwise once it has learnt"
    assert g["change"]["s_real"] == pytest.approx(0, abs=1e-6), "D has not learnt in G's half"
    assert g["samples"][0]["before"] == d["samples"][0]["fake"]
    assert (picture(g["samples"][0]["fake"]) != picture(g["samples"][0]["before"])).any()
    assert picture(look["samples"][0]["real"]).shape == (28, 28)


def test_the_heat_map_is_the_gradient_in_127_steps(studio: Studio) -> None:
    run, token = resting(studio)
    sample = studio.slow(run.id, "look", token)["samples"][0]
    heat = np.frombuffer(base64.b64decode(sample["gradient"]), np.int8)
    assert heat.shape == (784,)
    assert np.abs(heat.astype(int)).max() == 127
    assert sample["gradient_max"] > 0
    assert sample["d_fake"] == pytest.approx(1 / (1 + np.exp(-sample["s_fake"])))


def test_phases_follow_one_another(studio: Studio) -> None:
    run, token = resting(studio)
    for phase in ("d", "g"):
        with pytest.raises(Refused):
            studio.slow(run.id, phase, token)
    with pytest.raises(VisitorError):
        studio.slow(run.id, "sideways", token)
    studio.slow(run.id, "look", token)
    with pytest.raises(Refused):
        studio.slow(run.id, "g", token)
    assert run.step == 0


def test_a_step_left_half_way_is_finished_by_whatever_comes_next(studio: Studio) -> None:
    ordinary, token = resting(studio)
    studio.step(ordinary.id, "both", token)
    run, token = resting(studio)
    studio.slow(run.id, "look", token)
    studio.slow(run.id, "d", token)
    studio.step(run.id, "both", token)
    assert run.step == 1
    np.testing.assert_allclose(run.rows(), ordinary.rows(), rtol=1e-6)
    studio.slow(run.id, "look", token)
    studio.slow(run.id, "d", token)
    assert studio.slow(run.id, "look", token)["step"] == 3
    assert run.step == 2


def test_a_training_run_is_paused_for_it(studio: Studio) -> None:
    run, token = studio.start(PLAN)
    wait_for(lambda: run.step > 2, 60)
    told = studio.slow(run.id, "look", token)
    assert (run.state, told["step"]) == ("paused", run.step + 1)


def figures(value: float) -> dict[str, Any]:
    return {"digit_fd": value, "digit_fd_floor": 1.0, "classes": [0.1] * 10, "n": 500}


def measuring(tmp_path: Path) -> Studio:
    return Studio(tmp_path, warm=False, load_dataset=lambda _: tiny.dataset(), measure=lambda _: None)


def test_the_best_model_so_far_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_demo.runs.prober.FIRST_SECONDS", 0.0)
    monkeypatch.setattr("aigc_demo.runs.prober.GAP_SECONDS", 0.05)
    monkeypatch.setattr("aigc_demo.runs.prober.SHARE", 100.0)
    values = iter((9.0, 4.0, *[7.0] * 1000))
    monkeypatch.setattr(live, "live_figures", lambda *_, **__: figures(next(values)))
    studio = measuring(tmp_path)
    run, token = studio.start(PLAN)
    wait_for(lambda: sum(probe.figures is not None for probe in run.folder.probes.list()) > 4, 60)
    studio.control(run.id, "stop", token)
    wait_until_over(run)
    best = run.folder.record.best
    assert best is not None
    assert best.digit_fd == 4.0
    assert run.snapshot()["best"]["step"] == best.step < run.step
    kept = checkpoints.read_config(run.folder.path / checkpoints.BEST)
    assert (kept["step"], kept["figures"]["digit_fd"]) == (best.step, 4.0)
    assert checkpoints.read_config(run.folder.path)["step"] == run.step
    assert {f"{run.id}-best", run.id} <= {model.id for model in studio.models()}
    assert studio.generator(f"{run.id}-best").render(np.zeros((1, tiny.LATENT_SIZE)), [0]).shape == (1, 28, 28)
    studio.close()


def test_it_ends_by_itself_when_the_digits_no_longer_improve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aigc_demo.runs.prober.FIRST_SECONDS", 0.0)
    monkeypatch.setattr("aigc_demo.runs.prober.GAP_SECONDS", 0.05)
    monkeypatch.setattr("aigc_demo.runs.prober.SHARE", 100.0)
    values = iter((4.0, *[7.0] * 10_000))
    monkeypatch.setattr(live, "live_figures", lambda *_, **__: figures(next(values)))
    studio = measuring(tmp_path)
    run, _ = studio.start(replace(PLAN, auto_stop=0.3))
    wait_for(lambda: run.is_over, 60)
    assert run.state == "finished"
    assert run.seconds < 100
    assert run.seconds - run.folder.record.best.seconds >= 0.3  # type: ignore[union-attr]
    assert "0.3" in run.snapshot()["ending"]["en"]
    studio.close()


def test_a_measurement_that_fails_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no features today")

    monkeypatch.setattr(live, "live_figures", broken)
    studio = measuring(tmp_path)
    run, _ = studio.start(replace(PLAN, seconds=None, steps=20))
    wait_for(lambda: run.is_over, 60)
    assert (run.state, run.step) == ("finished", 20)
    assert "no features today" in caplog.text
    assert all(probe.scores is not None for probe in run.folder.probes.list() if probe.step)
    studio.close()


def test_a_closed_prober_leaves_no_thread_waiting() -> None:
    prober = Prober()
    prober.close()
    assert not any(thread.is_alive() for thread in prober._thread._threads)
