"""Sections 4.3 and 5.2 of the tutorial: what its code trains on (C6, C7) and for how long (C8)."""

from __future__ import annotations

from math import log, sqrt

import numpy as np

from aigc_demo.explain import moments
from aigc_demo.explain.closed_form import TWO_LOG_TWO
from aigc_demo.explain.counting import (
    BATCH,
    EPOCHS,
    MNIST_IMAGES,
    expected_share_seen,
    images_of_an_epoch,
    real_epochs_in_all,
    steps_in_all,
    true_steps_of_an_epoch,
)
from aigc_demo.explain.erratum import Erratum, Evidence
from aigc_demo.text import Text

_DIGITS = moments.digits5k()
_MEAN = _DIGITS.mean_image.reshape(-1) / 127.5 - 1.0  # in [-1, 1]
_MEAN_BYTE = float(_DIGITS.mean_image.mean())
_OUT_OF_REACH = int((_DIGITS.mean_image > 1).sum())  # pixels whose mean no tanh can give
_SCALED_SIZE = sqrt((_DIGITS.spread + float(np.square(_MEAN).sum())) / _DIGITS.pixels)  # root mean square of a pixel
_RAW_SIZE = 127.5 * sqrt((_DIGITS.spread + float(np.square(_MEAN + 1.0).sum())) / _DIGITS.pixels)
_EPOCH_SHARE = images_of_an_epoch() / MNIST_IMAGES

C6 = Erratum(
    id="C6",
    sections=("4.3", "5.2"),
    title=Text("“一批真图”其实只有一张", "The batch of real images is a single image"),
    words=Text(
        "`real_images = train_images[0]`（§4.3、§5.2 的训练循环）",
        "`real_images = train_images[0]` (the training loop of §4.3 and §5.2)",
    ),
    as_written=(r"p=\delta_{x_0}",),
    corrected=(r"x_1,\dots,x_{128}\sim p_{\mathrm{data}}",),
    code_written="real_images = train_images[0]",
    code_corrected="real_images = tf.gather(train_images, tf.random.uniform([batch_size], 0, len(train_images), tf.int32))",
    why=Text(
        r"`[0]` 取出的是第一张训练图（28×28 的一个“5”），每一步都是它。对 GAN 来说，“数据的分布”就此缩成一个点 $x_0$，"
        rf"它能学到的全部就是这张图。而损失毫无怨言：$q=p$ 时照样是 $2\ln2={TWO_LOG_TWO:.4f}$。",
        r"`[0]` picks the first training image, one 28×28 five, and every step gets the same. To the GAN the distribution "
        r"of the data is now the single point $x_0$, and that image is all it can learn. The loss does not complain: at "
        rf"$q=p$ it is $2\ln2={TWO_LOG_TWO:.4f}$ as ever.",
    ),
    evidence=(
        Evidence(Text("用到的训练图占全部的百分比", "training images in use, per cent"), 100 / MNIST_IMAGES),
        Evidence(
            Text(
                r"真实数据的方差 $\operatorname{tr}\Sigma$（一张图时为 0）",
                r"variance of real data, $\operatorname{tr}\Sigma$ (0 for one image)",
            ),
            _DIGITS.spread,
            2,
        ),
        Evidence(
            Text(r"只剩一类时，类别占比的 KL：$\ln10$", r"KL of the class shares when one class is left: $\ln10$"),
            log(10),
        ),
    ),
    steps=(
        Text(
            "`train_images` 的形状是 (60000, 28, 28)，取 `[0]` 就少了第一维：得到 (28, 28) 的一张图，连“批”都没有。",
            "`train_images` has the shape (60000, 28, 28), and `[0]` takes the first axis away: one image of (28, 28), with "
            "no batch at all.",
        ),
        Text(
            r"就算把它重复 128 遍补成一批，真实分布也是 $p=\delta_{x_0}$。$D^*=p/(p+q)$、"
            r"$V(D^*,G)=-\log4+2\,\mathrm{JSD}(p,q)$ 照样成立，于是唯一的最优是 $q=\delta_{x_0}$。",
            r"Repeated 128 times to make a batch, the data are still $p=\delta_{x_0}$. $D^*=p/(p+q)$ and "
            r"$V(D^*,G)=-\log4+2\,\mathrm{JSD}(p,q)$ hold as before, so the one optimum is $q=\delta_{x_0}$.",
        ),
        Text(
            r"在那里 $D=\tfrac12$，$\mathcal{L}_D=2\ln2$，$\mathcal{L}_G=\ln2$：教科书上的均衡。"
            r"损失只比较 $p$ 与 $q$，它不知道 $p$ 本身是不是太小。",
            r"There $D=\tfrac12$, $\mathcal{L}_D=2\ln2$ and $\mathcal{L}_G=\ln2$: the equilibrium of the textbooks. A loss "
            r"compares $p$ with $q$; it cannot know that $p$ itself is too small.",
        ),
        Text(
            rf"能看出问题的是多样性：$\operatorname{{tr}}\operatorname{{Cov}}(G)$ 从该有的 {_DIGITS.spread:.1f} 降到 0，"
            rf"类别占比的 KL 升到 $\ln10={log(10):.4f}$。",
            rf"Diversity gives it away: $\operatorname{{tr}}\operatorname{{Cov}}(G)$ falls to 0 from the "
            rf"{_DIGITS.spread:.1f} it should have, and the KL of the class shares rises to $\ln10={log(10):.4f}$.",
        ),
        Text(
            "改正：每一步从打乱的训练集中重新抽 `batch_size` 张。若相邻的图彼此相像，按存放的次序取也不行。",
            "The repair: draw `batch_size` images anew in each step, from all of them. Taking them in their stored order "
            "will not do either, if neighbours resemble one another.",
        ),
    ),
    watch=Text(
        "看画面，不要看损失：格子里渐渐全是同一张图，而两条损失比正常训练时还要好看。训练页的数据集“只有一张图”就是它。",
        "Watch the picture and not the losses: every cell turns into the same image while both losses look better than in "
        "a healthy run. The data set “A single image” of the Train tab is this one.",
    ),
)

C7 = Erratum(
    id="C7",
    sections=("4.3", "5.2"),
    title=Text("真图是 0 到 255，假图是 −1 到 1", "Real images from 0 to 255, fakes from −1 to 1"),
    words=Text(
        "`layers.Dense(784, activation='tanh')`，而全文没有一处缩放数据（§4.3、§5.2）",
        "`layers.Dense(784, activation='tanh')`, and nowhere is the data scaled (§4.3, §5.2)",
    ),
    as_written=(r"x\in\{0,\dots,255\}^{784},\qquad G(z)=\tanh(\cdot)\in(-1,1)^{784}",),
    corrected=(r"x\leftarrow\frac{x-127.5}{127.5}\in[-1,1]^{784}",),
    code_written="generated_images = gen(noise);  real_images = train_images[0]",
    code_corrected="train_images = (train_images.astype('float32') - 127.5) / 127.5",
    why=Text(
        r"MNIST 的像素是 0 到 255 的整数，$\tanh$ 却永远小于 1。D 不必看笔画：只要有一个像素大于 1，就一定是真图。"
        rf"G 无论怎么画都越不过这条线；{_DIGITS.pixels} 个像素中有 {_OUT_OF_REACH} 个，连平均值都在它够不着的地方。",
        r"MNIST's pixels are whole numbers from 0 to 255, and $\tanh$ never reaches 1. D need not look at strokes: one pixel "
        rf"above 1 proves an image real. Whatever G draws, it cannot cross that line; for {_OUT_OF_REACH} of the "
        rf"{_DIGITS.pixels} pixels even the mean lies beyond its reach.",
    ),
    evidence=(
        Evidence(Text("真图的平均像素（0 到 255）", "mean pixel of real images (0 to 255)"), _MEAN_BYTE, 2),
        Evidence(Text("平均值就已大于 1 的像素", "pixels whose mean alone exceeds 1"), _OUT_OF_REACH, 0),
        Evidence(Text("未缩放的像素的均方根", "root mean square of a pixel, unscaled"), _RAW_SIZE, 2),
        Evidence(Text("缩放后的均方根", "the same, scaled"), _SCALED_SIZE, 2),
    ),
    steps=(
        Text(
            r"规则“$\max_j x_j>1$ 就是真图”对每一张真图、每一张假图都判对：准确率恰为 1，与 G 画了什么无关。",
            r"The rule “real if $\max_j x_j>1$” is right about every real image and every fake: its accuracy is exactly 1, "
            r"whatever G has learnt to draw.",
        ),
        Text(
            rf"D 的第一层是线性的，输入大多少倍，它的输出就大多少倍：像素的均方根是 {_RAW_SIZE:.1f} 而不是 "
            rf"{_SCALED_SIZE:.2f}，所以真图的 logit 一开始就可以上百，假图的却在 0 附近。",
            rf"D's first layer is linear, so its outputs grow with its inputs: the root mean square of a pixel is "
            rf"{_RAW_SIZE:.1f} rather than {_SCALED_SIZE:.2f}. Real logits can be in the hundreds while those of fakes stay "
            r"around 0.",
        ),
        Text(
            r"于是真图项 $\mathrm{softplus}(-s)$ 已经是 0，D 从真图那里再也学不到东西；$L_D$ 只剩假图项"
            rf"（D 拿不定主意时是 $\ln2={log(2):.4f}$），大小与一场正常的训练相仿。",
            r"The real term $\mathrm{softplus}(-s)$ is then 0 and teaches D nothing more. What is left of $L_D$ is the fake "
            rf"term, $\ln2={log(2):.4f}$ where D is undecided, and its size is that of a healthy game.",
        ),
        Text(
            r"除以 255 缩到 $[0,1]$ 已经好得多，但 tanh 的负半边就浪费了；要与它的值域一致，应缩到 $[-1,1]$。",
            r"Division by 255 to $[0,1]$ is far better, but wastes the negative half of the tanh; to match its range the "
            r"images belong in $[-1,1]$.",
        ),
    ),
    watch=Text(
        "看两边的最小值与最大值，再看真图的 logit：上百的 logit 配着一条“健康”的 $L_D$，是 D 只看数值范围的标志。",
        "Look at the smallest and largest pixel of both sides, then at the logit of real images: a logit in the hundreds "
        "beside a “healthy” $L_D$ is the mark of a D that looks at the range alone.",
    ),
)

C8 = Erratum(
    id="C8",
    sections=("4.3", "5.2"),
    title=Text("一轮有几步？循环写成了批的大小", "How long is an epoch? The loop counts the batch size"),
    words=Text(
        f"`epochs = {EPOCHS}`，里层是 `for _ in range(batch_size)`（§4.3、§5.2）",
        f"`epochs = {EPOCHS}`, and inside it `for _ in range(batch_size)` (§4.3, §5.2)",
    ),
    as_written=(rf"{EPOCHS}\times{BATCH}={steps_in_all()}",),
    corrected=(rf"\lfloor n/B\rfloor=\lfloor{MNIST_IMAGES}/{BATCH}\rfloor={true_steps_of_an_epoch()}",),
    code_written="for _ in range(batch_size):",
    code_corrected="for step in range(len(train_images) // batch_size):",
    why=Text(
        rf"里层循环跑了 `batch_size` 次，因为它恰好是 {BATCH} 才看着合理。这样一个“epoch”只看 "
        rf"${BATCH}\times{BATCH}={images_of_an_epoch()}$ 张图，是数据的 {100 * _EPOCH_SHARE:.1f}%；而 {EPOCHS:,} 个 epoch 加起来是 "
        rf"{steps_in_all():,} 步，相当于把 MNIST 看了 {real_epochs_in_all():,.0f} 遍。两个数都不是作者以为的。",
        rf"The inner loop runs `batch_size` times, which seems sensible only because that happens to be {BATCH}. One such "
        rf"“epoch” looks at ${BATCH}\times{BATCH}={images_of_an_epoch()}$ images, {100 * _EPOCH_SHARE:.1f} % of the data, and "
        rf"{EPOCHS:,} of them make {steps_in_all():,} steps, or {real_epochs_in_all():,.0f} passes over MNIST. Neither is what "
        r"the author meant.",
    ),
    evidence=(
        Evidence(Text("总步数", "steps in all"), steps_in_all(), 0),
        Evidence(Text("一个“epoch”看的图", "images of one “epoch”"), images_of_an_epoch(), 0),
        Evidence(Text("折合真正的轮数", "true epochs in all"), real_epochs_in_all(), 1),
        Evidence(Text("真正的一轮有几步", "steps of a true epoch"), true_steps_of_an_epoch(), 0),
        Evidence(Text("按每步 10 毫秒算，要几小时", "hours it takes at 10 ms a step"), steps_in_all() * 0.01 / 3600, 1),
    ),
    steps=(
        Text(
            rf"一轮（epoch）的意思是把每张图看一遍：$\lfloor{MNIST_IMAGES}/{BATCH}\rfloor={true_steps_of_an_epoch()}$ 步，"
            rf"剩下 {MNIST_IMAGES - true_steps_of_an_epoch() * BATCH} 张留给下一次打乱。",
            rf"An epoch means to see every image once: $\lfloor{MNIST_IMAGES}/{BATCH}\rfloor={true_steps_of_an_epoch()}$ steps, "
            rf"with {MNIST_IMAGES - true_steps_of_an_epoch() * BATCH} images left for the next shuffle.",
        ),
        Text(
            rf"代码的一“轮”是 {BATCH} 步，{images_of_an_epoch():,} 张图，只有 {_EPOCH_SHARE:.2f} 轮。",
            rf"The code's “epoch” has {BATCH} steps and {images_of_an_epoch():,} images: {_EPOCH_SHARE:.2f} of an epoch.",
        ),
        Text(
            r"即使每步都随机抽一批，抽 $m$ 次平均也只见到 $1-(1-\tfrac1n)^m$ 的图："
            rf"这里是 {100 * expected_share_seen():.1f}%，其余的重复了。",
            r"Even with a random batch in each step, $m$ draws meet a share of only $1-(1-\tfrac1n)^m$ of the images, here "
            rf"{100 * expected_share_seen():.1f} %; the others are repeats.",
        ),
        Text(
            r"批越大，里层循环就越长：`batch_size` 加倍，总计算量变成四倍。改正后的步数是 "
            r"`len(train_images) // batch_size`，批越大步数越少。",
            r"The larger the batch, the longer the loop: doubling `batch_size` makes the whole four times as much work. "
            r"Rightly it is `len(train_images) // batch_size` steps, fewer as the batch grows.",
        ),
        Text(
            "要说一次训练有多长，请报三个数：步数、看过的图、秒数。“10,000 epochs”什么也没说。",
            "To say how long a training was, give three numbers: steps, images seen, seconds. “10,000 epochs” says nothing.",
        ),
    ),
    watch=Text(
        "训练页始终同时显示步数、看过的图与秒数；数字往往在几百步内就出现，远用不着一百多万步。",
        "The Train tab always shows steps, images seen and seconds together; digits tend to appear within some hundred "
        "steps, not after more than a million.",
    ),
)
