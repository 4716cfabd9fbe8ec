"""The tutorial's own calls of its loss functions: no D in D's loss (C1), a constant for G (C2)."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from math import log
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.errata_calls import REAL_PART
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.common_series import D_SLOPE, G_SLOPE, losses
from aigc_demo.explain.experiments.phases import FAST, plan_of, train
from aigc_demo.explain.experiments.playing import pictures, side_by_side
from aigc_demo.explain.moments import digits5k
from aigc_demo.text import Text
from aigc_demo.training import Trainer

_BATCHES = 40
_STEPS = 150
_GREY = digits5k().from_grey

Gradients = list[tuple[str, Any]]  # a variable's name, and its gradient's norm or None


def _cross_entropy(labels: Any, logits: Any) -> Any:
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))


def _batches(trainer: Trainer, seed: int) -> Iterator[tuple[Any, Any]]:
    """Real pixels [B, 784] in [-1, 1] and z [B, latent size]."""
    images = to_unit_range(load(trainer.plan.dataset).images).reshape(-1, digits5k().pixels)
    draw, size = np.random.default_rng(seed), trainer.plan.recipe.batch_size
    for _ in range(_BATCHES):
        z = draw.standard_normal((size, trainer.plan.recipe.latent_size))
        yield tf.constant(images[draw.integers(len(images), size=size)]), tf.constant(z, tf.float32)


def _gradients(tape: Any, value: Any, model: Any) -> Gradients:
    found = tape.gradient(value, model.trainable_variables)
    return [
        (f"{variable.path}", None if gradient is None else float(tf.norm(gradient)))
        for variable, gradient in zip(model.trainable_variables, found, strict=True)
    ]


def _rows(gradients: Gradients) -> list[tuple[str, str]]:
    return [(name, "None" if norm is None else f"{norm:.4g}") for name, norm in gradients]


def _nones(gradients: Gradients) -> float:
    return float(sum(norm is None for _, norm in gradients))


def _without_d(trainer: Trainer, seed: int) -> Generator[Frame, None, dict[str, float]]:
    """The loss as the code calls it, with labels of the images' shape so that it can be computed at all."""
    parts, gradients = [], []
    for number, (real, z) in enumerate(_batches(trainer, seed), start=1):
        ones, zeros = tf.ones_like(real), tf.zeros_like(real)
        with tf.GradientTape() as tape:
            drawn = tf.reshape(trainer.generator(z, training=True), real.shape)
            value = (_cross_entropy(real, ones), _cross_entropy(drawn, zeros))
            total = value[0] + value[1]
        gradients = _gradients(tape, total, trainer.discriminator)
        parts.append([float(part) for part in value])
        yield Frame(
            "written", number / _BATCHES, number, {"d_total": sum(parts[-1])}, pictures(trainer), _rows(gradients)
        )
    real_part, fake_part = np.mean(parts, axis=0)
    return {"none": _nones(gradients), "real": float(real_part), "fake": float(fake_part)}


def _with_d(bench: Bench, seed: int) -> Generator[Frame, None, dict[str, float]]:
    plan = plan_of("non_saturating", seed, FAST)
    (phase,) = yield from train(bench, "corrected", plan, ("both", _STEPS), shown=("d_total", "grad_norm_d"))
    trainer = phase.trainer
    real, z = next(_batches(trainer, seed))
    with tf.GradientTape() as tape:
        judged = [trainer.discriminator(tf.reshape(images, (-1, 28, 28, 1)), training=True)["logit"]
                  for images in (real, trainer.generator(z, training=True))]  # fmt: skip
        total = _cross_entropy(tf.ones_like(judged[0]), judged[0]) + _cross_entropy(tf.zeros_like(judged[1]), judged[1])
    gradients = _gradients(tape, total, trainer.discriminator)
    yield Frame("corrected", 1.0, trainer.step, rows=_rows(gradients))
    return {"none": _nones(gradients), "least": min(norm or 0.0 for _, norm in gradients)}


def _no_discriminator(bench: Bench, seed: int) -> Running:
    apart = bench.trainer(plan_of("non_saturating", seed, FAST))
    written, corrected = yield from side_by_side(_without_d(apart, seed), _with_d(bench, seed))
    yield Outcome(
        {
            "none_written": written["none"],
            "real": written["real"],
            "fake": written["fake"],
            "none_corrected": corrected["none"],
            "least": corrected["least"],
        }
    )


C1 = Experiment(
    key="C1",
    question=Text(
        "`disc_loss(real_images, real_labels)`：这个损失对判别器 4 个变量的梯度是什么？",
        "`disc_loss(real_images, real_labels)`: what are this loss's gradients by D's 4 variables?",
    ),
    choices=(
        Choice(Text("都很小，但不是 0", "Small, but not 0")),
        Choice(Text("全是 0", "All 0")),
        Choice(Text("全是 None：根本没有关系", "All None: there is no connection"), is_right=True),
    ),
    claims=(
        Claim("none_written", "written", Text("梯度为 None 的变量个数", "variables whose gradient is None"), "=", 4, digits=0),
        Claim("real", "written", Text(r"“真图损失” $1-\mathbb{E}[x]+\log(1+e^{-1})$",
                                      r"the “real loss”, $1-\mathbb{E}[x]+\log(1+e^{-1})$"), "≈", REAL_PART, 0.02),
        Claim("fake", "written", Text(r"“假图损失” $\log2$", r"the “fake loss”, $\log2$"), "≈", log(2), 1e-5, 5),
        Claim("none_corrected", "corrected", Text("梯度为 None 的变量个数", "variables whose gradient is None"),
              "=", 0, digits=0),
        Claim("least", "corrected", Text("最小的梯度范数", "the smallest gradient norm"), ">", 0.0),
    ),
    run=_no_discriminator,
    series=(losses(REAL_PART + log(2))[0], D_SLOPE),
    seconds=5.0,
)  # fmt: skip


def _constant(trainer: Trainer, seed: int) -> Generator[Frame, None, dict[str, float]]:
    """G's loss as the code calls it, with an optimiser that applies its gradients."""
    import keras

    generator = trainer.generator
    before = [variable.numpy() for variable in generator.trainable_variables]
    optimiser = keras.optimizers.Adam(FAST)
    values, norms = [], []
    for number, (real, z) in enumerate(_batches(trainer, seed), start=1):
        with tf.GradientTape() as tape:
            value = _cross_entropy(tf.reshape(generator(z, training=True), real.shape), tf.zeros_like(real))
        gradients = tape.gradient(value, generator.trainable_variables)
        optimiser.apply(gradients, generator.trainable_variables)
        values.append(float(value))
        norms.append(float(tf.linalg.global_norm(gradients)))
        yield Frame(
            "written", number / _BATCHES, number, {"g_total": values[-1], "grad_norm_g": norms[-1]}, pictures(trainer)
        )
    moved = max(
        np.abs(variable.numpy() - old).max()
        for variable, old in zip(generator.trainable_variables, before, strict=True)
    )
    return {"least": min(values), "most": max(values), "norm": max(norms), "moved": float(moved)}


def _for_ever(bench: Bench, seed: int) -> Running:
    plan = plan_of("non_saturating", seed, FAST)
    written, (right,) = yield from side_by_side(
        _constant(bench.trainer(plan), seed),
        train(bench, "corrected", plan, ("both", 200), shown=("g_total", "grad_norm_g")),
    )
    yield Outcome(
        {
            **written,
            "norm_right": right.end("grad_norm_g"),
            "off_right": right.reading.off_mean,
        }
    )


C2 = Experiment(
    key="C2",
    question=Text(
        "`gen_loss(generated_images, fake_labels)`：G 的损失会怎样变化？",
        "`gen_loss(generated_images, fake_labels)`: how will G's loss change?",
    ),
    choices=(
        Choice(Text("慢慢下降", "It falls slowly")),
        Choice(Text("永远是 0.6931", "It is 0.6931 for ever"), is_right=True),
        Choice(Text("越来越大", "It grows")),
    ),
    claims=(
        Claim("least", "written", Text(r"各轮损失的最小值，$\log2$", r"least loss of all rounds, $\log2$"), "≈", log(2), 5e-6, 5),
        Claim("most", "written", Text(r"各轮损失的最大值，$\log2$", r"largest loss of all rounds, $\log2$"), "≈", log(2), 5e-6, 5),
        Claim("norm", "written", Text("G 最大的梯度范数", "G's largest gradient norm"), "=", 0.0),
        Claim("moved", "written", Text("权重最大的变化", "largest change of a weight"), "=", 0.0),
        Claim("norm_right", "corrected", Text("G 的梯度范数", "G's gradient norm"), ">", 0.1, digits=2),
        Claim("off_right", "corrected", Text("画面离平均数字的距离，比一张灰图近",
                                             "distance of the pictures from the average digit: nearer than a grey one"),
              "<", _GREY, digits=1),
    ),
    run=_for_ever,
    series=(losses(None, log(2))[1], G_SLOPE),
    seconds=5.0,
)  # fmt: skip

EXPERIMENTS = (C1, C2)
