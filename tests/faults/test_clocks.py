"""The clock of the machine jumps, forwards and back: nothing that counts time notices."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo.runs import Studio
from aigc_demo.runs.feed import Feed
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import fake_studio

DAY = 86_400.0


@pytest.fixture
def jumping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every time somebody asks, the clock is a day ahead or a day behind in turn."""
    real, turns = time.time, itertools.cycle((DAY, -DAY, 40 * 365 * DAY, 0.0))
    monkeypatch.setattr(time, "time", lambda: real() + next(turns))


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = fake_studio(tmp_path)
    yield studio
    studio.close()


def test_a_run_trains_for_the_seconds_it_was_given(jumping: None, studio: Studio) -> None:
    run, _ = studio.start(plan(seconds=0.4))
    messages = list(run.follow())
    assert run.state == "finished"
    assert 0.4 <= run.seconds < 1.0
    seconds = [message["seconds"] for message in messages]
    assert seconds == sorted(seconds)
    assert {line["run"] for line in studio.listing()} == {run.id}


def test_a_run_goes_on_though_the_clock_was_set_back_meanwhile(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = studio.start(plan(seconds=60))
    wait_for(lambda: run.step > 5)
    studio.close()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - DAY)
    later = fake_studio(tmp_path)
    try:
        later.control(run.id, "resume")
        found = later.run(run.id)
        wait_for(lambda: found.step > run.step + 5)
        later.control(run.id, "stop")
        wait_until_over(found)
    finally:
        later.close()


def test_a_follower_of_before_a_restart_is_none_of_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cursor means other messages by then, also where the clock was set back by just the time between."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    before, after = Feed(threading.RLock()), Feed(threading.RLock())
    for feed in (before, after):
        for place in range(20):
            feed.publish({"place": place})
    assert before.since(before.last - 5) is not None
    assert after.since(before.last - 5) is None


def test_what_was_deleted_can_be_had_back_though_the_clock_jumps(studio: Studio, jumping: None) -> None:
    run, _ = studio.start(plan(steps=5))
    wait_until_over(run)
    key = studio.keeper.delete(run.id)
    studio.trash.sweep()
    assert studio.keeper.undo(key) == run.id
