"""The code of sections 4.3 and 5.2 once it runs: G's target is 0 (C3), and a sigmoid is applied twice (C4)."""

from __future__ import annotations

from collections.abc import Generator
from math import log

from aigc_demo.data import load
from aigc_demo.explain.closed_form import TWO_LOG_TWO, double_sigmoid_losses
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running, Side
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.common_series import D_SLOPE, G_SLOPE, SCORES, losses
from aigc_demo.explain.experiments.phases import FAST, plan_of, train
from aigc_demo.explain.experiments.playing import SHOWN, pictures, side_by_side
from aigc_demo.explain.moments import digits5k
from aigc_demo.text import Text

_GREY = digits5k().from_grey


def _cooperation(bench: Bench, seed: int) -> Running:
    (zero,), (one,) = yield from side_by_side(
        train(bench, "written", plan_of("g_target_zero", seed, FAST), ("both", 250)),
        train(bench, "corrected", plan_of("non_saturating", seed, FAST), ("both", 250)),
    )
    yield Outcome(
        {
            "d_zero": zero.end("d_total"),
            "g_zero": zero.end("g_total"),
            "off_zero": zero.reading.off_mean,
            "sum_one": one.end("d_total") + one.end("g_total"),
            "off_one": one.reading.off_mean,
        }
    )


C3 = Experiment(
    key="C3",
    question=Text(
        "代码给 G 的目标是“假”（0）。训练之后，两条损失和画面会怎样？",
        "The code gives G the target “fake” (0). What becomes of the two losses, and of the pictures?",
    ),
    choices=(
        Choice(Text("两条损失都降到 0，画面变成数字", "Both losses fall to 0 and digits appear")),
        Choice(Text("两条损失都降到 0，画面仍是噪声", "Both losses fall to 0 and the pictures stay noise"), is_right=True),
        Choice(Text("损失一直振荡", "The losses keep swinging")),
    ),
    claims=(
        Claim("d_zero", "written", Text("$L_D$，预言趋于 0", "$L_D$: predicted to go to 0"), "≈", 0.0, 0.005),
        Claim("g_zero", "written", Text("$L_G$，预言趋于 0", "$L_G$: predicted to go to 0"), "≈", 0.0, 0.005),
        Claim("off_zero", "written", Text("画面离平均数字的距离：比一张灰图还远",
                                          "distance of the pictures from the average digit: further than a grey one"),
              ">", _GREY, digits=1),
        Claim("sum_one", "corrected", Text("对抗时 $L_D+L_G$ 不会都小", "$L_D+L_G$ in a contest: not both small"),
              ">", 1.0, digits=2),
        Claim("off_one", "corrected", Text("同一距离：至少走完一半", "the same distance: at least half the way is done"),
              "<", _GREY / 2, digits=1),
    ),
    run=_cooperation,
    series=(*losses(0.0, 0.0), *SCORES),
    seconds=7.0,
)  # fmt: skip

_RATE = 6e-4  # of the game: dies within seconds, yet not before it has learnt something
_ALONE_RATE, _ALONE = 3e-3, 60  # of D by itself
_MOST, _MOST_CORRECTED, _AFTERWARDS = 600, 300, 60
_DEAD = 0.01  # a gradient norm; both begin above 0.3


def _squashed(bench: Bench, seed: int) -> Running:
    (best, dead), (right_best, alive) = yield from side_by_side(
        _best_and_game(bench, "written", "double_sigmoid", seed, _MOST),
        _best_and_game(bench, "corrected", "non_saturating", seed, _MOST_CORRECTED),
    )
    yield Outcome(
        {
            "perfect": best,
            "d_dead": dead["d_total"],
            "g_dead": dead["g_total"],
            "slope_d_dead": dead["grad_norm_d"],
            "slope_g_dead": dead["grad_norm_g"],
            "perfect_right": right_best,
            "slope_d": alive["grad_norm_d"],
            "slope_g": alive["grad_norm_g"],
        }
    )


def _best_and_game(
    bench: Bench, side: Side, loss: str, seed: int, most: int
) -> Generator[Frame, None, tuple[float, dict[str, float]]]:
    """L_D of a D that learns by itself; then a game from the start, until `most` steps or until both gradients are dead.

    Returns the best L_D and the game's last figures.
    """
    (alone,) = yield from train(bench, side, plan_of(loss, seed, _ALONE_RATE), ("d", _ALONE), shown=())
    plan = plan_of(loss, seed, _RATE)
    trainer = alone.trainer
    trainer.reset(plan, load(plan.dataset))
    figures: dict[str, float] = {}
    while trainer.step < most:
        chunk = trainer.steps(20)
        figures = dict(zip(trainer.keys, chunk.values.mean(axis=0).tolist(), strict=True))
        shown = {key: figures[key] for key in SHOWN}
        yield Frame(side, trainer.step / most, trainer.step, shown, pictures(trainer))
        if max(figures["grad_norm_d"], figures["grad_norm_g"]) < _DEAD:
            most = min(most, trainer.step + _AFTERWARDS)
    return alone.end("d_total", 5), figures


_PERFECT, _BOTH_DEAD = double_sigmoid_losses(1.0, 0.0), double_sigmoid_losses(0.0, 0.0)
_D_NORM, _G_NORM = (
    Text("停下时 D 的梯度范数", "D's gradient norm at the end"),
    Text("停下时 G 的梯度范数", "G's gradient norm at the end"),
)

C4 = Experiment(
    key="C4",
    question=Text(
        "sigmoid 用了两次。损失停在教科书的均衡值 1.3863 与 0.6931 时，梯度是多少？",
        "The sigmoid is applied twice. When the losses rest at the textbook's 1.3863 and 0.6931, what are the gradients?",
    ),
    choices=(
        Choice(Text("和正确的损失差不多：达到均衡了", "About those of the right loss: this is the equilibrium")),
        Choice(Text("几乎为 0：双方都已不动", "Almost 0: both nets are dead"), is_right=True),
        Choice(Text("非常大：训练要发散了", "Very large: it is about to diverge")),
    ),
    claims=(
        Claim("perfect", "written", Text("只训练 D 时能降到的 $L_D$", "$L_D$ of a D that learns alone"), "≈", _PERFECT, 0.01),
        Claim("d_dead", "written", Text("$L_D$", "$L_D$"), "≈", _BOTH_DEAD, 0.002),
        Claim("g_dead", "written", Text("$L_G$", "$L_G$"), "≈", log(2), 0.002),
        Claim("slope_d_dead", "written", _D_NORM, "<", 0.02),
        Claim("slope_g_dead", "written", _G_NORM, "<", 0.01),
        Claim("perfect_right", "corrected", Text("只训练 D 时能降到的 $L_D$", "$L_D$ of a D that learns alone"), "≈", 0.0, 0.01),
        Claim("slope_d", "corrected", _D_NORM, ">", 1.0, digits=2),
        Claim("slope_g", "corrected", _G_NORM, ">", 0.5, digits=2),
    ),
    run=_squashed,
    series=(*losses(TWO_LOG_TWO, log(2)), *SCORES, D_SLOPE, G_SLOPE),
    seconds=9.0,
)  # fmt: skip

EXPERIMENTS = (C3, C4)
