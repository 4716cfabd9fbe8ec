"""Layers without an activation between them (C9): two maps that are one, and a critic that sees nothing but means."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.plain_game import LATENT_SIZE
from aigc_demo.explain.experiments.playing import as_pictures, side_by_side
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.networks.initialise import initialise
from aigc_demo.text import Text

_STEPS = 400
_BATCH = 128


def _linear(bench: Bench, seed: int) -> Running:
    difference, rank = _collapsed("tutorial_4_3", seed)
    _, repaired_rank = _collapsed("tutorial_4_3_repaired", seed)
    rows = (("rank", str(rank)), ("max |G(z) - tanh(Az + b)|", f"{difference:.1e}"))
    yield Frame("written", 0.0, rows=rows)
    yield Frame("corrected", 0.0, rows=(("rank", str(repaired_rank)),))
    real = to_unit_range(load("digits5k").images)
    fake = _scrambled(real, seed)
    blind, seeing = yield from side_by_side(
        _critic("written", "tutorial_4_3", real, fake, seed),
        _critic("corrected", "tutorial_4_3_repaired", real, fake, seed),
    )
    yield Outcome(
        {
            "difference": difference,
            "rank": rank,
            "rank_repaired": repaired_rank,
            "means": float(np.abs(real.astype(np.float64).mean(axis=0) - fake.astype(np.float64).mean(axis=0)).max()),
            "d_blind": blind,
            "d_seeing": seeing,
        }
    )


def _collapsed(name: str, seed: int) -> tuple[float, int]:
    """How far a generator is from tanh(Az + b) with the product of its kernels, and the rank of what it feeds tanh."""
    network = build_generator(name)
    initialise(network, seed, 1)
    first, second = (network.get_layer(layer) for layer in ("dense1", "dense2"))
    z = np.random.default_rng(seed).standard_normal((600, LATENT_SIZE)).astype(np.float32)
    images = np.asarray(network(z, training=False)).reshape(len(z), -1)
    kernel = first.kernel.numpy() @ second.kernel.numpy()
    bias = first.bias.numpy() @ second.kernel.numpy() + second.bias.numpy()
    before = np.arctanh(np.clip(images.astype(np.float64), -0.999999, 0.999999))
    values = np.linalg.svd(before - before.mean(axis=0), compute_uv=False)
    rank = int((values > 1e-3 * values[0]).sum())
    return float(np.abs(images - np.tanh(z @ kernel + bias)).max()), rank


def _scrambled(images: np.ndarray, seed: int) -> np.ndarray:
    """Noise with the mean of `images` [n, 28, 28, 1]: each pixel's values are dealt out anew among the images."""
    return np.random.default_rng(seed).permuted(images, axis=0)


def _critic(side: Side, name: str, real: np.ndarray, fake: np.ndarray, seed: int) -> Generator[Frame, None, float]:
    """Train a discriminator on fixed fakes; returns L_D on all the images."""
    import keras

    network = build_discriminator(name)
    initialise(network, seed, 0)
    optimiser = keras.optimizers.Adam(1e-3, 0.5)
    optimiser.build(network.trainable_variables)

    def loss(reals: Any, fakes: Any) -> Any:
        s_real, s_fake = network(reals)["logit"], network(fakes)["logit"]
        return tf.reduce_mean(tf.nn.softplus(-s_real)) + tf.reduce_mean(tf.nn.softplus(s_fake))

    @tf.function(autograph=False)
    def learn(reals: Any, fakes: Any) -> Any:
        with tf.GradientTape() as tape:
            total = loss(reals, fakes)
        optimiser.apply(tape.gradient(total, network.trainable_variables), network.trainable_variables)
        return total

    draw = np.random.default_rng(seed)
    values: list[float] = []
    for step in range(1, _STEPS + 1):
        # The learning rate falls, so that what is left at the end is the loss and not the jitter of small batches.
        optimiser.learning_rate.assign(1e-3 * (1.0 - step / (_STEPS + 1)))
        rows = draw.integers(len(real), size=(2, _BATCH))
        values.append(float(learn(real[rows[0]], fake[rows[1]])))
        if step % (_STEPS // 20) == 0:
            pictures = as_pictures(np.concatenate([real[:10], fake[:10]]).reshape(20, -1))
            yield Frame(side, step / _STEPS, step, {"d_total": float(np.mean(values[-_STEPS // 20 :]))}, pictures)
    return float(loss(real, fake))


C9 = Experiment(
    key="C9",
    question=Text(
        "把每个像素的值在所有真图之间打乱，得到平均图完全相同的噪声。没有激活函数的 D 能分出来吗？",
        "Deal each pixel's values out anew among all real images: noise whose mean image is exactly the same. Can a D "
        "without activations tell it from digits?",
    ),
    choices=(
        Choice(Text("能，两层总比一层强", "Yes: two layers see more than one")),
        Choice(
            Text(
                "不能：它只看得见平均值，$L_D$ 不会低于 $2\\ln2$", "No: it sees means only, and $L_D$ stays at $2\\ln2$"
            ),
            is_right=True,
        ),
        Choice(Text("能，只是要训练更久", "Yes, if it is trained for longer")),
    ),
    claims=(
        Claim(
            "difference",
            "written",
            Text(r"两层的 G 与一层 $\tanh(Az+b)$ 之差", r"between the two-layer G and one $\tanh(Az+b)$"),
            "<",
            1e-5,
            digits=7,
        ),
        Claim("rank", "written", Text("进入 tanh 的秩", "rank of what enters tanh"), "=", LATENT_SIZE, digits=0),
        Claim("means", "written", Text("两边平均图之差", "between the two mean images"), "<", 1e-6, digits=9),
        Claim(
            "d_blind",
            "written",
            Text(r"线性 D 的 $L_D$：不低于 $2\ln2$", r"$L_D$ of the linear D: no lower than $2\ln2$"),
            "≈",
            TWO_LOG_TWO,
            0.02,
        ),
        Claim(
            "rank_repaired",
            "corrected",
            Text("加一个 LeakyReLU 后的秩", "rank with one LeakyReLU"),
            ">",
            LATENT_SIZE,
            digits=0,
        ),
        Claim("d_seeing", "corrected", Text("加一个 LeakyReLU 后的 $L_D$", "$L_D$ with one LeakyReLU"), "<", 0.3),
    ),
    run=_linear,
    series=(Series("d_total", Text("$L_D$", "$L_D$"), level=TWO_LOG_TWO),),
    seconds=7.0,
    left=Text("没有激活函数", "No activation"),
    right=Text("一个 LeakyReLU", "One LeakyReLU"),
)

EXPERIMENTS = (C9,)
