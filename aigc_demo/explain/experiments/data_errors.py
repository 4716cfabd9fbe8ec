"""What the tutorial's code feeds its networks: one image for a batch (C6), and bytes against a tanh (C7)."""

from __future__ import annotations

from collections.abc import Generator
from math import log

import numpy as np

from aigc_demo.data import Dataset, load, to_unit_range
from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.plain_game import FIGURES, PlainGame, batches
from aigc_demo.explain.experiments.playing import Played, as_pictures, play, side_by_side
from aigc_demo.explain.experiments.readings import read
from aigc_demo.explain.moments import digits5k
from aigc_demo.metrics.classes import class_kl
from aigc_demo.metrics.features import feature_net
from aigc_demo.recipes import make_plan
from aigc_demo.text import Text

_QUICKER = {
    "lr.g": 1e-3,
    "lr.d": 1e-3,
    "batch_size": 32,
}  # than the tutorial's, on both sides: seconds instead of minutes
_PICTURE_STEPS = 800
_UNSCALED_STEPS = 400


def _one_image(bench: Bench, seed: int) -> Running:
    sides: tuple[tuple[Side, str], ...] = (("written", "one_image"), ("corrected", "digits5k"))
    one, many = yield from side_by_side(
        *(
            play(
                bench,
                side,
                make_plan("tutorial_4_3_repaired", dataset=dataset, seed=seed, settings=_QUICKER),
                _PICTURE_STEPS,
            )
            for side, dataset in sides
        )
    )
    images = one.samples(400)
    only = to_unit_range(load("one_image").images).reshape(-1)
    yield Outcome(
        {
            "from_picture": float(np.square(images - only).mean()),
            "variance_one": read(images).variance_ratio,
            "kl_one": _kl(one),
            "d_one": one.end("d_total", 100),
            "variance_many": read(many.samples(400)).variance_ratio,
            "kl_many": _kl(many),
        }
    )


def _kl(played: Played) -> float:
    return class_kl(feature_net().read(as_pictures(played.samples(400))).predicted)


C6 = Experiment(
    key="C6",
    question=Text(
        "每一步都拿 `train_images[0]` 当真图，训练几百步后会看到什么？",
        "Every step takes `train_images[0]` for its real images. What is there to see after some hundred steps?",
    ),
    choices=(
        Choice(
            Text(
                "每个格子都是同一张图，而两条损失一切正常",
                "The same picture in every cell, while both losses look perfectly well",
            ),
            is_right=True,
        ),
        Choice(Text("只有一种数字，但写法各异", "One digit only, but in many handwritings")),
        Choice(Text("D 大获全胜，$L_D$ 归零，画面是噪声", "D wins outright: $L_D$ goes to 0 and the picture is noise")),
    ),
    claims=(
        Claim(
            "variance_one",
            "written",
            Text("G 的方差占真图方差的比例，趋于 0", "share of the data's variance that G has, on its way to 0"),
            "<",
            0.12,
        ),
        Claim(
            "from_picture",
            "written",
            Text("每像素与那张图的均方差，趋于 0", "mean square per pixel between G's images and that picture, to 0"),
            "<",
            0.12,
        ),
        Claim(
            "kl_one",
            "written",
            Text(r"各数字占比的 KL：只有一类时是 $\ln10$", r"KL of the digits' shares: $\ln10$ for a single one"),
            "≈",
            log(10),
            0.1,
        ),
        Claim("d_one", "written", Text(r"$L_D$ 靠近 $2\ln2$", r"$L_D$ is near $2\ln2$"), "≈", TWO_LOG_TWO, 0.35),
        Claim(
            "variance_many",
            "corrected",
            Text("随机抽批：G 的方差占比", "random batches: share of the variance"),
            ">",
            0.2,
        ),
        Claim("kl_many", "corrected", Text("随机抽批：各数字占比的 KL", "random batches: KL of the shares"), "<", 1.5),
    ),
    run=_one_image,
    series=(
        Series("d_total", Text("$L_D$", "$L_D$"), level=TWO_LOG_TWO),
        Series("g_total", Text("$L_G$", "$L_G$"), level=log(2)),
    ),
    seconds=12.0,
)


def _unscaled(bench: Bench, seed: int) -> Running:
    digits = load("digits5k")
    raw, scaled = yield from side_by_side(
        _with_range("written", digits.images, digits, seed),
        _with_range("corrected", to_unit_range(digits.images), digits, seed),
    )
    yield Outcome({f"{key}_raw": value for key, value in raw.items()} | {f"{k}_scaled": v for k, v in scaled.items()})


def _with_range(
    side: Side, images: np.ndarray, digits: Dataset, seed: int, size: int = 64
) -> Generator[Frame, None, dict[str, float]]:
    """Train on `images` as they are; returns what was measured."""
    game = PlainGame(seed)
    step = game.compiled()
    every = _UNSCALED_STEPS // 20
    kept: list[np.ndarray] = []
    for number, (real, z) in zip(range(1, _UNSCALED_STEPS + 1), batches(images, size, seed), strict=False):
        kept.append(step(real, z).numpy())
        if number % every == 0:
            fakes = game.samples(20)
            rows = (
                ("x.min(), x.max()", f"{real.min():.1f}, {real.max():.1f}"),
                ("G(z).min(), G(z).max()", f"{fakes.min():.1f}, {fakes.max():.1f}"),
            )
            means = dict(zip(FIGURES, np.mean(kept[-every:], axis=0).tolist(), strict=True))
            yield Frame(side, number / _UNSCALED_STEPS, number, means, as_pictures(fakes), rows)
    fakes, real = game.samples(400), images[:400].reshape(400, -1)
    by_range = ((real.max(axis=1) > 1).mean() + (fakes.max(axis=1) <= 1).mean()) / 2
    last = np.mean(kept[-50:], axis=0)
    return {
        "by_range": float(by_range),
        "mean": float(np.asarray(images, np.float64).mean()),
        "most": float(fakes.max()),
        "score": float(last[2]),
        "d": float(last[0]),
        "off_mean": read(fakes).off_mean,
    }


_MEAN_BYTE = float(digits5k().mean_image.mean())

C7 = Experiment(
    key="C7",
    question=Text(
        r"真图像素是 0 到 255，G 的 tanh 只能给 $-1$ 到 $1$。D 靠什么分真假？",
        r"Real pixels run from 0 to 255, G's tanh from $-1$ to $1$. What will D tell them apart by?",
    ),
    choices=(
        Choice(Text("笔画的形状", "The shape of the strokes")),
        Choice(
            Text("只看数值范围：有没有大于 1 的像素", "The range alone: whether any pixel exceeds 1"), is_right=True
        ),
        Choice(Text("它分不出来，损失停在 $2\\ln2$", "It cannot, and its loss stays at $2\\ln2$")),
    ),
    claims=(
        Claim(
            "by_range_raw",
            "written",
            Text("“有像素大于 1 就是真图”：判对的比例", "“a pixel above 1 means real”: share that is right"),
            "=",
            1.0,
        ),
        Claim(
            "most_raw", "written", Text(r"G 的最大像素，$\tanh\le1$", r"G's largest pixel, $\tanh\le1$"), "<", 1.000001
        ),
        Claim(
            "mean_raw",
            "written",
            Text("真图的平均像素，G 永远够不着", "mean pixel of the real images, out of G's reach"),
            "≈",
            _MEAN_BYTE,
            0.5,
            2,
        ),
        Claim("score_raw", "written", Text("真图的 logit", "logit of real images"), ">", 20.0, digits=1),
        Claim("d_raw", "written", Text("而 $L_D$ 看上去一切正常", "while $L_D$ looks healthy"), ">", 0.6),
        Claim(
            "by_range_scaled",
            "corrected",
            Text("缩放后，同一条规则只能瞎猜", "after scaling the same rule can only guess"),
            "=",
            0.5,
        ),
        Claim(
            "score_scaled", "corrected", Text("缩放后真图的 logit", "logit of real images, scaled"), "<", 10.0, digits=2
        ),
        Claim(
            "off_mean_scaled",
            "corrected",
            Text(r"缩放后 $\lVert\mathbb{E}G-\mu\rVert^2$", r"$\lVert\mathbb{E}G-\mu\rVert^2$, scaled"),
            "<",
            250.0,
            digits=0,
        ),
    ),
    run=_unscaled,
    series=(
        Series("score_real", Text("真图的 logit", "logit of real images")),
        Series("d_total", Text("$L_D$", "$L_D$"), level=TWO_LOG_TWO),
    ),
    seconds=8.0,
)


EXPERIMENTS = (C6, C7)
