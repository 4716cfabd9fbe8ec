"""Games that fail within a minute, each in a way of its own, and what rescues them; first of all one that works.

The order is that of a talk: the first nine are under the keys 1 to 9.
"""

from __future__ import annotations

from aigc_demo.recipes.preset import Cure, Experiment, Preset
from aigc_demo.text import Text

_MLP = "tutorial_4_3_repaired"
_RIGHT_LOSS = Cure(Text("换成非饱和损失", "Switch to the non-saturating loss"), "change", loss="non_saturating")

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
        "L_D 停在 1.386、L_G 停在 0.693，与课本上的均衡一模一样，梯度却几乎为 0。损失骗人，梯度范数不骗。",
        "L_D rests at 1.386 and L_G at 0.693, just as the textbook has it, but the gradients are almost 0. The losses "
        "lie, the gradient norms do not.",
    ),
    (Experiment(Text("两次 sigmoid", "sigmoid twice"), _MLP, "double_sigmoid"),),
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

D_WINS = Preset(
    "d_wins",
    "break",
    Text("D 赢了：非饱和也救不了", "D wins, non-saturating or not"),
    Text(
        "同样的强 D，这次用非饱和损失：斜率还在，但 D 每步都把 G 刚学的一招拆穿，图一直是噪声。",
        "The same strong D with the non-saturating loss: the slope is there, but D undoes each trick as G learns it, and "
        "noise stays.",
    ),
    (
        Experiment(
            Text("强 D，非饱和", "strong D, non-saturating"), _MLP, settings={"lr.d": 3e-3, "discriminator_steps": 3}
        ),
    ),
    Cure(Text("D 放慢，每步一次", "A slower D, once a step"), "change", {"lr.d": 2e-4, "discriminator_steps": 1}),
    "d_wins",
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
    Cure(Text("λ 调到 0", "Set λ to 0"), "change", {"weight.g_recon_x": 0.0}),
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

ONE_IMAGE = Preset(
    "one_image",
    "break",
    Text("train_images[0]：只有一张图", "train_images[0]: a single image"),
    Text(
        "教程拿第一张图当一批：G 学会的就是它，损失漂亮得很。看类别条只剩一根。",
        "The tutorial takes the first image for a batch: G learns just that one, with beautiful losses. Watch the class "
        "bars: one is left.",
    ),
    (Experiment(Text("一张图", "one image"), _MLP, dataset="one_image"),),
    Cure(Text("用全部数字重新开始", "Start again with all the digits"), "start", dataset="digits5k"),
    "memorising",
)

WEAK_D = Preset(
    "weak_d",
    "break",
    Text("D 太弱：什么都当真", "D too weak: everything passes"),
    Text(
        "D 几乎不动，G 轻易骗过它：D(G(z)) ≈ 1、L_G ≈ 0，图却还是噪声。打败弱 D 不算本事。",
        "D hardly moves and G fools it with ease: D(G(z)) ≈ 1, L_G ≈ 0, and noise. Beating a weak D is no feat.",
    ),
    (Experiment(Text("D 的学习率 1e-6", "D's rate 1e-6"), _MLP, settings={"lr.d": 1e-6}),),
    Cure(Text("D 与 G 同样快", "D as fast as G"), "change", {"lr.d": 2e-4}),
    "both_real",
)

NO_BOUND = Preset(
    "no_bound",
    "break",
    Text("没有约束的评分者：得分飞走", "A critic without bounds: scores run off"),
    Text(
        "WGAN 的得分差只有在坡度受限时才是距离。把 λ 调到 0，得分差就一直张大，什么也量不出来。",
        "WGAN's gap is a distance only while the critic's slope is bounded. With λ at 0 it opens for ever and measures "
        "nothing.",
    ),
    (Experiment(Text("λ = 0", "λ = 0"), "fast", "wgan_gp", settings={"weight.d_gp": 0.0}),),
    Cure(Text("λ 调回 10", "Set λ back to 10"), "change", {"weight.d_gp": 10.0}),
    "exploding",
)

CLIPPED_HARD = Preset(
    "clipped_hard",
    "break",
    Text("截断太狠：梯度消失", "Clipped too hard: the gradient vanishes"),
    Text(
        "权重截到 ±0.0005，评分者几乎是平的：传到 G 的梯度小到什么也教不了。",
        "With its weights clipped to ±0.0005 the critic is almost flat: what reaches G teaches nothing.",
    ),
    (Experiment(Text("c = 0.0005", "c = 0.0005"), _MLP, "wgan", settings={"clip": 5e-4}),),
    Cure(Text("放宽到 ±0.01", "Widen it to ±0.01"), "change", {"clip": 0.01}),
    "clipped_hard",
)

BROKEN = Preset(
    "broken",
    "break",
    Text("学习率 1：一步就飞", "Learning rate 1: gone in a step"),
    Text(
        "步子大到权重立刻没有意义：得分冲到成千上万，损失巨大，再也回不来。",
        "Steps so large that the weights mean nothing at once: scores in the thousands, huge losses, and no way back.",
    ),
    (Experiment(Text("学习率 1", "rate 1"), "fast", settings={"lr.g": 1.0, "lr.d": 1.0}, seconds=15.0),),
    Cure(Text("学习率 2e-3，重新开始", "Start again with rates of 2e-3"), "start", {"lr.g": 2e-3, "lr.d": 2e-3}),
    "exploding",
)

LITTLE_VARIETY = Preset(
    "little_variety",
    "break",
    Text("λ‖G(z) − x‖²，同类配对：千篇一律", "λ‖G(z) − x‖² within a class: no variety"),
    Text(
        "x 与 G(z) 同属一类时，平均数字变成了每一类的平均：标签全对、类别齐全，可每一类都只有一个糊样。",
        "When x and G(z) are of the same class, the average is that of each class: every label right, all classes there, "
        "and a single blurred shape for each.",
    ),
    (Experiment(Text("λ = 1，条件", "λ = 1, conditional"), "fast", settings={"weight.g_recon_x": 1.0}),),
    Cure(Text("λ 调到 0", "Set λ to 0"), "change", {"weight.g_recon_x": 0.0}),
    "little_variety",
)

BREAKS = (
    HEALTHY,
    SATURATION,
    TUTORIAL_LOSS,
    DOUBLE_SIGMOID,
    COLLAPSE,
    TARGET_ZERO,
    MEAN_DIGIT,
    BLIND_D,
    MEMORISING,
    D_WINS,
    WEAK_D,
    NO_BOUND,
    CLIPPED_HARD,
    LITTLE_VARIETY,
    ONE_IMAGE,
    BROKEN,
)
