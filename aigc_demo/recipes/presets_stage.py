"""The nine presets of a talk, under the keys 1 to 9: a game that works, and eight that fail, each in a way of its own."""

from __future__ import annotations

from aigc_demo.recipes.preset import Cure, Experiment, Preset
from aigc_demo.text import Text

_MLP = "tutorial_4_3_repaired"
_LIVELY = {"lr.g": 1e-3, "lr.d": 1e-3}  # at the tutorial's 2e-4 these dense networks take minutes
_RIGHT_LOSS = Cure(
    Text("换成非饱和损失，学习率 1e-3", "Switch to the non-saturating loss, rates 1e-3"),
    "change",
    _LIVELY,
    "non_saturating",
)

HEALTHY = Preset(
    "healthy",
    "show",
    Text("正常的一局", "A game as it should be"),
    Text(
        "先看一局好的：D 略占上风，D(x) 在 D(G(z)) 之上不远，digit-FD 一路降到按类高斯以下。",
        "First a good one: D a little ahead, D(x) not far above D(G(z)), and digit-FD falls below the Gaussian per class.",
    ),
    (Experiment(Text("快速配方", "fast recipe"), "fast", seconds=30.0),),
    expect="healthy",
)

SATURATION = Preset(
    "saturation",
    "break",
    Text("D 太强：极小极大饱和", "D too strong: minimax saturates"),
    Text(
        "D 学得快、每步更新三次，很快看穿一切：D(G(z)) → 0，而极小极大损失在那里是平的，G 停在噪声。看 ‖∇L_G‖。",
        "D learns fast and thrice a step, and soon sees through everything: D(G(z)) → 0, where the minimax loss is flat, "
        "and G stays at noise. Watch ‖∇L_G‖.",
    ),
    (
        Experiment(
            Text("强 D，极小极大", "strong D, minimax"),
            _MLP,
            "minimax",
            settings={"lr.d": 3e-3, "discriminator_steps": 3},
        ),
    ),
    Cure(
        Text("换成非饱和损失，D 放慢", "Non-saturating loss and a slower D"),
        "change",
        {"lr.d": 2e-4, "discriminator_steps": 1},
        "non_saturating",
    ),
    "saturated",
)

TUTORIAL_LOSS = Preset(
    "tutorial_loss",
    "break",
    Text("教程的 L_D：两边都是“真”", "The tutorial's L_D: everything is “real”"),
    Text(
        "公式奖励 D 把假图也叫作真：D(x) 与 D(G(z)) 一起升到 1，L_D 停在 −2，双方都不动了。",
        "The formula rewards D for calling fakes real: D(x) and D(G(z)) rise to 1 together, L_D rests at −2, and nobody "
        "moves any more.",
    ),
    (Experiment(Text("教程公式", "the tutorial's formula"), _MLP, "doc_literal", settings={"weight.g_recon_x": 0.0}),),
    _RIGHT_LOSS,
    "both_real_by_formula",
)

DOUBLE_SIGMOID = Preset(
    "double_sigmoid",
    "break",
    Text("两次 sigmoid：教科书般的死寂", "Sigmoid twice: textbook numbers, dead nets"),
    Text(
        "L_D 停在 1.386、L_G 停在 0.693，与课本上的均衡一模一样，梯度却几乎为 0（换个种子，也会死在别处）。"
        "损失骗人，梯度范数不骗。",
        "L_D rests at 1.386 and L_G at 0.693, just as the textbook has it, but the gradients are almost 0 (other seeds "
        "die elsewhere). The losses lie, the gradient norms do not.",
    ),
    (
        Experiment(
            Text("两次 sigmoid", "sigmoid twice"),
            _MLP,
            "double_sigmoid",
            settings={"lr.g": 1e-3, "lr.d": 1e-3},
            seed=3,
        ),
    ),
    _RIGHT_LOSS,
    "dead",
)

COLLAPSE = Preset(
    "collapse",
    "break",
    Text("模式坍缩：G 的动量 0.9", "Mode collapse: G with momentum 0.9"),
    Text(
        "β1 = 0.9（Keras 的默认值）让 G 冲过了头：不论 z 是什么，画的都是同一张图，D 赶上来它就换一张。看类别条，别看损失。",
        "With β1 = 0.9, Keras's default, G overshoots: one picture whatever z is, and another when D catches up. Watch "
        "the class bars, not the losses.",
    ),
    (Experiment(Text("β1 = 0.9", "β1 = 0.9"), _MLP, settings={"lr.g": 1e-3, "lr.d": 1e-3, "beta_1.g": 0.9}),),
    Cure(Text("β1 调到 0.5，重新开始", "Start again with β1 = 0.5"), "start", {"beta_1.g": 0.5}),
    "collapsed",
)

TARGET_ZERO = Preset(
    "target_zero",
    "break",
    Text("G 的目标写成 0：损失都在降", "G's target is 0: all losses fall"),
    Text(
        "教程的代码给 G 的标签是 0：G 帮着 D 认出自己。两条损失都降到 0，图一直是噪声：损失下降不等于在学。",
        "The tutorial's code gives G the label 0: it helps D to spot it. Both losses fall to 0 while noise stays: falling "
        "losses are not learning.",
    ),
    (Experiment(Text("目标为 0", "target 0"), _MLP, "g_target_zero"),),
    _RIGHT_LOSS,
    "wrong_target",
)

MEAN_DIGIT = Preset(
    "mean_digit",
    "break",
    Text("λ‖G(z) − x‖²：灰色的平均数字", "λ‖G(z) − x‖²: the grey average digit"),
    Text(
        "z 与 x 毫不相干，离所有真图最近的就只有平均数字：λ 一大，每张图都是它。看这一项停在 211 附近。",
        "z and x have nothing to do with each other, so the nearest to all digits is their average: with a large λ every "
        "image is that. Watch this term rest near 211.",
    ),
    (Experiment(Text("λ = 1", "λ = 1"), _MLP, settings={"weight.g_recon_x": 1.0}),),
    Cure(Text("λ 调到 0，学习率 1e-3", "Set λ to 0, rates 1e-3"), "change", {**_LIVELY, "weight.g_recon_x": 0.0}),
    "mean_digit",
)

BLIND_D = Preset(
    "blind_d",
    "break",
    Text("瞎的 D：没有激活函数", "A blind D: no activations"),
    Text(
        "教程的网络层间没有激活函数，D 只是逻辑回归：平均图一对上，它就分不清了。L_D ≈ 1.386，数字却是糊的。",
        "Without activations the tutorial's D is a logistic regression: once the average image fits, it cannot tell. L_D "
        "≈ 1.386, and the digits are a blur.",
    ),
    (
        Experiment(
            Text("线性网络", "linear networks"),
            "tutorial_4_3",
            "non_saturating",
            settings={"beta_1.g": 0.0, "beta_1.d": 0.0, "lr.d": 1e-3, "updates": "alternating"},
            seconds=60.0,
        ),
    ),
    Cure(
        Text("加上激活函数，重新开始", "Start again with activations"),
        "start",
        {"generator": _MLP, "discriminator": _MLP, "lr.d": 2e-4, "beta_1.g": 0.5, "beta_1.d": 0.5},
    ),
    "blind_d",
)

MEMORISING = Preset(
    "memorising",
    "break",
    Text("只有十张图：死记硬背", "Only ten digits: learning by heart"),
    Text(
        "每类只有一张训练图：图像又清楚又多“类”，损失也正常，其实 G 在照抄，D 没见过的真数字在它看来都是假的。",
        "One training digit of each class: sharp images, all classes, losses as they should be, and yet G copies, and "
        "real digits that D never saw look fake to it.",
    ),
    (Experiment(Text("十张图", "ten digits"), "fast", dataset="ten_digits", seconds=30.0),),
    Cure(Text("用全部数字重新开始", "Start again with all the digits"), "start", dataset="digits5k"),
    "memorising",
)

STAGE = (
    HEALTHY,
    SATURATION,
    TUTORIAL_LOSS,
    DOUBLE_SIGMOID,
    COLLAPSE,
    TARGET_ZERO,
    MEAN_DIGIT,
    BLIND_D,
    MEMORISING,
)
