"""Section 4.1 of the tutorial: the two losses (F1, F2, F3)."""

from __future__ import annotations

from aigc_demo.explain import moments, tutorial
from aigc_demo.explain.closed_form import jensen_shannon, sigmoid, sigmoid_slope, total_variation
from aigc_demo.explain.erratum import Erratum, Evidence, Picture, Trial
from aigc_demo.losses import LOSSES
from aigc_demo.text import Text

_P, _Q = (0.5, 0.3, 0.2), (0.2, 0.3, 0.5)  # two distributions on three atoms, for worked numbers
_DIGITS = moments.digits5k()
_RATIO = sigmoid(5) / sigmoid_slope(-5)

F1 = Erratum(
    id="F1",
    sections=("4.1", "4.2"),
    title=Text("真图和假图拿到同一种奖励", "Real and fake earn the same reward"),
    words=Text(
        "“判别器优化目标：最大化判别器损失函数 $L_D$。”（§4.2）",
        "“判别器优化目标：最大化判别器损失函数 $L_D$” (§4.2: the discriminator's goal is to maximise its loss $L_D$).",
    ),
    as_written=(tutorial.DISCRIMINATOR_LOSS,),
    corrected=(LOSSES["non_saturating"].formula("d"),),
    why=Text(
        r"两项都是加号，所以无论看到什么，判别器只要说“真”就得奖。不管 G 画什么，$D\equiv1$ 都是最优答案，值为 $2$。"
        r"真图与假图目标相同，也就没有什么可分辨；而走到那里时 sigmoid 已经平坦，双方都收不到梯度。",
        r"Both terms carry a plus, so D is paid for saying “real” to anything. Whatever G draws, $D\equiv1$ is the "
        r"best answer, and it is worth $2$. Real and fake have one and the same target, so there is nothing left to "
        r"tell apart; and once there, the sigmoid is flat and neither player receives a gradient.",
    ),
    evidence=(
        Evidence(Text(r"任何 G 下 $L_D$ 的上确界", r"supremum of $L_D$, for every G"), 2 * sigmoid(100), 0),
        Evidence(Text(r"起点的斜率 $\sigma'(0)$", r"slope at the start, $\sigma'(0)$"), sigmoid_slope(0), 2),
        Evidence(Text(r"$s=5$ 处的斜率 $\sigma'(5)$", r"slope at $s=5$, $\sigma'(5)$"), sigmoid_slope(5), 4),
        Evidence(Text(r"$s=10$ 处的斜率 $\sigma'(10)$", r"slope at $s=10$, $\sigma'(10)$"), sigmoid_slope(10), 6),
    ),
    steps=(
        Text(
            r"把期望写成积分，$p$ 是真实数据的分布，$q$ 是 $G(z)$ 的分布："
            r"$$L_D=\int\bigl(p(x)+q(x)\bigr)\,D(x)\,\mathrm{d}x.$$",
            r"Write the expectations as integrals, with $p$ the distribution of the data and $q$ that of $G(z)$: "
            r"$$L_D=\int\bigl(p(x)+q(x)\bigr)\,D(x)\,\mathrm{d}x.$$",
        ),
        Text(
            r"权重 $p+q$ 处处非负，$D$ 又不超过 $1$，所以 $L_D\le\int(p+q)\,\mathrm{d}x=2$，处处取 $D=1$ 即可达到。"
            r"答案里根本没有 $q$：G 怎么画都一样。",
            r"The weight $p+q$ is never negative and $D$ never exceeds $1$, so $L_D\le\int(p+q)\,\mathrm{d}x=2$, "
            r"reached by $D=1$ everywhere. There is no $q$ in that answer: what G draws makes no difference.",
        ),
        Text(
            r"对 logit $s$ 求导（$D=\sigma(s)$）：$\partial L_D/\partial s=(p+q)\,\sigma'(s)>0$。每个 $s$ 都一路变大，"
            rf"而斜率从 ${sigmoid_slope(0):.2f}$ 降到 ${sigmoid_slope(5):.4f}$（$s=5$），"
            rf"再到 ${sigmoid_slope(10):.6f}$（$s=10$）：越走越没有力气。",
            r"Differentiate by the logit $s$, where $D=\sigma(s)$: $\partial L_D/\partial s=(p+q)\,\sigma'(s)>0$. "
            rf"Every $s$ keeps growing while the slope falls from ${sigmoid_slope(0):.2f}$ to "
            rf"${sigmoid_slope(5):.4f}$ at "
            rf"$s=5$ and ${sigmoid_slope(10):.6f}$ at $s=10$: the further it goes, the less pushes it.",
        ),
        Text(
            r"把第二个加号换成减号，权重变成 $p-q$，D 才必须选择：$p>q$ 处答 1，$p<q$ 处答 0。再加上对数，逐点最大化 "
            r"$p\log D+q\log(1-D)$，得到 $D^*=p/(p+q)$，这就是 Goodfellow 的判别器。",
            r"Turn the second plus into a minus and the weight becomes $p-q$: now D must choose, 1 where $p>q$ and 0 "
            r"where $p<q$. With the logarithms as well, maximising $p\log D+q\log(1-D)$ point by point gives "
            r"$D^*=p/(p+q)$, Goodfellow's discriminator.",
        ),
        Text(
            r"这一行其实很像 WGAN 的 $\max_{\lVert f\rVert_L\le1}\mathbb{E}_{x}[f(x)]-\mathbb{E}_{z}[f(G(z))]$："
            r"减号写成了加号，坡度不超过 1 的限制也丢了。",
            r"The line does resemble WGAN's $\max_{\lVert f\rVert_L\le1}\mathbb{E}_{x}[f(x)]-\mathbb{E}_{z}[f(G(z))]$, "
            r"with its minus turned into a plus and the bound on the slope lost.",
        ),
    ),
    watch=Text(
        r"照原样训练：$L_D$（这里画的是它的相反数）滑向 $-2$，$D(x)$ 与 $D(G(z))$ 一起贴到 1，梯度范数归零，"
        r"画面仍是噪声。",
        r"Train it as written: $L_D$ (drawn here with its sign turned, to be minimised) slides to $-2$, $D(x)$ and "
        r"$D(G(z))$ both stick to 1, the gradient norms die, and the picture is still noise.",
    ),
    written_trial=Trial("doc_literal", {"g_recon_x": 0.0}),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}),
)

F2 = Erratum(
    id="F2",
    sections=("4.1",),
    title=Text("直接对概率求平均，少了对数", "A probability is averaged where its logarithm belongs"),
    words=Text(
        "“判别器的输入为样本 $x$，输出为真实样本的概率 $y$。”（§4.1）",
        "“判别器的输入为样本 $x$，输出为真实样本的概率 $y$” (§4.1: D takes a sample $x$ and returns the probability "
        "$y$ that it is real).",
    ),
    as_written=(r"E_x[D(x)]", r"E_z[D(G(z))]"),
    corrected=(
        r"-\,\mathbb{E}_{x}\left[\log D(x)\right]=\mathbb{E}_{x}\left[\mathrm{softplus}(-s)\right]",
        r"-\,\mathbb{E}_{z}\left[\log D(G(z))\right]=\mathbb{E}_{z}\left[\mathrm{softplus}(-s)\right]",
    ),
    why=Text(
        r"就算把符号改对，$D=\sigma(s)$ 对 logit $s$ 的斜率也只有 $\sigma(s)(1-\sigma(s))\le\tfrac14$，"
        rf"而且两头都会消失：越离谱的假图，G 收到的改正反而越小。在 $s=-5$ 处它是 ${sigmoid_slope(-5):.4f}$，"
        rf"而 $-\log\sigma(s)$ 的斜率大小是 ${sigmoid(5):.4f}$，相差 ${_RATIO:.0f}$ 倍。",
        r"Even with the signs put right, the slope of $D=\sigma(s)$ by the logit $s$ is only "
        r"$\sigma(s)(1-\sigma(s))\le\tfrac14$, and it dies at both ends: the more hopeless a fake, the smaller the "
        rf"correction G receives. At $s=-5$ it is ${sigmoid_slope(-5):.4f}$, while $-\log\sigma(s)$ has a slope of "
        rf"size ${sigmoid(5):.4f}$: ${_RATIO:.0f}$ times as much.",
    ),
    evidence=(
        Evidence(
            Text(r"没有对数：$s=-5$ 处 G 的斜率", r"without the logarithm: G's slope at $s=-5$"), -sigmoid_slope(-5)
        ),
        Evidence(Text(r"有对数：$s=-5$ 处 G 的斜率", r"with it: G's slope at $s=-5$"), -sigmoid(5)),
        Evidence(Text(r"倍数 $1+e^{5}$", r"ratio, $1+e^{5}$"), _RATIO, 1),
        Evidence(
            Text(r"例：三个点上的 $\mathrm{TV}(p,q)$", r"example on three atoms: $\mathrm{TV}(p,q)$"),
            total_variation(_P, _Q),
            1,
        ),
        Evidence(
            Text(r"同一个例子的 $\mathrm{JSD}(p,q)$", r"the same example: $\mathrm{JSD}(p,q)$"), jensen_shannon(_P, _Q)
        ),
    ),
    steps=(
        Text(
            r"$\sigma'(s)=\sigma(s)(1-\sigma(s))$ 在 $s=0$ 处最大，为 $\tfrac14$；$s\to\pm\infty$ 时都趋于 0。",
            r"$\sigma'(s)=\sigma(s)(1-\sigma(s))$ is largest at $s=0$, where it is $\tfrac14$, and goes to 0 on both "
            r"sides.",
        ),
        Text(
            r"对数恰好把这个因子消掉：$\frac{\mathrm{d}}{\mathrm{d}s}\bigl(-\log\sigma(s)\bigr)=-\sigma(-s)$。"
            r"假图被一眼看穿时（$s\to-\infty$），斜率趋于 $-1$，正是 G 最需要它的时候。",
            r"The logarithm cancels just that factor: "
            r"$\frac{\mathrm{d}}{\mathrm{d}s}\bigl(-\log\sigma(s)\bigr)=-\sigma(-s)$. When a fake is seen through at "
            r"once ($s\to-\infty$) its slope tends to $-1$, just when G needs it most.",
        ),
        Text(
            r"没有对数（符号已改对）时，$L_D=\int(q-p)\,D\,\mathrm{d}x$ 的最优 D 是 $\mathbf{1}[p>q]$，最小值是 "
            r"$-\mathrm{TV}(p,q)$。两个分布不重叠时 $\mathrm{TV}=1$，与相距多远无关：没有任何东西告诉 G 往哪边走。",
            r"Without it (signs corrected) the best D for $L_D=\int(q-p)\,D\,\mathrm{d}x$ is $\mathbf{1}[p>q]$, and "
            r"the minimum is $-\mathrm{TV}(p,q)$. Where the two distributions do not overlap $\mathrm{TV}=1$ however "
            r"far apart they are: nothing tells G which way to go.",
        ),
        Text(
            r"计算时在 logit 上写成 $-\log\sigma(s)=\mathrm{softplus}(-s)$、$-\log(1-\sigma(s))=\mathrm{softplus}(s)$，"
            r"即使 $s=\pm100$ 也不会溢出。另一条出路是去掉 sigmoid，并限制得分的坡度（WGAN）。",
            r"In code it is written on logits, $-\log\sigma(s)=\mathrm{softplus}(-s)$ and "
            r"$-\log(1-\sigma(s))=\mathrm{softplus}(s)$, which stays finite even at $s=\pm100$. The other way out is "
            r"to drop the sigmoid and bound the slope of the score (WGAN).",
        ),
    ),
    watch=Text(
        "实话实说：只要 D 没有遥遥领先，改正符号后的这个损失也能学会一些东西。先把下面的滑块移到 $s=-5$ "
        "比较两条斜率，再去训练。",
        "In fairness: while D is not far ahead, this loss with its signs corrected does learn something. Move the "
        "slider below to $s=-5$ and compare the slopes, then train it.",
    ),
    written_trial=Trial("doc_sign_fixed", {"g_recon_x": 0.0}),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}),
)

F3 = Erratum(
    id="F3",
    sections=("4.1",),
    title=Text(
        "与一张不相干的真图比距离，只会得到平均数字",
        "A distance to an unrelated real image can only teach the average digit",
    ),
    words=Text(
        r"“$\|G(z) - x\|^2$ 表示生成器输出与真实样本之间的距离。”（§4.1）",
        r"“$\|G(z) - x\|^2$ 表示生成器输出与真实样本之间的距离” (§4.1: the distance between G's output and a real "
        r"sample).",
    ),
    as_written=(tutorial.GENERATOR_LOSS,),
    corrected=(LOSSES["non_saturating"].formula("g"),),
    why=Text(
        r"公式没说 $x$ 是哪一张：$z$ 与 $x$ 各自独立抽取，没有“这个 $z$ 该对应这张图”这回事。于是这一项的唯一最小值是 "
        rf"$G(z)\equiv\mu=\mathbb{{E}}[x]$，一张灰蒙蒙的平均数字，损失 ${_DIGITS.spread:.1f}$；"
        rf"而一个完美的生成器却要付 ${2 * _DIGITS.spread:.1f}$，恰好两倍。它奖励模糊，惩罚像真的。",
        r"The formula never says which $x$: $z$ and $x$ are drawn independently, so no image belongs to a given $z$. "
        rf"The only minimum of this term is therefore $G(z)\equiv\mu=\mathbb{{E}}[x]$, one grey average digit, at "
        rf"a cost of ${_DIGITS.spread:.1f}$; a perfect generator pays ${2 * _DIGITS.spread:.1f}$, exactly twice as "
        r"much. It rewards blur and fines the real thing.",
    ),
    evidence=(
        Evidence(
            Text(r"平均数字的代价 $\operatorname{tr}\Sigma$", r"cost of the average digit, $\operatorname{tr}\Sigma$"),
            _DIGITS.spread,
            2,
        ),
        Evidence(
            Text(
                r"完美生成器的代价 $2\operatorname{tr}\Sigma$",
                r"cost of a perfect generator, $2\operatorname{tr}\Sigma$",
            ),
            2 * _DIGITS.spread,
            2,
        ),
        Evidence(
            Text(r"若按数字配对，各类平均图的代价", r"if pairs shared their digit: cost of the class means"),
            _DIGITS.spread_within_class,
            2,
        ),
    ),
    steps=(
        Text(
            r"记 $R=\mathbb{E}\lVert G(z)-x\rVert^2$，$\mu=\mathbb{E}[x]$，$\Sigma=\operatorname{Cov}(x)$。插入 $\mu$："
            r"$$R=\mathbb{E}\lVert G(z)-\mu\rVert^2+\mathbb{E}\lVert x-\mu\rVert^2-2\,\mathbb{E}\langle "
            r"G(z)-\mu,\,x-\mu\rangle.$$",
            r"Let $R=\mathbb{E}\lVert G(z)-x\rVert^2$, $\mu=\mathbb{E}[x]$, $\Sigma=\operatorname{Cov}(x)$ and insert "
            r"$\mu$: $$R=\mathbb{E}\lVert G(z)-\mu\rVert^2+\mathbb{E}\lVert x-\mu\rVert^2-2\,\mathbb{E}\langle "
            r"G(z)-\mu,\,x-\mu\rangle.$$",
        ),
        Text(
            r"$z$ 与 $x$ 独立，$\mathbb{E}[x-\mu]=0$，所以交叉项为 0：$R=\mathbb{E}\lVert "
            r"G(z)-\mu\rVert^2+\operatorname{tr}\Sigma$。",
            r"$z$ and $x$ are independent and $\mathbb{E}[x-\mu]=0$, so the cross term vanishes: "
            r"$R=\mathbb{E}\lVert G(z)-\mu\rVert^2+\operatorname{tr}\Sigma$.",
        ),
        Text(
            rf"第二部分与 G 无关，第一部分只在 $G(z)\equiv\mu$ 时为 0。{_DIGITS.images:,} 个训练数字的 "
            rf"$\operatorname{{tr}}\Sigma={_DIGITS.spread:.2f}$（784 个像素之和，像素在 $[-1,1]$）。",
            r"The second part does not depend on G; the first is 0 only for $G(z)\equiv\mu$. For the "
            rf"{_DIGITS.images:,} training digits $\operatorname{{tr}}\Sigma={_DIGITS.spread:.2f}$, summed over 784 "
            r"pixels in $[-1,1]$.",
        ),
        Text(
            r"若 $G(z)$ 与真图同分布，则 $\mathbb{E}\lVert G(z)-\mu\rVert^2=\operatorname{tr}\Sigma$，于是 "
            r"$R=2\operatorname{tr}\Sigma$：完美反而比模糊贵一倍。",
            r"If $G(z)$ is distributed as the data, $\mathbb{E}\lVert G(z)-\mu\rVert^2=\operatorname{tr}\Sigma$ and so "
            r"$R=2\operatorname{tr}\Sigma$: perfection costs twice what blur does.",
        ),
        Text(
            r"每张图受到的拉力是 $2\lambda\,(G(z)-\mu)$，在 $q=p$ 处也不为 0。只要 $\lambda>0$，真实分布就不是均衡点。",
            r"The pull on each image is $2\lambda\,(G(z)-\mu)$, and it is not 0 at $q=p$ either: for any $\lambda>0$ "
            r"the true distribution is not a resting point.",
        ),
        Text(
            rf"要用距离，就得有配对：pix2pix 在成对的图像上用 L1；VEEGAN 重建噪声，$\lVert z-F(G(z))\rVert^2$。"
            rf"只按数字配对不够，模糊只是搬到各类的平均图（代价 ${_DIGITS.spread_within_class:.1f}$）。",
            r"A distance needs pairs: pix2pix uses L1 on paired images; VEEGAN rebuilds the noise instead, "
            r"$\lVert z-F(G(z))\rVert^2$. Pairing by digit alone is not enough: the blur only moves to each class's "
            rf"mean, at a cost of ${_DIGITS.spread_within_class:.1f}$.",
        ),
    ),
    watch=Text(
        r"$\lambda=0.01$ 照原样训练：所有格子变成同一张灰色的平均数字。换成非饱和损失，再把 $\lambda$ 从 0 往上推，"
        r"看画面怎样变灰、变得雷同。",
        r"Train as written with $\lambda=0.01$: every cell turns into the same grey average digit. Then take the "
        r"non-saturating loss and raise $\lambda$ from 0: watch the images go grey and alike.",
    ),
    written_trial=Trial("doc_literal", {"g_recon_x": 0.01}),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}),
    pictures=(
        Picture(
            Text(
                f"这就是那张平均数字：{_DIGITS.images:,} 个训练数字逐像素求平均。",
                f"The average digit itself: the mean of {_DIGITS.images:,} training digits, pixel by pixel.",
            ),
            _DIGITS.mean_image,
        ),
    ),
)
