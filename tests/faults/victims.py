"""Programs that are killed: studios on fake trainers, each in a process of its own that a test kills at a chosen moment.

The processes are forked from a server that has imported everything, so that one costs milliseconds. A `Connection`
carries what a follower was told: (run's id, step).
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.runs import folder as folders
from aigc_demo.runs import session
from tests.runs.conftest import wait_for
from tests.runs.fake_trainer import FakeTrainer, fake_studio

BALLAST = np.arange(60_000, dtype=np.float64)  # a state worth half a megabyte: writing it takes a while
PATIENCE = 30.0


class Heavy(FakeTrainer):
    """A fake trainer whose state is as large as a small network's, and whose steps are quick."""

    built: ClassVar[list[FakeTrainer]] = []
    step_seconds = 0.002

    def state(self) -> dict[str, np.ndarray]:
        return super().state() | {"ballast": BALLAST + self.step}

    def restore(self, state: dict[str, np.ndarray]) -> None:
        ballast = state.pop("ballast")
        super().restore(state)
        np.testing.assert_array_equal(ballast, BALLAST + self.step)


def seeded_plan(seed: int) -> Plan:
    return make_plan(seconds=60, seed=seed)


def expected_rows(seed: int, steps: int) -> np.ndarray:
    """What the fake trainer's first steps are, by themselves."""
    trainer = Heavy(seeded_plan(seed), _no_data())
    trainer.step_seconds = 0.0
    return trainer.steps(steps).values


def _no_data() -> Dataset:
    empty = np.zeros((0, 28, 28), np.uint8)
    return Dataset("none", empty, np.zeros(0, np.int64), empty, np.zeros(0, np.int64))


def train(home: str, seed: int, told: Connection, dies_at_write: int = 0) -> None:
    """Train one run for ever, saving all the time; with `dies_at_write`, until that write after the first save."""
    session.SAVE_SECONDS = 0.03
    studio = fake_studio(Path(home), Heavy)
    run, _ = studio.start(seeded_plan(seed))
    for message in run.follow():
        told.send((run.id, message["step"]))
        if dies_at_write and (run.folder.path / "training.safetensors").exists():
            _die_at(dies_at_write)
            dies_at_write = 0


def queue(home: str, seed: int, told: Connection) -> None:
    """One run trains, others come, wait and are stopped, without end."""
    session.SAVE_SECONDS = 0.03
    studio = fake_studio(Path(home), Heavy)
    first, _ = studio.start(seeded_plan(seed))
    told.send((first.id, 0))
    waiting: list[Any] = []
    while True:
        waiting.append(studio.start(seeded_plan(seed + 1 + len(waiting)))[0])
        told.send((waiting[-1].id, 0))
        if len(waiting) > 5:
            studio.control(waiting.pop(0).id, "stop")


def hold(home: str, seed: int, told: Connection) -> None:
    """Train one run."""
    session.SAVE_SECONDS = 0.03
    studio = fake_studio(Path(home), Heavy)
    started = studio.start(seeded_plan(seed))
    for message in started.run.follow():
        told.send((started.run.id, message["step"]))


def fill_disk(home: str, seed: int, told: Connection) -> None:
    """Train on a disk that refuses in the midst of a line, and has room again later.

    Tells (what the page is warned of, the step); then ('', the step at the end).
    """
    session.SAVE_SECONDS = 0.03
    folders.RETRY_SECONDS = 0.02
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    studio = fake_studio(Path(home), Heavy)
    run, _ = studio.start(seeded_plan(seed))
    wait_for(lambda: run.step > 20, PATIENCE)
    figures = run.folder.path / folders.METRICS
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (figures.stat().st_size + 700, most))  # so large may any file be
    wait_for(lambda: run.warning is not None, PATIENCE)
    told.send((run.warning.en if run.warning else "", run.step))
    refused_at = run.step
    wait_for(lambda: run.step > refused_at + 40, PATIENCE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    wait_for(lambda: run.warning is None, PATIENCE)
    studio.control(run.id, "stop")
    wait_for(lambda: run.feed.ended, PATIENCE)
    told.send(("", run.step))


def _die_at(number: int) -> None:
    """Kill this process in the middle of the `number`-th write, rename or appending from now on."""
    left = number
    write_bytes, replace, opened = Path.write_bytes, os.replace, Path.open

    def is_the_one() -> bool:
        nonlocal left
        left -= 1
        return left == 0

    def half(path: Path, content: Any) -> int:
        if is_the_one():
            write_bytes(path, bytes(content)[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return write_bytes(path, content)

    def moved(source: Any, target: Any) -> None:
        if is_the_one():
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)

    def appending(path: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        file = opened(path, mode, *arguments, **named)
        if mode == "ab" and is_the_one():
            write = file.write

            class Half:
                def __enter__(self) -> Half:
                    return self

                def __exit__(self, *_: object) -> None:
                    file.close()

                def write(self, content: bytes) -> int:
                    write(content[: len(content) // 2 + 1])
                    file.flush()
                    os.kill(os.getpid(), signal.SIGKILL)
                    return 0

            return Half()
        return file

    Path.write_bytes = half  # type: ignore[method-assign,assignment]
    os.replace = moved  # type: ignore[assignment]
    Path.open = appending  # type: ignore[method-assign,assignment]


_context = multiprocessing.get_context("forkserver")


@contextmanager
def victim(work: Callable[..., None], *arguments: Any, **named: Any) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """A process that does `work(*arguments, told, **named)`, and what it tells; killed on leaving."""
    _context.set_forkserver_preload(["tests.faults.victims"])
    told, telling = _context.Pipe(duplex=False)
    process = _context.Process(target=work, args=(*arguments, telling), kwargs=named, daemon=True)
    process.start()
    telling.close()
    try:
        yield process, told
    finally:
        process.kill()
        process.join()
        process.close()
        told.close()


def hear(told: Connection) -> tuple[str, int]:
    """The next thing that is told; raises EOFError where the process has ended."""
    if not told.poll(PATIENCE):
        raise TimeoutError
    answer: tuple[str, int] = told.recv()
    return answer


def hear_all(told: Connection) -> list[tuple[str, int]]:
    """Everything that a killed process has still told."""
    heard = []
    while True:
        try:
            heard.append(hear(told))
        except (EOFError, ConnectionResetError):
            return heard
