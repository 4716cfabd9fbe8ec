"""The settings of a run by name: what each is called, what it does, what values it takes, and whether it may be changed
while the run goes on. The page draws its controls from this table, and `train --set` lists it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.recipes.recipe import OptimiserName, Updates
from aigc_demo.text import Text

Kind = Literal["number", "whole", "choice"]
Precision = Literal["float32", "bfloat16"]
Value = float | int | str

MAX_WEIGHT = 10.0  # of most terms; a term's own limit is its `most`
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
GROWTH_STEPS = 300  # of networks that grow, where their recipe does not say


@dataclass(frozen=True)
class Setting:
    """One setting: a number in [least, most], or one of `choices`. `log`: its useful values span orders of magnitude.

    `derived`: another way to say what other settings say; a plan keeps only those.
    """

    key: str
    title: Text
    about: Text
    kind: Kind
    least: float = 0.0
    most: float = 0.0
    log: bool = False
    live: bool = False  # may be changed while a run goes on
    choices: tuple[str, ...] = ()
    derived: bool = False


WEIGHT = Setting(
    "weight",
    Text("项的权重", "Weight of a term"),
    Text(
        "这一项在总损失里占多大分量；0 表示仍然画出来，但不参与训练。写作 weight.<项>，给一个附加项权重就是加上它。",
        "How much this term counts in the total; at 0 it is still drawn but no longer trained. Written weight.<term>; "
        "giving an additional term a weight adds it.",
    ),
    "number",
    0.0,
    MAX_WEIGHT,
    live=True,
)

_BETA_1 = Text(
    "Adam 记住过去梯度的程度（rmsprop 不用它）；对抗训练常用 0.5 或 0，用 0.9 容易来回摆动。",
    "How much Adam remembers of past gradients (rmsprop has none of it); GANs usually take 0.5 or 0, and 0.9 tends to "
    "swing.",
)

_SETTINGS = (
    Setting(
        "lr.g",
        Text("生成器的学习率", "Learning rate of G"),
        Text(
            "生成器每步走多远；比判别器的大得多时，G 会只画它最容易得逞的那一种。",
            "How far G moves in a step; much larger than D's, and G draws only what it gets away with most easily.",
        ),
        "number",
        1e-7,
        1.0,
        log=True,
        live=True,
    ),
    Setting(
        "lr.d",
        Text("判别器的学习率", "Learning rate of D"),
        Text(
            "判别器每步走多远；太大时它遥遥领先，G 从它那里学不到东西。",
            "How far D moves in a step; too large and D runs ahead, leaving G little to learn from.",
        ),
        "number",
        1e-7,
        1.0,
        log=True,
        live=True,
    ),
    Setting(
        "lr.ratio",
        Text("学习率之比 D : G", "Ratio of the rates, D : G"),
        Text(
            "D 的学习率是 G 的几倍（TTUR：两个时间尺度）。改它时两个学习率的几何平均不变；若同时给出其中一个，就保留那一个。",
            "How many times G's learning rate D's is (TTUR: two time scales). The geometric mean of the two rates stays; "
            "where one of them is given as well, that one stays.",
        ),
        "number",
        1 / 8,
        8.0,
        log=True,
        live=True,
        derived=True,
    ),
    Setting(
        "discriminator_steps",
        Text("每步中判别器更新几次", "Updates of D per step"),
        Text(
            "生成器每更新一次，判别器先更新几次；每多一次，一步就更慢。",
            "How often D is updated for each update of G; each one more makes a step slower.",
        ),
        "whole",
        1,
        20,
        live=True,
    ),
    Setting(
        "batch_size",
        Text("批大小", "Batch size"),
        Text(
            "一步看多少张真图和多少张假图；越大，一步越慢也越稳。",
            "How many real and how many generated images a step looks at; larger steps are slower and steadier.",
        ),
        "whole",
        2,
        1024,
        log=True,
    ),
    Setting(
        "rate_halving_steps",
        Text("学习率减半的步数", "Steps until the rates halve"),
        Text(
            "第 h 步时两个学习率降到一半，第 2h 步降到三分之一；很大的数表示不降。",
            "At step h both rates are halved, at step 2h a third is left; a very large number keeps them as they are.",
        ),
        "number",
        1.0,
        1e9,
        log=True,
        live=True,
    ),
    Setting(
        "ema_decay",
        Text("生成器权重的滑动平均", "Moving average of G"),
        Text(
            "样本由生成器权重的滑动平均画出；0 表示用当前的权重，越接近 1 平均得越久。",
            "Samples are drawn with a moving average of G's weights; 0 uses the weights as they are, and closer to 1 "
            "averages over longer.",
        ),
        "number",
        0.0,
        0.99999,
        live=True,
    ),
    Setting(
        "optimiser",
        Text("优化器", "Optimiser"),
        Text(
            "双方都用它：adam 记住过去的梯度；rmsprop 没有动量，裁剪权重的 WGAN 原本用它。",
            "For both players: adam remembers past gradients; rmsprop has no momentum, and the WGAN with clipped weights "
            "was made with it.",
        ),
        "choice",
        choices=get_args(OptimiserName),
    ),
    Setting(
        "beta_1.g",
        Text("生成器的动量 β1", "Momentum β1 of G"),
        _BETA_1,
        "number",
        0.0,
        0.99999,
    ),
    Setting(
        "beta_1.d",
        Text("判别器的动量 β1", "Momentum β1 of D"),
        _BETA_1,
        "number",
        0.0,
        0.99999,
    ),
    Setting(
        "updates",
        Text("更新的顺序", "Order of play"),
        Text(
            "alternating：先 D 后 G，G 面对新的 D；simultaneous：两者的梯度来自同一次前向计算，如教程的代码。",
            "alternating: D first, then G against the new D; simultaneous: both gradients from one forward pass, as in "
            "the tutorial's code.",
        ),
        "choice",
        live=True,
        choices=get_args(Updates),
    ),
    Setting(
        "pac",
        Text("判别器一次看几张", "Images that D judges together"),
        Text(
            "把几张图叠成一叠一起判断（PacGAN）：一叠里张张雷同会露馅，所以能抑制模式坍缩。",
            "Several images are judged as one pack (PacGAN): a pack of look-alikes gives itself away, which works "
            "against mode collapse.",
        ),
        "whole",
        1,
        4,
    ),
    Setting(
        "augment",
        Text("平移增强（像素）", "Shifting of what D sees (pixels)"),
        Text(
            "判别器看到的真图和假图都随机平移至多这么多像素：训练图很少时，D 更难死记硬背。",
            "Real and generated images are shifted at random by up to this many pixels before D sees them: with few "
            "training images D finds it harder to learn them by heart.",
        ),
        "whole",
        0,
        4,
        live=True,
    ),
    Setting(
        "dropout",
        Text("判别器的 Dropout", "Dropout in D"),
        Text(
            "训练时随机关掉判别器中这么大比例的单元；0 表示网络保持原样。",
            "The share of D's units that is left out at random while training; 0 leaves the network as it is.",
        ),
        "number",
        0.0,
        0.9,
    ),
    Setting(
        "freeze_d",
        Text("判别器固定的层数", "Layers of D that are held"),
        Text(
            "判别器最前面这么多个带权重的层不再学习：从训练好的模型开始、新图很少时，旧的笔画知识不会被冲掉（FreezeD）。",
            "So many of D's first layers with weights learn nothing: begun with a trained model and few new images, it "
            "keeps what it knows of strokes (FreezeD).",
        ),
        "whole",
        0,
        4,
    ),
    Setting(
        "clip",
        Text("判别器权重的裁剪", "Clipping of D's weights"),
        Text(
            "判别器每次更新后，它的权重被裁剪到 ±c 之内；只用于靠裁剪约束的 WGAN。",
            "After each update D's weights are clipped to ±c; only for the WGAN that is held in check this way.",
        ),
        "number",
        1e-4,
        1.0,
        log=True,
        live=True,
    ),
    Setting(
        "generator",
        Text("生成器的网络", "Network of G"),
        Text("用哪个网络来画。", "Which network draws."),
        "choice",
        choices=tuple(GENERATORS),
    ),
    Setting(
        "discriminator",
        Text("判别器的网络", "Network of D"),
        Text("用哪个网络来判断真假。", "Which network tells real from fake."),
        "choice",
        choices=tuple(DISCRIMINATORS),
    ),
    Setting(
        "growth_steps",
        Text("渐进式生长：每个阶段的步数", "Growth: steps of a phase"),
        Text(
            "用于会生长的网络：先练最粗的一级这么多步，然后每一级用这么多步淡入、再练这么多步，最后一级练到结束。",
            "For networks that grow: the coarsest stage trains for so many steps, then each stage fades in over as many and "
            "trains for as many, the last until the end.",
        ),
        "whole",
        1,
        100_000,
        log=True,
    ),
    Setting(
        "auto_stop",
        Text("自动停止（秒）", "Stop by itself (seconds)"),
        Text(
            "训练这么多秒仍没有更好的 digit-FD，就自动结束；0 表示不自动停止。",
            "The run ends after this many seconds of training without a better digit-FD; 0 never ends it.",
        ),
        "number",
        0.0,
        3600.0,
        live=True,
    ),
    Setting(
        "precision",
        Text("数值精度", "Numeric precision"),
        Text(
            "卷积层与全连接层用什么数计算；权重、损失与优化器总是 float32。auto（自动）：在 GPU 上先试几秒再选，在 CPU 上用 float32；fastest（试出最快的）：在哪里都先试几秒再选。",
            "In what numbers convolutions and dense layers are computed; weights, losses and optimisers are float32 always. "
            "auto: tried for a few seconds on a GPU, float32 on a CPU; fastest: tried for a few seconds anywhere.",
        ),
        "choice",
        choices=("auto", *PRECISIONS, "fastest"),
    ),
    Setting(
        "xla",
        Text("XLA 编译", "XLA compilation"),
        Text(
            "把一步中的许多小运算编译成少数几个大的；编译要多花几十秒，同一个种子抽出的随机数也会不同。auto（自动）：在 GPU 上先试再选，在 CPU 上不用；"
            "fastest（试出最快的）：在哪里都先试再选。",
            "Compiles the many small operations of a step into a few large ones; compiling takes tens of seconds more, and the "
            "same seed draws other numbers. auto: tried on a GPU, off on a CPU; fastest: tried anywhere.",
        ),
        "choice",
        choices=("auto", "off", "on", "fastest"),
    ),
)

SETTINGS: dict[str, Setting] = {setting.key: setting for setting in _SETTINGS}
STORED: tuple[str, ...] = tuple(setting.key for setting in _SETTINGS if not setting.derived)  # what a plan keeps


def setting_of(key: str) -> Setting | None:
    """The setting that `key` names, `weight.<term>` included; None for an unknown one."""
    return WEIGHT if key.startswith("weight.") else SETTINGS.get(key)
