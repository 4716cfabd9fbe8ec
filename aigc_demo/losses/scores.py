"""Games in which D gives a score rather than a probability: least squares, Wasserstein and hinge.

Sources: Mao et al. 2017 (LSGAN, arXiv:1611.04076); Arjovsky et al. 2017 (WGAN, arXiv:1701.07875);
Lim & Ye 2017 (arXiv:1705.02894) and Miyato et al. 2018 (arXiv:1802.05957) for the hinge.
"""

from __future__ import annotations

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.text import Text


def _real_to_one(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.real_out.logit - 1.0)


def _fake_to_zero(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.fake_out.logit)


def _fake_to_one(round_: Round) -> Tensor:
    return 0.5 * tf.square(round_.fake_out.logit - 1.0)


def _minus_real_score(round_: Round) -> Tensor:
    return -round_.real_out.logit


def _fake_score(round_: Round) -> Tensor:
    return tf.identity(round_.fake_out.logit)


def _minus_fake_score(round_: Round) -> Tensor:
    return -round_.fake_out.logit


def _real_above_margin(round_: Round) -> Tensor:
    return tf.nn.relu(1.0 - round_.real_out.logit)


def _fake_below_margin(round_: Round) -> Tensor:
    return tf.nn.relu(1.0 + round_.fake_out.logit)


def _raise_fake_score() -> Term:
    """G's term in every loss in which it simply wants a higher score."""
    return Term(
        "g_adversarial",
        Text("抬高假图得分", "raise the fakes' score"),
        r"-\,\mathbb{E}_{z}\left[s(G(z))\right]",
        Text(
            "假图平均得分的相反数。它的绝对高低没有意义（得分可整体平移），要看真假得分之差。",
            "Minus the mean score of the fakes. Its level means nothing, since scores may shift as a whole: read the "
            "gap.",
        ),
        _minus_fake_score,
    )


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

WGAN = Loss(
    key="wgan",
    title=Text("Wasserstein（权重裁剪）", "Wasserstein (weight clipping)"),
    story=Text(
        "得分差估计两个分布之间的搬运距离；裁剪权重是为了限制得分函数的坡度。学习时得分差先张大，再慢慢缩小。",
        "The gap between the scores estimates how far one distribution must be carried to become the other; clipping "
        "the weights bounds the critic's slope. While G learns the gap first opens, then slowly closes.",
    ),
    source=Text(
        "Arjovsky、Chintala、Bottou，2017，《Wasserstein GAN》，arXiv:1701.07875",
        "Arjovsky, Chintala and Bottou, 2017, Wasserstein GAN, arXiv:1701.07875",
    ),
    d_terms=(
        Term(
            "d_real",
            Text("抬高真图得分", "raise the real score"),
            r"-\,\mathbb{E}_{x}\left[s(x)\right]",
            Text("真图平均得分的相反数。", "Minus the mean score of real images."),
            _minus_real_score,
        ),
        Term(
            "d_fake",
            Text("压低假图得分", "lower the fake score"),
            r"\mathbb{E}_{z}\left[s(G(z))\right]",
            Text(
                "假图的平均得分；与上一项之和就是负的得分差。",
                "The mean score of fakes; added to the term before, it is minus the gap.",
            ),
            _fake_score,
        ),
    ),
    g_terms=(_raise_fake_score(),),
    equilibrium=(0.0, None),
    family="wasserstein",
    readout="score",
    discriminator_steps=5,
    clip=0.01,
    suggested_optimisers=Text("RMSProp 5e-5–2e-4，不用动量", "RMSProp 5e-5 to 2e-4, no momentum"),
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
    g_terms=(_raise_fake_score(),),
    equilibrium=(2.0, None),
    family="hinge",
    readout="score",
    suggested_optimisers=Text("Adam 2e-4（β1 = 0，β2 = 0.9）", "Adam 2e-4 (β1 = 0, β2 = 0.9)"),
)
