"""What PacGAN's Table 1 counts, and its published rows beside ours."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

NEAR = 3.0  # standard deviations of a mode
SEEN = 20  # points that make a mode more than a stray


class Mixture(NamedTuple):
    """Equally likely round Gaussians around `modes` [K, 2]."""

    modes: np.ndarray
    sigma: float


_ANGLES = 2 * np.pi * np.arange(8) / 8
_LINE = (-4.0, -2.0, 0.0, 2.0, 4.0)
DATA = {
    "ring": Mixture(np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1), 0.01),
    "grid": Mixture(np.array(list(itertools.product(_LINE, _LINE))), 0.05),
}

PUBLISHED_STEPS, PUBLISHED_RUNS = 400_000, 10
PUBLISHED: dict[str, dict[int, dict[str, float]]] = {
    "ring": {
        1: {"modes": 6.3, "quality": 0.982, "reverse_kl": 0.45},
        2: {"modes": 7.9, "quality": 0.956, "reverse_kl": 0.07},
    },
    "grid": {
        1: {"modes": 17.3, "quality": 0.948, "reverse_kl": 0.70},
        2: {"modes": 23.8, "quality": 0.913, "reverse_kl": 0.13},
    },
}
PERFECT_QUALITY = 1 - math.exp(-(NEAR**2) / 2)  # of a perfect sampler, in two dimensions


def figures(points: np.ndarray, mixture: Mixture) -> dict[str, Any]:
    """Of `points` [n, 2]: modes that any and that 20 good points hit, the good ones' share, and KL(q || uniform) in nats.

    q is the distribution of the good points over the modes; the KL is None where no point is good.
    """
    squares = ((points[:, None] - mixture.modes) ** 2).sum(axis=2)
    good = squares.min(axis=1) < (NEAR * mixture.sigma) ** 2
    counts = np.bincount(squares.argmin(axis=1)[good], minlength=len(mixture.modes))
    shares = counts[counts > 0] / max(1, counts.sum())
    divergence = math.log(len(counts)) + float((shares * np.log(shares)).sum())
    return {
        "modes": int((counts > 0).sum()),
        "modes_20": int((counts >= SEEN).sum()),
        "quality": float(good.mean()),
        "reverse_kl": max(0.0, divergence) if counts.any() else None,
    }


def summarise(made: Sequence[dict[str, Any]], steps: int, seeds: int, machine: str) -> dict[str, Any]:
    """The result: each cell's median and range over the runs that are done, and the published figures."""
    cells = {}
    for data, rows in PUBLISHED.items():
        for pac, published in rows.items():
            here = [run for run in made if (run["data"], run["pac"]) == (data, pac)]
            keys = ("modes", "modes_20", "quality", "reverse_kl", "seconds") if here else ()
            found = {key: _spread([run[key] for run in here]) for key in keys}
            cells[f"{data}/{pac}"] = {"runs": len(here), "seeds": [run["seed"] for run in here], **found,
                                      "published": published}  # fmt: skip
    return {
        "machine": machine,
        "steps": steps,
        "runs_done": len(made),
        "runs_wanted": seeds * len(cells),
        "published_steps": PUBLISHED_STEPS,
        "published_runs": PUBLISHED_RUNS,
        "perfect_quality": PERFECT_QUALITY,
        "cells": cells,
        "runs": list(made),
    }


def _spread(values: Sequence[float | None]) -> dict[str, float] | None:
    """Mean, as the paper states it, median and range; None where no run has a value."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return {
        "mean": float(np.mean(known)),
        "median": float(np.median(known)),
        "least": float(min(known)),
        "most": float(max(known)),
    }
