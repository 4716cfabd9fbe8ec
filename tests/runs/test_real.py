"""The same machinery on the real trainer: tiny networks, a few steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.recipes import RECIPES
from aigc_demo.runs import Session, Studio, ready_trainer
from aigc_demo.runs import record as records
from tests import tiny
from tests.runs.conftest import wait_for, wait_until_over

PLAN = tiny.plan(seed=5)


@pytest.fixture(autouse=True)
def known_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RECIPES, "tiny", PLAN.recipe)


@pytest.fixture
def real(tmp_path: Path, tiny_networks: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    studio = Studio(
        tmp_path,
        warm=False,
        load_dataset=lambda name: tiny.dataset(),
        measure=lambda folder: _drawn(folder.generator()),
    )
    yield studio
    studio.close()


def _drawn(generator: object) -> dict:
    images = generator.render(np.zeros((2, tiny.LATENT_SIZE)), [0, 1])  # type: ignore[attr-defined]
    return {"n": float(images.sum() > 0)}


def test_a_real_run_pauses_steps_ends_and_leaves_a_model(real: Studio) -> None:
    run, token = real.start(replace(PLAN, seconds=600.0))
    wait_for(lambda: run.state == "training" and run.step > 3, 60)
    live = real.generator(run.id)
    z = np.ones((1, tiny.LATENT_SIZE), np.float32)
    first = live.render(z, [3])
    real.control(run.id, "pause", token)
    step = run.step
    real.step(run.id, "both", token)
    assert run.step == step + 1
    assert (real.generator(run.id).render(z, [3]) != first).any(), "the live model follows the training"
    real.control(run.id, "stop", token)
    wait_until_over(run)
    assert run.metrics == {"n": 1.0}
    assert np.isfinite(run.rows()).all()
    assert run.frames.get(0) is not None
    np.testing.assert_array_equal(real.generator(run.id).render(z, [3]), run.folder.generator().render(z, [3]))


def test_a_real_session_resumes_exactly(tmp_path: Path, tiny_networks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tiny.dataset()
    plan = replace(PLAN, steps=12)
    # The tiny recipe is in no catalogue, so reading it back from run.json needs this.
    monkeypatch.setattr(records.Plan, "from_json", staticmethod(lambda _: plan))
    trainer = ready_trainer(plan, data)
    whole = Session.create(tmp_path / "whole", plan, data, trainer)
    while whole.advance() is not None:
        pass
    trainer.reset(plan, data)
    half = Session.create(tmp_path / "half", plan, data, trainer)
    while half.step < 5:
        half.single_step()
    half.save()
    half.advance()
    trainer.reset(plan, data)
    again = Session.resume(tmp_path / "half", data, trainer)
    assert again.step == 5
    while again.advance() is not None:
        pass
    np.testing.assert_array_equal(again.folder.log.rows(), whole.folder.log.rows())
