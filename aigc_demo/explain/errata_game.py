"""Section 4.2 of the tutorial: who maximises what (F4), and the min-max line (F5)."""

from __future__ import annotations

from math import log

from aigc_demo.explain import moments, tutorial
from aigc_demo.explain.closed_form import TWO_LOG_TWO, jensen_shannon, minimax_value
from aigc_demo.explain.erratum import Erratum, Evidence, Picture, Trial
from aigc_demo.losses import LOSSES
from aigc_demo.text import Text

_P, _Q = (0.5, 0.3, 0.2), (0.2, 0.3, 0.5)  # two distributions on three atoms, for worked numbers
_DIGITS = moments.digits5k()
_WHITE = _DIGITS.dark_on_average

F4 = Erratum(
    id="F4",
    sections=("4.2",),
    title=Text("文字说双方都“最大化”，那就没有对手了", "If both players maximise, nobody is an opponent"),
    words=Text(
        "“生成器优化目标：最大化生成器损失函数 $L_G$。判别器优化目标：最大化判别器损失函数 $L_D$。”（§4.2）",
        "“生成器优化目标：最大化生成器损失函数 $L_G$。判别器优化目标：最大化判别器损失函数 $L_D$” (§4.2: both G and "
        "D maximise their losses).",
    ),
    as_written=(r"\max_G L_G,\qquad \max_D L_D",),
    corrected=(r"\min_G \mathcal{L}_G,\qquad \min_D \mathcal{L}_D", LOSSES["non_saturating"].formula("g")),
    why=Text(
        r"$\mathbb{E}[D(G(z))]$ 在 $L_G$ 和 $L_D$ 里都是加号，双方都想把它推高：是合作，不是对抗。"
        r"更糟的是 G 还要最大化与真图的距离，于是把每个像素推到离平均数字最远的那一端：白底上一团黑。",
        r"$\mathbb{E}[D(G(z))]$ enters $L_G$ and $L_D$ with a plus, so both players push it up: they cooperate. "
        r"Worse, G is told to maximise its distance to real images as well, which drives every pixel to the end "
        r"furthest from the average digit: a black blob on white.",
    ),
    evidence=(
        Evidence(
            Text(r"G 能达到的最大 $R$", r"the largest $R$ that G can reach"),
            _DIGITS.farthest,
            1,
        ),
        Evidence(
            Text("对照：完美生成器的 $R$", "for comparison: $R$ of a perfect generator"),
            2 * _DIGITS.spread,
            1,
        ),
        Evidence(
            Text("那张图里白色像素的百分比", "white pixels in that picture, per cent"),
            100 * _WHITE / _DIGITS.pixels,
            1,
        ),
    ),
    steps=(
        Text(
            r"改写成最小化：D 的目标是 $-\mathbb{E}[D(x)]-\mathbb{E}[D(G(z))]$，G 的是 $-\mathbb{E}[D(G(z))]-\lambda "
            r"R$。共有的那一项符号相同，没有任何一项彼此相反。",
            r"Rewrite as minimising: D's goal is $-\mathbb{E}[D(x)]-\mathbb{E}[D(G(z))]$, G's is "
            r"$-\mathbb{E}[D(G(z))]-\lambda R$. The term they share has the same sign, and no term of one opposes "
            r"the other.",
        ),
        Text(
            r"$R=\mathbb{E}\lVert G(z)-\mu\rVert^2+\operatorname{tr}\Sigma$ 对每个像素都是开口向上的抛物线，"
            r"在 $[-1,1]$ 上的最大值必在端点：$G_j=-\operatorname{sign}(\mu_j)$，且与 $z$ 无关。",
            r"$R=\mathbb{E}\lVert G(z)-\mu\rVert^2+\operatorname{tr}\Sigma$ is an upward parabola in every pixel, so "
            r"on $[-1,1]$ its maximum sits at an end: $G_j=-\operatorname{sign}(\mu_j)$, whatever $z$ is.",
        ),
        Text(
            rf"训练数字里有 {_WHITE} 个像素（共 {_DIGITS.pixels} 个）平均偏黑，它们全变白；剩下中间的几个变黑。"
            rf"此时 $R={_DIGITS.farthest:,.1f}$，是完美生成器的 {_DIGITS.farthest / (2 * _DIGITS.spread):.1f} 倍。",
            rf"In the training digits {_WHITE} of the {_DIGITS.pixels} pixels are dark on average and all turn white; "
            rf"the few in the middle turn black. Then $R={_DIGITS.farthest:,.1f}$, "
            rf"{_DIGITS.farthest / (2 * _DIGITS.spread):.1f} times that of a perfect generator.",
        ),
        Text(
            r"改正：两边都写成要最小化的损失，G 最小化 $-\mathbb{E}[\log D(G(z))]$，D 最小化自己的两项。共有的信息只有 "
            r"$D(G(z))$，一方想让它变大，另一方想让它变小，这才是对抗。",
            r"The repair: write both as losses to be minimised; G minimises $-\mathbb{E}[\log D(G(z))]$, D its own "
            r"two terms. What they share is $D(G(z))$, which one wants large and the other small: that is the contest.",
        ),
    ),
    watch=Text(
        r"照文字训练（$\lambda=0.01$）：画面很快变成白底黑团，60 个格子一模一样，而两条损失都在“变好”。",
        r"Train the words ($\lambda=0.01$): the picture soon becomes a black blob on white, the same in all 60 cells, "
        r"while both losses keep “improving”.",
    ),
    written_trial=Trial("doc_literal_words", {"g_recon_x": 0.01}),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}),
    pictures=(
        Picture(
            Text("照文字去做，最优的图就是这一张。", "By the words, this one picture is the best there is."),
            _DIGITS.farthest_image,
        ),
    ),
)

F5 = Erratum(
    id="F5",
    sections=("4.2",),
    title=Text("min-max 的两边不是同一个函数", "The two sides of the min-max line are not one function"),
    words=Text(
        "“生成器和判别器的优化过程为……”（§4.2，标题是“公式推导过程”，但没有推导）",
        "“生成器和判别器的优化过程为……” (§4.2: how both are optimised; the section is titled “derivation” and holds "
        "none).",
    ),
    as_written=(tutorial.GENERATOR_GAME, tutorial.DISCRIMINATOR_GAME),
    corrected=(r"\min_G\max_D V(D,G)", tutorial.VALUE),
    why=Text(
        r"左边有 $\max_D$，右边没有了；$\mathbb{E}_x$ 也丢了，$L_{GAN}$ 从未定义；下一行最大化的又是另一个函数。"
        r"而 $\min_G\mathbb{E}[D(G(z))]$ 是让 G 的图看起来更假。正确的写法只有一个值 $V(D,G)$：D 推高它，G 压低它。",
        r"The left side has a $\max_D$ that the right side has lost, along with $\mathbb{E}_x$; $L_{GAN}$ is never "
        r"defined; and the next line maximises a different function. Besides, $\min_G\mathbb{E}[D(G(z))]$ asks G to "
        r"look more fake. There is one value, $V(D,G)$: D raises it and G lowers it.",
    ),
    evidence=(
        Evidence(Text(r"$q=p$ 时 $V(D^*,G)=-\log4$", r"$V(D^*,G)$ at $q=p$, that is $-\log4$"), -log(4)),
        Evidence(
            Text(r"此时 $\mathcal{L}_D=2\ln2$（图上的虚线）", r"$\mathcal{L}_D$ there, $2\ln2$ (the dashed line)"),
            TWO_LOG_TWO,
        ),
        Evidence(Text(r"此时 $-\log D(G(z))=\ln2$", r"$-\log D(G(z))$ there, $\ln2$"), log(2)),
        Evidence(Text(r"例：三个点上的 $V(D^*,G)$", r"example on three atoms: $V(D^*,G)$"), minimax_value(_P, _Q)),
        Evidence(
            Text(r"同例 $-\log4+2\,\mathrm{JSD}$", r"the same as $-\log4+2\,\mathrm{JSD}$"),
            -log(4) + 2 * jensen_shannon(_P, _Q),
        ),
    ),
    steps=(
        Text(
            r"固定 G，把 $V$ 写成积分：$$V=\int p(x)\log D(x)+q(x)\log\bigl(1-D(x)\bigr)\,\mathrm{d}x.$$",
            r"Fix G and write $V$ as an integral: $$V=\int p(x)\log D(x)+q(x)\log\bigl(1-D(x)\bigr)\,\mathrm{d}x.$$",
        ),
        Text(
            r"逐点求导：$\dfrac{p}{D}-\dfrac{q}{1-D}=0$，所以 $D^*(x)=\dfrac{p(x)}{p(x)+q(x)}$，其 logit 是 "
            r"$s^*=\log(p/q)$。",
            r"Differentiate at each point: $\dfrac{p}{D}-\dfrac{q}{1-D}=0$, hence $D^*(x)=\dfrac{p(x)}{p(x)+q(x)}$, "
            r"whose logit is $s^*=\log(p/q)$.",
        ),
        Text(
            r"代回去：$$V(D^*,G)=\int p\log\frac{p}{p+q}+q\log\frac{q}{p+q}=-\log4+2\,\mathrm{JSD}(p\,\Vert\,q).$$",
            r"Put it back: $$V(D^*,G)=\int "
            r"p\log\frac{p}{p+q}+q\log\frac{q}{p+q}=-\log4+2\,\mathrm{JSD}(p\,\Vert\,q).$$",
        ),
        Text(
            rf"$\mathrm{{JSD}}\ge0$，仅当 $q=p$ 时为 0。所以 G 的最优值是 $-\log4={-log(4):.4f}$，此时 $D=\tfrac12$，"
            rf"$\mathcal{{L}}_D=-V={TWO_LOG_TWO:.4f}$：训练页上那条虚线就是它。",
            rf"$\mathrm{{JSD}}\ge0$, and it is 0 only for $q=p$. So G's best value is $-\log4={-log(4):.4f}$, where "
            rf"$D=\tfrac12$ and $\mathcal{{L}}_D=-V={TWO_LOG_TWO:.4f}$: the dashed line on the Train tab.",
        ),
        Text(
            r"实际训练多用非饱和形式：G 改为最小化 $-\mathbb{E}[\log D(G(z))]$，均衡点不变，被识破时斜率是 "
            r"$\sigma(-s)$ 而不是 $\sigma(s)$。",
            r"In practice G minimises the non-saturating $-\mathbb{E}[\log D(G(z))]$: the same equilibrium, but when "
            r"it is caught its slope is $\sigma(-s)$ rather than $\sigma(s)$.",
        ),
    ),
    watch=Text(
        r"照公式训练（$\lambda=0$）：G 在躲 D，画面一直是噪声。再换成极小极大：同样的网络，"
        r"三千步左右就能画出粗糙的数字。",
        r"Train the formula ($\lambda=0$): G runs away from D and the picture stays noise. Then take minimax: the same "
        r"nets draw rough digits after some three thousand steps.",
    ),
    written_trial=Trial("doc_literal", {"g_recon_x": 0.0}),
    corrected_trial=Trial("minimax", {"g_recon_x": 0.0}),
)
