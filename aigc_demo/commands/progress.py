"""A session worked through in a terminal: its progress bar, and Ctrl-C that falls between two steps."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from aigc_demo.commands.console import LANG
from aigc_demo.data.hub_catalogue import MEGABYTE
from aigc_demo.hub import Progress as OfHub
from aigc_demo.runs import Progress as Told
from aigc_demo.runs import Session, State
from aigc_demo.text import Text

STAGES: dict[str, Text] = {
    "asking": Text("询问 Hub", "asking the Hub"),
    "download": Text("下载", "downloading"),
    "unpack": Text("解码", "decoding"),
    "store": Text("存盘", "storing"),
    "check": Text("检查", "checking"),
    "upload": Text("上传", "uploading"),
    "commit": Text("提交", "committing"),
}
_IMAGES = Text("{n} 张", "{n} images")

T = TypeVar("T")


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


def followed(going: Generator[OfHub | T]) -> T:
    """What comes between the Hub and this machine, with a progress bar; gives what it is in the end."""
    with progress_bar() as bar, closing(going):
        task = bar.add_task("", total=None, figures="")
        for news in going:
            if not isinstance(news, OfHub):
                return news
            total = news.total or None
            bar.update(task, description=STAGES[news.stage](LANG), completed=news.done, total=total, figures=_at(news))
    raise AssertionError("nobody stopped it")


def _at(news: OfHub) -> str:
    if news.total:
        return f"{news.done / MEGABYTE:.1f} / {news.total / MEGABYTE:.1f} MB"
    return _IMAGES.format(n=f"{news.done:,}")(LANG) if news.done else ""
