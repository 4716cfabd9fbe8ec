"""All figures of a set of generated digits in one dict: what `evaluate`, a run's end and a model's card print."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from aigc_demo.data import Dataset, load
from aigc_demo.metrics.classes import class_kl, label_accuracy
from aigc_demo.metrics.distances import kernel_distance, neighbourhood
from aigc_demo.metrics.features import feature_net
from aigc_demo.metrics.matching import match
from aigc_demo.metrics.memorising import memorisation
from aigc_demo.text import Text

BLOCKS = 5  # of KID
NEIGHBOURS = 5  # of precision, recall, density and coverage
HELD_OUT = 1000  # KID, the neighbourhoods and memorisation look at no more fakes than there are held-out digits

# What each figure is called, in the order in which people are shown them.
FIGURES = {
    "digit_fd": Text("digit-FD（越小越好）", "digit-FD (lower is better)"),
    "digit_fd_floor": Text("同样数量的真数字得到的 digit-FD", "digit-FD of as many real digits"),
    "kid": Text("KID", "KID"),
    "precision": Text("精确率", "precision"),
    "recall": Text("召回率", "recall"),
    "density": Text("密度", "density"),
    "coverage": Text("覆盖率", "coverage"),
    "class_kl": Text("类别分布对均匀分布的 KL", "KL of the classes from uniform"),
    "label_accuracy": Text("画对所要数字的比例", "share that is the digit asked for"),
    "memorisation": Text(
        "与最近训练图的距离（真数字 = 1）", "distance to the nearest training digit (real digits = 1)"
    ),
}
_MATCHED = Text("类别与数字相符的比例，按最佳配对", "share whose category agrees with its digit, by the best matching")


def name_of(key: str, figures: Mapping[str, Any]) -> Text:
    """What the figure `key` is called; a model that found its `categories` by itself was asked for no digit."""
    return _MATCHED if key == "label_accuracy" and figures.get("categories") else FIGURES[key]


@lru_cache(maxsize=1)
def _held_out_features() -> np.ndarray:
    """[1000, 64] of the held-out digits, which generated ones are compared with beside the reference moments."""
    return feature_net().read(load("digits5k").held_out).features


def evaluate_images(
    images: np.ndarray, labels: np.ndarray | None = None, seed: int = 0, sorts_itself: bool = False
) -> dict[str, Any]:
    """Every figure of images uint8 [n, 28, 28], n >= 1; `labels` [n] are the digits that were asked for, if any were.
    Of a model that `sorts_itself` they are categories, whose digits (`categories`) are found by the best matching.

    `digit_fd` uses all images, against the reserved digits; `digit_fd_floor` is what n real digits would score.
    `kid` (with its standard error) and the neighbourhoods compare at most 1,000 of them, chosen by `seed`, with the
    1,000 held-out digits. `memorisation` is the median distance to the nearest training digit, divided by the same for
    held-out digits: near 0 means copies, 1 as new as real digits are. A figure that needs more images is None.
    """
    if len(images) < 1:
        raise ValueError("there is nothing to evaluate")
    reading = feature_net().read(images)
    return {
        **distances_to_digits(reading.features, seed),
        "class_kl": class_kl(reading.predicted),
        **asked_for(reading.predicted, labels, sorts_itself),
        "memorisation": memorisation(_some(images, seed), load("digits5k")),
        "n": len(images),
    }


def evaluate_others(images: np.ndarray, dataset: Dataset) -> dict[str, Any]:
    """What can be said of images uint8 [n, 28, 28] that are no digits: our feature net has seen nothing else."""
    return {**dict.fromkeys(FIGURES), "memorisation": memorisation(images[:HELD_OUT], dataset), "n": len(images)}


def asked_for(predicted: np.ndarray, labels: np.ndarray | None, sorts_itself: bool) -> dict[str, Any]:
    """`label_accuracy`, and `categories` where it took a matching to say."""
    if labels is None:
        return {"label_accuracy": None}
    if not sorts_itself:
        return {"label_accuracy": label_accuracy(predicted, labels)}
    matching = match(predicted, labels)
    return {"label_accuracy": matching.accuracy, "categories": matching.digits}


def distances_to_digits(features: np.ndarray, seed: int) -> dict[str, float | None]:
    """Digit-FD, KID and the neighbourhoods of features [n, 64], as `evaluate_images` describes them."""
    net, enough = feature_net(), len(features) >= 2
    # Both sets may come sorted by class: unshuffled, each of KID's blocks would compare a few classes with others.
    fake, real = _some(features, seed), np.random.default_rng([seed, 1]).permutation(_held_out_features())
    return {
        "digit_fd": net.digit_fd(features) if enough else None,
        "digit_fd_floor": net.floor(len(features)) if enough else None,
        **_kernel(real, fake),
        **_neighbourhood(real, fake),
    }


def _some(rows: np.ndarray, seed: int) -> np.ndarray:
    """At most 1,000 of `rows`, in an order that `seed` decides; the same ones of images and of their features."""
    return rows[np.random.default_rng(seed).permutation(len(rows))[:HELD_OUT]]


def _kernel(real: np.ndarray, fake: np.ndarray) -> dict[str, float | None]:
    if len(fake) < 2 * BLOCKS:
        return {"kid": None, "kid_error": None}
    distance = kernel_distance(fake, real, BLOCKS)
    return {"kid": distance.value, "kid_error": distance.error}


def _neighbourhood(real: np.ndarray, fake: np.ndarray) -> dict[str, float | None]:
    if len(fake) <= NEIGHBOURS:
        return dict.fromkeys(("precision", "recall", "density", "coverage"))
    return neighbourhood(real, fake, NEIGHBOURS)._asdict()
