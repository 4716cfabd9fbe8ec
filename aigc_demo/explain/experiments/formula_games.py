"""Section 4.2 put to the test: both players maximise (F4), and G minimises E[D(G(z))] (F5)."""

from __future__ import annotations

from aigc_demo.explain.experiments.base import Choice, Claim, Experiment, Outcome, Running
from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.explain.experiments.common_series import SCORES, losses
from aigc_demo.explain.experiments.phases import FAST, GENTLE, plan_of, train
from aigc_demo.explain.experiments.playing import side_by_side
from aigc_demo.explain.moments import digits5k
from aigc_demo.text import Text
from aigc_demo.training import Who

_DIGITS = digits5k()


def _no_opponent(bench: Bench, seed: int) -> Running:
    (words,), (right,) = yield from side_by_side(
        train(bench, "written", plan_of("doc_literal_words", seed, FAST, 0.01), ("both", 250)),
        train(bench, "corrected", plan_of("non_saturating", seed, FAST), ("both", 250)),
    )
    yield Outcome(
        {
            "distance": words.reading.distance,
            "white": words.reading.white,
            "alike": words.reading.variance_ratio,
            "nearer": right.reading.distance,
            "varied": right.reading.variance_ratio,
        }
    )


F4 = Experiment(
    key="F4",
    question=Text(
        "照 §4.2 的文字，两边都“最大化”自己的损失（λ = 0.01）。画面会变成什么？",
        "By the words of §4.2 both sides maximise their losses (λ = 0.01). What becomes of the pictures?",
    ),
    choices=(
        Choice(Text("白底上一团黑，张张相同", "A black blob on white, the same everywhere"), is_right=True),
        Choice(Text("清晰的数字", "Clear digits")),
        Choice(Text("全黑", "All black")),
    ),
    claims=(
        Claim("distance", "written", Text(r"G 的 $R$，预言为最大可能值", r"$R$ of G: predicted the largest there is"),
              "≈", _DIGITS.farthest, 0.02 * _DIGITS.farthest, 1),
        Claim("white", "written", Text("白色像素的比例", "share of white pixels"), ">", 0.85, digits=3),
        Claim("alike", "written", Text("方差比（每个 $z$ 画同一张图时是 0）", "variance ratio (0 where every $z$ draws one picture)"),
              "<", 0.01, digits=4),
        Claim("nearer", "corrected", Text(r"G 的 $R$ 低于一张灰图的", r"$R$ of G: below that of a plain grey picture"),
              "<", _DIGITS.from_grey + _DIGITS.spread, digits=1),
        Claim("varied", "corrected", Text("方差比", "variance ratio"), ">", 0.05, digits=3),
    ),
    run=_no_opponent,
    series=(*losses(-2.0), *SCORES),
    seconds=6.0,
)  # fmt: skip


def _running_away(bench: Bench, seed: int) -> Running:
    """A game for a while; then D stands still, and where G goes by itself shows what its loss asks of it."""
    parts: tuple[tuple[Who, int], ...] = (("both", 250), ("g", 60))
    (game, alone), (right, right_alone) = yield from side_by_side(
        train(bench, "written", plan_of("doc_literal", seed, GENTLE, 0.0), *parts),
        train(bench, "corrected", plan_of("non_saturating", seed, GENTLE), *parts),
    )
    yield Outcome(
        {
            "gap": game.end("score_real") - game.end("score_fake"),
            "flees": alone.end("score_fake", 1),
            "off_written": game.reading.off_mean / _DIGITS.from_grey,
            "chases": right_alone.end("score_fake", 1),
            "off_corrected": right.reading.off_mean / _DIGITS.from_grey,
        }
    )


_SHARE = Text(
    r"画面离平均数字的距离，以一张灰图为 1", r"distance of the pictures from the average digit; a grey picture has 1"
)

F5 = Experiment(
    key="F5",
    question=Text(
        r"按 $\min_G\mathbb{E}[D(G(z))]$ 训练（λ = 0）。若中途让 D 停下，只让 G 学，$D(G(z))$ 会往哪边走？",
        r"Train by $\min_G\mathbb{E}[D(G(z))]$ (λ = 0). When D then stands still and only G learns, where does $D(G(z))$ go?",
    ),
    choices=(
        Choice(Text("升到 1：G 骗过了 D", "Up to 1: G fools D")),
        Choice(Text("降到 0：G 让自己更假", "Down to 0: G makes itself more fake"), is_right=True),
        Choice(Text("停在 ½", "It stays at ½")),
    ),
    claims=(
        Claim("gap", "written", Text(r"$\mathbb{E}D(x)-\mathbb{E}D(G)$：D 同样奖励两者，G 却在躲",
                                     r"$\mathbb{E}D(x)-\mathbb{E}D(G)$: D favours neither, yet G shies away"), ">", 0.0),
        Claim("flees", "written", Text("D 停下之后的 $D(G(z))$，预言趋于 0", "$D(G(z))$ once D stands still: predicted to go to 0"),
              "<", 0.1),
        Claim("off_written", "written", _SHARE, ">", 1.0, digits=2),
        Claim("chases", "corrected", Text("D 停下之后的 $D(G(z))$，预言趋于 1", "$D(G(z))$ once D stands still: predicted to go to 1"),
              ">", 0.9),
        Claim("off_corrected", "corrected", _SHARE, "<", 0.75, digits=2),
    ),
    run=_running_away,
    series=SCORES,
    seconds=7.0,
)  # fmt: skip

EXPERIMENTS = (F4, F5)
