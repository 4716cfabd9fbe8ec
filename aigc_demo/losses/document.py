"""The tutorial's own losses, exactly as they stand in its formulas and words, and the smallest repair of their signs.

They are here to be run and watched failing: sections 4.1 and 4.2 of "AIGC 原理与代码实例讲解" write the losses on
probabilities D = sigmoid(s) without a logarithm, with the same sign for real and fake. Its code is in document_code.py.
"""

from __future__ import annotations

from dataclasses import replace

from aigc_demo.backend import tf
from aigc_demo.losses.auxiliary import RECON_TERM
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.text import Text

TUTORIAL = Text("《AIGC 原理与代码实例讲解》", "The tutorial “AIGC 原理与代码实例讲解”")


def _minus_real_probability(round_: Round) -> Tensor:
    return -tf.sigmoid(round_.real_out.logit)


def _minus_fake_probability(round_: Round) -> Tensor:
    return -tf.sigmoid(round_.fake_out.logit)


def _fake_probability(round_: Round) -> Tensor:
    return tf.sigmoid(round_.fake_out.logit)


def _minus_distance_to_real(round_: Round) -> Tensor:
    return -RECON_TERM.fn(round_)


_LITERAL_D_TERMS = (
    Term(
        "d_real",
        Text("真图得分", "real score"),
        r"-\,\mathbb{E}_{x}\left[D(x)\right]",
        Text(
            "教程要最大化 E[D(x)]；这里写成最小化它的相反数。", "The tutorial maximises E[D(x)]: minus it is minimised."
        ),
        _minus_real_probability,
    ),
    Term(
        "d_fake",
        Text("假图得分（符号错）", "fake score (wrong sign)"),
        r"-\,\mathbb{E}_{z}\left[D(G(z))\right]",
        Text(
            "判别器也被奖励把假图叫作真，于是处处 D = 1 就是最优，与 G 无关。",
            "D is rewarded for calling fakes real as well, so D = 1 everywhere is optimal whatever G does.",
        ),
        _minus_fake_probability,
    ),
)

_LITERAL_STORY = Text(
    "L_D 给真图和假图同一个方向的奖励：D ≡ 1 即最优（值 2），之后斜率 σ′(s) 趋于 0，双方冻结。",
    "L_D rewards real and fake alike: D ≡ 1 is optimal (value 2), after which the slope σ′(s) dies and both players "
    "freeze.",
)

DOC_LITERAL = Loss(
    key="doc_literal",
    title=Text("教程公式，照原样（G 最小化）", "The tutorial's formula, as written (G minimises)"),
    story=Text(
        _LITERAL_STORY.zh + " 按 §4.2 的公式 G 最小化，于是躲开 D，并被 λ 项拉向平均数字。",
        _LITERAL_STORY.en
        + " By the formula of §4.2 G minimises: it runs away from D while λ pulls it to the average digit.",
    ),
    source=Text(TUTORIAL.zh + " §4.1，§4.2 的公式", TUTORIAL.en + ", the formulas of §4.1 and §4.2"),
    d_terms=_LITERAL_D_TERMS,
    g_terms=(
        Term(
            "g_adversarial",
            Text("假图得分", "fake score"),
            r"\mathbb{E}_{z}\left[D(G(z))\right]",
            Text("最小化它，G 就在让自己的图看起来更假。", "Minimising it, G makes its images look more fake."),
            _fake_probability,
        ),
        RECON_TERM,
    ),
    equilibrium=(-2.0, None),
    family="document",
    readout="probability",
    sections=("4.1", "4.2"),
)

DOC_LITERAL_WORDS = Loss(
    key="doc_literal_words",
    title=Text("教程文字，照原样（双方最大化）", "The tutorial's words, as written (both maximise)"),
    story=Text(
        _LITERAL_STORY.zh + " 按 §4.2 的文字 G 也最大化 L_G：不是博弈，而且它最大化与真图的距离。",
        _LITERAL_STORY.en
        + " By the words of §4.2 G maximises L_G too: no game at all, and it maximises its distance to the data.",
    ),
    source=Text(TUTORIAL.zh + " §4.2 的文字", TUTORIAL.en + ", the words of §4.2"),
    d_terms=_LITERAL_D_TERMS,
    g_terms=(
        Term(
            "g_adversarial",
            Text("抬高假图得分", "raise the fake score"),
            r"-\,\mathbb{E}_{z}\left[D(G(z))\right]",
            Text("G 与 D 想要同一件事：D(G(z)) = 1。", "G wants just what D wants: D(G(z)) = 1."),
            _minus_fake_probability,
        ),
        replace(
            RECON_TERM,
            latex=r"-\left\lVert G(z)-x\right\rVert^2",
            text=Text(
                "文字要求最大化距离：像素被推到离平均数字最远的角落，即白底黑团。",
                "The words ask to maximise the distance: pixels go to the corner furthest from the average digit, "
                "a white square with a black blob.",
            ),
            fn=_minus_distance_to_real,
        ),
    ),
    equilibrium=(-2.0, None),
    family="document",
    readout="probability",
    sections=("4.2",),
)

DOC_SIGN_FIXED = Loss(
    key="doc_sign_fixed",
    title=Text("教程公式，改正符号", "The tutorial's formula, signs corrected"),
    story=Text(
        "把 D(G(z)) 的符号改对，但仍没有对数：最优 D 非 0 即 1，斜率 σ(1−σ) ≤ ¼，D 领先时两侧都消失。",
        "The sign of D(G(z)) put right but still no logarithm: the best D is 0 or 1, and the slope σ(1−σ) ≤ ¼ dies on "
        "both sides once D is ahead.",
    ),
    source=Text(TUTORIAL.zh + " §4.1，符号改正", TUTORIAL.en + ", §4.1 with its signs corrected"),
    d_terms=(
        Term(
            "d_real",
            Text("抬高真图", "real up"),
            r"-\,\mathbb{E}_{x}\left[D(x)\right]",
            Text("真图的平均 D(x) 的相反数。", "Minus the mean of D(x) over real images."),
            _minus_real_probability,
        ),
        Term(
            "d_fake",
            Text("压低假图", "fake down"),
            r"\mathbb{E}_{z}\left[D(G(z))\right]",
            Text("假图的平均 D(G(z))。", "The mean of D(G(z)) over fakes."),
            _fake_probability,
        ),
    ),
    g_terms=(
        Term(
            "g_adversarial",
            Text("抬高假图", "fakes up"),
            r"-\,\mathbb{E}_{z}\left[D(G(z))\right]",
            Text(
                "G 要让假图被当真；没有对数，离谱的假图斜率接近 0。",
                "G wants its fakes taken for real; without a logarithm a hopeless fake has almost no slope.",
            ),
            _minus_fake_probability,
        ),
    ),
    equilibrium=(0.0, None),
    family="document",
    readout="probability",
    sections=("4.1",),
)
