"""The three lines of sections 4.3 and 5.2 that call the loss functions: C1, C2, C3, C5."""

from __future__ import annotations

from math import log

from aigc_demo.explain import moments
from aigc_demo.explain.closed_form import sigmoid, softplus
from aigc_demo.explain.erratum import Erratum, Evidence, Trial
from aigc_demo.losses import LOSSES
from aigc_demo.text import Text

_MEAN = moments.digits5k().mean_pixel
REAL_PART = 1 - _MEAN + softplus(-1)  # the mean of BCE(label x, logit 1) over the training digits
_EPOCHS, _INNER = 10_000, 128

C1 = Erratum(
    id="C1",
    sections=("4.3", "5.2"),
    title=Text("判别器的损失里没有判别器", "The discriminator's loss without a discriminator"),
    words=Text(
        "`disc_loss(real_images, real_labels)`，而函数的签名是 `disc_loss(y_true, y_pred)`（§4.3、§5.2 的代码）。",
        "`disc_loss(real_images, real_labels)`, for a function whose signature is `disc_loss(y_true, y_pred)` (the "
        "code of §4.3 and §5.2).",
    ),
    as_written=(r"\mathcal{L}_{\text{real}}=\mathbb{E}_{x}\left[1-x+\log(1+e^{-1})\right]",),
    corrected=(LOSSES["non_saturating"].formula("d"),),
    why=Text(
        r"两个参数颠倒了：图像成了标签，常数标签成了 logit。更要命的是 `disc` 一次也没有出现，"
        r"损失与判别器的任何权重都无关，所以它的每个梯度都是 None。",
        r"Its two arguments are swapped: the image became the label and the constant label the logit. Worse, `disc` "
        r"is not called at all, so the loss depends on none of D's weights, and each of its gradients is None.",
    ),
    evidence=(
        Evidence(Text("“真图损失”在训练集上的平均", "the “real loss”, on average over the training digits"), REAL_PART),
        Evidence(Text("“假图损失”（logit 恒为 0）", "the “fake loss” (its logit is always 0)"), log(2)),
        Evidence(Text("判别器的变量里有梯度的（共 4 个）", "variables of D with a gradient (of 4)"), 0, 0),
    ),
    steps=(
        Text(
            r"交叉熵 $\mathrm{BCE}(y,s)=\max(s,0)-s\,y+\log(1+e^{-|s|})$，$y$ 是标签，$s$ 是 logit。",
            r"The cross-entropy is $\mathrm{BCE}(y,s)=\max(s,0)-s\,y+\log(1+e^{-|s|})$, with label $y$ and logit $s$.",
        ),
        Text(
            rf"代入 $y=x$（像素）、$s=1$：$1-x+\log(1+e^{{-1}})$。训练数字的平均像素是 ${_MEAN:.4f}$，"
            rf"所以平均值是 ${REAL_PART:.4f}$；它随批次抖动，看着像在训练，其实只是在报告图有多亮。",
            rf"Put in $y=x$, a pixel, and $s=1$: $1-x+\log(1+e^{{-1}})$. The mean pixel of the training digits is "
            rf"${_MEAN:.4f}$, so on average that is ${REAL_PART:.4f}$; it wavers from batch to batch as if something "
            rf"were being trained, and reports how bright the images are.",
        ),
        Text(
            r"假图那一半 $s=0$：无论图像如何都是 $\log2$。两半都不含 $D$ 的参数 $\psi$，"
            r"$\partial\mathcal{L}_D/\partial\psi$ 根本不存在：TensorFlow 返回 None 而不是 0。",
            r"The fake half has $s=0$ and is $\log2$ whatever the image. Neither half contains D's weights $\psi$, so "
            r"$\partial\mathcal{L}_D/\partial\psi$ does not even exist: TensorFlow answers None, not 0.",
        ),
        Text(
            "改正：先让 D 看图，再把它的回答与目标比较：`bce(tf.ones_like(s_real), s_real)`，其中 "
            "`s_real = disc(real_images)`。",
            "The repair: let D look first, then compare its answer with the target: `bce(tf.ones_like(s_real), "
            "s_real)` with `s_real = disc(real_images)`.",
        ),
    ),
    watch=Text(
        "梯度表：左边判别器的每一行都是 None，右边都有数值。",
        "The table of gradients: None in every row of D on the left, numbers on the right.",
    ),
    code_written="disc_loss(real_images, real_labels)",
    code_corrected="bce(tf.ones_like(s_real), s_real)  # s_real = disc(real_images)",
)

C2 = Erratum(
    id="C2",
    sections=("4.3", "5.2"),
    title=Text("生成器的损失永远是 0.6931", "A generator's loss of 0.6931 for ever"),
    words=Text(
        "`gen_loss(generated_images, fake_labels)`（§4.3、§5.2 的代码），`fake_labels` 全是 0。",
        "`gen_loss(generated_images, fake_labels)` (the code of §4.3 and §5.2), where `fake_labels` are all 0.",
    ),
    as_written=(r"\mathcal{L}_G=\mathrm{BCE}\bigl(G(z),\,0\bigr)=\log2",),
    corrected=(LOSSES["non_saturating"].formula("g"),),
    why=Text(
        rf"全是 0 的标签站在 logit 的位置上，图像站在标签的位置上。$s=0$ 时交叉熵与标签无关，恒等于 "
        rf"$\log2={log(2):.4f}$；对标签的导数是 $-s=0$，所以 G 的梯度不是“很小”，而是精确的 0。",
        rf"The zeros stand where the logit belongs and the images where the label does. At $s=0$ the cross-entropy "
        rf"is $\log2={log(2):.4f}$ for every label; its derivative by the label is $-s=0$, so G's gradient is not "
        rf"small but exactly 0.",
    ),
    evidence=(
        Evidence(Text(r"任何图像下的损失 $\log2$", r"the loss for any image, $\log2$"), log(2), 6),
        Evidence(Text("G 的梯度范数", "norm of G's gradient"), 0, 0),
        Evidence(Text(r"正确的损失在 $s=0$ 处的斜率", r"slope of the right loss at $s=0$"), -sigmoid(0)),
    ),
    steps=(
        Text(
            r"$\mathrm{BCE}(y,s)=\max(s,0)-s\,y+\log(1+e^{-|s|})$。代入 $s=0$，中间一项消失：不管 $y$ 是什么，都是 $\log2$。",
            r"$\mathrm{BCE}(y,s)=\max(s,0)-s\,y+\log(1+e^{-|s|})$. At $s=0$ the middle term vanishes: $\log2$ whatever "
            r"$y$ is.",
        ),
        Text(
            r"G 只通过 $y=G(z)$ 进入，而 $\partial\mathrm{BCE}/\partial y=-s=0$。",
            r"G enters through $y=G(z)$ alone, and $\partial\mathrm{BCE}/\partial y=-s=0$.",
        ),
        Text(
            "所以每个梯度都是 0（G 确实在计算里，因此是 0，不是 None），优化器走的每一步也都是 0：权重一位也不变。",
            "So each gradient is 0 (G does take part, hence 0 and not None), and every step of the optimiser is 0 as "
            "well: not one bit of a weight changes.",
        ),
        Text(
            rf"巧的是 {log(2):.4f} 正好也是真正均衡时的 $-\log D(G(z))$。日志里一条笔直的 0.6931，看上去像“训练好了”。",
            rf"By coincidence {log(2):.4f} is also $-\log D(G(z))$ at a true equilibrium: a straight line at 0.6931 "
            rf"in a log looks like “done”.",
        ),
        Text(
            "改正：`softplus(-disc(G(z)))` 的平均，即以“真”为目标。",
            "The repair: the mean of `softplus(-disc(G(z)))`, that is, “real” as the target.",
        ),
    ),
    watch=Text(
        "左边的损失是一条水平线，梯度恰好为 0，画面一动不动；右边的损失起伏不定，画面却在变。",
        "On the left a level line, a gradient of exactly 0 and a picture that never moves; on the right a restless "
        "loss, and a picture that changes.",
    ),
    code_written="gen_loss = gen_loss(generated_images, fake_labels)",
    code_corrected="g_loss = tf.reduce_mean(tf.nn.softplus(-disc(gen(noise))))",
)

C3 = Erratum(
    id="C3",
    sections=("4.3", "5.2"),
    title=Text("G 的目标写成了“假”", "G is given the target “fake”"),
    words=Text(
        "`gen_loss(generated_images, fake_labels)`：即使参数摆正，G 的目标仍是 `tf.zeros`（§4.3、§5.2 的代码）。",
        "`gen_loss(generated_images, fake_labels)`: with the arguments put right, G's target is still `tf.zeros` (the "
        "code of §4.3 and §5.2).",
    ),
    as_written=(LOSSES["g_target_zero"].formula("d"), LOSSES["g_target_zero"].formula("g")),
    corrected=(LOSSES["non_saturating"].formula("d"), LOSSES["non_saturating"].formula("g")),
    why=Text(
        r"G 最小化的正是 D 的假图项：它被训练得越来越容易被认出是假的。双方合作，两条损失一起降到 0，"
        r"教科书般的“收敛”，而画面始终是噪声。损失下降不等于学会。",
        r"G minimises just what is D's fake term: it is trained to be recognised ever more easily. The two cooperate, "
        r"both losses fall to 0 as in a model lesson, and the picture stays noise. Falling losses are not learning.",
    ),
    evidence=(
        Evidence(Text(r"合作的终点：$L_D$", r"where it ends: $L_D$"), LOSSES["g_target_zero"].equilibrium[0] or 0.0, 0),
        Evidence(Text(r"合作的终点：$L_G$", r"where it ends: $L_G$"), LOSSES["g_target_zero"].equilibrium[1] or 0.0, 0),
        Evidence(Text(r"目标 0：$s=0$ 处 G 的斜率", r"target 0: G's slope at $s=0$"), sigmoid(0)),
        Evidence(Text(r"目标 1：$s=0$ 处 G 的斜率", r"target 1: G's slope at $s=0$"), -sigmoid(0)),
        Evidence(Text(r"目标 1：$s=-5$ 时的 $L_G$", r"target 1: $L_G$ at $s=-5$"), softplus(5)),
    ),
    steps=(
        Text(
            r"目标为 0 时 $L_G=\mathbb{E}[\mathrm{softplus}(s)]$，与 D 的假图项一字不差；对 $s$ 的斜率是 "
            r"$+\sigma(s)>0$：G 把自己的 logit 往下推。",
            r"With target 0, $L_G=\mathbb{E}[\mathrm{softplus}(s)]$, to the letter D's fake term; its slope by $s$ is "
            r"$+\sigma(s)>0$: G pushes its own logit down.",
        ),
        Text(
            r"目标为 1 时 $L_G=\mathbb{E}[\mathrm{softplus}(-s)]$，斜率 $-\sigma(-s)<0$：往上推。差的只是一个符号，"
            r"却是对抗与合作之别。",
            r"With target 1, $L_G=\mathbb{E}[\mathrm{softplus}(-s)]$ and its slope $-\sigma(-s)<0$ pushes up. One sign, "
            r"and it decides between contest and cooperation.",
        ),
        Text(
            r"双方都想要 $s_{\text{fake}}\to-\infty$，没有什么拦着：$L_D\to0$，$L_G\to0$，"
            r"斜率 $\sigma(s)$ 也随之消失，图像停在离数据很远的地方。",
            r"Both want $s_{\text{fake}}\to-\infty$ and nothing stops them: $L_D\to0$, $L_G\to0$, the slope "
            r"$\sigma(s)$ dies with them, and the images stay far away from the data.",
        ),
        Text(
            rf"对抗时两条损失不可能都小：D 若把假图看到 $s=-5$，$L_G$ 就是 ${softplus(5):.2f}$；"
            rf"势均力敌时是 ${2 * log(2):.4f}$ 与 ${log(2):.4f}$。两条一起趋于 0 本身就是警报。",
            rf"In a contest both cannot be small: a D that puts fakes at $s=-5$ means $L_G={softplus(5):.2f}$, and "
            rf"even match means ${2 * log(2):.4f}$ and ${log(2):.4f}$. Both going to 0 is an alarm in itself.",
        ),
    ),
    watch=Text(
        "两条损失都贴着 0，看画面与“到平均图的距离”：左边比开始时更远，右边在靠近。",
        "Both losses lie at 0; watch the picture and the distance to the average digit: further than at the start on "
        "the left, approaching on the right.",
    ),
    written_trial=Trial("g_target_zero", {"g_recon_x": 0.0}),
    corrected_trial=Trial("non_saturating", {"g_recon_x": 0.0}),
    code_written="fake_labels = tf.zeros((batch_size, 1))",
    code_corrected="bce(tf.ones_like(s_fake), s_fake)  # s_fake = disc(gen(noise))",
)

C5 = Erratum(
    id="C5",
    sections=("4.3", "5.2"),
    title=Text("函数被自己的返回值顶替", "A function replaced by what it returned"),
    words=Text(
        "`gen_loss = gen_loss(generated_images, fake_labels)`；前面还有两行不起作用的 `gen_loss = gen_loss`"
        "（§4.3、§5.2 的代码）。",
        "`gen_loss = gen_loss(generated_images, fake_labels)`, after two idle lines such as `gen_loss = gen_loss` (the "
        "code of §4.3 and §5.2).",
    ),
    as_written=(),
    corrected=(),
    why=Text(
        "第一轮之后，名字 `gen_loss` 指的是一个张量，不再是函数；第二轮调用它就抛出 TypeError。"
        "就算别的错都改了，这段代码也只能走一步。",
        "After the first round the name `gen_loss` means a tensor, no longer a function, and the second round's call "
        "raises a TypeError. With every other mistake repaired, this code still makes a single step.",
    ),
    evidence=(
        Evidence(Text("计划的更新次数", "updates that were planned"), _EPOCHS * _INNER, 0),
        Evidence(Text("作为脚本能走完的", "completed as a script"), 1, 0),
        Evidence(Text("放进函数里能走完的", "completed inside a function"), 0, 0),
    ),
    steps=(
        Text(
            "Python 里函数也只是名字所指的对象。`gen_loss = gen_loss(...)` 先算右边，再让同一个名字指向结果。",
            "In Python a function is just an object that a name refers to. `gen_loss = gen_loss(...)` first computes "
            "the right side and then lets the same name refer to the result.",
        ),
        Text(
            "第二轮的右边要调用一个张量：`'…EagerTensor' object is not callable`。",
            "In the second round the right side calls a tensor: `'…EagerTensor' object is not callable`.",
        ),
        Text(
            "若把训练循环放进函数（或 `tf.function`），赋值使 `gen_loss` 成为局部变量，右边读取时它还没有值："
            "第一轮就是 UnboundLocalError。",
            "Inside a function (or a `tf.function`) the assignment makes `gen_loss` a local name, which has no value "
            "yet when the right side reads it: UnboundLocalError in the very first round.",
        ),
        Text(
            "改正：函数与它的值各用一个名字，例如 `g_value = gen_loss(...)`。",
            "The repair: one name for the function and another for its value, such as `g_value = gen_loss(...)`.",
        ),
    ),
    watch=Text(
        "左边的计数器停在 1，下面是 Python 真正抛出的异常；右边一直走。",
        "The counter on the left stops at 1, above the exception that Python really raised; on the right it goes on.",
    ),
    code_written="gen_loss = gen_loss(generated_images, fake_labels)",
    code_corrected="g_value = gen_loss(generated_images, fake_labels)",
)
