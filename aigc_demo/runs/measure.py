"""The figures of a run's end: a thousand digits drawn from a fixed seed, and all that can be said of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import numpy as np

from aigc_demo.recipes import Plan
from aigc_demo.runs.folder import RunFolder

SAMPLES = 1000
SEED = 12345  # of the latent points: the same for every run, so that runs compare

logger = logging.getLogger(__name__)


def figures_of(folder: RunFolder) -> dict[str, Any] | None:
    """The figures of the model that a run has left. Raises `VisitorError` where it cannot be loaded."""
    return final_figures(folder.generator().render, folder.record.plan)


def final_figures(draw: Callable[[np.ndarray, np.ndarray], np.ndarray], plan: Plan) -> dict[str, Any] | None:
    """`metrics.report`'s figures of 1,000 digits from `draw(z, labels) -> uint8 [n, 28, 28]`.

    None where they cannot be had; a run's end must not depend on its examination.
    """
    from aigc_demo.metrics.report import evaluate_images

    z = np.random.default_rng(SEED).standard_normal((SAMPLES, plan.recipe.latent_size)).astype(np.float32)
    labels = np.arange(SAMPLES, dtype=np.int64) % len(plan.class_names)
    try:
        return evaluate_images(
            draw(z, labels), labels if plan.recipe.conditional else None, sorts_itself=plan.sorts_itself
        )
    except Exception:  # whatever goes wrong in there, the run itself is whole
        logger.exception("the final figures could not be computed")
        return None
