"""Measuring a model on this server, on request: one at a time for all visitors, with its progress told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.checkpoints import Generator
from aigc_demo.checkpoints.about import note_about
from aigc_demo.data import DIGITS
from aigc_demo.runs import desk
from aigc_demo.runs.desk import Desk
from aigc_demo.runs.measure import SEED
from aigc_demo.text import Refused, Text

LEAST, MOST, USUAL = 100, 10_000, 1_000  # images
_AT_ONCE = 100

FULL = Text(
    "前面已有 {n} 个模型在等着测量，请稍后再试。",
    "{n} models are already waiting to be measured; please try again a little later.",
)
BROKE_DOWN = Text("测量时出了内部错误，已记录下来。", "The measurement failed here; it has been noted.")
NO_DIGITS = Text(
    "这些指标衡量的是数字，而这个模型画的是别的东西，所以无法测量。",
    "The figures measure digits, and this model draws other things: it cannot be measured.",
)


@dataclass(frozen=True)
class Drawn:
    """So many of `total` images are drawn; when all are, they are being read."""

    done: int
    total: int


@dataclass(frozen=True)
class Measured:
    """All figures; they are noted beside the model."""

    figures: dict[str, Any]


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """One model to be measured on `count` images; `folder` is where its figures are noted."""

    generator: Generator
    folder: Path
    count: int


def check_measurable(generator: Generator) -> None:
    """Raises `Refused` for a model of other things than digits."""
    if generator.class_names != DIGITS:
        raise Refused(NO_DIGITS)


class Measuring(Desk[Ticket]):
    """For any thread."""

    def __init__(self) -> None:
        super().__init__("measuring", _measure, FULL, BROKE_DOWN)

    def most_waiting(self) -> int:
        return 8


def _measure(ticket: Ticket) -> Iterator[Drawn | Measured]:
    """The same points as at the end of a run, so that a model measured twice on as many images gets the same figures."""
    from aigc_demo.metrics.report import evaluate_images

    generator, count = ticket.generator, ticket.count
    z = np.random.default_rng(SEED).standard_normal((count, generator.latent_size)).astype(np.float32)
    labels = np.arange(count, dtype=np.int64) % len(generator.class_names)
    parts = []
    yield Drawn(0, count)
    for start in range(0, count, _AT_ONCE):
        parts.append(generator.render(z[start : start + _AT_ONCE], labels[start : start + _AT_ONCE]))
        yield Drawn(min(count, start + _AT_ONCE), count)
    figures = evaluate_images(
        np.concatenate(parts),
        labels if generator.conditional else None,
        sorts_itself=generator.plan.sorts_itself,
    )
    yield from _noted(ticket, figures)


def _noted(ticket: Ticket, figures: dict[str, Any]) -> Iterator[Measured]:
    kept = {key: list(map(int, value)) if key == "categories" else value for key, value in figures.items()}
    kept = {key: value for key, value in kept.items() if value is not None}
    if not ticket.left.is_set():
        note_about(ticket.folder, measured=kept)
        yield Measured(figures)
