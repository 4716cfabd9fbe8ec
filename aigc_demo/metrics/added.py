"""Classes that our digit classifier does not know: whether images look like the few examples there are of one."""

from __future__ import annotations

import numpy as np

from aigc_demo.data import load
from aigc_demo.metrics.distances import nearest_rows
from aigc_demo.metrics.features import feature_net


def share_like(images: np.ndarray, examples: np.ndarray) -> float:
    """Share of images uint8 [n, 28, 28] that are nearer to one of the `examples` [m, 28, 28] than to any held-out digit.

    In the feature net's space; its 1,000 held-out digits outnumber the examples, which is to the images' disadvantage.
    """
    net = feature_net()
    looked, own, digits = (net.glance(part) for part in (images, examples, load("digits5k").held_out))
    return float((nearest_rows(looked, own) < nearest_rows(looked, digits)).mean())
