"""How long the tutorial's training is (C8): its own loops, counted."""

from __future__ import annotations

import numpy as np

from aigc_demo.explain.counting import (
    BATCH,
    EPOCHS,
    MNIST_IMAGES,
    expected_share_seen,
    images_of_an_epoch,
    real_epochs_in_all,
    steps_in_all,
    true_steps_of_an_epoch,
)
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.text import Text


def _counting(bench: Bench, seed: int) -> Running:
    written = 0
    for epoch in range(EPOCHS):
        for _ in range(BATCH):
            written += 1
        if epoch % 500 == 499:
            yield Frame("written", (epoch + 1) / EPOCHS, epoch + 1, {}, rows=_tally(written))
    draw = np.random.default_rng(seed)
    by_chance = np.unique(draw.integers(MNIST_IMAGES, size=BATCH * BATCH))
    shuffled = draw.permutation(MNIST_IMAGES)
    used = np.zeros(MNIST_IMAGES, np.int64)
    steps = 0
    for start in range(0, MNIST_IMAGES - BATCH + 1, BATCH):
        used[shuffled[start : start + BATCH]] += 1
        steps += 1
        if steps % 60 == 0:
            yield Frame("corrected", steps / true_steps_of_an_epoch(), steps, {}, rows=_tally(steps))
    yield Frame("corrected", 1.0, steps, {}, rows=_tally(steps))
    yield Outcome(
        {
            "steps": written,
            "epochs": written * BATCH / MNIST_IMAGES,
            "epoch_images": written / EPOCHS * BATCH,
            "share": len(by_chance) / MNIST_IMAGES,
            "true_steps": steps,
            "seen_once": float((used == 1).mean()),
            "seen_twice": int((used > 1).sum()),
        }
    )


def _tally(steps: int) -> tuple[tuple[str, str], ...]:
    return (
        ("steps", f"{steps:,}"),
        ("images_seen", f"{steps * BATCH:,}"),
        ("images_seen / 60,000", f"{steps * BATCH / MNIST_IMAGES:,.2f}"),
    )


C8 = Experiment(
    key="C8",
    question=Text(
        f"`for epoch in range({EPOCHS})` 里面是 `for _ in range(batch_size)`。一共训练多少步？",
        f"Inside `for epoch in range({EPOCHS})` stands `for _ in range(batch_size)`. How many steps is that in all?",
    ),
    choices=(
        Choice(Text(f"{EPOCHS:,} 步", f"{EPOCHS:,}")),
        Choice(Text(f"{steps_in_all():,} 步", f"{steps_in_all():,}"), is_right=True),
        Choice(
            Text(
                f"{EPOCHS * true_steps_of_an_epoch():,} 步，即把数据看 {EPOCHS:,} 遍",
                f"{EPOCHS * true_steps_of_an_epoch():,}, which is {EPOCHS:,} passes over the data",
            )
        ),
    ),
    claims=(
        Claim(
            "steps",
            "written",
            Text(f"总步数 ${EPOCHS}\\times{BATCH}$", f"steps in all, ${EPOCHS}\\times{BATCH}$"),
            "=",
            steps_in_all(),
            digits=0,
        ),
        Claim(
            "epoch_images",
            "written",
            Text(f"一个 `epoch` 看的图 ${BATCH}^2$", f"images of one `epoch`, ${BATCH}^2$"),
            "=",
            images_of_an_epoch(),
            digits=0,
        ),
        Claim(
            "epochs",
            "written",
            Text("真正的轮数（除以 60,000 张）", "true epochs, of 60,000 images each"),
            "≈",
            real_epochs_in_all(),
            1e-6,
            1,
        ),
        Claim(
            "share",
            "written",
            Text(
                "即使每步随机抽批，一个 `epoch` 也只见到这一部分数据：$1-(1-\\tfrac1n)^{16384}$",
                "even with random batches an `epoch` meets only this share of the data: $1-(1-\\tfrac1n)^{16384}$",
            ),
            "≈",
            expected_share_seen(),
            0.005,
        ),
        Claim(
            "true_steps",
            "corrected",
            Text(r"打乱后走一遍：$\lfloor n/128\rfloor$ 步", r"one shuffled pass: $\lfloor n/128\rfloor$ steps"),
            "=",
            true_steps_of_an_epoch(),
            digits=0,
        ),
        Claim(
            "seen_once",
            "corrected",
            Text("恰好见到一次的图所占比例", "share of the images seen exactly once"),
            "≈",
            true_steps_of_an_epoch() * BATCH / MNIST_IMAGES,
            1e-9,
        ),
        Claim("seen_twice", "corrected", Text("见到两次的图", "images seen twice"), "=", 0, digits=0),
    ),
    run=_counting,
    seconds=1.0,
)

EXPERIMENTS = (C8,)
