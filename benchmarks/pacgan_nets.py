"""PacGAN's two networks for points in the plane, and one step of their game, as functions of plain arrays.

G: z -> 4 times 400 without bias, each followed by batch normalisation and ReLU -> 2. D: a pack of m points -> 3 times 200
maxout units of 5 pieces -> one logit. Weights begin at N(0, 0.02^2), biases at 0. Both players move at once, by Adam.
Everything that a step changes is one `State`, so that a run can be put on disk and taken up again where it was; "means" is
what G's normalisation has seen.
Source: Lin et al. 2018, PacGAN, arXiv:1712.04086, section 4.1 and the settings of its published code.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.losses import LOSSES, DOutput, Round, evaluate
from benchmarks.game_state import Adam, Arrays, State, with_moments

LOSS = LOSSES["non_saturating"]
LATENT = POINT = 2
G_WIDTH, G_LAYERS = 400, 4
D_WIDTH, D_LAYERS, PIECES = 200, 3, 5
INITIAL_STD = 0.02
ADAM = Adam(rate=1e-4, beta_1=0.8, beta_2=0.999)
KEEP = 0.95  # of what G's normalisation has seen before, at each step
NORM_TINY = 1e-4


def begin(pac: int, seed: int) -> State:
    """The state before the first step; D judges packs of `pac` points."""
    rng = np.random.default_rng([seed, pac])

    def drawn(*shape: int) -> Any:
        return rng.normal(0.0, INITIAL_STD, shape).astype(np.float32)

    zeros, ones = (lambda *shape: np.zeros(shape, np.float32)), (lambda *shape: np.ones(shape, np.float32))
    g: Arrays = {"out": drawn(G_WIDTH, POINT), "out_bias": zeros(POINT)}
    means: Arrays = {}
    for layer in range(G_LAYERS):
        g[f"w{layer}"] = drawn(LATENT if layer == 0 else G_WIDTH, G_WIDTH)
        g[f"scale{layer}"], g[f"shift{layer}"] = ones(G_WIDTH), zeros(G_WIDTH)
        means[f"mean{layer}"], means[f"square{layer}"] = zeros(G_WIDTH), ones(G_WIDTH)
    d: Arrays = {"out": drawn(D_WIDTH, 1), "out_bias": zeros(1)}
    for layer in range(D_LAYERS):
        d[f"w{layer}"] = drawn(POINT * pac if layer == 0 else D_WIDTH, PIECES * D_WIDTH)
        d[f"b{layer}"] = zeros(PIECES * D_WIDTH)
    return {"means": means, **with_moments({"g": g, "d": d})}


def generate(g: Arrays, z: Any, means: Arrays | None = None) -> tuple[Any, Arrays]:
    """Points [m, B, 2] of z [m, B, 2], and the mean and variance of each hidden layer, by name.

    Each of the m groups is normalised by itself, as they were drawn by themselves; with `means` by those instead.
    """
    x = z
    seen: Arrays = {}
    for layer in range(G_LAYERS):
        x = x @ g[f"w{layer}"]
        if means is None:
            mean, variance = tf.nn.moments(x, axes=[1], keepdims=True)
            seen |= {f"mean{layer}": tf.reduce_mean(mean, [0, 1]), f"square{layer}": tf.reduce_mean(variance, [0, 1])}
        else:
            mean, variance = means[f"mean{layer}"], means[f"square{layer}"]
        x = tf.nn.relu((x - mean) * tf.math.rsqrt(variance + NORM_TINY) * g[f"scale{layer}"] + g[f"shift{layer}"])
    return x @ g["out"] + g["out_bias"], seen


def judge(d: Arrays, packs: Any) -> Any:
    """Logits [B] of packs [B, 2 m]."""
    x = packs
    for layer in range(D_LAYERS):
        pieces = tf.reshape(x @ d[f"w{layer}"] + d[f"b{layer}"], [-1, PIECES, D_WIDTH])
        x = tf.reduce_max(pieces, axis=1)
    return tf.squeeze(x @ d["out"] + d["out_bias"], -1)


def pack(points: Any) -> Any:
    """[m, B, 2] -> [B, 2 m]: the m points side by side."""
    return tf.concat(tf.unstack(points), axis=-1)


def step(state: State, z: Any, real: Any, count: Any) -> State:
    """One step of both players at once, on z [m, B, 2] and points `real` [m, B, 2]; `count` is this step's number, from 1."""
    g, d = state["g"], state["d"]
    with tf.GradientTape(persistent=True) as tape:
        tape.watch((g, d))
        fake, seen = generate(g, z)
        logits = judge(d, tf.concat([pack(real), pack(fake)], 0))
        real_out, fake_out = (DOutput(logit) for logit in tf.split(logits, 2))
        round_ = Round(None, None, z, real, fake, None, real_out, fake_out)
        d_total, _ = evaluate(LOSS.d_terms, round_, {})
        g_total, _ = evaluate(LOSS.g_terms, round_, {})
    after: State = {"means": {key: KEEP * old + (1 - KEEP) * seen[key] for key, old in state["means"].items()}}
    for player, total in (("g", g_total), ("d", d_total)):
        after |= ADAM.step(state, player, tape.gradient(total, state[player]), count)
    return after


def many_steps(state: State, z: Any, real: Any, done: Any) -> State:
    """As many steps as `z` and `real` [K, m, B, 2] have batches, after `done` others; to be compiled whole."""
    count = tf.shape(z)[0]

    def body(at: Any, now: State) -> tuple[Any, State]:
        return at + 1, step(now, z[at], real[at], tf.cast(done + at + 1, tf.float32))

    return tf.while_loop(lambda at, _: at < count, body, (tf.constant(0), state))[1]
