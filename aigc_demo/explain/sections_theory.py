"""Sections 4.1 and 4.2 of the tutorial: the two losses, and who minimises what."""

from __future__ import annotations

from math import log

from aigc_demo.explain import moments, tutorial
from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.section import Paragraph, Section
from aigc_demo.losses import LOSSES
from aigc_demo.text import Text

_DIGITS = moments.digits5k()

LOSS_FORMULAS = Section(
    ("4.1",),
    Text("两个损失 $L_G$、$L_D$", "The two losses, $L_G$ and $L_D$"),
    says=(
        Paragraph(
            Text("（§4.1）生成器损失：", "(§4.1) The generator's loss:"),
            ("erratum/F3", "losses/doc_literal"),
            latex=(tutorial.GENERATOR_LOSS,),
        ),
        Paragraph(
            Text("（§4.1）判别器损失：", "(§4.1) The discriminator's loss:"),
            ("erratum/F1", "losses/doc_literal"),
            latex=(tutorial.DISCRIMINATOR_LOSS,),
        ),
    ),
    right=(
        Paragraph(
            Text(
                r"记号是对的：$z$ 是噪声，$G(z)$ 是假图，$D(x)\in(0,1)$ 是“真”的概率；期望也分别对 $x$ 和 $z$ 取。",
                r"The notation is right: $z$ is noise, $G(z)$ a fake, $D(x)\in(0,1)$ the probability of “real”, with "
                r"expectations over $x$ and over $z$.",
            ),
            ("lab",),
        ),
        Paragraph(
            Text(
                "加一个距离项也有先例：pix2pix 用成对的图，所以行得通；这里的 $x$ 与 $z$ 互相独立，没有“对”。",
                "A distance term has precedents: pix2pix has one and works, on paired images; here $x$ and $z$ are drawn "
                "independently, and nothing is paired.",
            ),
            ("erratum/F3",),
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                r"$L_D$ 给真假同一种奖励：$D\equiv1$ 永远最优，值为 2（F1）。概率外面没有 $\log$，两侧的斜率都会消失（F2）。",
                r"$L_D$ rewards real and fake alike: $D\equiv1$ is always best, and worth 2 (F1). With no $\log$ around the "
                r"probability, slopes vanish on both sides (F2).",
            ),
            ("erratum/F1", "erratum/F2", "losses/doc_literal", "losses/doc_sign_fixed", "lab/literal"),
        ),
        Paragraph(
            Text(
                rf"距离项的唯一最优是平均图，值 ${_DIGITS.spread:.2f}$；完美的生成器反而是 ${2 * _DIGITS.spread:.2f}$（F3）。",
                rf"The distance has one minimiser, the average digit, at ${_DIGITS.spread:.2f}$; a perfect generator scores "
                rf"${2 * _DIGITS.spread:.2f}$ (F3).",
            ),
            ("erratum/F3", "lab/blur"),
            Trial("doc_literal", {"g_recon_x": 0.01}),
        ),
        Paragraph(
            Text("更正后的两个损失，都写成要最小化的：", "The two losses corrected, both written as minimised:"),
            ("losses/non_saturating", "lab/healthy"),
            Trial("non_saturating", {"g_recon_x": 0.0}),
            latex=(LOSSES["non_saturating"].formula("d"), LOSSES["non_saturating"].formula("g")),
        ),
        Paragraph(
            Text(
                "同一张图可以换成别的正确答案：最小二乘、Wasserstein、合页、相对比较。它们都有一个减号、一个对手。",
                "Other right answers exist: least squares, Wasserstein, hinge, relativistic. Each has a minus and an "
                "opponent.",
            ),
            ("losses/lsgan", "losses/wgan_gp", "losses/hinge", "losses/r3gan", "lab"),
        ),
    ),
)

OBJECTIVES = Section(
    ("4.2",),
    Text("优化目标与“公式推导”", "The objectives, and the “derivation”"),
    says=(
        Paragraph(
            Text(
                "（§4.2）文字：G 最大化 $L_G$，D 最大化 $L_D$。",
                "(§4.2) In words: G maximises $L_G$ and D maximises $L_D$.",
            ),
            ("erratum/F4", "losses/doc_literal_words"),
        ),
        Paragraph(
            Text("（§4.2）公式：", "(§4.2) In formulas:"),
            ("erratum/F5", "losses/doc_literal"),
            latex=(tutorial.GENERATOR_GAME, tutorial.DISCRIMINATOR_GAME),
        ),
    ),
    right=(
        Paragraph(
            Text(
                r"$\min_G\max_D$ 这个记号本身就是 Goodfellow 2014 的写法。",
                r"The notation $\min_G\max_D$ is Goodfellow's own, of 2014.",
            ),
            ("papers/gan", "losses/minimax"),
        ),
    ),
    wrong=(
        Paragraph(
            Text(
                r"照文字，双方都想推高 $D(G(z))$，没有对手（F4）；照公式，G 要 D 把它认作假的，还丢了 $\max_D$（F5）。"
                r"两种读法在实验室里都能跑，结局不同，都不成。",
                r"By the words both push $D(G(z))$ up and nobody opposes (F4); by the formula G wants to be taken for fake, "
                r"and $\max_D$ is lost (F5). Both readings can be run in the laboratory; they end differently, and badly.",
            ),
            ("erratum/F4", "erratum/F5", "lab/literal", "dirac/words"),
        ),
        Paragraph(
            Text(
                rf"标题是“公式推导过程”，却没有推导（F6）。真正的推导只有三步：$D^*=p/(p+q)$，代回去得 "
                rf"$-\log4+2\,\mathrm{{JSD}}$，最小值 ${-log(4):.4f}$ 在 $q=p$ 处。",
                rf"The title promises a derivation and there is none (F6). The real one takes three steps: $D^*=p/(p+q)$; put "
                rf"back, $-\log4+2\,\mathrm{{JSD}}$; least, ${-log(4):.4f}$, at $q=p$.",
            ),
            ("erratum/F6", "lab"),
            latex=(tutorial.VALUE,),
        ),
        Paragraph(
            Text(
                rf"均衡处 $\mathcal{{L}}_D={TWO_LOG_TWO:.4f}$、$\mathcal{{L}}_G={log(2):.4f}$，是训练页上的虚线。但看到这两个数"
                rf"并不说明训练成功：C2 与 C4 里它们是死亡的标志。",
                rf"At balance $\mathcal{{L}}_D={TWO_LOG_TWO:.4f}$ and $\mathcal{{L}}_G={log(2):.4f}$, dashed on the Train tab. "
                rf"Seeing them proves nothing: in C2 and C4 they are the mark of death.",
            ),
            ("erratum/C2", "erratum/C4"),
            Trial("minimax", {"g_recon_x": 0.0}),
        ),
    ),
)

SECTIONS: tuple[Section, ...] = (LOSS_FORMULAS, OBJECTIVES)
