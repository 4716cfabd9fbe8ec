"""Sections 5.1, 5.3 and 5.4 of the tutorial: what it shows (C17), what it says of its loss (C18), and where it runs
(C19)."""

from __future__ import annotations

from math import log

from aigc_demo.explain.closed_form import sigmoid, softplus
from aigc_demo.explain.erratum import Erratum, Evidence
from aigc_demo.text import Text

_CONTRAST, _GRID = 0.02, 20
_EXPECTED_CLASSES = 10 * (1 - 0.9**_GRID)
_OLD_PYTHONS = ("3.6", "3.7", "3.8", "3.9")  # those that TensorFlow 2.5.0 has wheels for
_MINOR_VERSIONS = (5, 21)  # of TensorFlow 2: the tutorial's, and the one that this software is made with

C17 = Erratum(
    id="C17",
    sections=("5.4",),
    title=Text("只看一张自动调过对比度的图", "One image, with its contrast set by itself"),
    words=Text(
        "`plt.imshow(np.reshape(generated_images[0], (28,28)), cmap='gray')`，“可以看到，生成的图像质量较高”（§5.4）",
        "`plt.imshow(np.reshape(generated_images[0], (28,28)), cmap='gray')`, “可以看到，生成的图像质量较高” (§5.4: one sees that "
        "the quality is rather high).",
    ),
    as_written=(r"x\mapsto\frac{x-\min x}{\max x-\min x}",),
    corrected=(r"x\mapsto\frac{x+1}{2}",),
    code_written="plt.imshow(np.reshape(generated_images[0], (28,28)), cmap='gray')",
    code_corrected="plt.imshow(grid(gen(fixed_noise, training=False)), cmap='gray', vmin=-1, vmax=1)",
    why=Text(
        rf"`imshow` 不带 `vmin`、`vmax` 时，会把最暗的像素画成黑、最亮的画成白：一张几乎全灰、对比度只有 {_CONTRAST} 的图，"
        r"看上去与完美的图一样。而只看一张，永远看不出模式坍缩。况且这段代码根本跑不起来（C1 至 C5），这里的“可以看到”无从说起；"
        r"MNIST 有 60,000 张训练图，也谈不上“训练数据较少”。",
        rf"Without `vmin` and `vmax`, `imshow` draws the darkest pixel black and the brightest white: a grey image with a "
        rf"contrast of {_CONTRAST} looks just like a perfect one. A single image can never reveal mode collapse either. Besides, "
        r"this code does not run (C1 to C5), so there was nothing to see; and MNIST, with 60,000 training images, is hardly "
        r"short of data.",
    ),
    evidence=(
        Evidence(Text("原来的对比度（满幅 2）", "the contrast there was (of 2)"), _CONTRAST, 2),
        Evidence(Text("自动缩放后显示的（满幅 1）", "what is shown, autoscaled (of 1)"), 1.0, 2),
        Evidence(Text("`vmin=-1, vmax=1` 时显示的", "what is shown with `vmin=-1, vmax=1`"), _CONTRAST / 2, 2),
        Evidence(
            Text(rf"好模型的 {_GRID} 张图里平均有几类", rf"classes to expect in {_GRID} images of a good model"),
            _EXPECTED_CLASSES,
            2,
        ),
    ),
    steps=(
        Text(
            r"自动缩放是 $(x-\min x)/(\max x-\min x)$：不论原来的范围是多少，结果总是 $[0,1]$，对比度的毛病全被抹掉。",
            r"Autoscaling is $(x-\min x)/(\max x-\min x)$: whatever the range was, it becomes $[0,1]$, and every fault of "
            r"contrast is gone.",
        ),
        Text(
            r"tanh 的值域是已知的，所以用固定的 $(x+1)/2$，即 `vmin=-1, vmax=1`：灰就显示为灰。",
            r"The range of a tanh is known, so the fixed $(x+1)/2$ is right, `vmin=-1, vmax=1`: grey is shown grey.",
        ),
        Text(
            rf"一张图只有一类。{_GRID} 张图里，均匀的模型平均有 $10(1-0.9^{{{_GRID}}})={_EXPECTED_CLASSES:.2f}$ 类，"
            r"坍缩的模型仍是 1 类：差别要从网格里看。",
            rf"One image has one class. Among {_GRID} an even model shows $10(1-0.9^{{{_GRID}}})={_EXPECTED_CLASSES:.2f}$ on "
            r"average, a collapsed one still 1: it takes a grid to tell.",
        ),
        Text(
            "网格要用固定的 $z$（固定的种子），并且写明：每一刻的画面才可比，也才没有挑图之嫌。",
            "The grid should come from fixed $z$, by a seed that is stated: then its pictures can be compared over time, and "
            "nobody has picked them.",
        ),
    ),
    watch=Text(
        "左边两张看不出谁坍缩了；右边的网格一眼就看出来。",
        "Of the two on the left nobody can tell which model collapsed; the grid on the right says so at a glance.",
    ),
)

C18 = Erratum(
    id="C18",
    sections=("5.3",),
    title=Text("对 gen_loss 的说明，既不是代码也不是 GAN", "What is said of gen_loss fits neither its code nor a GAN"),
    words=Text(
        "“`gen_loss`：生成器损失函数，用于计算生成器输出的假样本与真实标签之间的差异。”（§5.3）",
        "“`gen_loss`：生成器损失函数，用于计算生成器输出的假样本与真实标签之间的差异” (§5.3: it measures the difference between "
        "G's fake samples and the true labels).",
    ),
    as_written=(r"\mathrm{bce}\bigl(y=G(z),\ s=0\bigr)=\ln2",),
    corrected=(
        r"\mathcal{L}_G=-\,\mathbb{E}_z\left[\log D(G(z))\right]=\mathbb{E}_z\left[\mathrm{softplus}(-s)\right]",
    ),
    code_written="gen_loss = gen_loss(generated_images, fake_labels)",
    code_corrected="g_loss = tf.reduce_mean(tf.nn.softplus(-disc(generated_images, training=True)))",
    why=Text(
        r"图像与标签之间没有“差异”可言：一个是 784 个像素，一个是一个数。代码把图像当标签、把标签 0 当 logit，算出来的永远是 "
        rf"$\ln2={log(2):.6f}$，对图像的梯度是 0。GAN 的 G 要的是 D 对假图的看法：$-\log D(G(z))$，"
        r"D 越觉得假，损失越大，梯度也越大。",
        r"Between an image and a label there is no difference to be had: one is 784 pixels, the other a number. The code takes "
        rf"the image for the label and the label 0 for the logit, which makes $\ln2={log(2):.6f}$ for ever, with gradient 0. "
        r"What a GAN's G needs is D's opinion of its fakes, $-\log D(G(z))$: the more obviously fake, the larger the loss, and "
        r"its gradient.",
    ),
    evidence=(
        Evidence(Text("代码的 gen_loss，无论图像如何", "the code's gen_loss, whatever the images"), log(2), 6),
        Evidence(Text(r"$-\log D$：$D=0.01$（一眼看穿）", r"$-\log D$ at $D=0.01$, seen through"), -log(0.01)),
        Evidence(Text(r"$-\log D$：$D=\tfrac12$（分不清）", r"$-\log D$ at $D=\tfrac12$, undecided"), -log(0.5)),
        Evidence(Text(r"$-\log D$：$D=0.99$（被骗过）", r"$-\log D$ at $D=0.99$, fooled"), -log(0.99)),
    ),
    steps=(
        Text(
            r"交叉熵 $\mathrm{bce}(y,s)=y\,\mathrm{softplus}(-s)+(1-y)\,\mathrm{softplus}(s)$。取 $s=0$：两项都是 $\ln2$，"
            r"$y$ 消去，结果恒为 $\ln2$。",
            r"Cross-entropy is $\mathrm{bce}(y,s)=y\,\mathrm{softplus}(-s)+(1-y)\,\mathrm{softplus}(s)$. At $s=0$ both are $\ln2$, "
            r"$y$ cancels, and $\ln2$ is all there is.",
        ),
        Text(
            r"对 $y$（也就是图像）的导数是 $\mathrm{softplus}(-s)-\mathrm{softplus}(s)=-s=0$：G 一步也不会动。",
            r"Its derivative by $y$, the image, is $\mathrm{softplus}(-s)-\mathrm{softplus}(s)=-s=0$: G never moves.",
        ),
        Text(
            r"正确的是“D 的看法与标签 1 之间的差异”：$y=1$，$s=s(G(z))$，得 $\mathrm{softplus}(-s)=-\log\sigma(s)$。"
            rf"例如 $s=-2$ 时是 {softplus(2):.4f}，斜率 {-sigmoid(2):.4f}。",
            r"Right would be “between D's opinion and the label 1”: $y=1$ and $s=s(G(z))$ give "
            rf"$\mathrm{{softplus}}(-s)=-\log\sigma(s)$. At $s=-2$, for one, it is {softplus(2):.4f} with a slope of "
            rf"{-sigmoid(2):.4f}.",
        ),
        Text(
            "这个数也不衡量图像质量，只衡量骗过眼前这个 D 的程度；D 变强，同样的图损失就变大。",
            "That number does not measure image quality either, only how well this D is fooled; a stronger D makes the same "
            "images cost more.",
        ),
    ),
    watch=Text(
        "给两个公式同样的两批图：G 的假图与真的数字。左边的值一位小数也不动，右边的差别一看便知。",
        "Both formulas get the same two batches, G's fakes and real digits. The left value does not move by a decimal; on the "
        "right the difference is plain.",
    ),
)

C19 = Erratum(
    id="C19",
    sections=("5.1",),
    title=Text(
        "环境已经过时：Python 3.8 与 TensorFlow 2.5.0", "An outdated environment: Python 3.8 and TensorFlow 2.5.0"
    ),
    words=Text(
        "`conda create -n tf-env python=3.8`，`pip install tensorflow==2.5.0`（§5.1）",
        "`conda create -n tf-env python=3.8`, `pip install tensorflow==2.5.0` (§5.1)",
    ),
    as_written=(),
    corrected=(),
    code_written="conda create -n tf-env python=3.8\npip install tensorflow==2.5.0",
    code_corrected="python -m venv env && env/bin/pip install tensorflow",
    why=Text(
        f"TensorFlow 2.5.0（2021 年）只有给 Python {_OLD_PYTHONS[0]} 到 {_OLD_PYTHONS[-1]} 的安装包，而 Python 3.8 已于 2024 年 10 月"
        "停止维护，现在的 TensorFlow 也不再支持它。照着装，得到的是一个没有安全更新、与 Keras 3 不兼容的旧环境；"
        "换成新的 Python，pip 就找不到 2.5.0。",
        f"TensorFlow 2.5.0, of 2021, has wheels for Python {_OLD_PYTHONS[0]} to {_OLD_PYTHONS[-1]} only; Python 3.8 reached its "
        "end of life in October 2024, and today's TensorFlow refuses it. Followed to the letter, §5.1 gives an environment "
        "without security updates and without Keras 3; with a newer Python, pip finds no 2.5.0.",
    ),
    evidence=(
        Evidence(
            Text("有 2.5.0 安装包的 Python 版本数", "Python versions that 2.5.0 has wheels for"), len(_OLD_PYTHONS), 0
        ),
        Evidence(Text("其中仍在维护的", "those of them that are still maintained"), 0, 0),
        Evidence(
            Text("从 2.5 到这里用的 2.21，隔了几个版本", "minor versions from 2.5 to the 2.21 in use here"),
            _MINOR_VERSIONS[1] - _MINOR_VERSIONS[0],
            0,
        ),
    ),
    steps=(
        Text(
            "一个安装包写明它要哪个 Python（`Requires-Python`）与哪个 ABI（文件名里的 `cp38` 之类）；pip 只装两者都合适的。",
            "A package states the Python it needs (`Requires-Python`) and each wheel its ABI (the `cp38` in its name); pip "
            "installs only what fits both.",
        ),
        Text(
            "实验去问这里装着的 TensorFlow：它的 `Requires-Python` 容不容许 3.8，这里的 Python 又能用 2.5.0 的哪个安装包。",
            "The experiment asks the TensorFlow that is installed here whether its `Requires-Python` admits 3.8, and this Python "
            "which of 2.5.0's wheels it could use.",
        ),
        Text(
            "改正：新建一个 venv，装当前的 TensorFlow。有 NVIDIA 显卡的 Linux 上用 `pip install 'tensorflow[and-cuda]'`，"
            "CUDA 会一起装好，不必再“根据CUDA版本”找命令。",
            "The repair: a fresh venv with a current TensorFlow. On Linux with an NVIDIA card `pip install "
            "'tensorflow[and-cuda]'` brings CUDA along, and nobody has to look up a command by its version.",
        ),
        Text(
            "旧代码搬到 Keras 3 还要改：`input_dim=` 应换成 `keras.Input`，自己写的循环里要写 `training=True`（C12）。",
            "Code of that age needs changes for Keras 3 as well: `keras.Input` in place of `input_dim=`, and `training=True` in "
            "hand-written loops (C12).",
        ),
    ),
    watch=Text(
        "这一项不用训练：看的是这台机器上的安装信息，一秒就有结果。",
        "Nothing is trained here: what counts is what this machine says about its packages, and that takes a second.",
    ),
)
