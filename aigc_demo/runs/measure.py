"""The figures of a run's end: a thousand images drawn from a fixed seed, and all that can be said of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo import data
from aigc_demo.checkpoints import Generator
from aigc_demo.networks import CLASSES
from aigc_demo.recipes import Plan
from aigc_demo.runs.adapting import read_start
from aigc_demo.runs.folder import RunFolder

SAMPLES = 1000
ADDED = 100  # of each class that was added to the digits
SEED = 12345  # of the latent points: the same for every run, so that runs compare

logger = logging.getLogger(__name__)

Draw = Callable[[np.ndarray, np.ndarray], np.ndarray]  # z, labels -> uint8 [n, 28, 28]


def figures_of(folder: RunFolder) -> dict[str, Any] | None:
    """The figures of the model that a run has left; of one that was adapted, `label_accuracy_before` as well.

    Raises `VisitorError` where it cannot be loaded.
    """
    return run_figures(folder.generator().render, folder.record.plan, folder.path)


def run_figures(draw: Draw, plan: Plan, path: Path) -> dict[str, Any] | None:
    """`final_figures` of the run in the folder `path`, which knows what it began with."""
    figures = final_figures(draw, plan)
    if figures is None or not plan.base or not plan.recipe.conditional or not data.is_digits(plan.dataset):
        return figures
    start = read_start(path, plan)
    before = final_figures(
        Generator.from_weights(replace(plan, class_names=plan.class_names[: start.classes]), start.generator).render,
        replace(plan, class_names=plan.class_names[: start.classes]),
    )
    return figures | {"label_accuracy_before": None if before is None else before["label_accuracy"]}


def final_figures(draw: Draw, plan: Plan) -> dict[str, Any] | None:
    """`metrics.report`'s figures of 1,000 images from `draw(z, labels) -> uint8 [n, 28, 28]`.

    Of digits to which classes were added, those of the digits, and for each class that was added the share of its
    images that look like its examples (`added`). Of other images than digits only how near they are to the training
    images. None where they cannot be had; a run's end must not depend on its examination.
    """
    from aigc_demo.metrics.report import evaluate_images, evaluate_others

    rng = np.random.default_rng(SEED)
    z = rng.standard_normal((SAMPLES, plan.recipe.latent_size)).astype(np.float32)
    try:
        if not data.is_digits(plan.dataset):
            labels = np.arange(SAMPLES, dtype=np.int64) % len(plan.class_names)
            return evaluate_others(draw(z, labels), data.load(plan.dataset))
        labels = np.arange(SAMPLES, dtype=np.int64) % CLASSES
        asked = labels if plan.recipe.conditional else None
        figures = evaluate_images(draw(z, labels), asked, sorts_itself=plan.sorts_itself)
        added = _added(draw, z[:ADDED], plan) if plan.recipe.conditional else {}
        return figures | ({"added": added} if added else {})
    except Exception:  # whatever goes wrong in there, the run itself is whole
        logger.exception("the final figures could not be computed")
        return None


def _added(draw: Draw, z: np.ndarray, plan: Plan) -> dict[str, float]:
    """For each class beyond the ten digits, how many of its images look like its examples."""
    from aigc_demo.metrics.added import share_like

    if len(plan.class_names) <= CLASSES:
        return {}
    dataset = data.load(plan.dataset)
    shares = {}
    for label in range(CLASSES, len(plan.class_names)):
        images = draw(z, np.full(len(z), label, np.int64))
        shares[plan.class_names[label]] = share_like(images, dataset.images[dataset.labels == label])
    return shares
