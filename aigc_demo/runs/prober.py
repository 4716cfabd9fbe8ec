"""Measures the digits of a run while it trains: the trainer's thread only draws them, another one does the sums."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.recipes import Plan
from aigc_demo.runs.trainers import TrainerLike, Weights

DIGITS = 500  # drawn for each measurement
JUDGED = 128  # training digits, and as many held-out ones, that D is asked about
SEED = 12345  # of the latent points: the same for every run, so that runs compare
FIRST_SECONDS = 1.0  # of training before the first measurement: the first digits come first
GAP_SECONDS = 3.0  # of training between two measurements
MOST_GAP_SECONDS = 10.0  # however slow the networks
SHARE = 0.04  # of the training time may go into drawing, which training waits for, and half of the counting

logger = logging.getLogger(__name__)


class Drawn(NamedTuple):
    """What the trainer's thread hands over: copies of all that the sums need, as of one step."""

    step: int
    seconds: float
    frame: int  # the index of the newest sample grid
    generator: Weights
    discriminator: Weights
    images: np.ndarray  # uint8 [n, 28, 28]
    labels: np.ndarray  # [n]
    logits: Mapping[str, np.ndarray]  # D's, of some training digits, held-out digits and fakes
    cost: float  # seconds that drawing took


class Measured(NamedTuple):
    drawn: Drawn
    figures: dict[str, Any]


class Prober:
    """One background thread for all runs of a program."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="probes")

    def submit(self, drawn: Drawn, plan: Plan, dataset: Dataset) -> Future[Measured | None]:
        return self._thread.submit(_measure, drawn, plan, dataset)

    def warm_up(self) -> None:
        """Load in the background what the first measurement needs."""
        self._thread.submit(_warm_up)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


class Probing:
    """One run's measurements: when the next is due, and the one that is being made."""

    def __init__(self, prober: Prober, plan: Plan, dataset: Dataset) -> None:
        self._prober, self._dataset = prober, dataset
        rng = np.random.default_rng(SEED)
        self._z = rng.standard_normal((DIGITS, plan.recipe.latent_size)).astype(np.float32)
        self._labels = np.arange(DIGITS, dtype=np.int64) % len(plan.class_names)
        self._rows = [rng.permutation(len(part))[:JUDGED] for part in (dataset.images, dataset.held_out)]
        self._due = FIRST_SECONDS
        self._pending: Future[Measured | None] | None = None

    def is_due(self, seconds: float) -> bool:
        return self._pending is None and seconds >= self._due

    def begin(self, trainer: TrainerLike, step: int, seconds: float, frame: int) -> None:
        """Draw with `trainer` as it is now, and have it measured."""
        started = time.perf_counter()
        images = trainer.sample(self._z, self._labels)
        logits = self._logits(trainer, images)
        weights = trainer.generator_weights(), trainer.discriminator_weights()
        cost = time.perf_counter() - started
        drawn = Drawn(step, seconds, frame, *weights, images, self._labels, logits, cost)
        self._due = seconds + _gap(cost)
        self._pending = self._prober.submit(drawn, trainer.plan, self._dataset)

    def collect(self, patience: float = 0.0) -> Measured | None:
        """What has been measured since `begin`, waiting at most `patience` seconds; None where nothing is ready."""
        if self._pending is None or not (self._pending.done() or patience):
            return None
        try:
            measured = self._pending.result(patience)
        except TimeoutError:
            return None
        self._pending = None
        if measured is not None:
            drawing = measured.drawn.cost
            self._due = measured.drawn.seconds + _gap(drawing + (measured.figures["cost"] - drawing) / 2)
        return measured

    def _logits(self, trainer: TrainerLike, images: np.ndarray) -> dict[str, np.ndarray]:
        if not len(self._rows[1]):
            return {}
        sides = {
            "train": (self._dataset.images[self._rows[0]], self._dataset.labels[self._rows[0]]),
            "held_out": (self._dataset.held_out[self._rows[1]], self._dataset.held_out_labels[self._rows[1]]),
            "fake": (images[:JUDGED], self._labels[:JUDGED]),
        }
        return {f"d_scores_{name}": trainer.logits(*side) for name, side in sides.items()}


def _warm_up() -> None:
    from aigc_demo.data import load
    from aigc_demo.metrics.live import live_figures

    try:
        digits = load("digits5k")
        live_figures(digits.images[:DIGITS], digits.labels[:DIGITS], dataset=digits)
    except Exception:  # the first real measurement will say what is wrong
        logger.exception("the digits' figures could not be prepared")


def _gap(cost: float) -> float:
    """Seconds of training until the next measurement, where one costs so many."""
    return min(MOST_GAP_SECONDS, max(GAP_SECONDS, cost / SHARE))


def _measure(drawn: Drawn, plan: Plan, dataset: Dataset) -> Measured | None:
    """None where it cannot be done: training must not depend on its measurements."""
    from aigc_demo.metrics.live import live_figures

    started = time.thread_time()  # waiting for a core costs the trainer nothing
    labels = drawn.labels if plan.recipe.conditional else None
    try:
        figures = live_figures(
            drawn.images, labels, SEED, dataset=dataset, sorts_itself=plan.sorts_itself, **drawn.logits
        )
    except Exception:
        logger.exception("the digits of step %d could not be measured", drawn.step)
        return None
    return Measured(drawn, figures | {"cost": round(drawn.cost + time.thread_time() - started, 3)})
