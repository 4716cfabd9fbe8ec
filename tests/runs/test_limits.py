"""What one visitor may take of a server, who waits how long, and whose folder it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aigc_demo.recipes import make_plan
from aigc_demo.runs import Studio, limits_from
from aigc_demo.runs.claim import Claim, is_claimed
from aigc_demo.runs.limits import LOCAL, PUBLIC
from aigc_demo.text import Refused, VisitorError
from tests.runs.conftest import plan, wait_for, wait_until_over


def test_limits_come_from_the_environment_or_from_who_can_reach_the_server() -> None:
    assert limits_from({}, is_public=False) == LOCAL
    assert limits_from({}, is_public=True) == PUBLIC
    given = {"AIGC_DEMO_MAX_SECONDS": " 60 ", "AIGC_DEMO_RUNS_PER_VISITOR": "0", "AIGC_DEMO_QUEUE": "3"}
    found = limits_from(given, is_public=True)
    assert (found.seconds, found.runs_per_visitor, found.queue, found.kept_runs) == (60, 0, 3, PUBLIC.kept_runs)


@pytest.mark.parametrize("value", ["-1", "x", "1e3", "9" * 12, "０", "3601"])
def test_a_limit_that_is_none_is_named(value: str) -> None:
    with pytest.raises(VisitorError) as refused:
        limits_from({"AIGC_DEMO_MAX_SECONDS": value}, is_public=False)
    for words in (refused.value.text.zh, refused.value.text.en):
        assert "AIGC_DEMO_MAX_SECONDS" in words and "3600" in words


@pytest.mark.parametrize("is_public", [False, True])
def test_fetching_is_switched_on_or_off(is_public: bool) -> None:
    assert limits_from({}, is_public).fetch == (0 if is_public else 1)
    for given in (0, 1):
        assert limits_from({"AIGC_DEMO_FETCH": f" {given} "}, is_public).fetch == given
    with pytest.raises(VisitorError) as refused:
        limits_from({"AIGC_DEMO_FETCH": "yes"}, is_public)
    assert "AIGC_DEMO_FETCH" in refused.value.text.en and "no limit" not in refused.value.text.en


def test_a_visitor_has_so_many_runs_at_once_and_others_are_not_kept_waiting(
    studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    studio = studio_at(tmp_path, owner_is_everyone=False, limits=replace(PUBLIC, runs_per_visitor=1))
    first, token = studio.start(plan(seconds=60), "ann")
    with pytest.raises(Refused) as refused:
        studio.start(plan(seconds=60), "ann")
    assert "1" in refused.value.text.en
    studio.start(plan(seconds=60), "ben")
    studio.control(first.id, "stop", token)
    wait_until_over(first)
    studio.start(plan(seconds=60), "ann")


def test_a_run_is_no_longer_than_allowed_however_often_it_is_extended(
    studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    studio = studio_at(tmp_path, limits=replace(LOCAL, seconds=30))
    with pytest.raises(Refused):
        studio.start(plan(seconds=31))
    run, token = studio.start(plan(seconds=20))
    studio.control(run.id, "extend", token, 10)
    with pytest.raises(Refused):
        studio.control(run.id, "extend", token, 1)
    assert run.budget.seconds == 30


def test_who_waits_is_told_the_place_and_about_how_long(studio: Studio) -> None:
    first, token = studio.start(plan(seconds=60))
    wait_for(lambda: first.step > 3)
    second, third = (studio.start(plan(seconds=30)).run for _ in range(2))
    assert (second.queue, third.queue) == (1, 2)
    assert second.queue_seconds is not None and third.queue_seconds is not None
    assert 30 < second.queue_seconds < third.queue_seconds - 25
    studio.control(first.id, "stop", token)
    wait_for(lambda: second.state == "training")
    assert (second.queue, third.queue) == (0, 1)
    assert third.snapshot()["queue_seconds"] < 60


def test_a_queue_that_is_full_says_so_and_keeps_nothing(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path, limits=replace(LOCAL, queue=1))
    studio.start(plan(seconds=60))
    wait_for(lambda: studio.current is not None)
    studio.start(plan(seconds=60))
    with pytest.raises(Refused):
        studio.start(plan(seconds=60))
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_the_oldest_folders_make_room_and_what_goes_on_stays(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path, limits=replace(LOCAL, kept_runs=2))
    going, _ = studio.start(plan(seconds=60))
    others = []
    for seed in range(3):
        others.append(studio.start(make_plan(steps=2, seed=seed)).run)
    kept = {path.name for path in (tmp_path / "runs").iterdir()}
    assert {going.id, *(run.id for run in others)} <= kept, "all of them wait or train"
    studio.control(going.id, "stop")
    wait_for(lambda: all(run.feed.ended for run in others))
    newest = studio.start(make_plan(steps=2, seed=9)).run
    assert newest.id in {path.name for path in (tmp_path / "runs").iterdir()}
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_a_folder_is_claimed_by_one_process_until_it_ends(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from aigc_demo.runs.claim import Claim; "
        "claim = Claim(Path(sys.argv[1])); print(claim.take(), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert is_claimed(tmp_path)
        assert not Claim(tmp_path).take()
        other.kill()
    assert not is_claimed(tmp_path)
    mine = Claim(tmp_path)
    assert mine.take() and mine.take()
    mine.release()
    assert not is_claimed(tmp_path)


def test_two_servers_on_one_folder_do_not_train_the_same_run(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    first, second = studio_at(tmp_path), studio_at(tmp_path)
    run, token = first.start(plan(seconds=60))
    wait_for(lambda: run.step > 3)
    with pytest.raises(Refused):
        second.control(run.id, "resume", token)
    first.close()
    again = second.control(run.id, "resume", token)
    wait_for(lambda: again.step > run.step)
