"""Sentences about the digits themselves, where the losses say nothing of what is wrong with them."""

from __future__ import annotations

from aigc_demo.metrics.verdicts import Verdict
from aigc_demo.text import Text

COLLAPSED = Verdict(
    "collapsed",
    "bad",
    Text(
        "模式坍缩：只剩 {k} 类数字，{digits} 已不再出现。损失看不出这一点。",
        "Mode collapse: only {k} of the classes are drawn, {digits} no longer appear. The losses do not show it.",
    ),
)
ONE_PICTURE = Verdict(
    "collapsed",
    "bad",
    Text(
        "模式坍缩：不论 z 是什么，G 画的几乎是同一张图。损失看不出这一点。",
        "Mode collapse: whatever z is, G draws nearly the same picture. The losses do not show it.",
    ),
)
LITTLE_VARIETY = Verdict(
    "little_variety",
    "watch",
    Text(
        "每类数字都画得千篇一律：类别齐全，类内却几乎没有变化。",
        "Every digit is drawn the same way each time: all classes are there, but hardly any variety within them.",
    ),
)
MEMORISING = Verdict(
    "memorising",
    "bad",
    Text(
        "生成器在照抄训练图：它的图与某张训练图几乎一样，比真数字之间还像得多。",
        "G copies its training digits: what it draws is far nearer to one of them than real digits are.",
    ),
)
D_OVERFITS = Verdict(
    "d_overfits",
    "watch",
    Text(
        "判别器在死记训练图：它没见过的真数字，在它看来几乎与假图一样假。",
        "D learns its training digits by heart: real ones it never saw look almost as fake to it as G's do.",
    ),
)
MEAN_DIGIT = Verdict(
    "mean_digit",
    "bad",
    Text(
        "几乎每张都是同一个灰色的平均数字：与真图的距离最小，却什么也不是。",
        "Nearly every image is the same grey average digit: nearest to all data, and no digit at all.",
    ),
)
NO_DIGITS = Verdict(
    "no_digits",
    "bad",
    Text(
        "训练了这么多步，画出来的仍不是数字，也不再变好：双方看似有来有往，其实没学到什么。",
        "After all these steps there are still no digits, and no progress: the players keep at it and nothing is learnt.",
    ),
)
LEARNING = Verdict(
    "learning",
    "good",
    Text(
        "还早，但正在变好：digit-FD 一路下降。",
        "It is early yet, but getting better: digit-FD keeps falling.",
    ),
)
STALLED = Verdict(
    "stalled",
    "watch",
    Text(
        "双方势均力敌，数字却不再变好：digit-FD 停在了按类高斯以上。",
        "The players are well matched, but the digits no longer get better: digit-FD rests above the Gaussian's.",
    ),
)
WORSENING = Verdict(
    "worsening",
    "watch",
    Text(
        "数字曾经更好：digit-FD 又升了上去。最好的那一版已经保留。",
        "The digits were better before: digit-FD has risen again. The best model so far is kept.",
    ),
)
