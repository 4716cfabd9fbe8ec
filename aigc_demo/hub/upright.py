"""Whether letters stand upright. EMNIST's files hold every image transposed, and some copies have put that right."""

from __future__ import annotations

import numpy as np


def is_transposed(images: np.ndarray, labels: np.ndarray, tall: tuple[int, ...]) -> bool:
    """Whether `images` uint8 [n, h, w] are transposed, judged by the classes `tall`, which are higher than wide.

    A letter I is spread along its rows when it stands (the variance of its ink's height exceeds that of its width), and
    along its columns when it was transposed. The majority decides; where there is none of these letters, they stand.
    """
    ink = images[np.isin(labels, tall)].astype(np.float64)
    ink = ink[ink.sum(axis=(1, 2)) > 0]
    if not len(ink):
        return False
    return bool(np.mean(_spread(ink.sum(axis=2)) < _spread(ink.sum(axis=1))) > 0.5)


def _spread(ink: np.ndarray) -> np.ndarray:
    """The variance of the place of the ink [n, places], weighted by it: [n]."""
    places = np.arange(ink.shape[1])
    share = ink / ink.sum(axis=1, keepdims=True)
    middle = (share * places).sum(axis=1, keepdims=True)
    return (share * (places - middle) ** 2).sum(axis=1)
