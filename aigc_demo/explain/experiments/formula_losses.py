"""Section 4.1 put to the test: L_D as written (F1), a probability without its logarithm (F2), and the distance (F3)."""

from __future__ import annotations

from aigc_demo.data import load, to_unit_range
from aigc_demo.explain.closed_form import sigmoid, sigmoid_slope
from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Frame, Outcome, Running
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.common_series import D_SLOPE, G_SLOPE, SCORES, losses
from aigc_demo.explain.experiments.phases import FAST, Phase, plan_of, train
from aigc_demo.explain.experiments.playing import side_by_side
from aigc_demo.explain.experiments.readings import read
from aigc_demo.explain.logits import explain
from aigc_demo.explain.moments import digits5k
from aigc_demo.text import Text

_GREY, _SPREAD = digits5k().from_grey, digits5k().spread
_S = -5.0  # the logit at which slopes are compared
_RATIO = sigmoid(-_S) / sigmoid_slope(_S)


def _same_reward(bench: Bench, seed: int) -> Running:
    (literal,), (right,) = yield from side_by_side(
        train(bench, "written", plan_of("doc_literal", seed, FAST, 0.0), ("both", 320)),
        train(bench, "corrected", plan_of("non_saturating", seed, FAST), ("both", 250)),
    )
    yield Outcome(
        {
            "value": literal.end("d_total"),
            "sum": literal.end("score_real") + literal.end("score_fake"),
            "d_left": _left(literal),
            "off_written": literal.reading.off_mean,
            "d_alive": _left(right),
            "off_corrected": right.reading.off_mean,
        }
    )


def _left(phase: Phase) -> float:
    """The share of D's gradient norm that is left at the end."""
    return phase.end("grad_norm_d") / phase.start("grad_norm_d")


_FROM_MEAN = Text(
    r"画面离平均数字的距离 $\lVert\mathbb{E}G-\mu\rVert^2$（一张灰图的距离是预言值）",
    r"distance of the pictures from the average digit, $\lVert\mathbb{E}G-\mu\rVert^2$ (a plain grey one has the "
    r"predicted value)",
)
_HALFWAY = Text(
    r"同一距离：至少走完一半（灰图的一半）",
    r"the same distance: at least half the way is done (half of a grey picture's)",
)

F1 = Experiment(
    key="F1",
    question=Text(
        "照 §4.1 训练判别器，$L_D$ 最后会停在哪里，画面又会怎样？",
        "Train D on $L_D$ as §4.1 writes it: where does the loss end, and what becomes of the pictures?",
    ),
    choices=(
        Choice(Text("停在 $-2\\ln2$ 附近，画面变成数字", "Near $-2\\ln2$, with digits appearing")),
        Choice(Text("停在 $-2$，画面仍是噪声", "At $-2$, with the pictures still noise"), is_right=True),
        Choice(Text("来回振荡，不会停", "It swings and never settles")),
    ),
    claims=(
        Claim("value", "written", Text(r"要最小化的 $L_D$", r"$L_D$, to be minimised"), "≈", -2.0, 0.01, 3),
        Claim("sum", "written", Text(r"$\mathbb{E}D(x)+\mathbb{E}D(G(z))$", r"$\mathbb{E}D(x)+\mathbb{E}D(G(z))$"),
              "≈", 2.0, 0.01, 3),
        Claim("d_left", "written", Text("D 的梯度还剩开始时的多少", "share of D's first gradient that is left"), "<", 0.01),
        Claim("off_written", "written", _FROM_MEAN, ">", _GREY, digits=1),
        Claim("d_alive", "corrected", Text("D 的梯度还剩开始时的多少", "share of D's first gradient that is left"),
              ">", 0.1),
        Claim("off_corrected", "corrected", _HALFWAY, "<", _GREY / 2, digits=1),
    ),
    run=_same_reward,
    series=(*losses(-2.0), *SCORES, D_SLOPE),
    seconds=8.0,
)  # fmt: skip


def _slopes_apart(bench: Bench, seed: int) -> Running:
    """One D, trained alone until it is far ahead; then both losses' gradients of G against that same D."""
    (ahead,) = yield from train(
        bench, "corrected", plan_of("non_saturating", seed, FAST), ("d", 150), shown=("grad_norm_g", "score_fake")
    )
    written = bench.trainer(plan_of("doc_sign_fixed", seed, FAST))
    written.restore(ahead.trainer.state())
    norms, logit = {}, 0.0
    for side, trainer in (("written", written), ("corrected", ahead.trainer)):
        chunk = trainer.steps(1, "d")
        figures = dict(zip(trainer.keys, chunk.values[0].tolist(), strict=True))
        norms[side], logit = figures["grad_norm_g"], float(chunk.fake_logits.mean())
        rows = [("s_f", f"{logit:.2f}"), ("|grad G|", f"{norms[side]:.6f}")]
        yield Frame("written" if side == "written" else "corrected", 1.0, trainer.step,
                    {"grad_norm_g": norms[side]}, rows=rows)  # fmt: skip
    slopes = {loss: explain(loss, 0.0, _S)["generator"][0]["slope"] for loss in ("doc_sign_fixed", "non_saturating")}
    yield Outcome(
        {
            "slope_written": slopes["doc_sign_fixed"],
            "slope_corrected": slopes["non_saturating"],
            "ratio": slopes["non_saturating"] / slopes["doc_sign_fixed"],
            "logit": logit,
            "norms": norms["corrected"] / norms["written"],
        }
    )


F2 = Experiment(
    key="F2",
    question=Text(
        "先只训练 D，让它遥遥领先，再问 G 收到多大的梯度。符号已改对、但没有对数的损失，与 $-\\log D$ 相比？",
        "Let D alone learn until it is far ahead, then ask what gradient G receives. Without the logarithm (signs put "
        "right), how does it compare with $-\\log D$?",
    ),
    choices=(
        Choice(Text("差不多一样大", "About the same")),
        Choice(Text("小几倍", "A few times smaller")),
        Choice(Text("小一百倍以上", "More than a hundred times smaller"), is_right=True),
    ),
    claims=(
        Claim("slope_written", "written", Text(rf"G 在 $s={_S:.0f}$ 处的斜率 $-\sigma'(s)$",
                                               rf"G's slope at $s={_S:.0f}$, $-\sigma'(s)$"),
              "≈", -sigmoid_slope(_S), 1e-6, 6),
        Claim("slope_corrected", "corrected", Text(rf"G 在 $s={_S:.0f}$ 处的斜率 $-\sigma(-s)$",
                                                   rf"G's slope at $s={_S:.0f}$, $-\sigma(-s)$"),
              "≈", -sigmoid(-_S), 1e-6, 6),
        Claim("ratio", "corrected", Text("两者之比 $1+e^5$", "their ratio, $1+e^5$"), "≈", _RATIO, 0.01, 1),
        Claim("logit", "written", Text("同一个 D 给假图的平均 logit", "mean logit that this one D gives the fakes"),
              "<", _S, digits=2),
        Claim("norms", "corrected", Text("对着同一个 D，G 的梯度范数大多少倍",
                                         "against that same D: how many times larger G's gradient norm is"),
              ">", _RATIO, digits=1),
    ),
    run=_slopes_apart,
    series=(G_SLOPE,),
    seconds=4.0,
)  # fmt: skip


def _average_digit(bench: Bench, seed: int) -> Running:
    (literal,), (right,) = yield from side_by_side(
        train(bench, "written", plan_of("doc_literal", seed, FAST, 0.01), ("both", 250)),
        train(bench, "corrected", plan_of("non_saturating", seed, FAST), ("both", 250)),
    )
    perfect = read(to_unit_range(load("digits5k").held_out).reshape(-1, digits5k().pixels))
    yield Outcome(
        {
            "blur": literal.reading.distance,
            "alike": literal.reading.variance_ratio,
            "perfect": perfect.distance,
            "varied": right.reading.variance_ratio / literal.reading.variance_ratio,
        }
    )


F3 = Experiment(
    key="F3",
    question=Text(
        r"加上 $\lambda\lVert G(z)-x\rVert^2$（$\lambda=0.01$），G 会画出什么？",
        r"With $\lambda\lVert G(z)-x\rVert^2$ added ($\lambda=0.01$), what does G come to draw?",
    ),
    choices=(
        Choice(Text("更像真图的数字", "Digits that look more real")),
        Choice(Text("每格都是同一张灰色的平均数字", "One grey average digit in every cell"), is_right=True),
        Choice(Text("训练集里的某几张图", "Copies of some training images")),
    ),
    claims=(
        Claim("blur", "written", Text(r"G 的 $R$，预言 $\operatorname{tr}\Sigma$", r"$R$ of G: predicted $\operatorname{tr}\Sigma$"),
              "≈", _SPREAD, 10.0, 1),
        Claim("alike", "written", Text(r"方差比 $\operatorname{tr}\operatorname{Cov}(G)/\operatorname{tr}\Sigma$（平均图是 0）",
                                       r"variance ratio $\operatorname{tr}\operatorname{Cov}(G)/\operatorname{tr}\Sigma$ (0 for one picture)"),
              "<", 0.05, digits=3),
        Claim("perfect", "corrected", Text(r"完美生成器（没见过的真数字）的 $R$，预言 $2\operatorname{tr}\Sigma$",
                                           r"$R$ of a perfect generator (real digits, held out): predicted $2\operatorname{tr}\Sigma$"),
              "≈", 2 * _SPREAD, 0.03 * 2 * _SPREAD, 1),
        Claim("varied", "corrected", Text("没有 λ 项时，方差是左边的多少倍", "without the λ term: times the variance of the left side"),
              ">", 2.0, digits=1),
    ),
    run=_average_digit,
    series=(*losses(), *SCORES),
    seconds=6.0,
)  # fmt: skip

EXPERIMENTS = (F1, F2, F3)
