"""Searching: trial after trial, one compiled call at a time, so that whoever drives it may pause or end it anywhere."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.measure import SAMPLES, SEED
from aigc_demo.runs.pace import Pace
from aigc_demo.runs.pool import TrainerPool
from aigc_demo.runs.record import Budget
from aigc_demo.runs.trainers import MakeTrainer, TrainerLike
from aigc_demo.search.hopeless import Rung, best_of, hopeless
from aigc_demo.search.presence import Worker
from aigc_demo.search.results import Results
from aigc_demo.search.studies import StudyFolder, suggest
from aigc_demo.text import Text, VisitorError
from aigc_demo.training import Trainer

COMPILED = 3  # trainers that are kept for trials of the same structure
MOST_BROKEN = 3  # trials in a row that break down, and the search does

NOT_DIGITS = Text(
    "搜索用 digit-FD 衡量好坏，它只对数字有意义；请用数字的数据集。",
    "A search goes by digit-FD, which means something for digits alone: choose a dataset of digits.",
)

logger = logging.getLogger(__name__)
Measure = Callable[[np.ndarray], float]


@dataclass(frozen=True)
class News:
    """Where a search stands after one call: the present trial's number and step; `ended` when it has just ended."""

    number: int
    step: int
    ended: bool = False


def digit_fd(images: np.ndarray) -> float:
    """Digit-FD of images uint8 [n, 28, 28]."""
    from aigc_demo.metrics.features import feature_net

    net = feature_net()
    return net.digit_fd(net.read(images).features)


def check_digits(dataset: Dataset) -> Dataset:
    """`dataset`, where a search can judge what is learnt from it; raises `VisitorError` otherwise."""
    if not dataset.is_digits:
        raise VisitorError(NOT_DIGITS)
    return dataset


class Searcher:
    """Works on one study in this process."""

    def __init__(
        self,
        folder: StudyFolder,
        dataset: Dataset,
        seed: int | None = None,
        make_trainer: MakeTrainer = Trainer,
        measure: Measure = digit_fd,
    ) -> None:
        """`seed` makes the proposals repeatable (of one process alone). Raises `VisitorError` for other data than digits."""
        self.folder = folder
        self._dataset = check_digits(dataset)
        self._pool = TrainerPool(make_trainer, COMPILED)
        self._measure = measure
        self._broken = 0
        folder.use_sampler(seed)

    def results(self) -> Results:
        return self.folder.results()

    def turns(self, trials: int | None = None, seconds: float | None = None) -> Generator[News]:
        """At most so many trials, none of which begins after so many seconds of the clock; a turn is one compiled call.

        Closing the iterator ends it: the trial in hand is noted as interrupted, and its values are the next to be tried.
        """
        began, done = time.monotonic(), 0
        with self.folder.at_work() as worker:
            self._take_up_what_was_left()
            while (trials is None or done < trials) and (seconds is None or time.monotonic() - began < seconds):
                with closing(self._trial(worker)) as trial:
                    for news in trial:
                        worker.sign()
                        yield news
                done += 1

    def _trial(self, worker: Worker) -> Generator[News]:
        study, definition = self.folder.study, self.folder.definition
        trial = study.ask()
        trial.set_user_attr("worker", worker.name)
        settings = suggest(trial, definition.ranges)
        trial.set_user_attr("settings", settings)
        try:
            yield News(trial.number, 0)
            yield from self._judge(trial, definition.plan(settings))
            self._broken = 0
        except (GeneratorExit, KeyboardInterrupt):
            self._end(trial, "FAIL", "interrupted")
            self._try_again(trial.number)
            raise
        except VisitorError:  # settings that do not go together: Optuna learns that, and the search goes on
            self._end(trial, "FAIL", "refused")
        except Exception:  # out of memory, for example: other settings may still fit
            self._end(trial, "FAIL", "broke_down")
            self._broken += 1
            if self._broken == MOST_BROKEN:
                raise
            logger.exception("trial %d broke down", trial.number)
        yield News(trial.number, definition.steps, ended=True)

    def _judge(self, trial: Any, plan: Plan) -> Generator[News]:
        """Train and measure until the trial's end, or until it is hopeless; either is told to Optuna."""
        rungs: list[Rung] = []
        with closing(self._train(plan)) as training:
            for news in training:
                if isinstance(news, int):
                    yield News(trial.number, news)
                    continue
                rungs.append(news)
                trial.set_user_attr("rungs", [list(rung) for rung in rungs if np.isfinite(rung.digit_fd)])
                why = hopeless(news, [other.rungs for other in self.results().complete])
                if why is not None:
                    return self._end(trial, "PRUNED", why)
        best = best_of(rungs)
        trial.set_user_attr("step", best.step)
        self.folder.study.tell(trial, [best.digit_fd, best.seconds])

    def _train(self, plan: Plan) -> Generator[int | Rung]:
        """The step after every call, and after every measurement a rung; of figures that are not finite the last."""
        slot = self._pool.lease(plan, self._dataset, None, lambda: None)
        trainer, pace, spent = slot.trainer, Pace(), 0.0
        try:
            for rung in self.folder.definition.rungs:
                while trainer.step < rung:
                    chunk = trainer.steps(pace.next(Budget(steps=rung), trainer.step, spent))
                    pace.note(len(chunk.values), chunk.seconds)
                    spent += chunk.seconds
                    if not chunk.finite:
                        yield Rung(trainer.step, math.nan, spent)
                        return
                    yield trainer.step
                yield Rung(rung, self._look(trainer, plan), round(spent, 4))
        finally:
            self._pool.release(slot)

    def _look(self, trainer: TrainerLike, plan: Plan) -> float:
        """The digit-FD of the same thousand latent points that a run's end is measured with."""
        z = np.random.default_rng(SEED).standard_normal((SAMPLES, plan.recipe.latent_size)).astype(np.float32)
        return float(self._measure(trainer.sample(z, np.arange(SAMPLES, dtype=np.int64) % 10)))

    def _take_up_what_was_left(self) -> None:
        """Trials of processes that are gone count as interrupted, and are tried again."""
        from optuna.trial import TrialState

        for left in self.folder.study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
            if not self.folder.is_at_work(str(left.user_attrs.get("worker", ""))):
                self.folder.study.tell(left.number, state=TrialState.FAIL, skip_if_finished=True)
                self._try_again(left.number)

    def _try_again(self, number: int) -> None:
        known = self.folder.study.get_trials(deepcopy=False)[number]
        attributes = {"default": True} if known.user_attrs.get("default") else {}
        self.folder.study.enqueue_trial(dict(known.params), user_attrs=attributes)

    def _end(self, trial: Any, state: Literal["PRUNED", "FAIL"], why: str) -> None:
        from optuna.trial import TrialState

        trial.set_user_attr("why", why)
        self.folder.study.tell(trial, state=TrialState[state])
