"""Layers that act in training only (C12): what they do in a hand-written loop that does not say so."""

from __future__ import annotations

from math import sqrt

import numpy as np

from aigc_demo import backend
from aigc_demo.explain.experiments.base import MOST_IMAGES, Choice, Claim, Experiment, Frame, Outcome, Running, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.playing import as_pictures
from aigc_demo.networks import build_generator
from aigc_demo.text import Text

BN_EPSILON = 1e-3  # Keras's default
_SPREAD = 5.0  # of the batch that is normalised
_RATE = 0.3  # of the dropout


def _flags(bench: Bench, seed: int) -> Running:
    backend.load()
    from keras import layers

    draw = np.random.default_rng(seed)
    batch = draw.normal(3.0, _SPREAD, (2048, 8)).astype(np.float32)
    batch = (batch - batch.mean(axis=0)) / batch.std(axis=0) * np.float32(_SPREAD) + np.float32(3.0)
    norm, dropout = layers.BatchNormalization(), layers.Dropout(_RATE, seed=seed)
    ones = np.ones((2048, 64), np.float32)
    generator = build_generator("tutorial_cnn")
    z = draw.standard_normal((64, 100)).astype(np.float32)
    measured: dict[str, float] = {}
    sides: tuple[tuple[Side, dict[str, bool]], ...] = (("written", {}), ("corrected", {"training": True}))
    for side, flag in sides:
        after, kept = np.asarray(norm(batch, **flag)), np.asarray(dropout(ones, **flag))
        images = np.asarray(generator(z, **flag)).reshape(64, -1)
        measured |= {
            f"{side}_std": float(after.std(axis=0).mean()),
            f"{side}_mean": float(np.abs(after.mean(axis=0)).max()),
            f"{side}_zeros": float((kept == 0).mean()),
            f"{side}_expected": float(kept.mean()),
            f"{side}_images": float(images.std()),
        }
        rows = [
            (key.removeprefix(f"{side}_"), f"{value:.4f}") for key, value in measured.items() if key.startswith(side)
        ]
        yield Frame(side, 1.0, images=as_pictures(images[:MOST_IMAGES]), rows=rows)
    yield Outcome(measured)


C12 = Experiment(
    key="C12",
    question=Text(
        "自己写的训练循环里直接调用 `bn(x)`、`dropout(x)`，不写 `training=True`，会怎样？",
        "A hand-written training loop calls `bn(x)` and `dropout(x)` without `training=True`. What do they do?",
    ),
    choices=(
        Choice(Text("照常工作：带子里就算训练", "They work: inside a gradient tape it is training")),
        Choice(Text("什么也不做", "Nothing at all"), is_right=True),
        Choice(Text("报错", "They raise an error")),
    ),
    claims=(
        Claim(
            "written_std",
            "written",
            Text(
                rf"标准差为 {_SPREAD:g} 的一批经过 `bn(x)` 之后：${_SPREAD:g}/\sqrt{{1+\epsilon}}$",
                rf"a batch of standard deviation {_SPREAD:g} after `bn(x)`: ${_SPREAD:g}/\sqrt{{1+\epsilon}}$",
            ),
            "≈",
            _SPREAD / sqrt(1 + BN_EPSILON),
            1e-4,
        ),
        Claim(
            "written_zeros", "written", Text("`dropout(x)` 清零的比例", "share that `dropout(x)` sets to 0"), "=", 0.0
        ),
        Claim(
            "corrected_std",
            "corrected",
            Text("加上 `training=True`：标准差", "with `training=True`: standard deviation"),
            "≈",
            1.0,
            1e-3,
        ),
        Claim(
            "corrected_mean",
            "corrected",
            Text("加上 `training=True`：平均值", "with `training=True`: mean"),
            "≈",
            0.0,
            1e-5,
        ),
        Claim(
            "corrected_zeros",
            "corrected",
            Text("加上 `training=True`：清零的比例", "with `training=True`: share set to 0"),
            "≈",
            _RATE,
            0.01,
        ),
        Claim(
            "corrected_expected",
            "corrected",
            Text(r"留下的放大 $1/(1-p)$ 倍，平均不变", r"the rest is scaled by $1/(1-p)$: the mean stays"),
            "≈",
            1.0,
            0.01,
        ),
    ),
    run=_flags,
    seconds=2.0,
    left=Text("没有 training=True", "No training=True"),
    right=Text("training=True", "training=True"),
)

EXPERIMENTS = (C12,)
