"""Work beside the runs: done while nobody trains, from yield to yield, and closed with the program."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from aigc_demo.runs import Studio
from aigc_demo.text import Refused
from tests.runs.conftest import plan, wait_for, wait_until_over


class Errand:
    """Counts its turns; ends after `most`, breaks at `broken`."""

    def __init__(self, most: int = 10**9, broken: int = -1) -> None:
        self.most, self.broken = most, broken
        self.turns, self.is_closed = 0, False

    def work(self) -> Generator[object]:
        try:
            while self.turns < self.most:
                self.turns += 1
                if self.turns == self.broken:
                    raise RuntimeError("a secret")
                yield None
        finally:
            self.is_closed = True


def test_it_makes_room_for_a_run_and_goes_on_after_it(studio: Studio) -> None:
    errand = Errand()
    studio.when_idle(errand.work())
    wait_for(lambda: errand.turns > 3)
    run = studio.start(plan(steps=5)).run
    wait_until_over(run)
    assert run.state == "finished"
    assert not errand.is_closed
    before = errand.turns
    wait_for(lambda: errand.turns > before)


def test_one_comes_after_another_even_where_the_first_breaks(studio: Studio) -> None:
    broken, short, last = Errand(broken=3), Errand(most=4), Errand()
    for errand in (broken, short, last):
        studio.when_idle(errand.work())
    wait_for(lambda: last.turns > 0)
    assert (broken.turns, short.turns, short.is_closed) == (3, 4, True)
    run = studio.start(plan(steps=2)).run
    wait_until_over(run)
    assert run.state == "finished"


def test_it_is_closed_with_the_program(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    studio = studio_at(tmp_path / "other")
    errand = Errand()
    studio.when_idle(errand.work())
    wait_for(lambda: errand.turns > 0)
    studio.close()
    assert errand.is_closed
    with pytest.raises(Refused):
        studio.when_idle(Errand().work())
