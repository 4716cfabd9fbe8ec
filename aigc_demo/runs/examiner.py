"""Measures the models that runs leave, one after another, in a thread of its own: the trainer goes on meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.run import Run

logger = logging.getLogger(__name__)


class Examiner:
    """For any thread; a run is told its figures, or that they cannot be had."""

    def __init__(self, figures_of: Callable[[RunFolder], dict[str, Any] | None]) -> None:
        self._figures_of = figures_of
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="figures")

    def measure_later(self, run: Run) -> None:
        self._thread.submit(self._measure, run, run.leg)

    def close(self) -> None:
        """What has not begun is left undone."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _measure(self, run: Run, leg: int) -> None:
        figures = None
        try:
            figures = self._figures_of(run.folder)
            if run.leg == leg and figures is not None:
                run.folder.add_figures(figures)
        except Exception:
            logger.exception("run %s could not be measured", run.id)
        run.take_figures(figures, leg)
