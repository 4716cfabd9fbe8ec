"""Trackio and Weights & Biases: libraries with the same three calls, imported only where somebody names them."""

from __future__ import annotations

import importlib
import io
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from typing import Any

from aigc_demo.text import Text, VisitorError
from aigc_demo.tracking.tracker import Fact, Moment

BOARDS = {"trackio": "Trackio", "wandb": "Weights & Biases"}
PROJECT = "aigc-demo"
GAP_SECONDS = 0.25  # a row goes to another process or to the network: four a second show any curve

_UNKNOWN = Text(
    "没有名为“{name}”的记录工具。可用：{known}。", "There is no tracker called “{name}”. Choose from {known}."
)
_MISSING = Text(
    "没有安装 {title}；先运行 pip install {name}，或去掉 --track {name}。",
    "{title} is not installed: run pip install {name} first, or leave --track {name} out.",
)


def board(given: str, run: str, load: Callable[[str], Any] = importlib.import_module) -> BoardTracker:
    """The tracker that `trackio`, `wandb` or either with `:project` names, for a run of the name `run`.

    Raises `VisitorError` for another name, and where the library is not installed.
    """
    name, _, project = given.partition(":")
    if name not in BOARDS:
        raise VisitorError(_UNKNOWN.format(name=name[:40], known=", ".join(BOARDS)))
    try:
        library = load(name)
    except ImportError as error:
        raise VisitorError(_MISSING.format(name=name, title=BOARDS[name])) from error
    return BoardTracker(library, BOARDS[name], project or PROJECT, run)


class BoardTracker:
    """A run in a library with `init(project, name, config)`, `log(values, step)`, `finish()` and `Image`.

    What the libraries print goes to stderr: a command's stdout is its answer.

    Of figures that come faster than four times a second the newest are logged, and the last of all in any case. The
    libraries want steps that never fall, so what was measured of an earlier step is logged at the newest.
    """

    def __init__(self, library: Any, name: str, project: str, run: str, clock: Callable[[], float] = time.monotonic):
        self._library = library
        self.name = name
        self._project = project
        self._run_name = run
        self._clock = clock
        self._is_open = False
        self._step = 0
        self._waiting: dict[str, Any] = {}
        self._logged_at = -GAP_SECONDS

    def hparams(self, facts: Mapping[str, Fact], started: float, resumed: Moment | None = None) -> None:
        more = {} if resumed is None else {"resume": "allow"}
        with redirect_stdout(sys.stderr):
            self._library.init(project=self._project, name=self._run_name, config=dict(facts), **more)
        self._is_open = True

    def scalars(self, moment: Moment, values: Mapping[str, float]) -> None:
        self._take(moment, values)

    def images(self, moment: Moment, name: str, png: bytes) -> None:
        from PIL import Image

        picture = Image.open(io.BytesIO(png)).convert("L")
        self._take(moment, {name: self._library.Image(picture)})

    def close(self) -> None:
        if not self._is_open:
            return
        self._log()
        self._is_open = False
        with redirect_stdout(sys.stderr):
            self._library.finish()

    def _take(self, moment: Moment, values: Mapping[str, Any]) -> None:
        self._step = max(self._step, moment.step)
        self._waiting |= {**values, "seconds": moment.seconds}
        if self._clock() - self._logged_at >= GAP_SECONDS:
            self._log()

    def _log(self) -> None:
        if self._waiting:
            values, self._waiting = self._waiting, {}
            with redirect_stdout(sys.stderr):
                self._library.log(values, step=self._step)
            self._logged_at = self._clock()
