"""Ten questions whose answers are checked by running something: each is an experiment's, with a word on why."""

from __future__ import annotations

from dataclasses import dataclass

from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.moments import digits5k
from aigc_demo.text import Text

_SPREAD = digits5k().spread


@dataclass(frozen=True)
class Question:
    """The question and its choices are those of the experiment called `experiment`; `why` is shown once it has run."""

    experiment: str
    why: Text


QUIZ: tuple[Question, ...] = (
    Question(
        "C3",
        Text(
            "两条损失都下降，只说明双方目标一致；学没学到要看图和距离。",
            "Both losses falling only says that the players agree; whether anything is learnt shows in pictures and distances.",
        ),
    ),
    Question(
        "F1",
        Text(
            "真和假得到同样的奖励，D 没有理由区分它们。",
            "Real and fake earn the same reward, so D has no reason to tell them apart.",
        ),
    ),
    Question(
        "F3",
        Text(
            f"z 和 x 独立抽取，距离的最小值在平均图：{_SPREAD:.0f}；完美的采样器要付两倍。",
            f"With z and x drawn apart the distance is least at the mean image, {_SPREAD:.0f}; a perfect sampler pays twice that.",
        ),
    ),
    Question(
        "F4",
        Text(
            "最大化距离，每个像素都跑到离平均最远的一端。",
            "To maximise a distance, each pixel goes to the end that is furthest from its mean.",
        ),
    ),
    Question(
        "C4",
        Text(
            f"概率最大只有 1，压缩两次后斜率没了；{TWO_LOG_TWO:.4f} 只是 P → 0 时的值。",
            f"A probability is at most 1: squashed again, its slope is gone, and {TWO_LOG_TWO:.4f} is merely the value at P → 0.",
        ),
    ),
    Question(
        "C9",
        Text(
            "没有激活函数，多少层都是一层。",
            "Without an activation, any number of layers is one layer.",
        ),
    ),
    Question(
        "F2",
        Text(
            "σ 在两端都平，−log σ 在假的一端斜率接近 1。",
            "σ is flat at both ends, while −log σ has a slope close to 1 where the fakes are.",
        ),
    ),
    Question(
        "C13",
        Text(
            "同时更新把旋转变成外扩；交替更新是另一个映射。",
            "Simultaneous steps turn a rotation into a spiral outwards; alternating ones are another map.",
        ),
    ),
    Question(
        "C6",
        Text(
            "损失只说 D 分不出来；只有一张真图时，背下它就赢了。",
            "The losses only say that D cannot tell; with a single real image, knowing it by heart wins.",
        ),
    ),
    Question(
        "F6",
        Text(
            "最优的 D 是 p/(p+q)，它的损失就是 2 ln 2 减两倍 JS 散度。",
            "The best D is p/(p+q), and its loss is 2 ln 2 minus twice the JS divergence.",
        ),
    ),
)
