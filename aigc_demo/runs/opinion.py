"""What is to be said of a run just now: its verdict, and what each player's loss number means."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from aigc_demo.metrics.diagnosis import diagnose
from aigc_demo.metrics.readings import readings
from aigc_demo.metrics.verdicts import Verdict
from aigc_demo.runs.changes import values_of
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.trainers import column_keys
from aigc_demo.text import Text

STEPS = 100  # over how many of the newest steps it averages
LOOKS_BACK = 20_000  # steps
PROBES = 12  # at most so many earlier measurements

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opinion:
    """Both are empty before the first step."""

    verdict: Verdict | None = None
    readings: dict[str, Text] = field(default_factory=dict)


def opinion_of(folder: RunFolder, before: Opinion) -> Opinion:
    """The opinion of a run as it stands; `before` where nothing can be said, for training must not depend on it."""
    try:
        return _opinion(folder) or before
    except Exception:
        logger.exception("run %s could not be judged", folder.record.id)
        return before


def _opinion(folder: RunFolder) -> Opinion | None:
    record = folder.record
    rows = folder.log.rows(max(1, record.step - LOOKS_BACK + 1))
    if not len(rows):
        return None
    own = set(column_keys(record.plan))
    recent = {key: value for key, value in zip(record.keys, _means(rows[-STEPS:]), strict=True) if key in own}
    real, fake = (rows[:-STEPS, record.keys.index(key)].astype(np.float64) for key in ("score_real", "score_fake"))
    recent |= {"steps": float(record.step), "gap_before": _largest_mean(real - fake)}
    loss = record.plan.loss_object()
    values = values_of(record.plan) | {"dataset": record.plan.dataset}
    *history, figures = _figures(folder) or [None]
    verdict = diagnose(loss, recent, figures, values, [earlier for earlier in history if earlier is not None])
    return Opinion(verdict, {str(player): text for player, text in readings(loss, recent).items()})


def _figures(folder: RunFolder) -> list[dict[str, Any] | None]:
    """The newest measurements, oldest first, each with its step."""
    found = [{**probe.figures, "step": probe.step} for probe in folder.probes.list() if probe.figures]
    return [*found[-PROBES:]]


def _largest_mean(values: np.ndarray) -> float:
    """The largest mean of `STEPS` neighbours among `values` [n], 0 where there are fewer: some verdicts ask how it was."""
    whole = values[len(values) % STEPS :]
    return float(whole.reshape(-1, STEPS).mean(axis=1).max()) if len(whole) else 0.0


def _means(rows: np.ndarray) -> list[float]:
    """The mean of each column; of one that began within these rows, over those that have a number.

    NaN where the newest row has no finite number.
    """
    wide = rows.astype(np.float64)
    known = ~np.isnan(wide)
    sums = np.where(known, wide, 0.0).sum(axis=0)
    means = np.divide(sums, known.sum(axis=0), out=np.full(wide.shape[1], np.nan), where=known.any(axis=0))
    return np.where(known[-1], means, np.nan).tolist()
