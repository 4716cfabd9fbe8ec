"""Games in which D gives a score with a target of its own: least squares and hinge.

Sources: Mao et al. 2017 (LSGAN, arXiv:1611.04076); Lim & Ye 2017 (arXiv:1705.02894) and Miyato et al. 2018
(arXiv:1802.05957) for the hinge.
"""

from __future__ import annotations

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.losses.wasserstein import RAISE_FAKE_SCORE
from aigc_demo.text import Text


def _real_to_one(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.real_out.logit - 1.0)


def _fake_to_zero(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.fake_out.logit)


def _fake_to_one(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.fake_out.logit - 1.0)


def _fake_to_minus_one(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.fake_out.logit + 1.0)


def _real_above_margin(round_: Round) -> Tensor:
    return tf.nn.relu(1.0 - round_.real_out.logit)


def _fake_below_margin(round_: Round) -> Tensor:
    return tf.nn.relu(1.0 + round_.fake_out.logit)


LSGAN = Loss(
    key="lsgan",
    title=Text("最小二乘 LSGAN（0, 1, 1）", "Least squares, LSGAN (0, 1, 1)"),
    story=Text(
        "把分类换成回归：真图的得分拉向 1，假图拉向 0。越离谱的假图斜率越大，所以不会饱和。",
        "Regression in place of classification: scores of real images are pulled to 1, of fakes to 0. The further off "
        "a fake is, the steeper its slope, so nothing saturates.",
    ),
    source=Text(
        "Mao 等，2017，《Least Squares Generative Adversarial Networks》，arXiv:1611.04076",
        "Mao et al., 2017, Least Squares Generative Adversarial Networks, arXiv:1611.04076",
    ),
    d_terms=(
        Term(
            "d_real",
            Text("真图得 1 分", "real to 1"),
            r"\tfrac12\,\mathbb{E}_{x}\left[(s(x)-1)^2\right]",
            Text("真图得分离 1 有多远。", "How far the scores of real images are from 1."),
            _real_to_one,
        ),
        Term(
            "d_fake",
            Text("假图得 0 分", "fake to 0"),
            r"\tfrac12\,\mathbb{E}_{z}\left[s(G(z))^2\right]",
            Text("假图得分离 0 有多远。", "How far the scores of fakes are from 0."),
            _fake_to_zero,
        ),
    ),
    g_terms=(
        Term(
            "g_adversarial",
            Text("让假图得 1 分", "fakes to 1"),
            r"\tfrac12\,\mathbb{E}_{z}\left[(s(G(z))-1)^2\right]",
            Text(
                "假图得分离 1 有多远；均衡时得分为 ½，此项为 0.125。",
                "How far the fakes' scores are from 1; at equilibrium the score is ½ and this is 0.125.",
            ),
            _fake_to_one,
        ),
    ),
    equilibrium=(0.25, 0.125),
    family="least_squares",
    readout="score",
    suggested_optimisers=Text(
        "Adam，G 5e-4–1e-3，D 2e-4–5e-4，β1 = 0.5", "Adam, G 5e-4 to 1e-3, D 2e-4 to 5e-4, β1 = 0.5"
    ),
)

LSGAN_CHI2 = Loss(
    key="lsgan_chi2",
    title=Text("最小二乘 LSGAN（−1, 1, 0）", "Least squares, LSGAN (−1, 1, 0)"),
    story=Text(
        "假图拉向 −1、真图拉向 1，G 则瞄准正中间的 0。D 最优时，G 的这一项加上真图的同样一项（不影响 G 的斜率）恰是 "
        "Pearson χ² 散度的一半。",
        "Fakes are pulled to −1 and real images to 1 while G aims at 0, halfway. With the best D, G's term and its like "
        "over real images, which has no slope for G, make up half the Pearson χ² divergence.",
    ),
    source=Text(
        "Mao 等，2017，《Least Squares Generative Adversarial Networks》，arXiv:1611.04076，§3.2",
        "Mao et al., 2017, Least Squares Generative Adversarial Networks, arXiv:1611.04076, section 3.2",
    ),
    d_terms=(
        LSGAN.d_terms[0],
        Term(
            "d_fake",
            Text("假图得 −1 分", "fake to −1"),
            r"\tfrac12\,\mathbb{E}_{z}\left[(s(G(z))+1)^2\right]",
            Text("假图得分离 −1 有多远。", "How far the scores of fakes are from −1."),
            _fake_to_minus_one,
        ),
    ),
    g_terms=(
        Term(
            "g_adversarial",
            Text("让假图得 0 分", "fakes to 0"),
            LSGAN.d_terms[1].latex,
            Text(
                "假图得分离 0 有多远。0 正是 D 分不清时给出的分数，所以均衡时此项为 0。",
                "How far the fakes' scores are from 0, which is what D answers when it cannot tell: at equilibrium "
                "this is 0.",
            ),
            _fake_to_zero,
        ),
    ),
    equilibrium=(1.0, 0.0),
    family="least_squares",
    readout="score",
    suggested_optimisers=LSGAN.suggested_optimisers,
)

HINGE = Loss(
    key="hinge",
    title=Text("合页", "Hinge"),
    story=Text(
        "判别器只在意还没越过间隔的图像：真图要高于 +1，假图要低于 −1；越过之后对它完全沉默。",
        "D cares only about images that have not cleared the margin: real ones above +1, fakes below −1. Once cleared, "
        "an image teaches it nothing.",
    ),
    source=Text(
        "Lim 与 Ye，2017，arXiv:1705.02894；Miyato 等，2018，arXiv:1802.05957",
        "Lim and Ye, 2017, arXiv:1705.02894; Miyato et al., 2018, arXiv:1802.05957",
    ),
    d_terms=(
        Term(
            "d_real",
            Text("真图高于 +1", "real above +1"),
            r"\mathbb{E}_{x}\left[\max(0,\,1-s(x))\right]",
            Text("真图得分还差 +1 多少；超过就是 0。", "How much real scores fall short of +1; beyond it, 0."),
            _real_above_margin,
        ),
        Term(
            "d_fake",
            Text("假图低于 −1", "fake below −1"),
            r"\mathbb{E}_{z}\left[\max(0,\,1+s(G(z)))\right]",
            Text("假图得分还高出 −1 多少；低于它就是 0。", "How much fake scores exceed −1; below it, 0."),
            _fake_below_margin,
        ),
    ),
    g_terms=(RAISE_FAKE_SCORE,),
    equilibrium=(2.0, None),
    family="hinge",
    readout="score",
    suggested_optimisers=Text("Adam 2e-4（β1 = 0，β2 = 0.9）", "Adam 2e-4 (β1 = 0, β2 = 0.9)"),
)
