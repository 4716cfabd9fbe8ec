"""What the tutorial says of its results: one autoscaled image (C17), and what G's loss measures (C18)."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import load
from aigc_demo.explain.experiments.base import MOST_IMAGES, Choice, Claim, Experiment, Frame, Outcome, Running, Series
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.playing import as_pictures, sample
from aigc_demo.metrics.features import feature_net
from aigc_demo.recipes import make_plan
from aigc_demo.text import Text

CONTRAST = 0.02  # of the faint image, whose pixels could span 2
GRID = 20
_STEPS = 120


def expected_classes(images: int, classes: int = 10) -> float:
    """How many of `classes` equally frequent classes are expected among so many images."""
    return classes * (1.0 - (1.0 - 1.0 / classes) ** images)


def autoscale(image: np.ndarray) -> np.ndarray:
    """Grey levels as a plot shows them that is given neither `vmin` nor `vmax`: from 0 to 1, whatever they were."""
    return (image - image.min()) / (image.max() - image.min())


def fixed_scale(image: np.ndarray) -> np.ndarray:
    """Grey levels with vmin=-1 and vmax=1."""
    return (image + 1.0) / 2.0


def _one_image(bench: Bench, seed: int) -> Running:
    digits = load("digits5k")
    draw = np.random.default_rng(seed)
    healthy = digits.held_out[draw.choice(len(digits.held_out), GRID, replace=False)]
    collapsed = np.repeat(healthy[:1], GRID, axis=0)
    faint = (autoscale(healthy[0] / 255.0) - 0.5) * CONTRAST
    net = feature_net()
    classes = {
        name: [len(np.unique(net.read(images[:count]).predicted)) for count in (1, GRID)]
        for name, images in (("healthy", healthy), ("collapsed", collapsed))
    }
    scaled, fixed = autoscale(faint), fixed_scale(faint)
    yield Frame("written", 0.5, images=_grey(scaled), rows=(("max - min", f"{np.ptp(scaled):.2f}"),))
    yield Frame("corrected", 0.5, images=_grey(fixed), rows=(("max - min", f"{np.ptp(fixed):.2f}"),))
    yield Frame("written", 1.0, images=np.stack([healthy[0], collapsed[0]]))
    yield Frame("corrected", 1.0, images=np.concatenate([healthy[: GRID // 2], collapsed[: GRID // 2]]))
    yield Outcome(
        {
            "autoscaled": float(np.ptp(scaled)),
            "fixed": float(np.ptp(fixed)),
            "one": classes["healthy"][0] - classes["collapsed"][0],
            "grid_collapsed": classes["collapsed"][1],
            "grid_healthy": classes["healthy"][1],
        }
    )


def _grey(image: np.ndarray) -> np.ndarray:
    return np.round(255.0 * image).astype(np.uint8)[None]


C17 = Experiment(
    key="C17",
    question=Text(
        f"G 的图几乎全灰，最亮与最暗只差 {CONTRAST}（满幅是 2）。`plt.imshow` 不带 `vmin`、`vmax`，看上去如何？",
        f"G's image is almost plain grey: brightest and darkest differ by {CONTRAST}, where 2 is possible. How does "
        "`plt.imshow` without `vmin` and `vmax` show it?",
    ),
    choices=(
        Choice(Text("几乎看不见的一团灰", "As a barely visible grey")),
        Choice(Text("黑白分明，与完美的图无异", "In full black and white, like a perfect one"), is_right=True),
        Choice(Text("一片黑", "All black")),
    ),
    claims=(
        Claim(
            "autoscaled",
            "written",
            Text("自动缩放后，最亮减最暗", "brightest less darkest, autoscaled"),
            "=",
            1.0,
            digits=2,
        ),
        Claim(
            "one",
            "written",
            Text(
                "只看一张：好模型与坍缩模型的类别数之差",
                "one image each: classes of a healthy model less those of a collapsed one",
            ),
            "=",
            0,
            digits=0,
        ),
        Claim(
            "fixed",
            "corrected",
            Text(r"`vmin=-1, vmax=1`：最亮减最暗", r"brightest less darkest with `vmin=-1, vmax=1`"),
            "≈",
            CONTRAST / 2,
            1e-6,
        ),
        Claim(
            "grid_healthy",
            "corrected",
            Text(
                rf"{GRID} 张网格，好模型的类别数：期望 $10(1-0.9^{{{GRID}}})$",
                rf"a grid of {GRID}, classes of the healthy model: expected $10(1-0.9^{{{GRID}}})$",
            ),
            "≈",
            expected_classes(GRID),
            3.0,
            1,
        ),
        Claim(
            "grid_collapsed",
            "corrected",
            Text("同样的网格，坍缩模型的类别数", "the same grid, classes of the collapsed model"),
            "=",
            1,
            digits=0,
        ),
    ),
    run=_one_image,
    seconds=2.0,
)


def _loss_of_g(bench: Bench, seed: int) -> Running:
    trainer = bench.trainer(make_plan("tutorial_4_3_repaired", seed=seed, settings={"batch_size": 32}))
    while trainer.step < _STEPS:
        chunk = trainer.steps(_STEPS // 20)
        images = sample(trainer, 128)
        written = float(_as_written(tf.constant(images)))
        shown = as_pictures(images[:MOST_IMAGES])
        value = float(chunk.values[:, trainer.keys.index("g_total")].mean())
        yield Frame("written", trainer.step / _STEPS, trainer.step, {"g": written}, shown)
        yield Frame("corrected", trainer.step / _STEPS, trainer.step, {"g": value}, shown)
    digits = load("digits5k").held_out[:128].reshape(128, -1) / np.float32(127.5) - np.float32(1.0)
    measured: dict[str, float] = {}
    for name, batch in (("fakes", images), ("digits", digits.astype(np.float32))):
        inputs = tf.constant(batch)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(inputs)
            code = _as_written(inputs)
            logits = trainer.discriminator(tf.reshape(inputs, [-1, 28, 28, 1]), training=False)["logit"]
            right = tf.reduce_mean(tf.nn.softplus(-logits))
        measured |= {
            f"{name}_code": float(code),
            f"{name}_code_slope": float(tf.norm(tape.gradient(code, inputs))),
            f"{name}_right": float(right),
            f"{name}_right_slope": float(tf.norm(tape.gradient(right, inputs))),
            f"{name}_log": float(-np.log(1 / (1 + np.exp(-logits.numpy().astype(np.float64)))).mean() - float(right)),
        }
    yield Outcome(measured | {"difference": measured["fakes_right"] - measured["digits_right"]})


def _as_written(images: Any) -> Any:
    """What section 4.3 hands to the cross-entropy for G: the images as the label, and the label 0 as the logit."""
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=images, logits=tf.zeros_like(images)))


C18 = Experiment(
    key="C18",
    question=Text(
        "把 G 的图换成真正的手写数字，代码里 `gen_loss` 的值会变吗？",
        "Put real handwritten digits in place of G's images. Does the value of the code's `gen_loss` change?",
    ),
    choices=(
        Choice(Text("变小，因为更像真的", "It falls, for they are more real")),
        Choice(Text("变大", "It rises")),
        Choice(Text(r"不变，总是 $\ln2$", r"It does not: it is always $\ln2$"), is_right=True),
    ),
    claims=(
        Claim("fakes_code", "written", Text("G 的图：`gen_loss`", "G's images: `gen_loss`"), "≈", log(2), 1e-6, 6),
        Claim("digits_code", "written", Text("真的数字：`gen_loss`", "real digits: `gen_loss`"), "≈", log(2), 1e-6, 6),
        Claim("fakes_code_slope", "written", Text("它对图的梯度", "its gradient by the images"), "=", 0.0),
        Claim(
            "difference",
            "corrected",
            Text(r"$-\log D$：G 的图比真的数字高多少", r"$-\log D$: of G's images less that of real digits"),
            ">",
            0.2,
        ),
        Claim("digits_right", "corrected", Text(r"真的数字：$-\log D$", r"real digits: $-\log D$"), "<", log(2)),
        Claim(
            "fakes_log",
            "corrected",
            Text(r"$-\log\sigma(s)$ 与 $\mathrm{softplus}(-s)$ 之差", r"$-\log\sigma(s)$ less $\mathrm{softplus}(-s)$"),
            "≈",
            0.0,
            1e-5,
            7,
        ),
        Claim("fakes_right_slope", "corrected", Text("它对图的梯度", "its gradient by the images"), ">", 0.0),
    ),
    run=_loss_of_g,
    series=(Series("g", Text("G 的损失", "loss of G"), log(2)),),
    seconds=4.0,
)

EXPERIMENTS = (C17, C18)
