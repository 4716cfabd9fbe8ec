"""Words about convolutions over code that is dense (C10): the same fixed shuffle of the pixels, for both kinds of nets."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from math import ceil

import numpy as np

from aigc_demo.data import Dataset, load
from aigc_demo.explain.experiments.base import (
    MOST_IMAGES,
    Choice,
    Claim,
    Experiment,
    Frame,
    Outcome,
    Running,
    Series,
    Side,
)
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.playing import as_pictures, sample, side_by_side
from aigc_demo.metrics.classes import label_accuracy
from aigc_demo.metrics.features import feature_net
from aigc_demo.networks import CLASSES, build_discriminator, build_generator
from aigc_demo.recipes import make_plan
from aigc_demo.text import Text

_STEPS = 200
_FRAMES = 10  # of each run


def _shuffled(bench: Bench, seed: int) -> Running:
    order = np.random.default_rng(seed).permutation(28 * 28)
    dense, conv = yield from side_by_side(_dense(bench, order, seed), _conv(bench, order, seed))
    yield Outcome({**dense, **conv, **_layer_counts()})


def _dense(bench: Bench, order: np.ndarray, seed: int) -> Generator[Frame, None, dict[str, float]]:
    digits = load("digits5k")
    plan = make_plan("tutorial_4_3_repaired", seed=seed, settings={"batch_size": 64})
    trainer = bench.trainer(plan, digits)
    start = trainer.state()
    curves = []
    for half, (dataset, key) in enumerate(((digits, "d_total"), (_in_order(digits, order), "d_shuffled"))):
        trainer.reset(plan, dataset)
        trainer.restore(_rearranged(start, order) if half else start)
        curve: list[float] = []
        while trainer.step < _STEPS:
            values = trainer.steps(ceil(_STEPS / _FRAMES)).values[:, trainer.keys.index("d_total")]
            curve += values.tolist()
            images = sample(trainer, MOST_IMAGES)
            pictures = as_pictures(_back(images, order) if half else images)
            progress = (half + trainer.step / _STEPS) / 2
            yield Frame("written", progress, trainer.step, {key: float(values.mean())}, pictures)
        curves.append(np.array(curve))
    return {"dense": float(np.abs(curves[0] - curves[1]).max())}


def _conv(bench: Bench, order: np.ndarray, seed: int) -> Generator[Frame, None, dict[str, float]]:
    digits = load("digits5k")
    plan = make_plan("fast", seed=seed)
    trainer = bench.trainer(plan, digits)
    accuracies = {}
    asked = np.arange(400) % CLASSES
    points = np.random.default_rng(1).standard_normal((400, plan.recipe.latent_size)).astype(np.float32)
    for half, (dataset, name) in enumerate(((digits, "plain"), (_in_order(digits, order), "shuffled"))):
        trainer.reset(plan, dataset)
        while trainer.step < _STEPS:
            values = trainer.steps(ceil(_STEPS / _FRAMES)).values[:, trainer.keys.index("d_total")]
            images = trainer.sample(points, asked)  # of the moving average, which is steadier
            images = _back(images.reshape(len(images), -1), order).reshape(-1, 28, 28) if half else images
            accuracies[name] = label_accuracy(feature_net().read(images).predicted, asked)
            figures = {"d_shuffled" if half else "d_total": float(values.mean())}
            progress = (half + trainer.step / _STEPS) / 2
            yield Frame("corrected", progress, trainer.step, figures, images[:MOST_IMAGES])
    wrong = {name: 1.0 - accuracy for name, accuracy in accuracies.items()}
    return accuracies | {"errors": wrong["shuffled"] / max(wrong["plain"], 1 / len(asked))}


def _in_order(dataset: Dataset, order: np.ndarray) -> Dataset:
    """The same images with their pixels in another order: pixel i shows what pixel `order[i]` did."""
    return replace(dataset, images=dataset.images.reshape(len(dataset.images), -1)[:, order].reshape(-1, 28, 28))


def _back(images: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Images [n, 784] of reordered pixels in the usual order."""
    plain = np.empty_like(images)
    plain[:, order] = images
    return plain


def _rearranged(state: dict[str, np.ndarray], order: np.ndarray) -> dict[str, np.ndarray]:
    """The state whose first weights of D and last of G follow the pixels to their new places."""
    moved = dict(state)
    moved["discriminator/dense1/kernel"] = state["discriminator/dense1/kernel"][order]
    for player in ("generator", "ema"):
        moved[f"{player}/dense2/kernel"] = state[f"{player}/dense2/kernel"][:, order]
        moved[f"{player}/dense2/bias"] = state[f"{player}/dense2/bias"][order]
    return moved


def _layer_counts() -> dict[str, float]:
    """How many Dense and how many convolutional layers the networks of each section have."""
    counts: dict[str, float] = {}
    for name in ("tutorial_4_3", "tutorial_5_2", "tutorial_cnn"):
        for player, network in (("g", build_generator(name)), ("d", build_discriminator(name))):
            kinds = [type(layer).__name__ for layer in network.layers]
            counts[f"{name}/{player}/dense"] = kinds.count("Dense")
            counts[f"{name}/{player}/conv"] = sum("Conv" in kind for kind in kinds)
    return counts


def _count(key: str, side: Side, name: Text, value: int) -> Claim:
    return Claim(key, side, name, "=", value, digits=0)


C10 = Experiment(
    key="C10",
    question=Text(
        "把所有真图的 784 个像素按同一个固定的次序打乱，再训练。谁会受影响？",
        "Shuffle the 784 pixels of all real images in one fixed order, then train. Who will notice?",
    ),
    choices=(
        Choice(
            Text(
                "全连接的 GAN 不受影响，卷积的 GAN 会变差", "The dense GAN will not; the convolutional one gets worse"
            ),
            is_right=True,
        ),
        Choice(Text("都会变差，因为图已经不成样子", "Both get worse: these are no pictures any more")),
        Choice(Text("都不受影响，像素的值没有变", "Neither: the pixel values are the same")),
    ),
    claims=(
        _count("tutorial_4_3/g/conv", "written", Text("§4.3 代码里 G 的卷积层", "convolutions in §4.3's G"), 0),
        _count("tutorial_5_2/d/conv", "written", Text("§5.2 代码里 D 的卷积层", "convolutions in §5.2's D"), 0),
        _count("tutorial_4_3/g/dense", "written", Text("§4.3 代码里 G 的全连接层", "dense layers in §4.3's G"), 2),
        _count("tutorial_5_2/g/dense", "written", Text("§5.2 代码里 G 的全连接层", "dense layers in §5.2's G"), 5),
        Claim(
            "dense",
            "written",
            Text(
                "全连接：两次训练的 $L_D$ 之差，只剩舍入误差",
                "dense: largest difference of the two runs' $L_D$, rounding only",
            ),
            "<",
            0.02,
            digits=6,
        ),
        _count(
            "tutorial_cnn/g/conv", "corrected", Text("照文字搭建的 G 的卷积层", "convolutions of the G in the words"), 3
        ),
        _count(
            "tutorial_cnn/d/conv", "corrected", Text("照文字搭建的 D 的卷积层", "convolutions of the D in the words"), 2
        ),
        Claim(
            "plain",
            "corrected",
            Text(
                "卷积，原来的次序：画对所求数字的比例", "convolutional, usual order: asked digits that are drawn right"
            ),
            ">",
            0.85,
        ),
        Claim(
            "errors",
            "corrected",
            Text("卷积：打乱之后，画错的是原来的几倍", "convolutional: times as many are wrong after the shuffle"),
            ">",
            2.0,
            digits=1,
        ),
    ),
    run=_shuffled,
    series=(
        Series("d_total", Text("$L_D$，原来的次序", "$L_D$, usual order")),
        Series("d_shuffled", Text("$L_D$，打乱的次序", "$L_D$, shuffled")),
    ),
    seconds=18.0,
    left=Text("全连接", "Dense"),
    right=Text("卷积", "Convolutional"),
)

EXPERIMENTS = (C10,)
