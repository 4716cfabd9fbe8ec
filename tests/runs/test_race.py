"""Races: the members train in turn on one clock, under one owner, and are ordinary runs besides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aigc_demo.recipes import Plan, make_plan
from aigc_demo.runs import NotOwner, Studio
from aigc_demo.runs.limits import LOCAL, PUBLIC
from aigc_demo.runs.race import titles_for
from aigc_demo.text import NotFound, Refused, Text, VisitorError
from tests.runs.conftest import wait_for
from tests.runs.fake_trainer import FakeTrainer


def plans(count: int = 2, seconds: float = 60.0) -> list[Plan]:
    return [make_plan(loss=loss, seconds=seconds) for loss in ("non_saturating", "minimax", "hinge", "lsgan")[:count]]


def test_members_keep_the_same_time_on_trainers_of_their_own(studio: Studio, trainer: type[FakeTrainer]) -> None:
    race, token = studio.start_race(plans(3))
    wait_for(lambda: all(run.seconds > 0.6 for run in race.members))
    studio.control_race(race.id, "pause", token)
    assert race.state == "paused"
    spent = [run.seconds for run in race.members]
    assert max(spent) - min(spent) < 0.2, "whoever has trained least goes next"
    assert len(trainer.built) == 3
    assert {run.plan.seed for run in race.members} == {0}
    studio.control_race(race.id, "stop", token)
    wait_for(lambda: all(run.feed.ended for run in race.members))
    assert {run.state for run in race.members} == {"stopped"}
    assert all(run.metrics == {"digit_fd": 1.5} for run in race.members)


def test_a_race_goes_on_and_may_be_lengthened(studio: Studio) -> None:
    race, token = studio.start_race(plans(seconds=0.3))
    wait_for(lambda: all(run.feed.ended for run in race.members))
    assert race.state == "finished"
    before = [run.step for run in race.members]
    studio.control_race(race.id, "extend", token, 1)
    wait_for(lambda: all(run.step > step for run, step in zip(race.members, before, strict=True)))
    studio.control_race(race.id, "pause", token)
    studio.control_race(race.id, "resume", token)
    wait_for(lambda: race.state in ("training", "finished"))
    with pytest.raises(NotFound):
        studio.control_race(race.id, "jump", token)


def test_a_member_that_fails_leaves_the_others_in_the_race(studio: Studio, trainer: type[FakeTrainer]) -> None:
    def nan_for_minimax(self: FakeTrainer, count: int, players: str = "both") -> object:
        self.nan_at = 5 if self.plan.loss == "minimax" else -1
        return FakeTrainer.steps(self, count, players)  # type: ignore[arg-type]

    trainer.steps = nan_for_minimax  # type: ignore[assignment, method-assign]
    race, token = studio.start_race(plans())
    wait_for(lambda: race.members[1].state == "failed" and race.members[0].step > 20)
    assert race.state == "training"
    studio.control_race(race.id, "stop", token)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_so_many_make_no_race(studio: Studio, count: int) -> None:
    with pytest.raises(VisitorError):
        studio.start_race([make_plan(seconds=5)] * count)
    assert studio.runs() == ()


def test_only_its_owner_controls_a_race_and_its_members(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path, owner_is_everyone=False, limits=LOCAL)
    race, token = studio.start_race(plans())
    for act in (
        lambda: studio.control_race(race.id, "stop", "guess"),
        lambda: studio.control(race.members[0].id, "stop", "guess"),
    ):
        with pytest.raises(NotOwner):
            act()
    studio.control(race.members[0].id, "stop", token)
    studio.control_race(race.id, "stop", token)


def test_a_race_outlives_the_program(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path)
    race, token = studio.start_race(plans(), [Text("甲", "first"), None])
    wait_for(lambda: all(run.step > 5 for run in race.members))
    studio.close()
    later = studio_at(tmp_path)
    again = later.race(race.id)
    assert [run.id for run in again.members] == [run.id for run in race.members]
    assert again.message()["titles"] == race.message()["titles"]
    assert again.state == "interrupted"
    steps = [run.step for run in again.members]
    later.control_race(again.id, "resume", token)
    wait_for(lambda: all(run.step > step for run, step in zip(again.members, steps, strict=True)))
    for name in ("0" * 20, "../secrets", ""):
        with pytest.raises(NotFound):
            later.race(name)


def test_a_race_is_one_entry_of_the_queue_and_of_a_visitors_share(
    studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    studio = studio_at(tmp_path, owner_is_everyone=False, limits=PUBLIC)
    race, _ = studio.start_race(plans(4), visitor="ann")
    wait_for(lambda: race.state not in ("queued", "idle"))  # until then the race itself is first in the queue
    waiting = studio.start(make_plan(seconds=60), "ann").run
    assert waiting.queue == 1
    with pytest.raises(Refused):
        studio.start(make_plan(seconds=60), "ann")
    assert studio.start(make_plan(seconds=60), "ben").run.queue == 2


def test_members_are_named_after_what_sets_them_apart() -> None:
    losses = titles_for(plans())
    assert [title.en for title in losses] == ["Non-saturating (the standard GAN)", "Minimax (original, saturating)"]
    rates = [make_plan(settings={"lr.d": rate}) for rate in (1e-3, 2e-3)]
    assert [title.en for title in titles_for(rates)] == ["No. 1", "No. 2"]
    assert titles_for(rates, [None, Text("快", "fast")])[1].en == "fast"
