"""The losses that the code of "AIGC 原理与代码实例讲解", sections 4.3 and 5.2, trains once it runs at all.

It feeds D's sigmoid into a function that applies the sigmoid again, and it gives G the target that is D's for fakes.
"""

from __future__ import annotations

from math import log

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.losses.document import TUTORIAL
from aigc_demo.losses.jensen_shannon import D_TERMS, fake_as_fake
from aigc_demo.text import Text

_SOURCE = Text(TUTORIAL.zh + " §4.3、§5.2 的代码", TUTORIAL.en + ", the code of §4.3 and §5.2")


def _real_squashed_twice(round_: Round) -> Tensor:
    return tf.nn.softplus(-tf.sigmoid(round_.real_out.logit))


def _fake_squashed_twice(round_: Round) -> Tensor:
    return tf.nn.softplus(tf.sigmoid(round_.fake_out.logit))


def _fake_as_real_squashed_twice(round_: Round) -> Tensor:
    return tf.nn.softplus(-tf.sigmoid(round_.fake_out.logit))


DOUBLE_SIGMOID = Loss(
    key="double_sigmoid",
    title=Text("两次 sigmoid（教程代码的错误）", "Sigmoid twice (the tutorial code's mistake)"),
    story=Text(
        "D 的输出已是 sigmoid(s)，却又被当作 logit。损失停在教科书般的 1.386 与 0.693，双方其实都已不动：要看梯度范数。"
        "",
        "D's output is already sigmoid(s) but is used as a logit. The losses settle at the textbook 1.386 and 0.693 "
        "while both nets are dead: watch the gradient norms.",
    ),
    source=_SOURCE,
    d_terms=(
        Term(
            "d_real",
            Text("真图，压缩两次", "real, squashed twice"),
            r"-\,\mathbb{E}_{x}\left[\log\sigma(D(x))\right]",
            Text(
                "只能在 0.313 与 0.693 之间变动，永远到不了 0。",
                "It can only move between 0.313 and 0.693, never to 0.",
            ),
            _real_squashed_twice,
        ),
        Term(
            "d_fake",
            Text("假图，压缩两次", "fake, squashed twice"),
            r"-\,\mathbb{E}_{z}\left[\log\left(1-\sigma(D(G(z)))\right)\right]",
            Text("只能在 0.693 与 1.313 之间变动。", "It can only move between 0.693 and 1.313."),
            _fake_squashed_twice,
        ),
    ),
    g_terms=(
        Term(
            "g_adversarial",
            Text("骗过判别器，压缩两次", "pass as real, squashed twice"),
            r"-\,\mathbb{E}_{z}\left[\log\sigma(D(G(z)))\right]",
            Text("斜率最大 0.097，正确的损失可到 1。", "Its slope never exceeds 0.097; the right loss reaches 1."),
            _fake_as_real_squashed_twice,
        ),
    ),
    equilibrium=(2 * log(2), log(2)),
    family="document",
    readout="probability",
    sections=("4.3", "5.2"),
)

G_TARGET_ZERO = Loss(
    key="g_target_zero",
    title=Text("G 的目标写成 0（教程代码的错误）", "G's target is 0 (the tutorial code's mistake)"),
    story=Text(
        "代码拿“假”当 G 的目标：G 与 D 合作，帮 D 认出自己的图是假的。两条损失都降到 0，图像始终是噪声。",
        "The code gives G the target “fake”: G cooperates and helps D spot its images. Both losses fall to 0 while the "
        "images stay noise.",
    ),
    source=_SOURCE,
    d_terms=D_TERMS,
    g_terms=(
        Term(
            "g_adversarial",
            Text("让假图被认作假", "be caught as fake"),
            D_TERMS[1].latex,
            Text(
                "与判别器的假图项一模一样：它降到 0 只说明 G 的图越来越容易被识破。",
                "The very same as D's fake term: its fall to 0 says only that G's images are ever easier to spot.",
            ),
            fake_as_fake,
        ),
    ),
    equilibrium=(0.0, 0.0),
    family="document",
    readout="probability",
    sections=("4.3", "5.2"),
)
