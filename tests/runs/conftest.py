"""Studios on fake trainers, in folders of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from aigc_demo.recipes import Plan, make_plan
from aigc_demo.runs import Run, Studio
from tests.runs.fake_trainer import FakeTrainer, fake_studio

Wait = Callable[[Callable[[], Any]], None]


@pytest.fixture
def trainer() -> type[FakeTrainer]:
    """A class of its own, so that a test may set what its trainers do."""

    class Mine(FakeTrainer):
        built: ClassVar[list[FakeTrainer]] = []

    return Mine


@pytest.fixture
def studio_at(trainer: type[FakeTrainer]) -> Iterator[Callable[..., Studio]]:
    opened = []

    def open_studio(home: Path, **options: Any) -> Studio:
        studio = fake_studio(home, trainer, **options)
        opened.append(studio)
        return studio

    yield open_studio
    for studio in opened:
        studio.close()


@pytest.fixture
def studio(studio_at: Callable[..., Studio], tmp_path: Path) -> Studio:
    return studio_at(tmp_path)


def plan(steps: int | None = None, seconds: float | None = None, **choices: Any) -> Plan:
    return make_plan(steps=steps, seconds=seconds, **choices)


def wait_for(reached: Callable[[], Any], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)


def wait_until_over(run: Run) -> None:
    wait_for(lambda: run.feed.ended)
