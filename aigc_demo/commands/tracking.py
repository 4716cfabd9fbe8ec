"""Which trackers a command was asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from aigc_demo.commands.console import LANG
from aigc_demo.text import Text, VisitorError
from aigc_demo.tracking import TensorBoardTracker, Tracker, Trackers, board


def trackers_for(folder: Path, logdir: str | None, named: Sequence[str]) -> Trackers:
    """The trackers of the run in `folder`; none where nothing is asked for.

    Raises `VisitorError` for a name that is none, and where a library is not installed: before any time is spent.
    """
    run = folder.resolve().name
    found: list[Tracker] = [board(name, run) for name in dict.fromkeys(named)]
    if logdir is not None:
        if not logdir.strip():
            raise VisitorError(Text("--logdir 需要一个文件夹。", "--logdir needs a folder."))
        found.append(TensorBoardTracker(Path(logdir).expanduser() / run))
    return Trackers(found, _warn)


def _warn(text: Text) -> None:
    print(text(LANG), file=sys.stderr)
