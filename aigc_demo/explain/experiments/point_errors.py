"""Two numbers in place of two networks: the order of the updates (C13) and momentum (C14)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import log10

from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.playing import side_by_side
from aigc_demo.explain.point_game import (
    Order,
    Rule,
    adam,
    distances,
    gradient_descent,
    growth,
    momentum,
    start_angle,
    swing,
)
from aigc_demo.text import Text

RATE = 0.2  # of C13
STEPS = 400
_NEAR = 1e-3  # the closed forms are those of the linear game around (0, 0)
ADAM_RATE = 0.03  # of C14
ADAM_STEPS = 2000
_FRAMES = 20
MOMENTUM_RATE = 0.1
_NEARER = 1e-6  # and still near after 300 steps of growth


def _curve(
    side: Side, key: str, order: Order, make: Callable[[], Rule], start: float, radius: float, steps: int
) -> Generator[Frame, None, list[float]]:
    """Yield the distance from the equilibrium over the steps, in units of the first; returns it."""
    shares = [distance / radius for distance in distances(start, radius, order, make, steps)]
    for step in range(0, steps + 1, steps // _FRAMES):
        yield Frame(side, step / steps, step, {key: shares[step]})
    return shares


def _order(bench: Bench, seed: int) -> Running:
    def make() -> Rule:
        return gradient_descent(RATE)

    at = start_angle(seed)
    simultaneous, alternating = yield from side_by_side(
        _curve("written", "radius", "simultaneous", make, at, _NEAR, STEPS),
        _curve("corrected", "radius", "alternating", make, at, _NEAR, STEPS),
    )
    yield Outcome(
        {
            "growth": simultaneous[-1],
            "swing": max(alternating) / min(alternating),
            "late": max(alternating[STEPS // 2 :]) / max(alternating[: STEPS // 2]),
        }
    )


C13 = Experiment(
    key="C13",
    question=Text(
        r"最小的 GAN：数据是点 0，G 是点 $\theta$，D 是斜率 $\psi$。两边用同一次前向计算的梯度一起更新，会怎样？",
        r"The smallest GAN: the data are the point 0, G the point $\theta$, D a slope $\psi$. Both are updated at once, "
        r"from the same forward pass. What happens?",
    ),
    choices=(
        Choice(Text("慢慢走向均衡点 (0, 0)", "They slowly approach the equilibrium (0, 0)")),
        Choice(Text("绕着均衡点转，越转越远", "They circle it, further and further out"), is_right=True),
        Choice(Text("绕着均衡点转，远近不变", "They circle it at a constant distance")),
    ),
    claims=(
        Claim(
            "growth",
            "written",
            Text(
                rf"{STEPS} 步后的距离倍数：$(1+\eta^2/4)^{{{STEPS // 2}}}$",
                rf"distance after {STEPS} steps, times that at the start: $(1+\eta^2/4)^{{{STEPS // 2}}}$",
            ),
            "≈",
            growth(RATE) ** STEPS,
            0.01,
        ),
        Claim(
            "swing",
            "corrected",
            Text(
                r"交替：最远与最近之比，$\sqrt{(1+\eta/4)/(1-\eta/4)}$",
                r"alternating: farthest over nearest, $\sqrt{(1+\eta/4)/(1-\eta/4)}$",
            ),
            "≈",
            swing(RATE),
            0.001,
        ),
        Claim(
            "late",
            "corrected",
            Text(
                "交替：后一半的最远 / 前一半的最远", "alternating: farthest of the second half over that of the first"
            ),
            "≈",
            1.0,
            0.001,
        ),
    ),
    run=_order,
    series=(Series("radius", Text("与均衡点的距离（起点为 1）", "distance from equilibrium, 1 at the start"), 1.0),),
    seconds=1.0,
    left=Text("同时更新", "Simultaneous"),
    right=Text("交替更新", "Alternating"),
)


def _momentum(bench: Bench, seed: int) -> Running:
    def curve(side: Side, key: str, beta: float) -> Generator[Frame, None, list[float]]:
        def make() -> Rule:
            return adam(ADAM_RATE, beta)

        return _curve(side, key, "alternating", make, start_angle(seed), 1.0, ADAM_STEPS)

    much, half = yield from side_by_side(curve("written", "radius", 0.9), curve("corrected", "radius", 0.5))
    none = yield from curve("corrected", "without", 0.0)
    plain = {
        f"rate_{key}": _decades(distances(start_angle(seed), _NEARER, "simultaneous", _rule(beta), 300))
        for key, beta in (("much", 0.9), ("half", 0.5), ("none", 0.0))
    }
    late = ADAM_STEPS // 2
    yield Outcome(
        {
            "much": min(much[late:]),
            "half": max(half[late:]),
            "none": max(none[late:]),
            **plain,
        }
    )


def _rule(beta: float) -> Callable[[], Rule]:
    return lambda: momentum(MOMENTUM_RATE, beta)


def _decades(curve: list[float]) -> float:
    """Powers of ten by which the distance grew from step 100, when its start is forgotten, to step 300; per 100 steps."""
    return log10(curve[300] / curve[100]) / 2


def _growth_claim(key: str, side: Side, beta: float) -> Claim:
    return Claim(
        f"rate_{key}",
        side,
        Text(
            rf"不除以方差的动量 $\beta_1={beta}$：每 100 步增长几个数量级，$100\log_{{10}}|x|$",
            rf"plain momentum, $\beta_1={beta}$: powers of ten gained in 100 steps, $100\log_{{10}}|x|$",
        ),
        "≈",
        100 * log10(growth(MOMENTUM_RATE, beta)),
        0.01,
        3,
    )


C14 = Experiment(
    key="C14",
    question=Text(
        r"还是那个两个数的 GAN，这回用 Adam 交替更新，从距离 1 出发。哪个 $\beta_1$ 会离均衡点越来越远？",
        r"The same GAN of two numbers, now by alternating steps of Adam, from a distance of 1. Which $\beta_1$ ends up "
        r"farther from the equilibrium than it began?",
    ),
    choices=(
        Choice(Text("0：没有动量就没有方向", "0: without momentum it has no direction")),
        Choice(Text("0.5：DCGAN 的取值", "0.5, the value of DCGAN")),
        Choice(Text("0.9：Keras 的默认值，也是教程的", "0.9, Keras's default and so the tutorial's"), is_right=True),
    ),
    claims=(
        Claim(
            "much",
            "written",
            Text(r"$\beta_1=0.9$：后一半步数中最近时的距离", r"$\beta_1=0.9$: nearest in the second half of the steps"),
            ">",
            1.0,
            digits=3,
        ),
        Claim(
            "half",
            "corrected",
            Text(
                r"$\beta_1=0.5$：后一半步数中最远时的距离", r"$\beta_1=0.5$: farthest in the second half of the steps"
            ),
            "<",
            1.0,
            digits=3,
        ),
        Claim(
            "none",
            "corrected",
            Text(r"$\beta_1=0$：后一半步数中最远时的距离", r"$\beta_1=0$: farthest in the second half of the steps"),
            "<",
            0.5,
            digits=3,
        ),
        _growth_claim("much", "written", 0.9),
        _growth_claim("half", "corrected", 0.5),
        _growth_claim("none", "corrected", 0.0),
    ),
    run=_momentum,
    series=(
        Series("radius", Text("与均衡点的距离", "distance from equilibrium"), 1.0),
        Series("without", Text(r"同上，$\beta_1=0$", r"the same, $\beta_1=0$"), 1.0),
    ),
    seconds=1.0,
    left=Text(r"β1 = 0.9", r"β1 = 0.9"),
    right=Text(r"β1 = 0.5 与 0", r"β1 = 0.5 and 0"),
)

EXPERIMENTS = (C13, C14)
