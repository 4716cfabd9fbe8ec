"""What a stride does: the same convolution everywhere, of which only every so many places are kept."""

from __future__ import annotations

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.studies.base import Batch, Claim, Finding, Picture, layers_of
from aigc_demo.text import Text, VisitorError

SHOWN = 6  # of the channels, those with the largest answers

_NONE = Text(
    "这个模型的判别器没有跨步卷积。请选随附的模型。",
    "This model's discriminator has no strided convolution. Choose the shipped model.",
)


def study(batch: Batch) -> Finding:
    """The discriminator's first strided convolution on the real digits of this batch."""
    layer = next((each for each in layers_of(batch.discriminator, "Conv2D") if each.strides[0] > 1), None)
    if layer is None:
        raise VisitorError(_NONE)
    before = batch.at("d", layer.input, batch.real)
    after = batch.at("d", layer.output, batch.real)
    kernel, stride = layer.kernel.numpy(), layer.strides[0]
    dense = tf.nn.conv2d(before, kernel, 1, layer.padding.upper()).numpy()
    dense = dense + (layer.bias.numpy() if layer.use_bias else 0.0)
    start = first_kept(before.shape[1], kernel.shape[0], stride) if layer.padding == "same" else 0
    kept = dense[:, start::stride, start::stride][:, : after.shape[1], : after.shape[2]]
    costs = [float(np.prod(kernel.shape) * np.prod(maps.shape[1:3])) for maps in (dense, after)]
    first = np.argsort(-np.abs(dense[0]).max((0, 1)))[:SHOWN]
    return Finding(
        "d",
        layer.name,
        (
            Claim("same", 0.0, float(np.abs(kept - after).max() / np.abs(after).max()), "≈", 1e-5),
            Claim("cost", float(stride**2), costs[0] / costs[1], "≈", 0.02),
        ),
        figures={
            "stride": float(stride), "kernel": float(kernel.shape[0]), "start": float(start),
            "dense": costs[0], "strided": costs[1], "side": float(after.shape[1]),
        },
        pictures=(
            Picture("image", "ink", before[0, :, :, :1]),
            Picture("dense", "signed", dense[0][..., first]),
            Picture("kept", "signed", _only(dense[0][..., first], start, stride)),
            Picture("after", "signed", after[0][..., first]),
        ),
    )  # fmt: skip


def first_kept(side: int, kernel: int, stride: int) -> int:
    """Which place of the dense convolution is the first place of the strided one, both with padding "same".

    Padding is split in two, the smaller half in front; with a stride there is less of it.
    """
    out = -(-side // stride)
    return (kernel - 1) // 2 - max((out - 1) * stride + kernel - side, 0) // 2


def _only(maps: np.ndarray, start: int, stride: int) -> np.ndarray:
    """Maps [h, w, n] with nothing left but the places that the stride visits."""
    sparse = np.zeros_like(maps)
    sparse[start::stride, start::stride] = maps[start::stride, start::stride]
    return sparse
