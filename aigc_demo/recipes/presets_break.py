"""More games that fail within a minute, and what rescues them."""

from __future__ import annotations

from aigc_demo.recipes.preset import Cure, Experiment, Preset
from aigc_demo.text import Text

_MLP = "tutorial_4_3_repaired"

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

WEAK_D = Preset(
    "weak_d",
    "break",
    Text("D 太弱：什么都当真", "D too weak: everything passes"),
    Text(
        "D 几乎不动，G 轻易骗过它：D(G(z)) ≈ 1、L_G ≈ 0，图却还是噪声。打败弱 D 不算本事。",
        "D hardly moves and G fools it with ease: D(G(z)) ≈ 1, L_G ≈ 0, and noise. Beating a weak D is no feat.",
    ),
    (Experiment(Text("D 的学习率 1e-6", "D's rate 1e-6"), _MLP, settings={"lr.d": 1e-6}),),
    Cure(Text("D 与 G 同样快，1e-3", "D as fast as G, at 1e-3"), "change", {"lr.d": 1e-3, "lr.g": 1e-3}),
    "d_too_weak",
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

BREAKS = (
    D_WINS,
    WEAK_D,
    NO_BOUND,
    CLIPPED_HARD,
    LITTLE_VARIETY,
    ONE_IMAGE,
    BROKEN,
)
