"""What the training digits of `digits5k` are like on average: the numbers that the tutorial's distance term runs into.

Reading them must not cost the seconds that parsing the digits takes, so they are committed beside this file; a test
measures the digits again and compares.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from aigc_demo.data import Dataset, to_unit_range

FILE = "digits5k_moments.json"


@dataclass(frozen=True)
class Moments:
    """Moments of images with pixels in [-1, 1], as sums over the 784 pixels.

    `spread` is tr Cov(x) = E||x - mu||^2; `spread_within_class` the same around each digit's own mean;
    `farthest` is the largest E||g - x||^2 that a single image g in [-1, 1] can have; `dark_on_average` counts the
    pixels whose mean is below mid-grey.
    """

    dataset: str
    fingerprint: str
    images: int
    spread: float
    spread_within_class: float
    farthest: float
    dark_on_average: int
    pixels: int
    mean_hex: str  # the mean image as 784 bytes, 0 = background, 255 = ink

    @property
    def mean_image(self) -> np.ndarray:
        """The average digit, uint8 [28, 28]."""
        return np.frombuffer(bytes.fromhex(self.mean_hex), np.uint8).reshape(28, 28)

    @property
    def mean_pixel(self) -> float:
        """The mean of all pixels of all images, in [-1, 1]."""
        return float(self.mean_image.mean()) / 127.5 - 1.0

    @property
    def from_grey(self) -> float:
        """||mu||^2: how far the average digit is from a plain mid-grey picture, which is what an untrained G draws."""
        return float(np.square(self.mean_image / 127.5 - 1.0).sum())

    @property
    def farthest_image(self) -> np.ndarray:
        """The image with the largest mean squared distance to the digits, uint8 [28, 28]."""
        return np.where(self.mean_image < 128, 255, 0).astype(np.uint8)


def measure(dataset: Dataset) -> Moments:
    """The moments of `dataset`'s training images, in float64."""
    images = to_unit_range(dataset.images).reshape(len(dataset.images), -1).astype(np.float64)
    mean = images.mean(axis=0)
    spread = float(images.var(axis=0).sum())
    within = sum(
        float(images[dataset.labels == digit].var(axis=0).sum()) * float((dataset.labels == digit).mean())
        for digit in np.unique(dataset.labels)
    )
    return Moments(
        dataset=dataset.name,
        fingerprint=dataset.fingerprint,
        images=len(images),
        spread=spread,
        spread_within_class=within,
        # E||g - x||^2 = ||g - mu||^2 + spread is convex in each pixel, so its maximum sits in the corner -sign(mu)
        farthest=float(np.square(1.0 + np.abs(mean)).sum()) + spread,
        dark_on_average=int((mean < 0).sum()),
        pixels=images.shape[1],
        mean_hex=np.round((mean + 1.0) * 127.5).astype(np.uint8).tobytes().hex(),
    )


@lru_cache(maxsize=1)
def digits5k() -> Moments:
    """The committed moments of the 4,000 training digits."""
    return Moments(**json.loads(files("aigc_demo.explain").joinpath(FILE).read_text(encoding="utf-8")))


def write(moments: Moments, folder: Path) -> None:
    """Write the committed file anew, after the split of the digits has changed."""
    (folder / FILE).write_text(json.dumps(asdict(moments), indent=1) + "\n", encoding="utf-8")
