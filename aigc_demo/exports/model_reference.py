"""What TensorFlow draws at a few points: what every exported generator is held against before it is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.checkpoints import Generator
from aigc_demo.latent import draw
from aigc_demo.text import Text, VisitorError

POINTS = 16
SEED = 0
GREYS = 127.5  # grey levels in one unit of an image, which reaches from -1 to 1

_OVERFLOWS = Text(
    "这个模型的数值溢出，没有图像可以导出。", "This model's numbers overflow: there are no pictures to export."
)
_DIFFERS = Text(
    "没有导出：写出的文件与 TensorFlow 画的图最多相差 {found} 个灰度级（0–255），超过了允许的 {most}。",
    "Nothing was exported: what was written draws other pictures than TensorFlow, by up to {found} of 255 grey levels, "
    "where {most} are allowed.",
)


@dataclass(frozen=True)
class Reference:
    """`z` float32 [16, latent_size]; `classes` one-hot float32 [16, classes], None for a model that takes none;
    `images` float32 [16, 28, 28, 1] in [-1, 1].
    """

    z: np.ndarray
    classes: np.ndarray | None
    images: np.ndarray

    @classmethod
    def of(cls, generator: Generator) -> Reference:
        """By TensorFlow, one operation at a time. Raises `VisitorError` where the generator's numbers overflow."""
        z = draw(SEED, POINTS, generator.latent_size)
        labels = np.eye(generator.classes, dtype=np.float32)[np.arange(POINTS) % generator.classes]
        images = generator.forward(tf.constant(z), tf.constant(labels)).numpy()
        if not np.isfinite(images).all():
            raise VisitorError(_OVERFLOWS)
        return cls(z, labels if generator.conditional else None, images)

    def inputs(self, count: int = POINTS) -> dict[str, np.ndarray]:
        """The first `count` points, by the names that the networks have for their inputs."""
        asked = {} if self.classes is None else {"label": self.classes[:count]}
        return {"z": self.z[:count], **asked}

    @property
    def pixels(self) -> np.ndarray:
        """uint8 [16, 28, 28], rounded as everywhere in the program."""
        return np.round(np.clip(self.images[..., 0] * GREYS + GREYS, 0.0, 255.0)).astype(np.uint8)

    def compare(self, drawn: np.ndarray) -> float:
        """The most by which `drawn`, which are the first of the images again, differ from them, in grey levels of 255.

        Not rounded to whole ones. Infinite where they are of another shape or no numbers.
        """
        images = np.asarray(drawn, np.float64)
        if images.ndim != 4 or images.shape[1:] != self.images.shape[1:] or not np.isfinite(images).all():
            return float("inf")
        return float(GREYS * np.abs(images - self.images[: len(images)]).max())


def check(differences: Sequence[float], most: float) -> float:
    """The largest of `differences`. Raises `VisitorError` where it is more than `most` grey levels."""
    found = max(differences)
    if not found <= most:
        raise VisitorError(_DIFFERS.format(found=f"{found:.3g}", most=f"{most:g}"))
    return found
