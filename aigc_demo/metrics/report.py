"""All figures of a set of generated digits in one dict: what `evaluate`, a run's end and a model's card print."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from aigc_demo.data import Dataset, load
from aigc_demo.metrics.classes import class_kl, label_accuracy
from aigc_demo.metrics.distances import kernel_distance, nearest_distances, neighbourhood
from aigc_demo.metrics.features import feature_net
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


class _References(NamedTuple):
    """What generated digits are compared with, beside the reference moments that the feature net carries."""

    features: np.ndarray  # [1000, 64] of the held-out digits
    training: np.ndarray  # uint8 [4000, 28, 28]
    held_out_distance: float  # median distance of a held-out digit to its nearest training digit


@lru_cache(maxsize=1)
def _references() -> _References:
    digits: Dataset = load("digits5k")
    nearest = nearest_distances(digits.held_out, digits.images)
    return _References(feature_net().read(digits.held_out).features, digits.images, float(np.median(nearest)))


def evaluate_images(
    images: np.ndarray, labels: np.ndarray | None = None, seed: int = 0
) -> dict[str, float | int | None]:
    """Every figure of images uint8 [n, 28, 28], n >= 1; `labels` [n] are the digits that were asked for, if any were.

    `digit_fd` uses all images, against the reserved digits; `digit_fd_floor` is what n real digits would score.
    `kid` (with its standard error) and the neighbourhoods compare at most 1,000 of them, chosen by `seed`, with the
    1,000 held-out digits. `memorisation` is the median distance to the nearest training digit, divided by the same for
    held-out digits: near 0 means copies, 1 as new as real digits are. A figure that needs more images is None.
    """
    if len(images) < 1:
        raise ValueError("there is nothing to evaluate")
    net, references = feature_net(), _references()
    reading = net.read(images)
    generator = np.random.default_rng(seed)
    # Both sets come sorted by class: unshuffled, each of KID's blocks would compare a few classes with others.
    fake = generator.permutation(len(images))[:HELD_OUT]
    real = references.features[generator.permutation(len(references.features))]
    return {
        "digit_fd": net.digit_fd(reading.features) if len(images) >= 2 else None,
        "digit_fd_floor": net.floor(len(images)) if len(images) >= 2 else None,
        **_kernel(real, reading.features[fake]),
        **_neighbourhood(real, reading.features[fake]),
        "class_kl": class_kl(reading.predicted),
        "label_accuracy": None if labels is None else label_accuracy(reading.predicted, labels),
        "memorisation": float(np.median(nearest_distances(images[fake], references.training)))
        / references.held_out_distance,
        "n": len(images),
    }


def _kernel(real: np.ndarray, fake: np.ndarray) -> dict[str, float | None]:
    if len(fake) < 2 * BLOCKS:
        return {"kid": None, "kid_error": None}
    distance = kernel_distance(fake, real, BLOCKS)
    return {"kid": distance.value, "kid_error": distance.error}


def _neighbourhood(real: np.ndarray, fake: np.ndarray) -> dict[str, float | None]:
    if len(fake) <= NEIGHBOURS:
        return dict.fromkeys(("precision", "recall", "density", "coverage"))
    return neighbourhood(real, fake, NEIGHBOURS)._asdict()
