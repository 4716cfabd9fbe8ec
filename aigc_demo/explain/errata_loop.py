"""Sections 3.2, 4.3 and 5.2 of the tutorial: a loop without a seed (C15) and without a compiler (C16)."""

from __future__ import annotations

from aigc_demo.explain.counting import steps_in_all
from aigc_demo.explain.erratum import Erratum, Evidence
from aigc_demo.text import Text

C15 = Erratum(
    id="C15",
    sections=("4.3", "3.2"),
    title=Text("没有种子，没有记录，没有存盘，也没有指标", "No seed, no log, no checkpoint, no metric"),
    words=Text(
        "`from tensorflow.keras.losses import BinaryCrossentropy` 导入后从未使用；§3.2 列出的“测试和评估”没有一行代码",
        "`from tensorflow.keras.losses import BinaryCrossentropy` is imported and never used; the “测试和评估” (testing and "
        "evaluation) of §3.2 has not one line of code",
    ),
    as_written=(),
    corrected=(),
    code_written="noise = tf.random.normal([batch_size, 100])",
    code_corrected="keras.utils.set_random_seed(0)  # before the networks are built",
    why=Text(
        "初始权重、抽到的真图、每一步的 $z$ 都来自系统的随机数：跑两遍，得到两组不同的网络。结果好坏无从比较，出了错也无法重现；"
        "没有存盘，一断电就从头来过。固定种子之后，同一台机器上两次训练可以分毫不差。",
        "Initial weights, the real images drawn, the $z$ of each step: all come from the system's chance, so two runs are two "
        "different networks. Results cannot be compared and failures cannot be repeated; without a checkpoint a power cut "
        "is the end. With a seed, two runs on one machine can agree to the last bit.",
    ),
    evidence=(
        Evidence(Text("同一个种子，两次训练的差", "the same seed: difference of two runs"), 0.0, 1),
        Evidence(Text("导入而未使用的名字", "names imported and never used"), 1, 0),
        Evidence(Text("随机性进来的地方", "places where chance enters"), 3, 0),
    ),
    steps=(
        Text(
            "随机性有三处：初始权重、数据的次序、噪声 $z$。每一处都要由种子决定，少一处就不可重现。",
            "Chance enters in three places: initial weights, the order of the data, the noise $z$. A seed must decide all of "
            "them; one that is missed is enough.",
        ),
        Text(
            "最稳妥的做法是让每次抽样只由（种子，步数）决定，而不由“之前抽过几次”决定：这样从第 500 步接着训练，"
            "抽到的与没有停过时一样。本软件就是这样做的。",
            "Safest is a draw that depends on (seed, step) alone and not on how many came before: then a run resumed at step "
            "500 draws what it would have drawn. That is how this software does it.",
        ),
        Text(
            "存盘要存全：两张网络、两个优化器的动量、步数。少了动量，接着训练就会走上另一条路。",
            "A checkpoint must be whole: both networks, both optimisers' moments, the step. Without the moments a resumed run "
            "takes another path.",
        ),
        Text(
            "还要有与损失无关的指标：类别占比、digit-FD、最近邻。损失不说明图像好坏。",
            "And there must be metrics besides the loss: class shares, digit-FD, nearest neighbours. A loss says nothing about "
            "images.",
        ),
    ),
    watch=Text(
        "左边的两条曲线分开了，右边的两条重合成一条。右边还停过一次、存盘、接着训练：最后一个像素也没有变。",
        "The two curves on the left part; those on the right are one. On the right a run is also stopped, saved and resumed: "
        "not a pixel differs.",
    ),
)

C16 = Erratum(
    id="C16",
    sections=("4.3", "5.2"),
    title=Text("一百多万步，每一步都逐个运算地跑", "More than a million steps, one operation at a time"),
    words=Text(
        "训练循环里没有 `@tf.function`（§4.3、§5.2）",
        "The training loop has no `@tf.function` (§4.3, §5.2)",
    ),
    as_written=(),
    corrected=(),
    code_written="for epoch in range(epochs): …",
    code_corrected="@tf.function\ndef train_step(real_images): …",
    why=Text(
        rf"没有编译时，每个运算都由 Python 单独发出，小网络的时间大半花在这上面。{steps_in_all():,} 步里每省 1 毫秒，"
        rf"就省下 {steps_in_all() / 60_000:.0f} 分钟；编译并不改变结果。",
        rf"Uncompiled, every operation is sent off by Python by itself, and a small network spends most of its time on that. "
        rf"In {steps_in_all():,} steps each millisecond saved saves {steps_in_all() / 60_000:.0f} minutes; compiling does not "
        r"change the results.",
    ),
    evidence=(
        Evidence(Text("循环的步数", "steps of the loop"), steps_in_all(), 0),
        Evidence(Text("每步省 1 毫秒，共省几分钟", "minutes saved by 1 ms a step"), steps_in_all() / 60_000, 1),
        Evidence(Text("每步 50 毫秒要几小时", "hours it takes at 50 ms a step"), steps_in_all() * 0.05 / 3600, 1),
    ),
    steps=(
        Text(
            "`tf.function` 把 Python 只运行一次，记下计算图；以后每步是一次调用。要点是不让形状与 Python 值变来变去，否则会重新编译。",
            "`tf.function` runs the Python once and records a graph; each step is then one call. Shapes and Python values must "
            "not vary from call to call, or it compiles again.",
        ),
        Text(
            "注意 C5：循环体里的 `gen_loss = gen_loss(…)` 一旦放进函数，第一步就会 `UnboundLocalError`，要先改名。",
            "Mind C5: inside a function `gen_loss = gen_loss(…)` raises `UnboundLocalError` in the first step already, so that "
            "must be renamed first.",
        ),
        Text(
            "第一次调用要花几秒编译，步数越多越划算；上百万步的循环几秒就赚回来了。",
            "The first call spends seconds on compiling, which pays the more steps follow; a loop of a million has earned them "
            "back at once.",
        ),
        Text(
            "更进一步：把几十步放进一个 `tf.while_loop`，数据也放在设备上。本软件的训练就是这样，页面才有时间画图。",
            "A step further: dozens of steps in one `tf.while_loop`, with the data on the device. That is how this software "
            "trains, which leaves the page time to draw.",
        ),
    ),
    watch=Text(
        "看每步毫秒数（纵轴是对数）。数字只属于这台机器与此刻的负载；两边画出的图则应当一样。",
        "Watch the milliseconds per step, on a logarithmic axis. They belong to this machine and its load right now; the images "
        "of both sides should agree.",
    ),
)
