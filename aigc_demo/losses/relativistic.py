"""Games in which D compares: only how far a real image's logit lies above a fake one's counts, never the level of either.

Adding a constant to every logit changes nothing, so there is no probability to read. G's terms see the real logits too.
Sources: Jolicoeur-Martineau 2018 (arXiv:1807.00734, the pairing and the average); Huang et al. 2024 (R3GAN,
arXiv:2501.05441, which adds both zero-centred penalties to the pairing).
"""

from __future__ import annotations

from math import log

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.losses.penalties import R1_TERM, R2_TERM
from aigc_demo.text import Text

_PAIRING = Text(
    "Jolicoeur-Martineau，2018，《The relativistic discriminator》，arXiv:1807.00734",
    "Jolicoeur-Martineau, 2018, The relativistic discriminator, arXiv:1807.00734",
)
_ADAM = Text("Adam 2e-4–5e-4（β1 = 0，β2 = 0.9–0.99）", "Adam 2e-4 to 5e-4 (β1 = 0, β2 = 0.9 to 0.99)")


def _above_average_fake(round_: Round) -> Tensor:
    """s_r minus the batch's mean s_f, [B]."""
    return round_.real_out.logit - tf.reduce_mean(round_.fake_out.logit, axis=0, keepdims=True)


def _above_average_real(round_: Round) -> Tensor:
    """s_f minus the batch's mean s_r, [B]."""
    return round_.fake_out.logit - tf.reduce_mean(round_.real_out.logit, axis=0, keepdims=True)


def _gap(round_: Round) -> Tensor:
    """s_r - s_f of each pair of the batch, [B]."""
    return round_.real_out.logit - round_.fake_out.logit


def _real_above_average_fake(round_: Round) -> Tensor:
    return tf.nn.softplus(-_above_average_fake(round_))


def _fake_below_average_real(round_: Round) -> Tensor:
    return tf.nn.softplus(_above_average_real(round_))


def _fake_above_average_real(round_: Round) -> Tensor:
    return tf.nn.softplus(-_above_average_real(round_))


def _real_below_average_fake(round_: Round) -> Tensor:
    return tf.nn.softplus(_above_average_fake(round_))


def _real_above_fake(round_: Round) -> Tensor:
    return tf.nn.softplus(-_gap(round_))


def _fake_above_real(round_: Round) -> Tensor:
    return tf.nn.softplus(_gap(round_))


RASGAN = Loss(
    key="rasgan",
    title=Text("相对平均（RaSGAN）", "Relativistic average (RaSGAN)"),
    story=Text(
        "D 问的是：这张真图比平均的假图更真吗？G 既要抬高假图，也要让真图显得不如假图，所以 G 也看得到真图。",
        "D asks whether a real image is more real than the average fake. G must raise its fakes and also make real "
        "images look worse than them, so G sees real images too.",
    ),
    source=_PAIRING,
    d_terms=(
        Term(
            "d_real",
            Text("真图高于平均假图", "real above average fake"),
            r"-\,\mathbb{E}_{x}\left[\log\sigma\left(s(x)-\bar s_{G}\right)\right]",
            Text(
                "真图得分高出假图平均得分越多，越接近 0。",
                "Near 0 when real scores lie well above the mean fake score.",
            ),
            _real_above_average_fake,
        ),
        Term(
            "d_fake",
            Text("假图低于平均真图", "fake below average real"),
            r"-\,\mathbb{E}_{z}\left[\log\left(1-\sigma\left(s(G(z))-\bar s_{x}\right)\right)\right]",
            Text(
                "假图得分低于真图平均得分越多，越接近 0。",
                "Near 0 when fake scores lie well below the mean real score.",
            ),
            _fake_below_average_real,
        ),
    ),
    g_terms=(
        Term(
            "g_adversarial",
            Text("假图高于平均真图", "fake above average real"),
            r"-\,\mathbb{E}_{z}\left[\log\sigma\left(s(G(z))-\bar s_{x}\right)\right]",
            Text("假图得分要高过真图的平均得分。", "The fakes' scores should rise above the mean real score."),
            _fake_above_average_real,
            fresh_real=True,
        ),
        Term(
            "g_real",
            Text("真图低于平均假图", "real below average fake"),
            r"-\,\mathbb{E}_{x}\left[\log\left(1-\sigma\left(s(x)-\bar s_{G}\right)\right)\right]",
            Text(
                "真图得分要低于假图的平均得分；G 只能通过抬高自己的平均分来做到。",
                "Real scores should fall below the mean fake score; G can only do that by raising its own mean.",
            ),
            _real_below_average_fake,
            fresh_real=True,
        ),
    ),
    equilibrium=(2 * log(2), 2 * log(2)),
    family="relativistic",
    readout="score",
    suggested_optimisers=Text(
        "Adam，G 5e-4–1e-3，D 2e-4–5e-4，β1 = 0.5", "Adam, G 5e-4 to 1e-3, D 2e-4 to 5e-4, β1 = 0.5"
    ),
)

RPGAN = Loss(
    key="rpgan",
    title=Text("相对配对（RpGAN）", "Relativistic pairing (RpGAN)"),
    story=Text(
        "每张真图与一张假图配成一对，D 只需说哪张更真。只有差距算数，得分整体会漂移；不加惩罚容易发散。",
        "Each real image is paired with a fake and D only says which is the more real. Only the gap counts, so scores "
        "drift as a whole; without a penalty it tends to diverge.",
    ),
    source=_PAIRING,
    d_terms=(
        Term(
            "d_rank",
            Text("把真图排在假图之上", "rank real above fake"),
            r"-\,\mathbb{E}_{x,z}\left[\log\sigma\left(s(x)-s(G(z))\right)\right]",
            Text(
                "每一对中真图没有胜过假图的惊讶程度；0.693 表示排不出高下。",
                "How surprised D is when the real one of a pair does not win; 0.693 means it cannot rank them.",
            ),
            _real_above_fake,
        ),
    ),
    g_terms=(
        Term(
            "g_adversarial",
            Text("把假图排在真图之上", "rank fake above real"),
            r"-\,\mathbb{E}_{x,z}\left[\log\sigma\left(s(G(z))-s(x)\right)\right]",
            Text(
                "每一对中假图没有胜过真图的惊讶程度；落后越多，斜率越接近 1。",
                "How far the fake of each pair is from winning; the further behind it is, the closer its slope is to 1.",
            ),
            _fake_above_real,
            fresh_real=True,
        ),
    ),
    equilibrium=(log(2), log(2)),
    family="relativistic",
    readout="score",
    suggested_optimisers=_ADAM,
)

R3GAN = Loss(
    key="r3gan",
    title=Text("R3GAN（相对配对 + R1 + R2）", "R3GAN (relativistic pairing + R1 + R2)"),
    story=Text(
        "相对配对，再要求 D 在真图与假图处都平坦。两项惩罚在均衡时都是 0，却止住了打转：少数有（局部）收敛证明的 GAN 之一。",
        "Relativistic pairing, and D must be flat at both real images and fakes. Both penalties are 0 at equilibrium yet "
        "stop the circling: one of the few GANs with a proof of (local) convergence.",
    ),
    source=Text(
        "Huang 等，2024，《The GAN is dead; long live the GAN!》，arXiv:2501.05441",
        "Huang et al., 2024, The GAN is dead; long live the GAN!, arXiv:2501.05441",
    ),
    d_terms=(*RPGAN.d_terms, R1_TERM, R2_TERM),
    g_terms=RPGAN.g_terms,
    equilibrium=RPGAN.equilibrium,
    family="relativistic",
    readout="score",
    suggested_optimisers=_ADAM,
)
