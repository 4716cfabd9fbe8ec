"""Races: runs from the same seed, the same z and the same order of digits, of which one thing differs."""

from __future__ import annotations

from aigc_demo.recipes.preset import Experiment, Preset
from aigc_demo.text import Text

# Without its class terms, from which G would learn to draw digits whatever the game does.
_ADVERSARIAL_ONLY = {"weight.g_class": 0.0, "weight.d_class": 0.0}
_STRONG_D = {**_ADVERSARIAL_ONLY, "lr.d": 6e-3, "lr.g": 1e-3, "discriminator_steps": 3}

RACES = (
    Preset(
        "race_saturation",
        "race",
        Text("赛跑：极小极大对非饱和，D 很强", "Race: minimax against non-saturating, with a strong D"),
        Text(
            "D 一样强、均衡点也一样，只有 G 的损失不同：D 看穿假图之后，一边的斜率趋于 0，另一边仍有路可走。看 ‖∇L_G‖。",
            "The same strong D and the same equilibrium, only G's loss differs: once D sees through the fakes, one slope "
            "goes to 0 and the other still leads somewhere. Watch ‖∇L_G‖.",
        ),
        (
            Experiment(Text("极小极大", "minimax"), "fast", "minimax", settings=_STRONG_D),
            Experiment(Text("非饱和", "non-saturating"), "fast", "non_saturating", settings=_STRONG_D),
        ),
    ),
    Preset(
        "race_tutorial",
        "race",
        Text("赛跑：教程的 L_D 对改正后的 L_D", "Race: the tutorial's L_D against the corrected one"),
        Text(
            "教程奖励 D 把假图也叫作真，于是 D(x) 与 D(G(z)) 一起升到 1，图像停在噪声；改对符号、再加上对数，数字就出来了。",
            "The tutorial rewards D for calling fakes real: D(x) and D(G(z)) rise to 1 together and noise stays. With the "
            "sign put right, and then the logarithm, digits come.",
        ),
        (
            Experiment(
                Text("照原样", "as written"),
                "fast",
                "doc_literal",
                settings={**_ADVERSARIAL_ONLY, "weight.g_recon_x": 0.0},
            ),
            Experiment(Text("改正符号", "signs corrected"), "fast", "doc_sign_fixed", settings=_ADVERSARIAL_ONLY),
            Experiment(Text("加上对数", "with the logarithm"), "fast", "non_saturating", settings=_ADVERSARIAL_ONLY),
        ),
    ),
    Preset(
        "race_batch_norm",
        "race",
        Text("赛跑：批归一化对没有", "Race: batch normalisation against none"),
        Text(
            "G 带批归一化起步快得多；D 也带上之后，真图一批、假图一批各自归一化，反而给它泄露了答案。",
            "With batch normalisation G is off to a much quicker start; in D as well, real and fake batches are each "
            "normalised by themselves, which gives the answer away.",
        ),
        (
            Experiment(Text("G 带批归一化", "in G"), "fast"),
            Experiment(Text("都没有", "in neither"), "fast", settings={"generator": "fast_no_norm"}),
            Experiment(Text("G 与 D 都带", "in G and D"), "fast", settings={"discriminator": "fast_bn"}),
        ),
    ),
    Preset(
        "race_r3gan",
        "race",
        Text("赛跑：标准 GAN 对 R3GAN", "Race: the standard GAN against R3GAN"),
        Text(
            "R3GAN 每步更贵，起步也慢，但两项惩罚止住了打转。看谁先到、又是谁更稳。",
            "R3GAN pays more for a step and starts slower, but its two penalties stop the circling. See who is first, and "
            "who is steadier.",
        ),
        (
            Experiment(Text("标准 GAN", "standard GAN"), "fast", "non_saturating", seconds=60.0),
            Experiment(Text("R3GAN", "R3GAN"), "fast", "r3gan", seconds=60.0),
        ),
    ),
    Preset(
        "race_rates",
        "race",
        Text("赛跑：学习率之比 1:8 到 8:1", "Race: learning rates from 1:8 to 8:1"),
        Text(
            "乘积不变，只改 D 与 G 学习率之比：D 太慢就瞎，太快就赢，中间才有博弈。",
            "The product stays, only the ratio of D's rate to G's changes: too slow and D is blind, too fast and it wins; "
            "in between there is a game.",
        ),
        (
            Experiment(Text("D : G = 1 : 8", "D : G = 1 : 8"), "fast", settings={"lr.d": 1e-3, "lr.g": 8e-3}),
            Experiment(Text("D : G = 1 : 1", "D : G = 1 : 1"), "fast"),
            Experiment(Text("D : G = 8 : 1", "D : G = 8 : 1"), "fast", settings={"lr.d": 8e-3, "lr.g": 1e-3}),
        ),
    ),
)
