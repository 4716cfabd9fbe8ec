"""When generated digits count as recognisable: the one definition that the page and the benchmarks share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from aigc_demo.metrics.classes import class_kl, label_accuracy
from aigc_demo.metrics.features import feature_net

SAMPLES = 1000  # the per-class Gaussian was measured on as many, and digit-FD depends on the number
LEAST_ACCURACY = 0.90
MOST_CLASS_KL = 0.05


class Quality(NamedTuple):
    """The three figures that decide it, and the digit-FD that a sampler without any GAN reaches."""

    label_accuracy: float | None  # None where no label was asked for
    class_kl: float
    digit_fd: float
    yardstick: float

    @property
    def recognisable(self) -> bool:
        """The classifier reads what was asked, every class comes, and a Gaussian per class is beaten."""
        is_as_asked = self.label_accuracy is None or self.label_accuracy >= LEAST_ACCURACY
        return is_as_asked and self.class_kl < MOST_CLASS_KL and self.digit_fd < self.yardstick


def judge(images: np.ndarray, labels: np.ndarray | None) -> Quality:
    """The quality of images uint8 [n, 28, 28], asked to be the digits `labels` [n] or any; meant for n = 1,000, n >= 2."""
    net = feature_net()
    reading = net.read(images)
    return Quality(
        None if labels is None else label_accuracy(reading.predicted, labels),
        class_kl(reading.predicted),
        net.digit_fd(reading.features),
        net.yardsticks["per_class_gaussian"],
    )


def is_recognisable(images: np.ndarray, labels: np.ndarray | None) -> bool:
    """Whether these 1,000 images pass for digits; see `Quality.recognisable`."""
    return judge(images, labels).recognisable
