"""The critic's games: D scores, and the gap between the mean scores is to measure a distance between the two laws.

That holds only while the critic's slope is bounded, by clipping its weights or by charging for the slope.
Sources: Arjovsky et al. 2017 (WGAN, arXiv:1701.07875); Gulrajani et al. 2017 (WGAN-GP, arXiv:1704.00028).
"""

from __future__ import annotations

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.losses.penalties import GP_TERM
from aigc_demo.text import Text


def _minus_real_score(round_: Round) -> Tensor:
    return -round_.real_out.logit


def _fake_score(round_: Round) -> Tensor:
    return tf.identity(round_.fake_out.logit)


def _minus_fake_score(round_: Round) -> Tensor:
    return -round_.fake_out.logit


# G's term in every loss in which it simply wants a higher score.
RAISE_FAKE_SCORE = Term(
    "g_adversarial",
    Text("抬高假图得分", "raise the fakes' score"),
    r"-\,\mathbb{E}_{z}\left[s(G(z))\right]",
    Text(
        "假图平均得分的相反数。它的绝对高低没有意义（得分可整体平移），要看真假得分之差。",
        "Minus the mean score of the fakes. Its level means nothing, since scores may shift as a whole: read the gap.",
    ),
    _minus_fake_score,
)

_CRITIC_TERMS = (
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
    d_terms=_CRITIC_TERMS,
    g_terms=(RAISE_FAKE_SCORE,),
    equilibrium=(0.0, None),
    family="wasserstein",
    readout="score",
    discriminator_steps=5,
    clip=0.01,
    suggested_optimisers=Text("RMSProp 5e-5–2e-4，不用动量", "RMSProp 5e-5 to 2e-4, no momentum"),
)

WGAN_GP = Loss(
    key="wgan_gp",
    title=Text("Wasserstein（梯度惩罚）", "Wasserstein (gradient penalty)"),
    story=Text(
        "不裁剪权重，而是直接惩罚得分函数的坡度偏离 1。坡度处处有用，但完全平坦的判别器也要交 λ；每步更贵。",
        "Instead of clipping weights, the critic's slope is charged for differing from 1. The slope is useful "
        "everywhere, but even a flat critic pays λ, and each step costs more.",
    ),
    source=Text(
        "Gulrajani 等，2017，《Improved Training of Wasserstein GANs》，arXiv:1704.00028",
        "Gulrajani et al., 2017, Improved Training of Wasserstein GANs, arXiv:1704.00028",
    ),
    d_terms=(*_CRITIC_TERMS, GP_TERM),
    g_terms=(RAISE_FAKE_SCORE,),
    equilibrium=(0.0, None),
    family="wasserstein",
    readout="score",
    discriminator_steps=3,
    suggested_optimisers=Text("Adam 1e-4–5e-4（β1 = 0–0.5，β2 = 0.9）", "Adam 1e-4 to 5e-4 (β1 = 0 to 0.5, β2 = 0.9)"),
)
