"""What the tutorial's words leave out: the derivation (F6), where the data goes (F7), and how training fails (F8)."""

from __future__ import annotations

from math import log

from aigc_demo.explain import moments, tutorial
from aigc_demo.explain.closed_form import (
    TWO_LOG_TWO,
    dirac_growth,
    jensen_shannon,
    optimal_discriminator,
    sigmoid,
)
from aigc_demo.explain.erratum import COMPARISON_RECIPE, Erratum, Evidence, Trial
from aigc_demo.recipes import RECIPES
from aigc_demo.text import Text

P, Q = (0.5, 0.3, 0.2), (0.2, 0.3, 0.5)  # two distributions on three atoms, for worked numbers
LARGE_STEP = 0.5  # of the Dirac-GAN's worked number
_BEST = optimal_discriminator(P, Q)
_JSD = jensen_shannon(P, Q)
_LATENT = RECIPES[COMPARISON_RECIPE].latent_size
_PIXELS = moments.digits5k().pixels
_GROWTH = dirac_growth(LARGE_STEP)

F6 = Erratum(
    id="F6",
    sections=("4.2",),
    title=Text("标题是“推导过程”，却没有推导", "A section called “derivation” that derives nothing"),
    words=Text(
        "“公式推导过程”（§4.2 的标题；下面只列出目标，没有一步推导）",
        "“公式推导过程” (the title of §4.2, “derivation of the formulas”; what follows are goals, without one step "
        "that derives them).",
    ),
    as_written=(tutorial.GENERATOR_GAME, tutorial.DISCRIMINATOR_GAME),
    corrected=(
        r"D^*(x)=\frac{p(x)}{p(x)+q(x)}",
        r"\min_D\mathcal{L}_D=2\ln2-2\,\mathrm{JSD}(p\,\Vert\,q)",
    ),
    why=Text(
        r"缺的正是 GAN 的全部理由：为什么两张网络对抗，图就会像真的？答案只有两步。G 固定时，最优判别器是 "
        r"$D^*=p/(p+q)$；把它代回去，G 面对的就是 $p$ 与 $q$ 之间的一个距离，只有 $q=p$ 时最小。",
        r"What is missing is the whole reason for a GAN: why should a contest of two nets make images look real? It "
        r"takes two steps. With G fixed, the best discriminator is $D^*=p/(p+q)$; put it back, and what G faces is a "
        r"distance between $p$ and $q$, least for $q=p$ alone.",
    ),
    evidence=(
        Evidence(Text(r"例：三个点，第一点上的 $D^*$", r"example, three atoms: $D^*$ on the first"), _BEST[0]),
        Evidence(Text(r"第二点（$p=q$）上的 $D^*$", r"$D^*$ on the second, where $p=q$"), _BEST[1]),
        Evidence(Text(r"第三点上的 $D^*$", r"$D^*$ on the third"), _BEST[2]),
        Evidence(
            Text(r"同例 $\min\mathcal{L}_D=2\ln2-2\,\mathrm{JSD}$", r"there $\min\mathcal{L}_D=2\ln2-2\,\mathrm{JSD}$"),
            TWO_LOG_TWO - 2 * _JSD,
        ),
        Evidence(Text(r"$q=p$ 时的 $\min\mathcal{L}_D$", r"$\min\mathcal{L}_D$ for $q=p$"), TWO_LOG_TWO),
    ),
    steps=(
        Text(
            r"把 $-\mathcal{L}_D$ 写成积分，每个点 $x$ 各贡献一项：$p\log D+q\log(1-D)$。$D$ 可以是任意函数，"
            r"所以每个点可以单独选最好的值。",
            r"Written as an integral, $-\mathcal{L}_D$ has one contribution from each point $x$: $p\log D+q\log(1-D)$. "
            r"$D$ may be any function, so the best value can be chosen at each point by itself.",
        ),
        Text(
            r"对 $y=D(x)$ 求导：$\dfrac{p}{y}-\dfrac{q}{1-y}=0$，得 $y=\dfrac{p}{p+q}$。二阶导数 "
            r"$-\dfrac{p}{y^2}-\dfrac{q}{(1-y)^2}<0$，所以它是唯一的最大值。",
            r"By $y=D(x)$: $\dfrac{p}{y}-\dfrac{q}{1-y}=0$ gives $y=\dfrac{p}{p+q}$. The second derivative "
            r"$-\dfrac{p}{y^2}-\dfrac{q}{(1-y)^2}$ is negative, so this is the one maximum.",
        ),
        Text(
            rf"例：$p=(0.5,\,0.3,\,0.2)$，$q=(0.2,\,0.3,\,0.5)$。于是 $D^*=({_BEST[0]:.4f},\,{_BEST[1]:.1f},\,"
            rf"{_BEST[2]:.4f})$，logit 是 $\log(p/q)=({log(2.5):.4f},\,0,\,{log(0.4):.4f})$。",
            rf"Example: $p=(0.5,\,0.3,\,0.2)$, $q=(0.2,\,0.3,\,0.5)$. Then $D^*=({_BEST[0]:.4f},\,{_BEST[1]:.1f},\,"
            rf"{_BEST[2]:.4f})$, with logits $\log(p/q)=({log(2.5):.4f},\,0,\,{log(0.4):.4f})$.",
        ),
        Text(
            r"代回去，并在每个对数里除以 2："
            r"$$-\mathcal{L}_D=-\log4+\mathrm{KL}\Bigl(p\,\Big\Vert\,\tfrac{p+q}{2}\Bigr)+"
            r"\mathrm{KL}\Bigl(q\,\Big\Vert\,\tfrac{p+q}{2}\Bigr)=-\log4+2\,\mathrm{JSD}(p\,\Vert\,q).$$",
            r"Put it back, with a factor 2 drawn out of each logarithm: "
            r"$$-\mathcal{L}_D=-\log4+\mathrm{KL}\Bigl(p\,\Big\Vert\,\tfrac{p+q}{2}\Bigr)+"
            r"\mathrm{KL}\Bigl(q\,\Big\Vert\,\tfrac{p+q}{2}\Bigr)=-\log4+2\,\mathrm{JSD}(p\,\Vert\,q).$$",
        ),
        Text(
            rf"例子里 $\mathrm{{JSD}}={_JSD:.4f}$，$\min\mathcal{{L}}_D={TWO_LOG_TWO - 2 * _JSD:.4f}$，比均衡值 "
            rf"${TWO_LOG_TWO:.4f}$ 低一点：$p$ 与 $q$ 越像，判别器的损失越高。",
            rf"In the example $\mathrm{{JSD}}={_JSD:.4f}$ and $\min\mathcal{{L}}_D={TWO_LOG_TWO - 2 * _JSD:.4f}$, a "
            rf"little below the equilibrium's ${TWO_LOG_TWO:.4f}$: the more alike $p$ and $q$, the higher D's loss.",
        ),
        Text(
            r"别把定理读得太多：它假设 D 每一步都已最优，而且能是任意函数。$p$ 与 $q$ 不重叠时 "
            rf"$\mathrm{{JSD}}=\ln2={log(2):.4f}$，与相距多远无关，G 得不到方向；后来的 WGAN 与梯度惩罚由此而来。",
            r"Not more than it says: it takes D to be optimal at every step and free to be any function. Where $p$ and "
            rf"$q$ do not overlap, $\mathrm{{JSD}}=\ln2={log(2):.4f}$ however far apart they are, and G is told no "
            r"direction; hence WGAN and the gradient penalties.",
        ),
    ),
    watch=Text(
        r"下面的实验不背公式：三个自由的 logit 和一张小网络各自最小化 $\mathcal{L}_D$，再与 $p/(p+q)$ 比较。",
        r"The experiment knows no formula: three free logits, and a small net, each minimise $\mathcal{L}_D$ and are "
        r"then compared with $p/(p+q)$.",
    ),
    corrected_trial=Trial("minimax", {"g_recon_x": 0.0}),
)

F7 = Erratum(
    id="F7",
    sections=("2.3",),
    title=Text("数据从不进入生成器", "The data never enters the generator"),
    words=Text(
        "“数据输入到生成器，生成器生成假样本”（§2.3，流程图里也有 A[数据] --> B[生成器（Generator）]）",
        "“数据输入到生成器，生成器生成假样本” (§2.3: data goes into G, which makes fake samples; its diagram has an arrow "
        "from the data to G as well).",
    ),
    as_written=(),
    corrected=(
        r"z\longrightarrow G\longrightarrow G(z)\longrightarrow D\longleftarrow x",
        r"\nabla_\theta\mathcal{L}_G=\mathbb{E}_{z}\left[\Bigl(\frac{\partial G(z)}{\partial\theta}\Bigr)^{\!\top}"
        r"\,\ell'(s)\,\nabla_x s\bigl(G(z)\bigr)\right]",
    ),
    why=Text(
        rf"G 的输入是 {_LATENT} 个随机数 $z$（§4.1 自己就这么写），一张真图也没见过。它对数据的全部了解，"
        r"都来自判别器的梯度 $\nabla_x s$。图里少了噪声，多了一条不存在的箭头，而最要紧的那条（D 到 G）没有说明。",
        rf"What enters G is $z$, {_LATENT} random numbers (as §4.1 says itself); it never sees a real image. All it "
        r"learns about the data reaches it through D's gradient $\nabla_x s$. The diagram lacks the noise, has an "
        r"arrow that does not exist, and leaves the one that matters, from D back to G, unexplained.",
    ),
    evidence=(
        Evidence(Text("G 的输入有多少个数", "numbers that enter G"), _LATENT, 0),
        Evidence(Text("一张图有多少个像素", "pixels of an image"), _PIXELS, 0),
        Evidence(Text("G 的变量（两层各有权重与偏置）", "variables of G (two layers, kernel and bias each)"), 4, 0),
        Evidence(Text("剪断 D→G 后，其中还有梯度的", "of these with a gradient once D→G is cut"), 0, 0),
    ),
    steps=(
        Text(
            r"$\mathcal{L}_G=\mathbb{E}_z[\ell(s(G(z)))]$ 里没有 $x$。真图只出现在 $\mathcal{L}_D$ 里。",
            r"$\mathcal{L}_G=\mathbb{E}_z[\ell(s(G(z)))]$ has no $x$ in it. Real images appear in $\mathcal{L}_D$ "
            r"alone.",
        ),
        Text(
            r"链式法则：$\partial\mathcal{L}_G/\partial\theta$ 是三个因子的乘积：损失的斜率 $\ell'(s)$，判别器对像素的梯度 "
            r"$\nabla_x s$，以及生成器自己的 $\partial G/\partial\theta$。",
            r"The chain rule makes $\partial\mathcal{L}_G/\partial\theta$ a product of three: the loss's slope "
            r"$\ell'(s)$, D's gradient by the pixels $\nabla_x s$, and G's own $\partial G/\partial\theta$.",
        ),
        Text(
            r"中间那个因子是唯一认识数据的：D 比较过真图与假图，$\nabla_x s$ 说的是“这个像素亮一点就更像真的”。",
            r"Only the middle one has met the data: D has compared real and fake, and $\nabla_x s$ says “brighter "
            r"here would look more real”.",
        ),
        Text(
            "把 $G(z)$ 送进 D 之前用 `stop_gradient` 截断，$\\mathcal{L}_G$ 的数值一点不变，"
            "可 G 的每个梯度都是 None：画面再也不会动。",
            "Put a `stop_gradient` between $G(z)$ and D: the value of $\\mathcal{L}_G$ is the same, yet every gradient "
            "of G is None, and its pictures never move again.",
        ),
        Text(
            "D 更新时反倒应该截断：假图对 D 来说只是数据，它的损失不该改动 G。",
            "When D is updated, that cut belongs there: to D the fakes are mere data, and its loss must not move G.",
        ),
    ),
    watch=Text(
        "梯度表：剪断箭头的一边全是 None，画面停在第 0 步；另一边有数值，画面在变。",
        "The table of gradients: all None where the arrow is cut, with the picture stuck at step 0; numbers on the "
        "other side, where it moves.",
    ),
    code_written="A --> B",
    code_corrected="z --> G --> D;  x --> D;  D --> L_D;  D --> L_G",
)

F8 = Erratum(
    id="F8",
    sections=("3.3",),
    title=Text("“局部最优”不是 GAN 的病名", "“A local optimum” is not what ails a GAN"),
    words=Text(
        "“容易陷入局部最优”（§3.3 列出的缺点）",
        "“容易陷入局部最优” (§3.3, among the drawbacks: it easily gets stuck in a local optimum).",
    ),
    as_written=(),
    corrected=(
        r"\theta_{t+1}=\theta_t+\eta\,\psi_t\,\sigma(\psi_t\theta_t),\qquad"
        r"\psi_{t+1}=\psi_t-\eta\,\theta_t\,\sigma(\psi_t\theta_t)",
        r"\frac{r_{t+1}}{r_t}\longrightarrow\sqrt{1+\frac{\eta^2}{4}}>1",
    ),
    why=Text(
        r"局部最优说的是一个函数的坑；GAN 是两个人各自走下坡，没有共同的函数可陷。真正的毛病有三个，"
        r"各有名字：绕圈不收敛（cycling）、梯度消失（saturation）、模式坍缩（mode collapse）。教程一个也没提。",
        r"A local optimum is a pit of one function. Here two players each walk down a slope of their own, and there "
        r"is no common function to be stuck in. What really goes wrong has three names: cycling without end, "
        r"saturation (vanishing gradients) and mode collapse. The tutorial names none.",
    ),
    evidence=(
        Evidence(
            Text(
                rf"绕圈：$\eta={LARGE_STEP}$ 时每步半径的倍数",
                rf"cycling: growth of the radius a step, $\eta={LARGE_STEP}$",
            ),
            _GROWTH,
        ),
        Evidence(Text("一百步之后的倍数", "the same after a hundred steps"), _GROWTH**100, 1),
        Evidence(Text(r"消失：极小极大在 $s=-5$ 处的斜率", r"saturation: slope of minimax at $s=-5$"), -sigmoid(-5)),
        Evidence(Text(r"非饱和形式在同一处", r"the non-saturating form at the same place"), -sigmoid(5)),
        Evidence(
            Text("坍缩：D 不动时，最优 G 的方差", "collapse: variance of the best G against a D that stands still"),
            0,
            0,
        ),
    ),
    steps=(
        Text(
            r"最小的 GAN 只有两个数：真图都是 $0$，G 画 $\theta$，$D(x)=\sigma(\psi x)$。均衡点是 $\theta=\psi=0$，"
            r"没有任何别的坑。",
            r"The smallest GAN is two numbers: every real image is $0$, G draws $\theta$, and $D(x)=\sigma(\psi x)$. "
            r"The equilibrium is $\theta=\psi=0$, and there is no other pit at all.",
        ),
        Text(
            r"**绕圈。** 在原点附近 $\sigma\approx\tfrac12$，同时更新就是乘以矩阵 "
            r"$\begin{pmatrix}1&\eta/2\\-\eta/2&1\end{pmatrix}$：转一个角度，再放大 $\sqrt{1+\eta^2/4}$ 倍。"
            rf"$\eta$ 再小也大于 1；$\eta={LARGE_STEP}$ 时是 ${_GROWTH:.4f}$，一百步就是 ${_GROWTH**100:.0f}$ 倍。",
            r"**Cycling.** Near the origin $\sigma\approx\tfrac12$ and a simultaneous update multiplies by "
            r"$\begin{pmatrix}1&\eta/2\\-\eta/2&1\end{pmatrix}$: a turn, and a stretch by $\sqrt{1+\eta^2/4}$. That "
            rf"exceeds 1 for every $\eta$; for $\eta={LARGE_STEP}$ it is ${_GROWTH:.4f}$, a factor of "
            rf"${_GROWTH**100:.0f}$ in a hundred steps.",
        ),
        Text(
            r"**梯度消失。** D 遥遥领先时 $s\to-\infty$，极小极大的斜率 $-\sigma(s)\to0$："
            rf"$s=-5$ 处只剩 ${sigmoid(-5):.4f}$。",
            r"**Saturation.** With D far ahead $s\to-\infty$, and minimax's slope $-\sigma(s)\to0$: at $s=-5$ only "
            rf"${sigmoid(-5):.4f}$ is left.",
        ),
        Text(
            r"**模式坍缩。** 对固定的 D，$\mathbb{E}_z[\ell(s(G(z)))]$ 是对每个 $z$ 分别最小化的：最好的答案都是同一个 "
            r"$x^*=\arg\max_x s(x)$。所有 $z$ 画同一张图，方差为 0。只有 D 随时跟上，才会把它赶走。",
            r"**Mode collapse.** Against a fixed D, $\mathbb{E}_z[\ell(s(G(z)))]$ is minimised for each $z$ by itself, "
            r"and the best answer is always the same $x^*=\arg\max_x s(x)$: every $z$ draws one picture, of variance "
            r"0. Only a D that keeps up drives it away.",
        ),
        Text(
            r"药也各不相同：绕圈用 R1 惩罚给它阻尼（$\gamma=1$ 恰好临界）；消失用非饱和损失或 WGAN；"
            r"坍缩要让 D 跟得上，或让它一次看一叠（PacGAN）。",
            r"Each has its own remedy: damping by an R1 penalty for cycling ($\gamma=1$ is just critical); the "
            r"non-saturating loss or WGAN for saturation; for collapse a D that keeps up, or one that judges packs "
            r"(PacGAN).",
        ),
    ),
    watch=Text(
        "曲线是半径：左边一圈比一圈大，右边加了阻尼就落到 0。再看画面：左边的 D 一停，所有格子变成同一张。",
        "The curve is the radius: growing turn by turn on the left, damped to 0 on the right. The pictures: let D "
        "stand still, and every cell becomes the same.",
    ),
)
