"""Several trackers at once, none of which can end a run: one that fails says so once, and is told nothing more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from aigc_demo.text import Text
from aigc_demo.tracking.tracker import Fact, Moment, Tracker

FAILED = Text(
    "{name} 记录失败（{reason}）；训练照常继续，不再向它记录。",
    "{name} failed ({reason}); training goes on without it.",
)

logger = logging.getLogger(__name__)


class Trackers:
    """A tracker that passes everything on to others. `warn` hears of each that fails, once."""

    name = "trackers"

    def __init__(self, trackers: Sequence[Tracker], warn: Callable[[Text], None]) -> None:
        self._alive = list(trackers)
        self._warn = warn

    def __bool__(self) -> bool:
        return bool(self._alive)

    def hparams(self, facts: Mapping[str, Fact], started: float, resumed: Moment | None = None) -> None:
        self._each(lambda tracker: tracker.hparams(facts, started, resumed))

    def scalars(self, moment: Moment, values: Mapping[str, float]) -> None:
        self._each(lambda tracker: tracker.scalars(moment, values))

    def images(self, moment: Moment, name: str, png: bytes) -> None:
        self._each(lambda tracker: tracker.images(moment, name, png))

    def close(self) -> None:
        self._each(lambda tracker: tracker.close())
        self._alive = []

    def _each(self, act: Callable[[Tracker], None]) -> None:
        for tracker in list(self._alive):
            try:
                act(tracker)
            except Exception as error:  # a full disk, a lost connection, a library's own fault: none is the run's
                logger.info("%s failed", tracker.name, exc_info=True)
                self._alive.remove(tracker)
                self._warn(FAILED.format(name=tracker.name, reason=_reason(error)))


def _reason(error: Exception) -> str:
    """One line of what went wrong."""
    words = getattr(error, "strerror", None) or str(error).strip().partition("\n")[0]
    return str(words)[:160] or type(error).__name__
