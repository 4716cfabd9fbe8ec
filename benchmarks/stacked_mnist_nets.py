"""The tiny networks of Unrolled GAN for stacked digits, as PacGAN's code has them, and one step of their game.

G: z ~ N(0, I_256) -> dense 4x4x64 -> transposed convolutions 32, 16, 8 up to 7, 14, 28 -> convolution 3, tanh; batch
normalisation and ReLU in between. D: a pack of m pictures, 3 m channels -> convolutions 2, 4, 8 of stride 2 (a quarter of
G's) with leaky ReLU of 0.3 -> one logit. All kernels are 3x3. Normalisation always goes by the batch at hand, real and fake
by themselves, and so do the pictures that are counted: as in the published code. G moves after D, on the same z.
Sources: Metz et al. 2017, Unrolled GAN, arXiv:1611.02163, appendix; Lin et al. 2018, PacGAN, arXiv:1712.04086, section 4.2
and the settings of its published code.

Ours are the batch of 64, both rates, ten times the published ones, and the row without normalisation in D, which R1 and R2 ask
for: its D begins at He's deviation, since at 0.02 three layers would shrink every logit to nothing, and its Adam has no
momentum, as in R3GAN (Huang et al. 2024, arXiv:2501.05441). Biases that normalisation undoes are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.losses import LOSSES, DOutput, Round, evaluate
from benchmarks.game_state import Adam, Arrays, State, with_moments

LATENT, SIDE, COLOURS = 256, 28, 3
BATCH = 64  # packs of real pictures, and as many of fakes
G_SIDES, G_WIDTHS, D_WIDTHS = (4, 7, 14, 28), (64, 32, 16, 8), (2, 4, 8)
KERNEL, LEAK, INITIAL_STD, NORM_TINY = 3, 0.3, 0.02, 1e-5
D_RATE, G_RATE, BETA_2 = 2e-3, 1e-3, 0.99


class Row(NamedTuple):
    """One game of the table."""

    title: str
    loss: str
    pac: int = 1
    normalised: bool = True  # batch normalisation in D
    beta_1: float = 0.5


ROWS = {
    "dcgan": Row("DCGAN", "non_saturating"),
    "pacdcgan2": Row("PacDCGAN2", "non_saturating", pac=2),
    "rpgan_r1_r2": Row("RpGAN + R1 + R2", "r3gan", normalised=False, beta_1=0.0),
}


def begin(row: Row, seed: int) -> State:
    """The state before the first step: weights drawn, biases and shifts at 0, scales at 1."""
    rng = np.random.default_rng([seed, 1])

    def drawn(shape: tuple[int, ...], deviation: float = INITIAL_STD) -> np.ndarray:
        return rng.normal(0.0, deviation, shape).astype(np.float32)

    side, width = G_SIDES[0], G_WIDTHS[0]
    g: Arrays = {"w0": drawn((LATENT, side * side * width)), **_norm(0, width)}
    for layer, (before, after) in enumerate(pairwise(G_WIDTHS), 1):
        g |= {f"w{layer}": drawn((KERNEL, KERNEL, after, before)), **_norm(layer, after)}
    g |= {"out": drawn((KERNEL, KERNEL, G_WIDTHS[-1], COLOURS)), "out_bias": np.zeros(COLOURS, np.float32)}

    d: Arrays = {}
    before, side = COLOURS * row.pac, SIDE
    for layer, after in enumerate(D_WIDTHS):
        inputs = KERNEL * KERNEL * before
        deviation = INITIAL_STD if row.normalised else sqrt(2.0 / (1.0 + LEAK**2) / inputs)
        d[f"w{layer}"] = drawn((KERNEL, KERNEL, before, after), deviation)
        d |= _norm(layer, after) if row.normalised else {f"shift{layer}": np.zeros(after, np.float32)}
        before, side = after, -(-side // 2)
    features = side * side * before
    d |= {"out": drawn((features, 1), INITIAL_STD if row.normalised else sqrt(1.0 / features))}
    d |= {"out_bias": np.zeros(1, np.float32)}
    return with_moments({"g": g, "d": d})


def _norm(layer: int, width: int) -> Arrays:
    return {f"scale{layer}": np.ones(width, np.float32), f"shift{layer}": np.zeros(width, np.float32)}


def _normalised(x: Any, weights: Arrays, layer: int) -> Any:
    """x [B, h, w, C] by its own mean and variance a channel; a bias before it would change nothing."""
    scale, shift = weights[f"scale{layer}"], weights[f"shift{layer}"]
    return tf.compat.v1.nn.fused_batch_norm(x, scale, shift, epsilon=NORM_TINY)[0]


def generate(g: Arrays, z: Any) -> Any:
    """Pictures [B, 28, 28, 3] in [-1, 1] of z [B, 256]; what is generated together is normalised together."""
    batch = z.shape[0]
    x = tf.reshape(z @ g["w0"], [batch, G_SIDES[0], G_SIDES[0], G_WIDTHS[0]])
    x = tf.nn.relu(_normalised(x, g, 0))
    for layer, (side, width) in enumerate(zip(G_SIDES[1:], G_WIDTHS[1:], strict=True), 1):
        x = tf.nn.conv2d_transpose(x, g[f"w{layer}"], [batch, side, side, width], 2, "SAME")
        x = tf.nn.relu(_normalised(x, g, layer))
    return tf.tanh(tf.nn.conv2d(x, g["out"], 1, "SAME") + g["out_bias"])


def generate_packs(g: Arrays, z: Any) -> Any:
    """Packs [B, 28, 28, 3 m] of z [m, B, 256]: the channels of m pictures behind one another."""
    return tf.concat([generate(g, part) for part in tf.unstack(z)], axis=-1)


def judge(d: Arrays, packs: Any, normalised: bool) -> Any:
    """Logits [B] of packs [B, 28, 28, 3 m]."""
    x = packs
    for layer in range(len(D_WIDTHS)):
        x = tf.nn.conv2d(x, d[f"w{layer}"], 2, "SAME")
        x = tf.nn.leaky_relu(_normalised(x, d, layer) if normalised else x + d[f"shift{layer}"], LEAK)
    return tf.squeeze(tf.reshape(x, [x.shape[0], -1]) @ d["out"] + d["out_bias"], -1)


def stacked(digits: Any, seed: Any, pac: int) -> Any:
    """Packs [B, 28, 28, 3 m] in [-1, 1]: each channel a digit drawn from `digits` uint8 [n, 28, 28]; `seed` is [2]."""
    channels = COLOURS * pac
    rows = tf.random.stateless_uniform([BATCH, channels], seed, 0, digits.shape[0], tf.int32)
    return tf.transpose(tf.cast(tf.gather(digits, rows), tf.float32), [0, 2, 3, 1]) / 127.5 - 1.0


def step(row: Row, state: State, z: Any, real: Any, count: Any) -> State:
    """D's step on z [m, B, 256] and real packs [B, 28, 28, 3 m], then G's against the new D; `count` is its number, from 1."""
    loss = LOSSES[row.loss]
    d_adam, g_adam = (Adam(rate, row.beta_1, BETA_2) for rate in (D_RATE, G_RATE))
    with tf.GradientTape() as g_tape:
        g_tape.watch(state["g"])
        fake = generate_packs(state["g"], z)
        with g_tape.stop_recording():
            with tf.GradientTape() as d_tape:
                d_tape.watch(state["d"])
                d_total, _ = evaluate(loss.d_terms, _round(row, state["d"], z, real, tf.stop_gradient(fake)), {})
            after = d_adam.step(state, "d", d_tape.gradient(d_total, state["d"]), count)
        g_total, _ = evaluate(loss.g_terms, _round(row, after["d"], z, real, fake), {})
    return after | g_adam.step(state, "g", g_tape.gradient(g_total, state["g"]), count)


def _round(row: Row, d: Arrays, z: Any, real: Any, fake: Any) -> Round:
    """What the catalogue's terms see; a pack counts as one image of 3 m channels."""

    def opinion(packs: Any, labels: Any) -> DOutput:
        return DOutput(judge(d, packs, row.normalised))

    return Round(opinion, None, z, real, fake, None, opinion(real, None), opinion(fake, None))


def many_steps(row: Row) -> Callable[[State, Any, Any, Any, Any], State]:
    """A function of a state, the digits uint8 [n, 28, 28], a seed, and how many steps are done and to be done; to be compiled.

    Step number n draws from streams of its own, so that it is the same however often the run was interrupted.
    """

    def play(state: State, digits: Any, seed: Any, done: Any, count: Any) -> State:
        def body(at: Any, now: State) -> tuple[Any, State]:
            z = tf.random.stateless_normal([row.pac, BATCH, LATENT], tf.stack([2 * seed, at]))
            real = stacked(digits, tf.stack([2 * seed + 1, at]), row.pac)
            return at + 1, step(row, now, z, real, tf.cast(at + 1, tf.float32))

        return tf.while_loop(lambda at, _: at < done + count, body, (done, state), parallel_iterations=1)[1]

    return play
