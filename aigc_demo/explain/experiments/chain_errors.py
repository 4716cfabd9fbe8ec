"""The networks of section 5.2 (C11): a chain of wide tanh layers against narrower ones that do not saturate."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.counting import dense_parameters, tanh_layer_parameters
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
from aigc_demo.explain.experiments.playing import SHOWN, pictures, sample, side_by_side
from aigc_demo.explain.experiments.readings import read
from aigc_demo.recipes import make_plan
from aigc_demo.text import Text
from aigc_demo.training import Trainer

_STEPS = 200
_NETWORKS: dict[Side, str] = {"written": "tutorial_5_2", "corrected": "tutorial_5_2_repaired"}


def _chain(bench: Bench, seed: int) -> Running:
    written, corrected = yield from side_by_side(_layers(bench, "written", seed), _layers(bench, "corrected", seed))
    network = written.trainer.generator
    dense = _dense_layers(network)
    vectors = np.random.default_rng(seed).standard_normal((4, 784)).astype(np.float32)
    yield Outcome(
        {
            "layer": dense[-1].count_params(),
            "layers": sum(layer.count_params() == dense[-1].count_params() for layer in dense),
            "whole": network.count_params(),
            "flatten": float(np.abs(np.asarray(network.get_layer("flatten")(vectors)) - vectors).max()),
            "repaired": corrected.trainer.generator.count_params(),
            "slope": written.slope / written.slope_before,
            "off_mean_written": read(sample(written.trainer, 300)).off_mean,
            "off_mean_corrected": read(sample(corrected.trainer, 300)).off_mean,
        }
    )


class _Trained(NamedTuple):
    trainer: Trainer
    slope_before: float  # mean tanh' of G's last layer
    slope: float


def _layers(bench: Bench, side: Side, seed: int) -> Generator[Frame, None, _Trained]:
    """Train one side's networks, with the same loss and optimisers as the other's."""
    networks = {"generator": _NETWORKS[side], "discriminator": _NETWORKS[side]}
    trainer = bench.trainer(make_plan("tutorial_5_2_repaired", seed=seed, settings={"batch_size": 32, **networks}))
    before = _last_slope(trainer)
    while trainer.step < _STEPS:
        chunk = trainer.steps(20)
        figures = dict(zip(trainer.keys, chunk.values.mean(axis=0).tolist(), strict=True))
        shown = {key: figures[key] for key in SHOWN} | {"off_mean": read(sample(trainer, 200)).off_mean}
        rows = [(name, f"{norm:.2e}") for name, norm in _norms(trainer).items()]
        yield Frame(side, trainer.step / _STEPS, trainer.step, shown, pictures(trainer, MOST_IMAGES), rows)
    return _Trained(trainer, before, _last_slope(trainer))


def _last_slope(trainer: Trainer) -> float:
    return float((1.0 - np.square(sample(trainer, 200))).mean())


def _dense_layers(network: Any) -> list[Any]:
    return [layer for layer in network.layers if type(layer).__name__ == "Dense"]


def _norms(trainer: Trainer) -> dict[str, float]:
    """G's gradient by the kernel of each of its dense layers, as norms."""
    network = trainer.generator
    kernels = {layer.name: layer.kernel.value for layer in _dense_layers(network)}
    z = tf.random.stateless_normal([128, trainer.plan.recipe.latent_size], [1, 2])
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(list(kernels.values()))
        judged = trainer.discriminator(network(z, training=True), training=True)["logit"]
        loss = tf.reduce_mean(tf.nn.softplus(-judged))
    gradients = tape.gradient(loss, list(kernels.values()))
    return {name: float(tf.norm(gradient)) for name, gradient in zip(kernels, gradients, strict=True)}


C11 = Experiment(
    key="C11",
    question=Text(
        "§5.2 的网络（四层 784 维 tanh）与修正后的窄网络，损失与优化器相同。同样的步数之后，谁的平均图更接近真图的？",
        "§5.2's networks with four 784-wide tanh layers, and the narrower repaired ones, under the same loss and optimisers. "
        "After as many steps, whose mean image is nearer to the data's?",
    ),
    choices=(
        Choice(Text("§5.2 的：参数多，学得快", "§5.2's: more parameters learn faster")),
        Choice(
            Text("窄的那个，参数只有约四分之一", "The narrower ones', with about a quarter of the parameters"),
            is_right=True,
        ),
        Choice(Text("差不多", "About the same")),
    ),
    claims=(
        Claim(
            "layer",
            "written",
            Text(r"这样一层的参数 $784\times784+784$", r"parameters of one such layer, $784\times784+784$"),
            "=",
            tanh_layer_parameters(),
            digits=0,
        ),
        Claim(
            "layers",
            "written",
            Text("这样大的层数（第一层较小）", "layers of that size (the first is smaller)"),
            "=",
            3,
            digits=0,
        ),
        Claim(
            "whole",
            "written",
            Text("整个 G 的参数", "parameters of G"),
            "=",
            dense_parameters(100, 256, 784, 784, 784, 784),
            digits=0,
        ),
        Claim("flatten", "written", Text("`Flatten` 改变了多少", "what `Flatten` changes"), "=", 0.0, digits=1),
        Claim(
            "off_mean_written",
            "written",
            Text(r"$\lVert\mathbb{E}G-\mu\rVert^2$", r"$\lVert\mathbb{E}G-\mu\rVert^2$"),
            ">",
            250.0,
            digits=0,
        ),
        Claim(
            "slope",
            "written",
            Text(
                r"最后一层 $\tanh'$ 的平均，与开始时之比：越来越饱和",
                r"mean $\tanh'$ of the last layer over that at the start: it saturates",
            ),
            "<",
            1.0,
        ),
        Claim(
            "repaired",
            "corrected",
            Text("窄网络的参数", "parameters of the narrower net"),
            "=",
            dense_parameters(100, 256, 512, 784),
            digits=0,
        ),
        Claim(
            "off_mean_corrected",
            "corrected",
            Text(r"$\lVert\mathbb{E}G-\mu\rVert^2$", r"$\lVert\mathbb{E}G-\mu\rVert^2$"),
            "<",
            250.0,
            digits=0,
        ),
    ),
    run=_chain,
    series=(
        Series("off_mean", Text(r"$\lVert\mathbb{E}G-\mu\rVert^2$", r"$\lVert\mathbb{E}G-\mu\rVert^2$")),
        Series("grad_norm_g", Text("G 的梯度范数", "gradient norm of G"), logarithmic=True),
    ),
    seconds=12.0,
)

EXPERIMENTS = (C11,)
