"""Several runs at the same time on one device: in the order of their coming, none at another's cost or mercy."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs import Studio
from aigc_demo.runs.limits import LOCAL, limits_from
from aigc_demo.runs.waiting import Forecast, WaitingList
from aigc_demo.runs.worker import Worker
from aigc_demo.text import Refused, VisitorError
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import DEVICE, FakeTrainer, tiny_dataset


@pytest.fixture
def three(studio_at: Callable[..., Studio], tmp_path: Path) -> Studio:
    """A studio in which three runs may train at once."""
    return studio_at(tmp_path, limits=limits_from({"AIGC_DEMO_RUNS_AT_ONCE": "3"}, is_public=False))


def test_three_train_while_a_fourth_waits_for_the_first_place(three: Studio) -> None:
    runs = [three.start(plan(steps=100_000, seed=seed)).run for seed in range(5)]
    wait_for(lambda: all(run.step > 5 for run in runs[:3]))
    assert [run.state for run in runs] == ["training"] * 3 + ["queued"] * 2
    assert [run.queue for run in runs] == [0, 0, 0, 1, 2]
    three.control(runs[1].id, "stop")
    wait_for(lambda: runs[3].step > 5)
    assert (runs[1].state, runs[3].state, runs[4].state, runs[4].queue) == ("stopped", "training", "queued", 1)
    assert all(runs[place].state == "training" for place in (0, 2))


def test_each_is_the_run_that_it_would_be_alone(
    three: Studio, studio_at: Callable[..., Studio], tmp_path: Path
) -> None:
    together = [three.start(plan(steps=60, seed=seed)).run for seed in range(3)]
    for run in together:
        wait_until_over(run)
    alone = studio_at(tmp_path / "alone")
    for seed, run in enumerate(together):
        other = alone.start(plan(steps=60, seed=seed)).run
        wait_until_over(other)
        assert run.rows().tolist() == other.rows().tolist()


def test_no_two_share_a_trainer_and_a_paused_one_goes_on_where_it_was(
    three: Studio, trainer: type[FakeTrainer]
) -> None:
    runs = [three.start(plan(steps=100_000, seed=seed)).run for seed in range(3)]
    wait_for(lambda: all(run.step > 3 for run in runs))
    assert len(trainer.built) == 3
    three.control(runs[0].id, "pause")
    step = runs[0].step
    three.control(runs[0].id, "resume")
    wait_for(lambda: runs[0].step > step)
    assert len(trainer.built) == 3
    assert runs[0].rows(1, step + 1)[-1, 0] != runs[1].rows(1, step + 1)[-1, 0]


def test_one_that_breaks_down_takes_no_other_with_it(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    class Doomed(FakeTrainer):
        def reset(self, made: Plan, dataset: Dataset) -> None:
            super().reset(made, dataset)
            self.break_at = 40 if made.seed == 0 else -1  # type: ignore[misc]

    limits = limits_from({"AIGC_DEMO_RUNS_AT_ONCE": "3"}, is_public=False)
    studio = studio_at(tmp_path, limits=limits, make_trainer=Doomed)
    runs = [studio.start(plan(steps=100, seed=seed)).run for seed in range(3)]
    for run in runs:
        wait_until_over(run)
    assert [run.state for run in runs] == ["failed", "finished", "finished"]


def test_a_visitors_limit_counts_what_trains_and_what_waits(studio_at: Callable[..., Studio], tmp_path: Path) -> None:
    environment = {"AIGC_DEMO_RUNS_AT_ONCE": "3", "AIGC_DEMO_RUNS_PER_VISITOR": "2"}
    studio = studio_at(tmp_path, limits=limits_from(environment, is_public=True))
    mine = [studio.start(plan(seconds=60, seed=seed), visitor="me").run for seed in range(2)]
    with pytest.raises(Refused):
        studio.start(plan(seconds=60), visitor="me")
    yours = studio.start(plan(seconds=60), visitor="you").run
    wait_for(lambda: all(run.step > 0 for run in (*mine, yours)))  # the third place was left for somebody else


def test_the_end_of_the_program_saves_all_of_them(three: Studio) -> None:
    runs = [three.start(plan(steps=100_000, seed=seed)).run for seed in range(4)]
    wait_for(lambda: all(run.step > 3 for run in runs[:3]))
    three.close()
    assert [run.state for run in runs] == ["interrupted"] * 4
    assert all(run.folder.load_state() is not None for run in runs[:3])


def test_an_errand_waits_until_no_place_is_taken(three: Studio) -> None:
    run = three.start(plan(steps=100_000)).run
    wait_for(lambda: run.step > 3)
    turns: list[int] = []

    def errand() -> Any:
        for number in range(10**6):
            turns.append(number)
            yield None

    three.when_idle(errand())
    step = run.step
    wait_for(lambda: run.step > step + 10)
    assert not turns
    three.control(run.id, "stop")
    wait_for(lambda: turns)


def test_without_room_in_memory_the_next_waits_until_the_device_is_free(trainer: type[FakeTrainer]) -> None:
    asked = threading.Event()

    def has_room() -> bool:
        asked.set()
        return False

    worker = Worker(trainer, tiny_dataset, lambda: DEVICE, lambda run: None, seats=2, has_room=has_room)
    studio_runs = [_run(seed) for seed in range(2)]
    try:
        for run in studio_runs:
            worker.submit(run)
        wait_for(lambda: studio_runs[0].step > 3 and asked.is_set())
        assert studio_runs[1].state == "queued"
        studio_runs[0].wish = "stopped"
        wait_for(lambda: studio_runs[1].step > 3)
    finally:
        worker.close()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _run(seed: int) -> Any:
    from aigc_demo.runs.folder import RunFolder
    from aigc_demo.runs.run import Run
    from aigc_demo.runs.session import new_record

    return Run(RunFolder.create(Path(f"run{seed}"), new_record(f"run{seed}", plan(steps=100_000, seed=seed))))


def test_a_prospect_is_that_of_the_place_which_is_free_first(studio: Studio) -> None:
    class Known(Forecast):
        def seconds(self, entry: Any, has_begun: bool = False) -> float:
            return 10.0

    told: list[tuple[int, int]] = []

    class Waits:
        def place(self, number: int, seconds: int) -> None:
            told.append((number, seconds))

    waiting = WaitingList()
    for _ in range(4):
        waiting.add([Waits()])  # type: ignore[list-item]
    waiting.tell([30.0, 4.5], Known())
    assert told == [(1, 5), (2, 15), (3, 25), (4, 30)]


@pytest.mark.parametrize("given", ["0", "17", "many"])
def test_a_bad_number_names_its_variable(given: str) -> None:
    assert LOCAL.runs_at_once == 1
    with pytest.raises(VisitorError, match="AIGC_DEMO_RUNS_AT_ONCE"):
        limits_from({"AIGC_DEMO_RUNS_AT_ONCE": given}, is_public=False)
