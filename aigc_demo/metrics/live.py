"""The figures of a probe: all that can be said of some five hundred digits, fast enough to be told while a run goes on.

The distances are `report`'s; added is what a diagnosis needs beside them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.data import Dataset, load
from aigc_demo.metrics.classes import CLASSES, class_histogram, class_kl
from aigc_demo.metrics.diversity import diversity, spread
from aigc_demo.metrics.features import feature_net
from aigc_demo.metrics.memorising import memorisation
from aigc_demo.metrics.report import FIGURES, asked_for, distances_to_digits

COMPARED = 256  # so many images, at most, are compared with the training digits pixel by pixel


def live_figures(
    images: np.ndarray,
    labels: np.ndarray | None = None,
    seed: int = 0,
    d_scores_train: np.ndarray | None = None,
    d_scores_held_out: np.ndarray | None = None,
    d_scores_fake: np.ndarray | None = None,
    dataset: Dataset | None = None,
    sorts_itself: bool = False,
) -> dict[str, Any]:
    """Every figure of images uint8 [n, 28, 28], n >= 1, drawn by a run that learns from `dataset` (`digits5k`).

    `labels` [n] are the digits that were asked for, if any were (see `report.evaluate_images`). The scores are D's raw logits of training digits, of
    digits it never saw and of fakes; without them the gaps are None. `classes` are the shares of what the feature net
    reads, `data_classes` those of the dataset. A figure that needs more images is None.
    """
    if len(images) < 1:
        raise ValueError("there is nothing to look at")
    data = load("digits5k") if dataset is None else dataset
    chosen = np.random.default_rng(seed).permutation(len(images))[:COMPARED]
    return {
        **(_of_digits(images, labels, seed, data, sorts_itself) if data.is_digits else _NO_DIGITS),
        **spread(images, None if data.is_digits else data.images[:COMPARED]),
        "memorisation": memorisation(images[chosen], data),
        **_overfitting(d_scores_train, d_scores_held_out, d_scores_fake),
        "n": len(images),
        "seed": seed,
    }


def _of_digits(
    images: np.ndarray, labels: np.ndarray | None, seed: int, data: Dataset, sorts_itself: bool
) -> dict[str, Any]:
    """What the feature net says; of classes beyond the ten digits, which it does not know, nothing is asked of it."""
    known = np.ones(len(images), bool) if labels is None else labels < CLASSES
    reading = feature_net().read(images[known])
    return {
        **distances_to_digits(reading.features, seed),
        "class_kl": class_kl(reading.predicted),
        "classes": class_histogram(reading.predicted).tolist(),
        "data_classes": class_histogram(data.labels[data.labels < CLASSES]).tolist(),
        **asked_for(reading.predicted, None if labels is None else labels[known], sorts_itself),
        "diversity": diversity(reading.features, reading.predicted),
    }


# Of other images than digits the feature net knows nothing.
_NO_DIGITS: dict[str, Any] = {
    **dict.fromkeys(key for key in FIGURES if key != "memorisation"),
    **dict.fromkeys(("kid_error", "diversity")),
    "classes": [],
    "data_classes": [],
}


def _overfitting(
    train: np.ndarray | None, held_out: np.ndarray | None, fake: np.ndarray | None
) -> dict[str, float | None]:
    """`d_gap`: how much higher D rates what it was trained on. `d_gap_share`: the part of its lead over fakes that it
    has only there, from 0 (it judges digits) to 1 (digits it never saw look to it like fakes).
    """
    if train is None or held_out is None or not len(train) or not len(held_out):
        return {"d_gap": None, "d_gap_share": None}
    gap = float(np.mean(train) - np.mean(held_out))
    lead = None if fake is None or not len(fake) else float(np.mean(train) - np.mean(fake))
    share = None if lead is None or lead <= 0.0 else min(max(gap / lead, 0.0), 1.0)
    return {"d_gap": gap, "d_gap_share": share}
