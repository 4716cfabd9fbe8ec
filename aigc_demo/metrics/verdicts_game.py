"""Sentences about the game between the players, for somebody who has never trained a GAN."""

from __future__ import annotations

from aigc_demo.metrics.verdicts import Verdict
from aigc_demo.text import Text

BROKEN = Verdict(
    "broken",
    "bad",
    Text(
        "有数值变成了无穷大或非数（NaN）：之后的训练没有意义。",
        "A figure became infinite or not a number: nothing trained after that means anything.",
    ),
)
EXPLODING = Verdict(
    "exploding",
    "bad",
    Text(
        "得分越冲越高，没有什么拦得住判别器：它的坡度陡得教不了生成器。",
        "The scores run off and nothing holds D back: its slope has grown too steep to teach G anything.",
    ),
)
WARMING_UP = Verdict(
    "warming_up",
    "good",
    Text("刚刚开始：再过一会儿曲线才说明问题。", "Just begun: give the curves a moment to mean something."),
)
DEAD = Verdict(
    "dead",
    "bad",
    Text(
        "损失看似平稳，其实双方的梯度都几乎为 0：谁也没有在学。",
        "The losses look settled, but both players' gradients are almost 0: neither is learning any more.",
    ),
)
SQUASHED = Verdict(
    "squashed",
    "watch",
    Text(
        "两次 sigmoid 把斜率压到不足十分之一：还在学，但很慢，随时可能停住。",
        "Sigmoid twice squeezes every slope to a tenth or less: both still learn, but slowly, and may stop any time.",
    ),
)
BOTH_REAL = Verdict(
    "both_real",
    "bad",
    Text(
        "判别器把真图和假图都当成真的：生成器学不到任何东西。",
        "D calls everything real, fakes included, so G is taught nothing.",
    ),
)
BOTH_REAL_BY_FORMULA = Verdict(
    "both_real_by_formula",
    "bad",
    Text(
        "判别器把一切都当成真的——这正是这条公式所要求的，所以没有博弈可言。",
        "D calls everything real, which is just what this formula asks of it: there is no game to play.",
    ),
)
WRONG_TARGET = Verdict(
    "wrong_target",
    "bad",
    Text(
        "公式给 G 的目标就是被认作假图：两条损失一起降低，图却不会变好。",
        "This formula tells G to be called fake: both losses fall together, and the images get no better.",
    ),
)
GENERATOR_STUCK = Verdict(
    "generator_stuck",
    "bad",
    Text(
        "生成器的梯度几乎为 0：它已经停住，哪怕损失还在变。",
        "G's gradient is almost 0: it has stopped moving, whatever its loss does.",
    ),
)
SATURATED = Verdict(
    "saturated",
    "bad",
    Text(
        "判别器完全看穿了假图；用这个损失时，生成器此刻几乎没有斜率可循。",
        "D sees through every fake, and with this loss that leaves G almost no slope to follow.",
    ),
)
D_FAR_AHEAD = Verdict(
    "d_far_ahead",
    "watch",
    Text(
        "判别器遥遥领先；生成器仍有斜率，但方向会变得粗糙。若一直如此，降低 D 的学习率。",
        "D is far ahead. G still has a slope, but a crude one; if it stays like this, lower D's learning rate.",
    ),
)
D_WINS = Verdict(
    "d_wins",
    "bad",
    Text(
        "判别器赢了：它一眼看穿所有假图，生成器还没画出像样的数字，也追不上来。",
        "D has won: it sees through every fake, and G, which draws no digits yet, is not catching up.",
    ),
)
COIN_TOSS = Verdict(
    "coin_toss",
    "watch",
    Text(
        "判别器分不清真假：可能已近均衡，也可能是判别器太弱。看看右边的样本。",
        "D cannot tell real from fake: near equilibrium, or a D that is too weak. The samples show which.",
    ),
)
EQUILIBRIUM = Verdict(
    "equilibrium",
    "good",
    Text(
        "判别器分不清真假，而且数字确实画得好：这是真正接近均衡。",
        "D cannot tell real from fake, and the digits are good indeed: this is what nearing equilibrium looks like.",
    ),
)
BLIND_D = Verdict(
    "blind_d",
    "bad",
    Text(
        "判别器是瞎的：它分不清真假，但数字明明很差。教科书般的损失在这里不是均衡。",
        "D is blind: it cannot tell real from fake although the digits are poor. Textbook losses are no balance here.",
    ),
)
G_AHEAD = Verdict(
    "g_ahead",
    "watch",
    Text(
        "判别器给假图的分比真图还高：它暂时跟不上，生成器得到的指引有误。",
        "D rates fakes above real digits: it has fallen behind, and for now it points G the wrong way.",
    ),
)
D_TOO_WEAK = Verdict(
    "d_too_weak",
    "bad",
    Text(
        "判别器太弱：生成器轻易骗过了它，数字却依然很差。打败这样的 D 什么也学不到。",
        "D is too weak: G fools it with ease and yet draws poor digits. There is nothing to learn from such a D.",
    ),
)
D_TIMID = Verdict(
    "d_timid",
    "watch",
    Text(
        "判别器连真图也不敢认：假图把它弄糊涂了，通常很快会恢复。",
        "D doubts even real digits: the fakes have confused it, which it usually gets over soon.",
    ),
)
G_STRONG = Verdict(
    "g_strong",
    "watch",
    Text(
        "生成器占上风：多数假图被当成真的，判别器要赶上来。",
        "G has the upper hand: most fakes pass as real, and D has to catch up.",
    ),
)
HEALTHY = Verdict(
    "healthy",
    "good",
    Text(
        "势均力敌：判别器略占上风，正好能教生成器。",
        "A good match: D is a little ahead, which is just what it takes to teach G.",
    ),
)
OUTLIERS = Verdict(
    "outliers",
    "watch",
    Text(
        "得分远远超出目标的范围：少数离谱的图像主导了平方损失。",
        "Scores lie far outside their targets: a few images that are far off rule the squared loss.",
    ),
)
LS_FAR_AHEAD = Verdict(
    "d_far_ahead",
    "watch",
    Text(
        "真假的得分都正中各自的目标：判别器遥遥领先。平方损失不会饱和，生成器仍能追上。",
        "Real and fake scores sit on their targets: D is far ahead. The squared loss does not saturate, so G can still "
        "catch up.",
    ),
)
LS_HEALTHY = Verdict(
    "healthy",
    "good",
    Text(
        "真图的得分高于假图、又不太悬殊：判别器正好能教生成器。",
        "Real digits score above fakes, but not by far: just right for D to teach G.",
    ),
)
NO_GAP = Verdict(
    "no_gap",
    "watch",
    Text(
        "真假得分之差不是正的：评分者还没有找到区别。先看这个差，别看 G 的损失。",
        "The gap between the scores is not positive: the critic sees no difference yet. Watch the gap, not G's loss.",
    ),
)
GAP_CLOSING = Verdict(
    "gap_closing",
    "good",
    Text(
        "真假得分之差在缩小：生成器正在接近真实数据。G 的损失高低没有意义。",
        "The gap between real and fake scores is closing: G is getting nearer to the data. The level of G's loss means "
        "nothing.",
    ),
)
GAP_OPEN = Verdict(
    "gap_open",
    "good",
    Text(
        "评分者能分开真假：先张大的差，之后应慢慢缩小。只看差，G 的损失说明不了什么。",
        "The critic tells real from fake. The gap opens, then should slowly close: read it, for G's loss says nothing.",
    ),
)
CLIPPED_HARD = Verdict(
    "clipped_hard",
    "bad",
    Text(
        "权重截得太狠：判别器几乎是平的，传到生成器的梯度几乎为 0。",
        "D's weights are clipped so hard that it is almost flat: next to no gradient reaches G.",
    ),
)
HINGE_SILENT = Verdict(
    "margin_cleared",
    "watch",
    Text(
        "几乎所有图像都越过了间隔：判别器不再学习，遥遥领先。",
        "Almost every image has cleared the margin: D is far ahead and learns nothing more.",
    ),
)
HINGE_HEALTHY = Verdict(
    "healthy",
    "good",
    Text(
        "真图得分高于假图，但仍有不少落在间隔之内：双方都在学。",
        "Real digits score above fakes while many images are still inside the margin: both players are learning.",
    ),
)
PAIRS_FAR_AHEAD = Verdict(
    "d_far_ahead",
    "watch",
    Text(
        "几乎每一对里都是真图胜出：判别器遥遥领先。这里只看差距，得分的高低没有意义。",
        "The real one wins nearly every pair: D is far ahead. Only the gap counts here, never the level of the scores.",
    ),
)
PAIRS_HEALTHY = Verdict(
    "healthy",
    "good",
    Text(
        "真图多半胜过假图，但并非总是：差距正好能教生成器。得分的高低没有意义。",
        "Real digits beat fakes more often than not: a gap that teaches G. The level of the scores means nothing.",
    ),
)
