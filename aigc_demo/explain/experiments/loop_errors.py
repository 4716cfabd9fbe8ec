"""How the tutorial's loop runs: without a seed (C15), and one operation at a time (C16)."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from math import inf
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.counting import BATCH, steps_in_all
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.plain_game import LATENT_SIZE, PlainGame
from aigc_demo.explain.experiments.playing import pictures, sample
from aigc_demo.recipes import make_plan
from aigc_demo.recipes.making import MAX_SEED
from aigc_demo.text import Text
from aigc_demo.training import Trainer

_STEPS = 60
_TIMED = 40  # steps of each side, or fewer on a busy machine:
_PATIENCE = 6.0  # seconds


def _twice(bench: Bench, seed: int) -> Running:
    plan = make_plan("tutorial_4_3_repaired", seed=seed, settings={"batch_size": 32})
    trainer = bench.trainer(plan)
    measured: dict[str, float] = {}
    sides: tuple[tuple[Side, bool], ...] = (("written", False), ("corrected", True))
    for side, seeded in sides:
        results = []
        for run in range(2):
            start = seed if seeded else int(np.random.SeedSequence().generate_state(1)[0]) % MAX_SEED
            results.append((yield from _run(trainer, side, start, run)))
        measured[side] = float(np.abs(results[0] - results[1]).max())
    yield Outcome(measured | {"resumed": _resumed(trainer, seed, results[0])})


def _run(trainer: Trainer, side: Side, seed: int, number: int) -> Generator[Frame, None, np.ndarray]:
    """Train from `seed`; returns the images of fixed points at the end, float32 [20, 784]."""
    _restart(trainer, seed)
    while trainer.step < _STEPS:
        chunk = trainer.steps(_STEPS // 10)
        figures = {f"run{number + 1}": float(chunk.values[:, trainer.keys.index("d_total")].mean())}
        progress = (number + trainer.step / _STEPS) / 2
        yield Frame(side, progress, trainer.step, figures, pictures(trainer, 10), (("seed", str(seed)),))
    return sample(trainer, 20)


def _restart(trainer: Trainer, seed: int) -> None:
    plan = make_plan("tutorial_4_3_repaired", seed=seed, settings={"batch_size": 32})
    trainer.reset(plan, load(plan.dataset))


def _resumed(trainer: Trainer, seed: int, uninterrupted: np.ndarray) -> float:
    """How far a run that is stopped half-way, saved, forgotten and resumed ends from one that never stopped."""
    _restart(trainer, seed)
    trainer.steps(_STEPS // 2)
    saved = trainer.state()
    _restart(trainer, seed + 1)
    trainer.steps(_STEPS // 2)
    trainer.restore(saved)
    trainer.steps(_STEPS - _STEPS // 2)
    return float(np.abs(sample(trainer, 20) - uninterrupted).max())


C15 = Experiment(
    key="C15",
    question=Text(
        "代码里没有种子。同一份代码、同一份数据跑两遍，画出的图会一样吗？",
        "The code sets no seed. Run twice, the same code on the same data: will the images be the same?",
    ),
    choices=(
        Choice(Text("一样，程序是确定的", "Yes, a program is deterministic")),
        Choice(Text("几乎一样，只差舍入", "Nearly, up to rounding")),
        Choice(
            Text("不一样；固定种子后才一模一样", "No; only with a fixed seed, and then to the last bit"), is_right=True
        ),
    ),
    claims=(
        Claim(
            "written",
            "written",
            Text("没有种子：两次的像素最多相差", "no seed: largest difference of a pixel"),
            ">",
            0.1,
        ),
        Claim(
            "corrected",
            "corrected",
            Text("同一个种子：两次的像素最多相差", "the same seed: largest difference of a pixel"),
            "=",
            0.0,
            digits=1,
        ),
        Claim(
            "resumed",
            "corrected",
            Text("中途存盘再接着训练：与没有停过的相差", "saved half-way and resumed: difference from never stopping"),
            "=",
            0.0,
            digits=1,
        ),
    ),
    run=_twice,
    series=(
        Series("run1", Text("第一次的 $L_D$", "$L_D$ of the first run")),
        Series("run2", Text("第二次的 $L_D$", "$L_D$ of the second run")),
    ),
    seconds=4.0,
    left=Text("没有种子", "No seed"),
    right=Text("有种子", "Seeded"),
)


def _speed(bench: Bench, seed: int) -> Running:
    images = to_unit_range(load("digits5k").images[:BATCH])
    z = np.random.default_rng(seed).standard_normal((BATCH, LATENT_SIZE)).astype(np.float32)
    real, points = tf.constant(images), tf.constant(z)
    eager, compiled = PlainGame(seed), PlainGame(seed)
    graph = compiled.compiled()
    steps: tuple[tuple[Side, Callable[[Any, Any], Any]], ...] = (("written", eager.step), ("corrected", graph))
    operations = len(graph.get_concrete_function(real, points).graph.get_operations())
    graph(real, points)  # the first call compiles, and is not timed
    eager.step(real, points)
    fastest: dict[Side, float] = {"written": inf, "corrected": inf}
    begun = time.perf_counter()
    for number in range(1, _TIMED + 1):
        if time.perf_counter() - begun > _PATIENCE:
            break
        for side, step in steps:
            started = time.perf_counter()
            figures = step(real, points).numpy()
            elapsed = 1000 * (time.perf_counter() - started)
            fastest[side] = min(fastest[side], elapsed)
            hours = fastest[side] * steps_in_all() / 3_600_000
            rows = (("ms", f"{fastest[side]:.2f}"), (f"{steps_in_all():,} × ms", f"{hours:.1f} h"))
            if number % 4 == 0 or elapsed > 100:
                yield Frame(side, number / _TIMED, number, {"ms": elapsed, "d_total": float(figures[0])}, rows=rows)
    apart = np.abs(eager.samples(20) - compiled.samples(20)).max()
    yield Outcome(
        {
            "ratio": fastest["written"] / fastest["corrected"],
            "operations": operations,
            "apart": float(apart),
        }
    )


C16 = Experiment(
    key="C16",
    question=Text(
        "同样的一步（修正后的 §4.3、每批 128 张），逐个运算执行，与编译成一张图执行，快慢差多少？",
        "The same step (§4.3 repaired, batches of 128) run operation by operation, and as one compiled graph: how do they "
        "compare?",
    ),
    choices=(
        Choice(Text("一样快，算的东西相同", "Equally fast: they compute the same")),
        Choice(
            Text("编译后明显更快，结果相同", "The compiled one is clearly faster, and its results are the same"),
            is_right=True,
        ),
        Choice(Text("编译后更快，但结果不同", "The compiled one is faster, but its results differ")),
    ),
    claims=(
        Claim(
            "operations",
            "written",
            Text("一步的计算图有多少个节点", "nodes of the graph of one step"),
            ">",
            100,
            digits=0,
        ),
        Claim(
            "ratio",
            "corrected",
            Text("这台机器上快几倍（各取最快的一步）", "times faster on this machine (the fastest step of each)"),
            ">",
            1.3,
            digits=2,
        ),
        Claim(
            "apart",
            "corrected",
            Text("两者画出的像素最多相差：只有舍入", "largest difference of a pixel between them: rounding only"),
            "<",
            1e-3,
            digits=7,
        ),
    ),
    run=_speed,
    series=(Series("ms", Text("每步毫秒", "ms per step"), logarithmic=True),),
    seconds=4.0,
    left=Text("逐个执行", "Eager"),
    right=Text("编译后", "Compiled"),
)

EXPERIMENTS = (C15, C16)
