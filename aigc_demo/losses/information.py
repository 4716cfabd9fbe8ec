"""InfoGAN's lower bound of the mutual information, term by term (Chen et al. 2016, arXiv:1606.03657, equation 5).

Both players maximise L_I = E[log Q(c | G(z, c))] + H(c); H(c) is a constant and left out, and what stands here is -L_I.
"""

from __future__ import annotations

import math
from dataclasses import replace

from aigc_demo.backend import tf
from aigc_demo.losses.base import Round, Tensor, Term
from aigc_demo.networks.codes import split_codes
from aigc_demo.text import Text

CODES = 2
_HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)


def _category(round_: Round) -> Tensor:
    """-log Q(c | G(z, c)) of the category, [B]."""
    return tf.nn.sparse_softmax_cross_entropy_with_logits(round_.labels, round_.fake_out.category)


def _codes(round_: Round) -> Tensor:
    """-log N(u; mu, sigma) of the uniform codes u, summed over them, [B]; sigma is 1 where Q does not say."""
    read: Tensor = round_.fake_out.codes
    means, logs = read[:, :CODES], read[:, CODES:]
    if not logs.shape[-1]:
        logs = tf.zeros_like(means)
    _, asked = split_codes(round_.z, CODES)
    return tf.reduce_sum(0.5 * tf.square((asked - means) * tf.exp(-logs)) + logs + _HALF_LOG_2PI, axis=-1)


D_CATEGORY = Term(
    "d_category",
    Text("读回类别码", "read the category back"),
    r"\mathbb{E}_{z,c}\left[-\log Q(c\mid G(z,c))\right]",
    Text(
        "Q（D 的一个分支）从假图读出生成时用的类别码；ln 10 = 2.303 等于瞎猜。不用任何真标签。",
        "Q, a branch of D, reads from a fake which category it was made with; ln 10 = 2.303 is guessing. No label of the "
        "data is used.",
    ),
    _category,
    symbol=r"\lambda",
    auxiliary=True,
)
D_CODES = Term(
    "d_codes",
    Text("读回连续码", "read the uniform codes back"),
    r"\mathbb{E}_{z,u}\left[-\log \mathcal{N}(u;\,Q(G(z,u)))\right]",
    Text(
        "Q 从假图猜两个连续码的高斯负对数似然；方差固定为 1 时，全不知道是 2.171，猜得分毫不差是 ln 2π = 1.838。",
        "The Gaussian negative log-likelihood of Q's guesses of the two codes; at a variance of 1 knowing nothing costs "
        "2.171 and knowing all ln 2π = 1.838.",
    ),
    _codes,
    symbol=r"\lambda_u",
    auxiliary=True,
)
G_CATEGORY = replace(
    D_CATEGORY,
    key="g_category",
    name=Text("让类别码看得出来", "show the category"),
    text=Text(
        "G 也要让 Q 读得出类别码，于是十个类别各画各的：没有标签，数字却自己分了组。",
        "G, too, wants Q to read the category, so each of the ten comes to mean something: digits sort themselves without "
        "labels.",
    ),
)
G_CODES = replace(
    D_CODES,
    key="g_codes",
    name=Text("让连续码看得出来", "show the uniform codes"),
    text=Text(
        "G 要让两个连续码在图上看得出来；它们常常变成倾斜和粗细。",
        "G wants the two codes to be seen in the image; they often turn into slant and weight.",
    ),
)
