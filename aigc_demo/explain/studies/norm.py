"""What batch normalisation does to a batch: as in training, and as outside it, which a forgotten flag makes of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.explain.studies.base import Batch, Claim, Finding, layers_of, spreads
from aigc_demo.text import Text, VisitorError

_NONE = Text(
    "这个模型的生成器没有批归一化。请选随附的模型。",
    "This model's generator has no batch normalisation. Choose the shipped model.",
)


def study(batch: Batch) -> Finding:
    """The generator's first normalisation of maps (else its first), on what it is given in this batch.

    With training=True a channel leaves with mean beta and standard deviation |gamma| sqrt(v / (v + epsilon)), v being
    its variance in this batch (Ioffe & Szegedy 2015, arXiv:1502.03167). A fresh layer that is not told that it is being
    trained has moving moments 0 and 1, so that it divides everything by sqrt(1 + epsilon) and does nothing else.
    """
    layer = _chosen(batch.generator)
    before = batch.at("g", layer.input)
    gamma, beta = layer.gamma.numpy(), layer.beta.numpy()
    copy = _copy(layer, before.shape)
    copy.set_weights(layer.get_weights())
    frozen = np.asarray(copy(before, training=False))
    trained = np.asarray(copy(before, training=True))
    fresh = _copy(layer, before.shape)
    forgotten = np.asarray(fresh(before))
    told = np.asarray(fresh(before, training=True))
    axes = tuple(range(before.ndim - 1))
    variance = before.astype(np.float64).var(axes)
    right = np.abs(gamma) * np.sqrt(variance / (variance + layer.epsilon))
    alive = variance > layer.epsilon  # of a channel that is silent in this batch there is no spread to speak of
    off_std = np.abs(trained.std(axes) - right)[alive].max()
    off_mean = np.abs(trained.mean(axes) - beta).max()
    shrunk = float(1 / np.sqrt(1 + layer.epsilon))
    unit = np.sqrt(variance / (variance + layer.epsilon))
    return Finding(
        "g",
        layer.name,
        (
            Claim("mean", 0.0, float(off_mean), "≈", 1e-3),
            Claim("std", 0.0, float(off_std), "≈", 1e-3),
            Claim("forgotten", shrunk, float(forgotten.std() / before.std()), "≈", 1e-4),
            Claim("told", float(np.median(unit)), float(np.median(told.std(axes))), "≈", 1e-3),
        ),
        figures={"before": float(before.std()), "forgotten": float(forgotten.std()), "told": float(told.std())},
        spreads=spreads(before=before, training=trained, inference=frozen),
        channels={
            "before_mean": before.mean(axes), "before_std": before.std(axes),
            "training_mean": trained.mean(axes), "training_std": trained.std(axes),
            "inference_mean": frozen.mean(axes), "inference_std": frozen.std(axes),
        },
    )  # fmt: skip


def _chosen(generator: Any) -> Any:
    norms = layers_of(generator, "BatchNormalization")
    if not norms:
        raise VisitorError(_NONE)
    return next((layer for layer in norms if len(layer.input.shape) == 4), norms[0])


def _copy(layer: Any, shape: tuple[int, ...]) -> Any:
    """The same layer as it was before any training."""
    copy = type(layer).from_config(layer.get_config())
    copy.build(shape)
    return copy
