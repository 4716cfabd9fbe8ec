"""Section 2.3's diagram put to the test (F7): without the arrow from D back to G, nothing tells G anything."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.common_series import SCORES, losses
from aigc_demo.explain.experiments.phases import FAST, plan_of
from aigc_demo.explain.experiments.playing import pictures, side_by_side
from aigc_demo.losses import LOSSES, DOutput, Round, evaluate
from aigc_demo.text import Text
from aigc_demo.training import Trainer, Who

_STEPS, _CHUNK = 120, 5
_TERMS = LOSSES["non_saturating"].g_terms


def _slopes(trainer: Trainer, seed: int, cut: bool) -> tuple[float, list[tuple[str, float | None]]]:
    """L_G of the catalogue's terms on a batch, and the norm of its gradient by each variable of G; None where unknown."""
    plan = trainer.plan.recipe
    z = np.random.default_rng(seed).standard_normal((plan.batch_size, plan.latent_size)).astype(np.float32)
    generator, discriminator = trainer.generator, trainer.discriminator
    with tf.GradientTape() as tape:
        fake = generator(z, training=True)
        judged: Any = discriminator(tf.stop_gradient(fake) if cut else fake, training=True)["logit"]
        value, _ = evaluate(_TERMS, Round(None, None, z, None, fake, None, DOutput(judged), DOutput(judged)), {})
    found = tape.gradient(value, generator.trainable_variables)
    norms = [None if gradient is None else float(tf.norm(gradient)) for gradient in found]
    names = [variable.path for variable in generator.trainable_variables]
    return float(value), list(zip(names, norms, strict=True))


def _side(bench: Bench, side: Side, seed: int) -> Generator[Frame, None, dict[str, float]]:
    """What an optimiser gets none of it cannot apply: where the arrow is cut, G stays as it is while D learns."""
    trainer = bench.trainer(plan_of("non_saturating", seed, FAST))
    cut = side == "written"
    who: Who = "d" if cut else "both"
    before = pictures(trainer)
    value, slopes = _slopes(trainer, seed, cut)
    other, _ = _slopes(trainer, seed, not cut)
    while trainer.step < _STEPS:
        chunk = trainer.steps(_CHUNK, who)
        means = dict(zip(trainer.keys, chunk.values.mean(axis=0).tolist(), strict=True))
        _, slopes = _slopes(trainer, seed, cut)
        rows = [(name, "None" if norm is None else f"{norm:.4g}") for name, norm in slopes]
        figures = {key: means[key] for key in ("d_total", "g_total", "score_real", "score_fake")}
        yield Frame(side, trainer.step / _STEPS, trainer.step, figures, pictures(trainer), rows)
    moved = np.abs(pictures(trainer).astype(int) - before).mean()
    return {
        "none": float(sum(norm is None for _, norm in slopes)),
        "least": min((norm for _, norm in slopes if norm is not None), default=float("nan")),
        "moved": float(moved),
        "difference": abs(value - other),
    }


def _cut(bench: Bench, seed: int) -> Running:
    written, corrected = yield from side_by_side(_side(bench, "written", seed), _side(bench, "corrected", seed))
    yield Outcome(
        {
            "none_cut": written["none"],
            "difference": written["difference"],
            "moved_cut": written["moved"],
            "none": corrected["none"],
            "least": corrected["least"],
            "moved": corrected["moved"],
        }
    )


_NONE = Text("G 的 4 个变量中梯度为 None 的", "of G's 4 variables, those whose gradient is None")
_MOVED = Text("画面每个像素平均变了多少（0 到 255）", "mean change of a pixel (0 to 255)")

F7 = Experiment(
    key="F7",
    question=Text(
        "剪断从 D 回到 G 的箭头，数据照旧流进 D。G 的梯度是什么？",
        "Cut the arrow from D back to G; the data still flows into D. What are G's gradients?",
    ),
    choices=(
        Choice(Text("小一些，G 仍从数据中学习", "Smaller; G still learns from the data")),
        Choice(Text("全是 None，画面一动不动", "All None, and the pictures never move"), is_right=True),
        Choice(Text("变大：没有对手了", "Larger: nobody opposes it")),
    ),
    claims=(
        Claim("none_cut", "written", _NONE, "=", 4, digits=0),
        Claim("difference", "written", Text(r"剪断使 $\mathcal{L}_G$ 的数值变了多少", r"by how much the cut changes the value of $\mathcal{L}_G$"),
              "=", 0.0),
        Claim("moved_cut", "written", _MOVED, "=", 0.0, digits=2),
        Claim("none", "corrected", _NONE, "=", 0, digits=0),
        Claim("least", "corrected", Text("最小的梯度范数", "the smallest gradient norm"), ">", 0.0),
        Claim("moved", "corrected", _MOVED, ">", 5.0, digits=2),
    ),
    run=_cut,
    series=(*losses(), *SCORES),
    seconds=4.0,
    left=Text("箭头剪断", "The arrow cut"),
    right=Text("箭头接通", "The arrow in place"),
)  # fmt: skip

EXPERIMENTS = (F7,)
