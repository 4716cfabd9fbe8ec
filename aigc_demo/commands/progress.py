"""A session worked through in a terminal: its progress bar, and Ctrl-C that falls between two steps."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from aigc_demo.commands.console import LANG
from aigc_demo.runs import Progress as Told
from aigc_demo.runs import Session, State
from aigc_demo.text import Text


def advance(session: Session, bar: Progress, task: TaskID, hear: Callable[[Told], None] = lambda told: None) -> State:
    """Train until the budget is used up, a figure is not finite, or Ctrl-C; returns the run's state then.

    `hear` is told what every call of the trainer brought.
    """
    in_steps = session.budget.steps is not None
    total = session.budget.steps if in_steps else session.budget.seconds
    bar.update(task, description=Text("训练", "training")(LANG), total=total)
    with interrupt_noted() as interrupted:
        while not interrupted:
            progress = session.advance()
            if progress is None:
                return "finished"
            hear(progress)
            if not progress.finite:
                return "failed"
            figures = dict(zip(session.keys, progress.values[-1], strict=True))
            bar.update(
                task,
                completed=session.step if in_steps else session.seconds,
                figures=f"{session.step:,} · {session.steps_per_second:.0f}/s · "
                f"D {figures['d_total']:.3f} · G {figures['g_total']:.3f}",
            )
    return "interrupted"


@contextmanager
def interrupt_noted() -> Iterator[list[int]]:
    """While inside, the first Ctrl-C only fills the list, so that it falls between two steps; a second interrupts."""
    noted: list[int] = []

    def handle(number: int, frame: FrameType | None) -> None:
        noted.append(number)
        signal.signal(number, signal.default_int_handler)

    previous = signal.signal(signal.SIGINT, handle)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, previous)


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
    )
