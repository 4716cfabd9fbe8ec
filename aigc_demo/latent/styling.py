"""What may be asked of a generator with styles beyond z: another point's styles from some layer on, and its noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aigc_demo.networks.noise import noise_map
from aigc_demo.text import Text, VisitorError

MOST_NOISE = 4.0
MOST_SEED = 2**32 - 1

_NO_STYLES = Text("这个模型没有可混合的风格：请去掉“styles”。", "This model has no styles to mix: leave “styles” out.")
_WRONG = Text(
    "“styles”应为一个对象，其中只能有 z、from、noise、seed。",
    "“styles” must be an object with nothing but z, from, noise and seed in it.",
)
_FROM = Text(
    "“from”应为 0 到 {count} 的整数：从第几层起用另一张图的风格（{count} 为不混合）。",
    "“from” must be a whole number from 0 to {count}: the first layer with the other picture's style ({count} mixes none).",
)
_OTHER = Text(
    "要混合风格，“styles”里的 z 应为 {size} 个 −{most} 到 {most} 之间的数。",
    "To mix styles, z in “styles” must be {size} numbers between −{most} and {most}.",
)
_NOISE = Text("噪声强度“noise”应为 0 到 {most} 之间的数。", "“noise”, its strength, must be a number from 0 to {most}.")
_SEED = Text("噪声的“seed”应为 0 到 {most} 的整数。", "The noise's “seed” must be a whole number from 0 to {most}.")


@dataclass(frozen=True, eq=False)
class Styling:
    """Layers from `crossover` on are styled by `other` float32 [latent_size], which is None where none is mixed.

    `noise` multiplies the noise, 0 to 4; its pattern follows from `seed`, 0 being the one that the network has by itself.
    """

    other: np.ndarray | None = None
    crossover: int = 0
    noise: float = 1.0
    seed: int = 0

    def noise_maps(self, sizes: Sequence[tuple[int, int]]) -> list[np.ndarray]:
        """Float32 [H, W] for each layer with noise."""
        return [np.float32(self.noise) * noise_map(self.seed, place, *size) for place, size in enumerate(sizes)]


def read_styling(asked: Any, styles: int, latent_size: int, most: float) -> Styling:
    """What a request's “styles” asks for, of a model with so many `styles` and coordinates up to `most`.

    None asks for nothing. Raises `VisitorError` with what is wrong.
    """
    if asked is None:
        return Styling()
    if not styles:
        raise VisitorError(_NO_STYLES)
    if not isinstance(asked, Mapping) or not set(asked) <= {"z", "from", "noise", "seed"}:
        raise VisitorError(_WRONG)
    crossover, noise, seed = asked.get("from", styles), asked.get("noise", 1.0), asked.get("seed", 0)
    if not _is_whole(crossover, styles):
        raise VisitorError(_FROM.format(count=styles))
    if not _is_within(noise, 0.0, MOST_NOISE):
        raise VisitorError(_NOISE.format(most=f"{MOST_NOISE:g}"))
    if not _is_whole(seed, MOST_SEED):
        raise VisitorError(_SEED.format(most=MOST_SEED))
    z = asked.get("z")
    if z is None and crossover == styles:
        return Styling(None, crossover, float(noise), seed)
    if not isinstance(z, list) or len(z) != latent_size or not all(_is_within(value, -most, most) for value in z):
        raise VisitorError(_OTHER.format(size=latent_size, most=f"{most:g}"))
    return Styling(np.array(z, np.float32), crossover, float(noise), seed)


def _is_whole(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_within(value: Any, least: float, most: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most
