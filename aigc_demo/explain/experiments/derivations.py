"""The derivation that section 4.2 lacks, measured (F6): a D that knows no formula arrives at p / (p + q)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.closed_form import TWO_LOG_TWO, jensen_shannon, optimal_discriminator
from aigc_demo.explain.errata_theory import P, Q
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.playing import side_by_side
from aigc_demo.losses import LOSSES, DOutput, Round, evaluate
from aigc_demo.text import Text, plain

_TERMS = LOSSES["minimax"].d_terms
_ATOM_STEPS, _ATOM_RATE = 120, 4.0
_FRAMES, _TOGETHER, _BATCH = 40, 10, 512


def _loss(s_real: Any, s_fake: Any) -> Any:
    """L_D of the catalogue's own terms, of logits [B] each."""
    return evaluate(_TERMS, Round(None, None, None, None, None, None, DOutput(s_real), DOutput(s_fake)), {})[0]


def _three_atoms(seed: int) -> Generator[Frame, None, dict[str, float]]:
    """Three free logits, by plain gradient descent: no network, and no formula for the answer."""
    real, fake = (np.repeat(np.arange(3), np.round(10 * np.array(weights)).astype(int)) for weights in (P, Q))
    logits = tf.Variable(np.random.default_rng(seed).normal(0.0, 2.0, 3).astype(np.float32))
    loss = tf.constant(0.0)
    for step in range(1, _ATOM_STEPS + 1):
        with tf.GradientTape() as tape:
            loss = _loss(tf.gather(logits, real), tf.gather(logits, fake))
        slope = tf.convert_to_tensor(tape.gradient(loss, logits))  # of `gather` it comes in slices
        logits.assign_sub(_ATOM_RATE * slope)
        if step % 5 == 0:
            found = tf.sigmoid(logits).numpy()
            rows = [(f"D(x{place})", f"{value:.4f}") for place, value in enumerate(found, start=1)]
            yield Frame("written", step / _ATOM_STEPS, step, {"d_total": float(loss)}, rows=rows)
    off = np.abs(tf.sigmoid(logits).numpy() - optimal_discriminator(P, Q)).max()
    return {"atoms": float(loss), "atoms_off": float(off)}


@dataclass(frozen=True)
class Clouds:
    """Two round Gaussians of the plane, with the numbers that follow from their densities on a grid over [-3, 3]^2."""

    centres: tuple[tuple[float, float], tuple[float, float]] = ((-0.6, 0.0), (0.6, 0.2))
    widths: tuple[float, float] = (0.45, 0.9)

    def draw(self, which: int, count: int, random: np.random.Generator) -> np.ndarray:
        """Points float32 [count, 2] of p (0) or q (1)."""
        return (np.array(self.centres[which]) + self.widths[which] * random.standard_normal((count, 2))).astype(
            np.float32
        )

    def density(self, which: int, points: np.ndarray) -> np.ndarray:
        squares = np.square(points - np.array(self.centres[which])).sum(axis=-1) / self.widths[which] ** 2
        return np.exp(-squares / 2) / (2 * np.pi * self.widths[which] ** 2)

    def optimum(self, points: np.ndarray) -> np.ndarray:
        """D* = p / (p + q)."""
        p, q = (self.density(which, points) for which in (0, 1))
        return p / (p + q)

    def least_loss(self) -> float:
        """2 ln 2 - 2 JSD(p, q), by summing the densities over a fine grid."""
        points = grid(241, 5.0).reshape(-1, 2)
        p, q = (self.density(which, points) for which in (0, 1))
        return TWO_LOG_TWO - 2 * jensen_shannon((p / p.sum()).tolist(), (q / q.sum()).tolist())


def grid(side: int, reach: float) -> np.ndarray:
    """Points float64 [side, side, 2] of [-reach, reach]^2, the upper row first."""
    ticks = np.linspace(-reach, reach, side)
    return np.stack(np.meshgrid(ticks, ticks[::-1]), axis=-1)


CLOUDS = Clouds()


def _two_clouds(seed: int) -> Generator[Frame, None, dict[str, float]]:
    """A small net, trained on samples alone; its map of the plane beside D*."""
    model, update = _small_discriminator(seed)
    random = np.random.default_rng(seed)
    places = grid(28, 2.5)
    best = _map(CLOUDS.optimum(places))
    loss = tf.constant(0.0)
    for number in range(1, _FRAMES + 1):
        for _ in range(_TOGETHER):
            loss = update(*(tf.constant(CLOUDS.draw(which, _BATCH, random)) for which in (0, 1)))
        now = tf.sigmoid(model(places.reshape(-1, 2).astype(np.float32))).numpy().reshape(28, 28)
        yield Frame(
            "corrected", number / _FRAMES, _TOGETHER * number, {"d_total": float(loss)}, np.stack([_map(now), best])
        )
    real, fake = (CLOUDS.draw(which, 20_000, random) for which in (0, 1))
    loss = _loss(model(real)[:, 0], model(fake)[:, 0])
    middle = np.concatenate([real, fake])
    off = np.abs(tf.sigmoid(model(middle)).numpy()[:, 0] - CLOUDS.optimum(middle)).mean()
    return {"clouds": float(loss), "clouds_off": float(off)}


def _small_discriminator(seed: int) -> tuple[Any, Any]:
    """2 -> 32 -> 32 -> 1, and a compiled function that makes a step on real and fake points [B, 2]."""
    import keras

    layers = keras.layers
    start = [keras.initializers.GlorotUniform(seed=3 * seed + number) for number in range(3)]
    model = keras.Sequential(
        [
            keras.Input((2,)),
            layers.Dense(32, "tanh", kernel_initializer=start[0]),
            layers.Dense(32, "tanh", kernel_initializer=start[1]),
            layers.Dense(1, kernel_initializer=start[2]),
        ]
    )
    optimiser = keras.optimizers.Adam(1e-2)
    optimiser.build(model.trainable_variables)

    @tf.function(autograph=False)
    def update(real: Any, fake: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = _loss(model(real)[:, 0], model(fake)[:, 0])
        optimiser.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    return model, update


def _map(probabilities: np.ndarray) -> np.ndarray:
    return np.round(255 * probabilities).astype(np.uint8)


def _derived(bench: Bench, seed: int) -> Running:
    atoms, clouds = yield from side_by_side(_three_atoms(seed), _two_clouds(seed))
    yield Outcome({**atoms, **clouds})


_ATOMS_BEST, _CLOUDS_BEST = TWO_LOG_TWO - 2 * jensen_shannon(P, Q), CLOUDS.least_loss()

F6 = Experiment(
    key="F6",
    question=Text(
        r"三个点上 $p=(0.5,0.3,0.2)$，$q=(0.2,0.3,0.5)$。让 D 的三个值自由下降，第一个点上会停在哪里？",
        r"Three atoms with $p=(0.5,0.3,0.2)$, $q=(0.2,0.3,0.5)$. Let D's three values descend freely: where does the first end?",
    ),
    choices=(
        Choice(Text("1：那里真图更多", "1: real ones are more frequent there")),
        Choice(Text(f"$p/(p+q)={optimal_discriminator(P, Q)[0]:.4f}$", f"$p/(p+q)={optimal_discriminator(P, Q)[0]:.4f}$"),
               is_right=True),
        Choice(Text("0.5", "0.5")),
    ),
    claims=(
        Claim("atoms", "written", Text(r"$\min\mathcal{L}_D$，预言 $2\ln2-2\,\mathrm{JSD}$",
                                       r"$\min\mathcal{L}_D$: predicted $2\ln2-2\,\mathrm{JSD}$"), "≈", _ATOMS_BEST, 1e-4),
        Claim("atoms_off", "written", Text(r"$|D-p/(p+q)|$ 的最大值", r"largest $|D-p/(p+q)|$"), "≈", 0.0, 1e-3),
        Claim("clouds", "corrected", Text(r"小网络的 $\mathcal{L}_D$，预言 $2\ln2-2\,\mathrm{JSD}$",
                                          r"$\mathcal{L}_D$ of a small net: predicted $2\ln2-2\,\mathrm{JSD}$"),
              "≈", _CLOUDS_BEST, 0.03),
        Claim("clouds_off", "corrected", Text(r"$|D-p/(p+q)|$ 的平均值", r"mean $|D-p/(p+q)|$"), "≈", 0.0, 0.04, 3),
    ),
    run=_derived,
    series=(Series("d_total", plain(r"$\mathcal{L}_D$")),),
    seconds=4.0,
    left=Text("三个点", "Three atoms"),
    right=Text("平面上两团高斯：D 与 D*", "Two Gaussians of the plane: D and D*"),
)  # fmt: skip

EXPERIMENTS = (F6,)
