"""What section 3.3 calls a local optimum (F8): cycling, saturation and collapse, each made to happen and measured."""

from __future__ import annotations

from collections.abc import Generator
from math import hypot

from aigc_demo.explain.closed_form import dirac_growth, sigmoid
from aigc_demo.explain.errata_theory import LARGE_STEP
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Series, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.phases import FAST, plan_of, train
from aigc_demo.explain.experiments.playing import side_by_side
from aigc_demo.explain.logits import explain
from aigc_demo.text import Text

_START = 0.01  # small enough for the linear law to hold to the end
_STEPS, _CHUNK = 100, 4
_S = -5.0
_WARM, _ALONE = 60, 150


def _dirac(side: Side, damping: float) -> Generator[Frame, None, float]:
    """Two numbers, simultaneous steps: data at 0, G draws theta, D(x) = sigma(psi x); returns the growth per step."""
    theta, psi = _START, 0.0
    for step in range(1, _STEPS + 1):
        slope = sigmoid(psi * theta)
        theta, psi = theta + LARGE_STEP * psi * slope, psi - LARGE_STEP * (theta * slope + damping * psi)
        if step % _CHUNK == 0:
            radius = hypot(theta, psi)
            yield Frame(
                side,
                step / _STEPS / 2,
                step,
                {"radius": radius},
                rows=[("theta", f"{theta:+.5f}"), ("psi", f"{psi:+.5f}")],
            )
    return (hypot(theta, psi) / _START) ** (1 / _STEPS)


def _three(bench: Bench, seed: int) -> Running:
    growth, shrinking = yield from side_by_side(_dirac("written", 0.0), _dirac("corrected", 1.0))
    (warm, alone), (_, both) = yield from side_by_side(
        train(bench, "written", plan_of("minimax", seed, FAST), ("both", _WARM), ("g", _ALONE), shown=("score_fake",)),
        train(
            bench,
            "corrected",
            plan_of("non_saturating", seed, FAST),
            ("both", _WARM),
            ("both", _ALONE),
            shown=("score_fake",),
        ),
    )
    yield Outcome(
        {
            "growth": growth,
            "saturated": explain("minimax", 0.0, _S)["generator"][0]["slope"],
            "collapsed": alone.reading.variance_ratio,
            "before": warm.reading.variance_ratio,
            "shrinking": shrinking,
            "awake": explain("non_saturating", 0.0, _S)["generator"][0]["slope"],
            "varied": both.reading.variance_ratio,
        }
    )


F8 = Experiment(
    key="F8",
    question=Text(
        rf"最小的 GAN（两个数，$\eta={LARGE_STEP}$）只有一个均衡点。从它近旁出发，同时更新 {_STEPS} 步，会到哪里？",
        rf"The smallest GAN (two numbers, $\eta={LARGE_STEP}$) has a single equilibrium. Start close to it and update both at once, {_STEPS} times: where does it go?",
    ),
    choices=(
        Choice(Text("走进均衡点", "Into the equilibrium")),
        Choice(Text("卡在一个局部最优", "It gets stuck in a local optimum")),
        Choice(Text("绕着它转，越转越远", "Round and round it, ever further out"), is_right=True),
    ),
    claims=(
        Claim("growth", "written", Text(r"绕圈：每步半径的倍数，预言 $\sqrt{1+\eta^2/4}$",
                                        r"cycling: growth of the radius a step, predicted $\sqrt{1+\eta^2/4}$"),
              "≈", dirac_growth(LARGE_STEP), 1e-3),
        Claim("saturated", "written", Text(rf"消失：极小极大在 $s={_S:.0f}$ 处的斜率", rf"saturation: slope of minimax at $s={_S:.0f}$"),
              "≈", -sigmoid(_S), 1e-6),
        Claim("before", "written", Text("坍缩之前的方差比", "variance ratio before the collapse"), ">", 0.1, digits=3),
        Claim("collapsed", "written", Text("坍缩：D 停下之后的方差比，预言趋于 0",
                                           "collapse: variance ratio once D stands still, predicted to go to 0"), "<", 0.05, digits=3),
        Claim("shrinking", "corrected", Text(r"加 R1 阻尼（$\gamma=1$）：每步半径的倍数", r"damped by R1 ($\gamma=1$): growth of the radius a step"),
              "<", 1.0),
        Claim("awake", "corrected", Text(rf"非饱和形式在 $s={_S:.0f}$ 处的斜率", rf"slope of the non-saturating form at $s={_S:.0f}$"),
              "≈", -sigmoid(-_S), 1e-6),
        Claim("varied", "corrected", Text("D 一直跟上时的方差比", "variance ratio with a D that keeps up"), ">", 0.1, digits=3),
    ),
    run=_three,
    series=(
        Series("radius", Text("到均衡点的距离", "distance from the equilibrium"), logarithmic=True),
        Series("score_fake", Text("$D(G(z))$", "$D(G(z))$")),
    ),
    seconds=6.0,
    left=Text("三种毛病", "The three failures"),
    right=Text("各自的药", "Their remedies"),
)  # fmt: skip

EXPERIMENTS = (F8,)
