"""How small maps become large ones: by turning channels into pixels, or by a transposed convolution."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.explain.studies.base import Batch, Claim, Finding, Picture, layers_of
from aigc_demo.text import Text, VisitorError

SIDE = 7  # of the maps that a transposed convolution is tried on
FILTERS = 2048  # random ones: the mean square of so many has a relative error of 3 %, sqrt(2 / 2048)

_NO_SHUFFLE = Text(
    "这个模型的生成器没有像素重排。请选随附的模型。",
    "This model's generator has no pixel shuffle. Choose the shipped model.",
)
_NO_MAPS = Text(
    "这个模型的生成器不把小图放大：它直接写出 784 个像素。请选随附的模型。",
    "This model's generator does not enlarge maps: it writes its 784 pixels at once. Choose the shipped model.",
)


def shuffle(batch: Batch) -> Finding:
    """The generator's first pixel shuffle: out[ri+a, rj+b, c] = in[i, j, (ra+b)C + c], no number changed."""
    layer = next(iter(layers_of(batch.generator, "PixelShuffle")), None)
    if layer is None:
        raise VisitorError(_NO_SHUFFLE)
    before, after = batch.at("g", layer.input), batch.at("g", layer.output)
    r, channels = layer.factor, after.shape[-1]
    wrong = sum(
        int((after[:, a::r, b::r] != before[..., (r * a + b) * channels : (r * a + b + 1) * channels]).sum())
        for a in range(r)
        for b in range(r)
    )
    loudest = int(np.argmax(after[0].std((0, 1))))
    parts = before[0][..., loudest::channels]
    return Finding(
        "g",
        layer.name,
        (
            Claim("moved", 0.0, float(wrong)),
            Claim("numbers", float(before[0].size), float(after[0].size)),
            Claim("mean", float(before.mean(dtype=np.float64)), float(after.mean(dtype=np.float64)), "≈", 1e-6),
        ),
        figures={"factor": float(r), "from": float(before.shape[1]), "to": float(after.shape[1]),
                 "channels": float(before.shape[-1]), "left": float(channels)},
        pictures=(
            Picture("parts", "plain", parts),
            Picture("whole", "plain", after[0][..., loudest : loudest + 1]),
            Picture("image", "ink", batch.fake[0]),
        ),
    )  # fmt: skip


def transposed(batch: Batch) -> Finding:
    """Transposed convolutions of stride 2 with kernels 4 and 5: how many numbers of the kernel meet in each pixel.

    With k = 4 it is four everywhere; with k = 5 it is 3 x 3, 3 x 2, 2 x 3 or 2 x 2 in turn, a chequerboard before
    anything is learnt (Odena et al. 2016). For random kernels the energy of a pixel is in proportion.
    """
    even, odd = _met(4), _met(5)
    inner = (slice(4, -4), slice(4, -4))
    name, maps = _feature_maps(batch)
    low, high = (float(np.sort(np.unique(odd[inner]))[place]) for place in (0, -1))
    energy = _strength(5, np.ones((SIDE, SIDE, 1), np.float32))[..., 0][inner] ** 2
    return Finding(
        "g",
        name,
        (
            Claim("even", 0.0, float(np.ptp(even[inner])), "=", 1e-4),
            Claim("odd_low", 4.0, low, "=", 1e-4),
            Claim("odd_high", 9.0, high, "=", 1e-4),
            Claim("energy", 9 / 4, float(energy.max() / energy.min()), "≈", 0.3),
        ),
        pictures=(
            Picture("met4", "plain", even[..., None]),
            Picture("met5", "plain", odd[..., None]),
            Picture("maps", "plain", maps),
            Picture("enlarged4", "plain", _strength(4, maps)),
            Picture("enlarged5", "plain", _strength(5, maps)),
        ),
    )


def _feature_maps(batch: Batch) -> tuple[str, np.ndarray]:
    """The generator's first 7 x 7 activations for the first image: the layer's name, and up to eight maps [7, 7, n]."""
    for layer in layers_of(batch.generator, "ReLU", "LeakyReLU", "Reshape"):
        if tuple(layer.output.shape[1:3]) == (SIDE, SIDE):
            maps = batch.at("g", layer.output)[0]
            return layer.name, maps[..., np.argsort(-maps.std((0, 1)))[:8]]
    raise VisitorError(_NO_MAPS)


def _met(kernel: int) -> np.ndarray:
    """How many numbers of the kernel meet in each pixel, float32 [14, 14]: all of them 1, and so is the input."""
    return _enlarged(_layer(1, kernel, "ones"), np.ones((1, SIDE, SIDE, 1), np.float32))[0, ..., 0]


def _strength(kernel: int, maps: np.ndarray) -> np.ndarray:
    """`maps` [7, 7, n] enlarged by random kernels: the root mean square over FILTERS of them, float32 [14, 14, 1]."""
    import keras

    layer = _layer(FILTERS, kernel, keras.initializers.RandomNormal(stddev=1.0, seed=0))
    return np.sqrt((_enlarged(layer, maps[None]) ** 2).mean(-1))[0][..., None]


def _layer(filters: int, kernel: int, weights: Any) -> Any:
    import keras

    return keras.layers.Conv2DTranspose(
        filters, kernel, strides=2, padding="same", use_bias=False, kernel_initializer=weights
    )


def _enlarged(layer: Any, maps: np.ndarray) -> np.ndarray:
    return np.asarray(layer(maps))
