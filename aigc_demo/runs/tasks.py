"""A short piece of work on a paused run's trainer: one step, half a step, a look. The worker's thread does it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from aigc_demo.runs.session import Progress, Session
from aigc_demo.text import Refused, Text

TOO_BUSY = Text(
    "另一次训练正在使用设备；轮到这次时，这一步会自动完成，请稍候再试。",
    "Another run is using the device; this will be done when it is its turn. Please try again in a moment.",
)


class Task:
    """`act` is given the session; what it returns beside the progress waits in `answer`."""

    def __init__(self, act: Callable[[Session], tuple[Progress | None, Any]]) -> None:
        self._act = act
        self._done = threading.Event()
        self._answer: Any = None
        self._error: BaseException | None = None

    def run(self, session: Session) -> Progress | None:
        """In the worker's thread."""
        try:
            progress, self._answer = self._act(session)
        except BaseException as error:
            self._error = error
            raise
        finally:
            self._done.set()
        return progress

    def give_up(self) -> None:
        """If it has not been done it will not be: whoever waits for it is told so."""
        if not self._done.is_set():
            self._error = Refused(TOO_BUSY)
            self._done.set()

    def wait(self, seconds: float) -> Any:
        """The answer, once it is there. Raises `Refused` when it has not come in time, else what went wrong."""
        if not self._done.wait(seconds):
            raise Refused(TOO_BUSY)
        if self._error is not None:
            raise self._error
        return self._answer
