"""Goodfellow's game: D estimates log(p/q) by logistic regression, G lowers the Jensen-Shannon divergence.

Written on logits s with softplus(t) = log(1 + e^t), because -log D(x) = softplus(-s) and -log(1 - D(x)) = softplus(s)
stay finite where the logarithm of a rounded sigmoid does not.
Source: Goodfellow et al. 2014, Generative Adversarial Nets, arXiv:1406.2661, Proposition 1, Theorem 1 and section 3.
"""

from __future__ import annotations

from math import log

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.losses.penalties import DRAGAN_TERM
from aigc_demo.text import Text

_GOODFELLOW = Text(
    "Goodfellow 等，2014，《Generative Adversarial Nets》，arXiv:1406.2661",
    "Goodfellow et al., 2014, Generative Adversarial Nets, arXiv:1406.2661",
)


def _real_as_real(round_: Round) -> Tensor:
    return tf.nn.softplus(-round_.real_out.logit)


def fake_as_fake(round_: Round) -> Tensor:
    return tf.nn.softplus(round_.fake_out.logit)


def _fake_not_caught(round_: Round) -> Tensor:
    return -fake_as_fake(round_)


def _fake_as_real(round_: Round) -> Tensor:
    return tf.nn.softplus(-round_.fake_out.logit)


D_TERMS = (
    Term(
        "d_real",
        Text("认出真图", "call real real"),
        r"-\,\mathbb{E}_{x}\left[\log D(x)\right]",
        Text(
            "判别器把真实数字认作真的惊讶程度：D(x) 越接近 1，它越接近 0。",
            "How surprised D is that a real digit is real: it falls towards 0 as D(x) approaches 1.",
        ),
        _real_as_real,
    ),
    Term(
        "d_fake",
        Text("认出假图", "call fake fake"),
        r"-\,\mathbb{E}_{z}\left[\log\left(1-D(G(z))\right)\right]",
        Text(
            "判别器把生成的数字认作假的惊讶程度：D(G(z)) 越接近 0，它越接近 0。",
            "How surprised D is that a generated digit is fake: it falls towards 0 as D(G(z)) approaches 0.",
        ),
        fake_as_fake,
    ),
)

MINIMAX = Loss(
    key="minimax",
    title=Text("极小极大（原始形式，会饱和）", "Minimax (original, saturating)"),
    story=Text(
        "同一个值 V(D,G) 由 D 推高、由 G 压低，是零和博弈。当 D 轻松识破假图时，G 的斜率 σ(s) 趋于 0，学习停住。",
        "One value V(D,G), which D raises and G lowers: a zero-sum game. When D spots the fakes with ease, G's slope "
        "σ(s) goes to 0 and its learning stalls.",
    ),
    source=_GOODFELLOW,
    d_terms=D_TERMS,
    g_terms=(
        Term(
            "g_adversarial",
            Text("少被识破", "be caught less"),
            r"\mathbb{E}_{z}\left[\log\left(1-D(G(z))\right)\right]",
            Text(
                "与判别器的假图项恰好相反；D 越有把握，它越平坦，G 越学不动。",
                "Exactly minus D's fake term; the surer D is, the flatter it gets and the less G can learn from it.",
            ),
            _fake_not_caught,
        ),
    ),
    equilibrium=(2 * log(2), -log(2)),
    family="jensen_shannon",
    readout="probability",
    sections=("4.1", "4.2"),
    suggested_optimisers=Text(
        "Adam，G 5e-4–1e-3，D 2e-4–5e-4，β1 = 0.5", "Adam, G 5e-4 to 1e-3, D 2e-4 to 5e-4, β1 = 0.5"
    ),
)

NON_SATURATING = Loss(
    key="non_saturating",
    title=Text("非饱和（标准 GAN）", "Non-saturating (the standard GAN)"),
    story=Text(
        "判别器不变；生成器改为最大化 log D(G(z))：均衡点相同，但假图被识破时斜率接近 1，而不是 0。",
        "The same discriminator; G maximises log D(G(z)) instead. The equilibrium is the same, but while its fakes are "
        "being caught G's slope stays near 1 instead of 0.",
    ),
    source=_GOODFELLOW,
    d_terms=D_TERMS,
    g_terms=(
        Term(
            "g_adversarial",
            Text("骗过判别器", "pass as real"),
            r"-\,\mathbb{E}_{z}\left[\log D(G(z))\right]",
            Text(
                "假图未被当真的惊讶程度：D(G(z)) 升向 1 时降向 0；0.693 表示 D 分不清真假。",
                "How far the fakes are from being taken for real: it falls as D(G(z)) rises; 0.693 means D cannot "
                "tell.",
            ),
            _fake_as_real,
        ),
    ),
    equilibrium=(2 * log(2), log(2)),
    family="jensen_shannon",
    readout="probability",
    sections=("4.1", "4.2", "4.3", "5.2"),
    suggested_optimisers=Text(
        "Adam，G 5e-4–3e-3，D 2e-4–3e-3，β1 = 0.5", "Adam, G 5e-4 to 3e-3, D 2e-4 to 3e-3, β1 = 0.5"
    ),
)

DRAGAN = Loss(
    key="dragan",
    title=Text("DRAGAN（数据周围的梯度惩罚）", "DRAGAN (gradient penalty around data)"),
    story=Text(
        "非饱和损失，再要求 D 在真实数据的近旁坡度为 1：D 不许在数据周围竖起陡壁，博弈因而更平稳。",
        "The non-saturating loss, and D's slope near real data is asked to be 1: no cliffs around the data, hence a "
        "steadier game.",
    ),
    source=Text(
        "Kodali 等，2017，《On Convergence and Stability of GANs》，arXiv:1705.07215",
        "Kodali et al., 2017, On Convergence and Stability of GANs, arXiv:1705.07215",
    ),
    d_terms=(*D_TERMS, DRAGAN_TERM),
    g_terms=NON_SATURATING.g_terms,
    equilibrium=NON_SATURATING.equilibrium,
    family="jensen_shannon",
    readout="probability",
    suggested_optimisers=Text("Adam 1e-4–5e-4（β1 = 0.5，β2 = 0.9）", "Adam 1e-4 to 5e-4 (β1 = 0.5, β2 = 0.9)"),
)
