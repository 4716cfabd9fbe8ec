"""Changing a run on its way: at once while it trains, for later while it rests, and never by half."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.recipes import make_plan
from aigc_demo.runs import NotOwner, Run, Studio
from aigc_demo.runs.changes import Change, changes_between
from aigc_demo.runs.limits import LOCAL
from aigc_demo.text import Refused, VisitorError
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import FakeTrainer


def training(studio: Studio) -> tuple[Run, str]:
    run, token = studio.start(plan(seconds=600))
    wait_for(lambda: run.state == "training" and run.step > 3)
    return run, token


def test_a_rate_changes_while_it_trains_and_leaves_a_mark(studio: Studio, trainer: type[FakeTrainer]) -> None:
    run, token = training(studio)
    studio.change(run.id, {"lr.d": 0.001}, token=token)
    (change,) = run.folder.record.changes
    assert (change.key, change.old, change.new) == ("lr.d", 0.003, 0.001)
    assert 3 < change.step <= run.step
    wait_for(lambda: trainer.built[-1].plan.recipe.d_optimiser.learning_rate == 0.001)
    assert len(trainer.built) == 1, "a dial is turned without building anything"
    wait_for(lambda: run.step > change.step + 3)
    assert run.snapshot()["changes"] == [{"step": change.step, "key": "lr.d", "from": 0.003, "to": 0.001}]
    assert run.snapshot()["settings"] == {"lr.d": 0.001}


def test_a_new_term_is_a_new_column_that_begins_there(studio: Studio, trainer: type[FakeTrainer]) -> None:
    run, token = training(studio)
    before = run.keys
    studio.change(run.id, {"weight.d_r1": 0.5}, token=token)
    wait_for(lambda: run.state == "training" and len(trainer.built) == 2)
    assert run.keys == (*before, "d_r1")
    step = run.folder.record.changes[-1].step
    wait_for(lambda: run.step > step + 3)
    rows = run.rows()
    assert np.isnan(rows[:step, -1]).all()
    assert np.isfinite(rows[step:]).all()
    assert np.isfinite(rows[:, : len(before)]).all()
    assert rows.shape[0] == run.step
    assert run.snapshot()["values"]["weight.d_r1"] == 0.5


def test_followers_are_told_everything_anew(studio: Studio) -> None:
    run, token = training(studio)
    messages = run.follow()
    assert next(messages)["type"] == "snapshot"
    studio.change(run.id, {"weight.d_r1": 0.5}, token=token)
    for message in messages:
        assert message["type"] == "snapshot" or "d_r1" not in message.get("keys", ()), "the snapshot comes first"
        if message["type"] == "snapshot":
            break
    assert message["keys"][-1] == "d_r1"


def test_another_loss_goes_on_from_the_same_networks(studio: Studio, trainer: type[FakeTrainer]) -> None:
    run, token = training(studio)
    studio.control(run.id, "pause", token)
    first = trainer.built[-1]
    step, total = first.step, first.sum
    studio.change(run.id, {}, "minimax", token)
    assert run.plan.loss == "minimax"
    assert [change.key for change in run.folder.record.changes] == ["loss"]
    studio.step(run.id, "both", token)
    second = trainer.built[-1]
    assert second is not first
    assert (second.step, run.step) == (step + 1, step + 1)
    assert second.sum == pytest.approx(total * 0.9 + step + 1)


def test_a_change_while_it_waits_or_rests_holds_from_its_next_step(studio: Studio) -> None:
    first, token = training(studio)
    waiting, other = studio.start(plan(seconds=600))
    studio.change(waiting.id, {"lr.g": 0.002}, token=other)
    assert [change.to_json() for change in waiting.folder.record.changes] == [
        {"step": 0, "key": "lr.g", "from": 0.003, "to": 0.002}
    ]
    studio.control(first.id, "stop", token)
    wait_for(lambda: waiting.step > 3)
    assert waiting.plan.recipe.g_optimiser.learning_rate == 0.002


def test_what_cannot_be_changed_is_refused_and_nothing_changes(studio: Studio) -> None:
    run, token = training(studio)
    before = run.plan
    for settings in ({"batch_size": 64}, {"lr.g": -1}, {"lr.g": "much"}, {"nonsense": 1}, {"weight.d_smooth": 3}):
        with pytest.raises(VisitorError):
            studio.change(run.id, settings, token=token)
    with pytest.raises(VisitorError):
        studio.change(run.id, {}, "no such loss", token)
    assert run.plan == before
    studio.control(run.id, "stop", token)
    wait_until_over(run)
    with pytest.raises(Refused):
        studio.change(run.id, {"lr.g": 0.002}, token=token)


def test_nobody_changes_what_is_not_theirs(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path, owner_is_everyone=False, limits=LOCAL)
    run, token = training(studio)
    for act in (
        lambda: studio.change(run.id, {"lr.g": 0.002}, token="guess"),
        lambda: studio.step(run.id, "d"),
        lambda: studio.slow(run.id, "look", "guess"),
    ):
        with pytest.raises(NotOwner):
            act()
    studio.control(run.id, "stop", token)


def test_changes_outlive_the_program(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path)
    run, token = training(studio)
    studio.change(run.id, {"weight.d_r1": 0.5, "lr.d": 0.002}, token=token)
    wait_for(lambda: run.state == "training")
    studio.close()
    later = studio_at(tmp_path)
    again = later.run(run.id)
    assert again.folder.record.changes == run.folder.record.changes
    assert again.keys[-1] == "d_r1"
    step = again.step
    later.control(again.id, "resume", token)
    wait_for(lambda: again.step > step + 3)
    assert again.plan.weights["d_r1"] == 0.5
    assert np.isfinite(again.rows()[-1]).all()


def test_differences_of_plans_by_name() -> None:
    old = make_plan()
    new = make_plan(loss="wgan", settings={"weight.g_recon_x": 0.5})
    found = {change.key: (change.old, change.new) for change in changes_between(old, new, 7)}
    assert found["loss"] == ("non_saturating", "wgan")
    assert found["discriminator_steps"] == (1, 5)
    assert found["clip"] == (None, 0.01)
    assert found["weight.g_recon_x"] == (None, 0.5)
    assert next(iter(changes_between(old, new, 7))).key == "loss"
    assert changes_between(old, old, 7) == ()
    change = Change(7, "lr.g", 0.1, None)
    assert Change.from_json(change.to_json()) == change


def test_again_is_the_same_experiment_in_a_new_run(studio: Studio) -> None:
    run, token = training(studio)
    studio.change(run.id, {"lr.d": 0.001}, token=token)
    studio.control(run.id, "stop", token)
    again = studio.again(run.id)
    assert again.run.id != run.id
    assert again.run.plan == run.plan
    assert again.run.folder.record.changes == ()
    assert again.token != token


def test_a_run_may_rest_before_its_first_step(studio: Studio) -> None:
    run, token = studio.start(plan(seconds=600), paused=True)
    wait_for(lambda: run.state == "paused")
    assert (run.step, len(run.frames)) == (0, 1)
    studio.control(run.id, "resume", token)
    wait_for(lambda: run.step > 0)


def test_one_player_may_learn_alone(studio: Studio, trainer: type[FakeTrainer]) -> None:
    run, token = training(studio)
    studio.control(run.id, "pause", token)
    for who in ("d", "g", "both"):
        studio.step(run.id, who, token)
    assert trainer.built[-1].learnt[-3:] == ["d", "g", "both"]
    with pytest.raises(VisitorError):
        studio.step(run.id, "nobody", token)
    studio.control(run.id, "resume", token)
    with pytest.raises(Refused):
        studio.step(run.id, "d", token)
