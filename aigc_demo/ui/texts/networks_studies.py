"""Words of what a layer does to a batch; `networks_seen` puts them into its table."""

from __future__ import annotations

from aigc_demo.explain.studies.upsampling import FILTERS
from aigc_demo.text import Text, plain

STUDIES: dict[str, Text] = {
    "norm": Text("批归一化", "Batch normalisation"),
    "norm.about": Text(
        r"生成器的 `{layer}`，这一批激活进去之前和出来之后。训练时每个通道减去自己的均值、除以自己的标准差；而 Keras 里忘了写 "
        r"`training=True`，一层新的批归一化就什么也不做（勘误 C12）。",
        r"The generator’s `{layer}`: this batch’s activations before and after. In training each channel loses its own mean "
        r"and is divided by its own standard deviation; but in Keras a fresh layer that is not told `training=True` does "
        r"nothing at all (erratum C12).",
    ),
    "norm.says": Text(
        "一层新的：进去时标准差 {before}；不写 training=True 出来仍是 {forgotten}，写了是 {told}。",
        "A fresh layer: a standard deviation of {before} goes in; without training=True {forgotten} comes out, with it {told}.",
    ),
    "norm.claim.mean": Text(
        r"`training=True`：通道均值与 $\beta$ 的最大差",
        r"`training=True`: channel means differ from $\beta$ by at most",
    ),
    "norm.claim.std": Text(
        r"`training=True`：通道标准差与 $|\gamma|\sqrt{v/(v+\varepsilon)}$ 的最大差",
        r"`training=True`: channel deviations differ from $|\gamma|\sqrt{v/(v+\varepsilon)}$ by at most",
    ),
    "norm.claim.forgotten": Text(
        r"新的一层，忘了 `training=True`：出／进的标准差 $=1/\sqrt{1+\varepsilon}$",
        r"fresh layer without `training=True`: deviation out / in $=1/\sqrt{1+\varepsilon}$",
    ),
    "norm.claim.told": Text(
        "新的一层，`training=True`：各通道标准差（中位数）",
        "fresh layer with `training=True`: channels’ deviation (median)",
    ),
    "norm.spread.before": Text("进去之前", "before"),
    "norm.spread.training": Text("`training=True`：用这一批的统计", "`training=True`: by this batch"),
    "norm.spread.inference": Text("`training=False`：用滑动平均", "`training=False`: by moving averages"),
    "norm.channels": Text("每个通道的均值 ± 标准差", "Mean ± standard deviation of each channel"),
    "stride": Text("步幅", "Stride"),
    "stride.about": Text(
        "判别器的 `{layer}`：核 {kernel}×{kernel}，步幅 {stride}。步幅并不是另一种卷积：把同样的卷积在每一处都算，再只留下每隔 {stride} 个位置的"
        "值，结果一模一样。省下的是工夫，丢掉的是位置。",
        "The discriminator’s `{layer}`: kernel {kernel} × {kernel}, stride {stride}. A stride is no other convolution: "
        "compute the same one everywhere, keep the value at every {stride}nd place, and the result is the same. What it "
        "saves is work; what it drops is places.",
    ),
    "stride.says": Text(
        "处处都算：{dense} 次乘法；按步幅：{strided} 次。",
        "Everywhere: {dense} multiplications. With the stride: {strided}.",
    ),
    "stride.claim.same": Text(
        "“处处算再抽取”与这一层输出的最大相对差",
        "largest relative difference between “dense, then every other” and the layer",
    ),
    "stride.claim.cost": Text("乘法之比，处处算 : 按步幅 = 步幅²", "multiplications, dense : strided = stride²"),
    "stride.picture.image": Text("真数字，28×28", "a real digit, 28 × 28"),
    "stride.picture.dense": Text("同样的核，处处都算", "the same kernels, everywhere"),
    "stride.picture.kept": Text("步幅停留的位置", "where the stride stops"),
    "stride.picture.after": Text("这一层的输出", "what the layer gives"),
    "leaky": Text("LeakyReLU 与 ReLU", "LeakyReLU against ReLU"),
    "leaky.about": Text(
        "判别器的 `{layer}`，负半轴斜率 {slope}，看真假 {count} 张图。ReLU 把负数一律变成 0，那里的梯度也是 0；LeakyReLU 留一条缝。",
        "The discriminator’s `{layer}`, slope {slope} below zero, on {count} real and generated digits. ReLU turns all that "
        "is negative into 0, and its gradient too; LeakyReLU leaves a gap.",
    ),
    "leaky.says": Text(
        "这一批里 {negative} 的值是负的；{units} 个单元中有 {dead} 个对整批图都是负的：换成 ReLU，它们从这一批什么也学不到。",
        "In this batch {negative} of the values are negative; of {units} units {dead} are so for every image: behind a ReLU "
        "they would learn nothing from it.",
    ),
    "leaky.claim.zeros": Text(
        "ReLU 之后 0 的份额 = 之前 ≤ 0 的份额", "share of zeros behind ReLU = share of ≤ 0 before"
    ),
    "leaky.claim.leaky_zeros": Text(
        "LeakyReLU 之后 0 的份额 = 之前恰为 0 的份额", "share of zeros behind LeakyReLU = share of exact zeros before"
    ),
    "leaky.claim.relu_slope": Text("ReLU 的平均斜率 = 1 − 负的份额", "mean slope of ReLU = 1 − negative share"),
    "leaky.claim.leaky_slope": Text(
        "LeakyReLU 的平均斜率 = 1 − (1 − a) × 负的份额", "mean slope of LeakyReLU = 1 − (1 − a) × negative share"
    ),
    "leaky.claim.dead": Text(
        "整批皆负的单元，LeakyReLU 仍放行的斜率", "slope LeakyReLU leaves to the units negative throughout"
    ),
    "leaky.spread.before": Text("激活之前", "before"),
    "leaky.spread.relu": plain("ReLU"),
    "leaky.spread.leaky": plain("LeakyReLU"),
    "shuffle": Text("像素重排", "Pixel shuffle"),
    "shuffle.about": Text(
        "生成器的 `{layer}`：{from}×{from}×{channels} 变成 {to}×{to}×{left}。四张小图交错成一张大图，像四个人轮流发牌。",
        "The generator’s `{layer}`: {from} × {from} × {channels} becomes {to} × {to} × {left}. Four small maps are dealt out "
        "into one large one, like cards.",
    ),
    "shuffle.says": Text(
        "一次乘法也没有。再做一次卷积和重排，就到 28×28。",
        "There is not one multiplication in it. One more convolution and shuffle, and it is 28 × 28.",
    ),
    "shuffle.claim.moved": Text(
        r"不等于 $x_{i,j,(ra+b)C+c}$ 的 $y_{ri+a,\,rj+b,\,c}$ 有多少个",
        r"how many $y_{ri+a,\,rj+b,\,c}$ differ from $x_{i,j,(ra+b)C+c}$",
    ),
    "shuffle.claim.numbers": Text("一张图里有多少个数：前 = 后", "numbers an image has: before = after"),
    "shuffle.claim.mean": Text("全体的平均：前 = 后", "mean of all: before = after"),
    "shuffle.picture.parts": Text("四个通道，7×7", "four channels, 7 × 7"),
    "shuffle.picture.whole": Text("交错成一张，14×14", "dealt into one, 14 × 14"),
    "shuffle.picture.image": Text("最后画出的数字", "the digit it becomes"),
    "transposed": Text("转置卷积与棋盘格", "Transposed convolution, and its chequerboard"),
    "transposed.about": Text(
        "步幅 2：核 4×4（能被步幅整除）与核 5×5（不能）。先数一数每个像素遇上核的几个数，再用随机的核放大 `{layer}` 的真实激活。5×5 "
        "在学到任何东西之前就已经有棋盘格；TensorFlow 教程的 DCGAN 用的正是它。",
        "Stride 2 with a 4 × 4 kernel, which the stride divides, and a 5 × 5 kernel, which it does not. First count how many "
        "numbers of the kernel meet in each pixel; then let random kernels enlarge the real activations of `{layer}`. 5 × 5 "
        "has its chequerboard before anything is learnt; it is what TensorFlow’s DCGAN tutorial uses.",
    ),
    "transposed.says": Text(
        "训练可以把棋盘格压下去，但得先花力气；核取 4×4 就不必。",
        "Training can press the pattern down, at a cost; a 4 × 4 kernel does not have it.",
    ),
    "transposed.claim.even": Text(
        "4×4：各像素遇上的数，最多 − 最少", "4 × 4: most − fewest numbers that meet in a pixel"
    ),
    "transposed.claim.odd_low": Text("5×5：最少遇上几个（2 × 2）", "5 × 5: fewest (2 × 2)"),
    "transposed.claim.odd_high": Text("5×5：最多遇上几个（3 × 3）", "5 × 5: most (3 × 3)"),
    "transposed.claim.energy": Text(
        "5×5 随机核：像素能量之比，最大 : 最小 = 9 : 4",
        "5 × 5 random kernels: energy of pixels, largest : smallest = 9 : 4",
    ),
    "transposed.picture.met4": Text("4×4：每个像素遇上几个", "4 × 4: how many meet"),
    "transposed.picture.met5": Text("5×5：每个像素遇上几个", "5 × 5: how many meet"),
    "transposed.picture.maps": Text("真实的激活，7×7", "real activations, 7 × 7"),
    "transposed.picture.enlarged4": Text(
        f"{FILTERS:,} 个 4×4 随机核放大后的强度", f"enlarged by {FILTERS:,} random 4 × 4 kernels: strength"
    ),
    "transposed.picture.enlarged5": Text(
        f"{FILTERS:,} 个 5×5 随机核放大后的强度", f"enlarged by {FILTERS:,} random 5 × 5 kernels: strength"
    ),
}
