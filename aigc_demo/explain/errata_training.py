"""Sections 3.1, 4.3 and 5.3 of the tutorial: what acts in training only (C12), who moves first (C13), and momentum
(C14)."""

from __future__ import annotations

from math import sqrt

from aigc_demo.explain.erratum import Erratum, Evidence
from aigc_demo.explain.point_game import growth, swing
from aigc_demo.text import Text

_EPSILON = 1e-3  # of Keras's BatchNormalization
_RATE = 0.3
_ETA = 0.2
_SPEED = {beta: (1 + beta) / (1 - beta) for beta in (0.0, 0.5, 0.9)}  # of a momentum's growth against none

C12 = Erratum(
    id="C12",
    sections=("5.3",),
    title=Text("说用了 Dropout，其实没有；写了也不会起作用", "Dropout is promised, absent, and would not act"),
    words=Text(
        "“在训练过程中，使用正则化技术（如Dropout）来防止过拟合。”（§5.3）",
        "“在训练过程中，使用正则化技术（如Dropout）来防止过拟合” (§5.3: regularisation such as Dropout is used in training "
        "against overfitting).",
    ),
    as_written=(r"\mathrm{BN}(x)=\gamma\,\frac{x-m}{\sqrt{v+\epsilon}}+\beta,\qquad m=0,\ v=1",),
    corrected=(r"\mathrm{BN}(x)=\gamma\,\frac{x-\bar x_B}{\sqrt{\operatorname{Var}_B(x)+\epsilon}}+\beta",),
    code_written="generated_images = gen(noise)",
    code_corrected="generated_images = gen(noise, training=True)",
    why=Text(
        "代码里没有任何正则化。就算按这句话加上 `Dropout` 或 `BatchNormalization` 也没有用：自己写的循环里，`net(x)` 默认 "
        "`training=False`，梯度带并不会改变它。Dropout 原样放行，BatchNormalization 用的是初始的均值 0 与方差 1，"
        "等于没有。",
        "There is no regularisation in the code. Adding `Dropout` or `BatchNormalization` as the sentence says would do "
        "nothing either: in a hand-written loop `net(x)` means `training=False`, and a gradient tape does not change that. "
        "Dropout lets everything pass, and batch normalisation uses its initial mean 0 and variance 1, which is nothing.",
    ),
    evidence=(
        Evidence(
            Text(
                r"新的 BN 不带 `training=True` 时把数据乘以 $1/\sqrt{1+\epsilon}$",
                r"a fresh BN without `training=True` multiplies by $1/\sqrt{1+\epsilon}$",
            ),
            1 / sqrt(1 + _EPSILON),
        ),
        Evidence(
            Text("于是标准差 5 的一批变成", "so that a batch of standard deviation 5 becomes"), 5 / sqrt(1 + _EPSILON)
        ),
        Evidence(Text("带 `training=True` 时变成", "and with `training=True`"), 5 / sqrt(25 + _EPSILON)),
        Evidence(
            Text(rf"Dropout({_RATE}) 留下的值要放大", rf"what Dropout({_RATE}) keeps is scaled by"), 1 / (1 - _RATE)
        ),
    ),
    steps=(
        Text(
            r"训练时的 BN 用这一批自己的均值与方差，并把滑动平均往前推；推断时用滑动平均。新建的层滑动平均是 $m=0,v=1$，"
            r"所以输出 $x/\sqrt{1+\epsilon}$。",
            r"In training, BN uses the batch's own mean and variance and moves its running averages along; at inference it uses "
            r"those. A new layer has $m=0$ and $v=1$, and so returns $x/\sqrt{1+\epsilon}$.",
        ),
        Text(
            r"Dropout 训练时以概率 $p$ 清零，其余除以 $1-p$，使平均不变：$(1-p)\cdot\frac{x}{1-p}=x$。推断时什么也不做。",
            r"In training Dropout sets values to 0 with probability $p$ and divides the rest by $1-p$, so that the mean stays: "
            r"$(1-p)\cdot\frac{x}{1-p}=x$. At inference it does nothing.",
        ),
        Text(
            "`model.fit` 会替你传 `training=True`；教程的循环用的是 `gen(noise)`，没有人传。",
            "`model.fit` passes `training=True` for you; the tutorial's loop calls `gen(noise)`, and nobody does.",
        ),
        Text(
            "改正：训练步里的每次调用都写 `training=True`，画样本时写 `training=False`。D 里若有 BN，真图与假图要分两批送进去，"
            "混在一批里会泄露谁真谁假。",
            "The repair: `training=True` at every call of a training step, `training=False` when samples are drawn. Where D has "
            "a BN, real and fake go in as two batches: one mixed batch would give away which is which.",
        ),
    ),
    watch=Text(
        "看同一个生成器的两次输出：不带开关时几乎全灰，带上后对比度立刻出来。",
        "Look at the same generator twice: almost plain grey without the switch, and full of contrast at once with it.",
    ),
)

C13 = Erratum(
    id="C13",
    sections=("3.1", "4.3", "5.3"),
    title=Text("说是交替优化，代码却是同时更新", "Alternating in words, simultaneous in code"),
    words=Text(
        "“通过不断交替优化生成器和判别器……”（§3.1；§5.3 也这样说）",
        "“通过不断交替优化生成器和判别器……” (§3.1, and §5.3 likewise: G and D are optimised in turn).",
    ),
    as_written=(
        r"\psi_{t+1}=\psi_t-\eta\,\nabla_\psi\mathcal{L}_D(\theta_t,\psi_t)",
        r"\theta_{t+1}=\theta_t-\eta\,\nabla_\theta\mathcal{L}_G(\theta_t,\psi_t)",
    ),
    corrected=(
        r"\psi_{t+1}=\psi_t-\eta\,\nabla_\psi\mathcal{L}_D(\theta_t,\psi_t)",
        r"\theta_{t+1}=\theta_t-\eta\,\nabla_\theta\mathcal{L}_G(\theta_t,\psi_{t+1})",
    ),
    code_written="with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape: …",
    code_corrected="disc_optimizer.apply_gradients(…); then gen_loss = bce(ones, disc(gen(noise))) anew",
    why=Text(
        r"两条梯度带包着同一次前向计算，G 面对的是旧的 D：这是同时更新，不是交替。在最小的例子里差别是定性的："
        r"同时更新每步把与均衡点的距离乘以 $\sqrt{1+\eta^2/4}>1$，步长再小也一样；交替更新则不会越转越远。",
        r"Both tapes wrap one forward pass, and G plays against the old D: these are simultaneous updates. In the smallest "
        r"example the difference is one of kind: simultaneous steps multiply the distance from equilibrium by "
        r"$\sqrt{1+\eta^2/4}>1$, however small the step; alternating ones do not drift away.",
    ),
    evidence=(
        Evidence(
            Text(rf"同时：每步的倍数（$\eta={_ETA}$）", rf"simultaneous: factor of a step ($\eta={_ETA}$)"),
            growth(_ETA),
            6,
        ),
        Evidence(Text("400 步之后", "after 400 steps"), growth(_ETA) ** 400, 2),
        Evidence(Text("交替：最远与最近之比，永远如此", "alternating: farthest over nearest, for ever"), swing(_ETA)),
    ),
    steps=(
        Text(
            r"Dirac-GAN：数据是点 0，G 是点 $\theta$，$D(x)=\sigma(\psi x)$。"
            r"$\mathcal{L}_D=\ln2+\mathrm{softplus}(\psi\theta)$，$\mathcal{L}_G=\mathrm{softplus}(-\psi\theta)$。",
            r"Dirac-GAN: the data are the point 0, G the point $\theta$, and $D(x)=\sigma(\psi x)$. So "
            r"$\mathcal{L}_D=\ln2+\mathrm{softplus}(\psi\theta)$ and $\mathcal{L}_G=\mathrm{softplus}(-\psi\theta)$.",
        ),
        Text(
            r"在均衡点 $(0,0)$ 附近 $\sigma\approx\tfrac12$，同时更新是 $\psi'=\psi-\tfrac\eta2\theta$，"
            r"$\theta'=\theta+\tfrac\eta2\psi$：特征值 $1\pm\tfrac{i\eta}2$，模长 $\sqrt{1+\eta^2/4}$。",
            r"Near the equilibrium $(0,0)$, $\sigma\approx\tfrac12$ and simultaneous steps are $\psi'=\psi-\tfrac\eta2\theta$, "
            r"$\theta'=\theta+\tfrac\eta2\psi$: eigenvalues $1\pm\tfrac{i\eta}2$ of size $\sqrt{1+\eta^2/4}$.",
        ),
        Text(
            r"交替更新用新的 $\psi'$：$\theta'=\theta+\tfrac\eta2\psi'$。矩阵的行列式恰为 1，迹是 $2-\tfrac{\eta^2}4$，"
            r"所以 $\eta<4$ 时特征值都在单位圆上：一个椭圆，不远不近。",
            r"Alternating steps use the new $\psi'$: $\theta'=\theta+\tfrac\eta2\psi'$. The determinant is exactly 1 and the "
            r"trace $2-\tfrac{\eta^2}4$, so for $\eta<4$ the eigenvalues lie on the unit circle: an ellipse, neither out nor "
            r"in.",
        ),
        Text(
            r"它守恒 $\psi^2+\theta^2\pm\tfrac\eta2\psi\theta$，于是最远与最近之比是 "
            r"$\sqrt{(1+\eta/4)/(1-\eta/4)}$。两种都不会自己收敛：要收敛还得加阻尼，例如 R1。",
            r"It keeps $\psi^2+\theta^2\pm\tfrac\eta2\psi\theta$, so the farthest over the nearest is "
            r"$\sqrt{(1+\eta/4)/(1-\eta/4)}$. Neither converges by itself: that takes damping, such as R1.",
        ),
        Text(
            "公道话：同时更新不算写错，TensorFlow 的 DCGAN 教程也这样做；只是应当照实说，别写成“交替”。",
            "In fairness: simultaneous updates are no blunder, and TensorFlow's DCGAN tutorial makes them; they should only be "
            "called what they are.",
        ),
    ),
    watch=Text(
        "看距离的曲线：同时更新是一条上升的指数曲线，交替更新在起点附近上下摆动。训练页的“更新的顺序”就是这个开关。",
        "Watch the distance: an exponential that climbs for simultaneous steps, a ripple around the start for alternating ones. "
        "“Order of play” on the Train tab is this switch.",
    ),
)

C14 = Erratum(
    id="C14",
    sections=("4.3", "5.2"),
    title=Text(r"学习率是 DCGAN 的，动量却是默认的 0.9", "DCGAN's learning rate, but the default momentum of 0.9"),
    words=Text(
        "`Adam(learning_rate=0.0002)`（§4.3、§5.2），没有写 `beta_1`",
        "`Adam(learning_rate=0.0002)` (§4.3, §5.2), without a `beta_1`",
    ),
    as_written=(r"m_t=0.9\,m_{t-1}+0.1\,g_t",),
    corrected=(r"m_t=0.5\,m_{t-1}+0.5\,g_t",),
    code_written="Adam(learning_rate=0.0002)",
    code_corrected="Adam(learning_rate=0.0002, beta_1=0.5)",
    why=Text(
        rf"0.0002 来自 DCGAN，那里配的是 $\beta_1=0.5$；不写就是 Keras 的 0.9。对抗训练绕着均衡点转，动量指的是过去的方向，"
        rf"总是慢半拍，把人甩向外面：增长的速度要乘以 $\frac{{1+\beta_1}}{{1-\beta_1}}$，"
        rf"0.9 时是 {_SPEED[0.9]:.0f} 倍，0.5 时只有 {_SPEED[0.5]:.0f} 倍。",
        rf"0.0002 is DCGAN's, where it goes with $\beta_1=0.5$; unsaid, it is Keras's 0.9. A GAN circles its equilibrium, and "
        rf"momentum points where it went before: always late, it throws the players outwards. Their growth is multiplied by "
        rf"$\frac{{1+\beta_1}}{{1-\beta_1}}$: {_SPEED[0.9]:.0f} times at 0.9, {_SPEED[0.5]:.0f} times at 0.5.",
    ),
    evidence=(
        Evidence(Text(r"$\beta_1=0.9$：增长速度的倍数", r"$\beta_1=0.9$: growth multiplied by"), _SPEED[0.9], 0),
        Evidence(Text(r"$\beta_1=0.5$", r"$\beta_1=0.5$"), _SPEED[0.5], 0),
        Evidence(
            Text(
                r"$\eta=0.1$、$\beta_1=0.9$ 走 300 步，距离乘以",
                r"$\eta=0.1$, $\beta_1=0.9$: distance after 300 steps, times",
            ),
            growth(0.1, 0.9) ** 300,
            1,
        ),
        Evidence(Text(r"同上，$\beta_1=0.5$", r"the same, $\beta_1=0.5$"), growth(0.1, 0.5) ** 300, 1),
        Evidence(Text(r"同上，$\beta_1=0$", r"the same, $\beta_1=0$"), growth(0.1) ** 300, 2),
    ),
    steps=(
        Text(
            r"先不除以方差：$m'=\beta m+(1-\beta)g$，沿 $m'$ 走 $\eta$。在 Dirac-GAN 的均衡点附近，"
            r"$(\psi,\theta)$ 可写成一个复数，梯度就是乘以 $\pm\tfrac i2$。",
            r"Leave out Adam's division at first: $m'=\beta m+(1-\beta)g$ and a step of $\eta$ along $m'$. Near the "
            r"equilibrium of the Dirac-GAN $(\psi,\theta)$ is one complex number, and the gradient multiplies it by "
            r"$\pm\tfrac i2$.",
        ),
        Text(
            r"每步的因子 $x$ 满足 $x^2-\bigl(1+\beta+(1-\beta)\tfrac{i\eta}2\bigr)x+\beta=0$。",
            r"The factor $x$ of a step satisfies $x^2-\bigl(1+\beta+(1-\beta)\tfrac{i\eta}2\bigr)x+\beta=0$.",
        ),
        Text(
            r"按 $\varepsilon=\eta/2$ 展开：$x=1+i\varepsilon+\tfrac{\beta}{1-\beta}\varepsilon^2+\dots$，所以 "
            r"$|x|^2\approx1+\tfrac{1+\beta}{1-\beta}\,\tfrac{\eta^2}4$。$\beta=0$ 就是 C13 的 $1+\tfrac{\eta^2}4$。",
            r"Expand in $\varepsilon=\eta/2$: $x=1+i\varepsilon+\tfrac{\beta}{1-\beta}\varepsilon^2+\dots$, hence "
            r"$|x|^2\approx1+\tfrac{1+\beta}{1-\beta}\,\tfrac{\eta^2}4$. With $\beta=0$ it is C13's $1+\tfrac{\eta^2}4$.",
        ),
        Text(
            r"Adam 还要除以梯度的大小，没有这样的闭式，实验直接去量：交替更新、从距离 1 出发，$\beta_1=0.9$ 停在 1 之外，"
            r"0.5 与 0 都走近了。",
            r"Adam divides by the size of the gradients too and has no such closed form, so the experiment measures it: by "
            r"alternating steps from a distance of 1, $\beta_1=0.9$ ends up outside 1, while 0.5 and 0 come nearer.",
        ),
        Text(
            r"实话实说：增长与 $\eta^2$ 成正比，学习率只有 0.0002 时差别要很久才看得出来；学习率越大，0.9 越危险。",
            r"In fairness: growth goes with $\eta^2$, so at a rate of 0.0002 the difference takes long to show. The larger the "
            r"rate, the more dangerous is 0.9.",
        ),
    ),
    watch=Text(
        r"看三条距离曲线落在虚线（起点）的哪一边。训练页可以分别设 G 与 D 的 $\beta_1$。",
        r"See on which side of the dashed line, the start, the three distances settle. The Train tab sets $\beta_1$ of G and of "
        r"D separately.",
    ),
)
