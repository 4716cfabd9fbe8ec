"""The tutorial's own networks, as written and repaired, and the yardstick that most people copy."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

_TUTORIAL_ADAM = Optimiser(2e-4)  # the tutorial's Adam(learning_rate=0.0002) with Keras's default betas
_DCGAN_ADAM = Optimiser(2e-4, 0.5)  # Radford et al. 2015, arXiv:1511.06434, section 4

TUTORIAL = (
    Recipe(
        key="tutorial_4_3",
        title=Text("教程 §4.3，照原样", "Tutorial §4.3, as written"),
        story=Text(
            "两层全连接、层间没有激活函数、两次 sigmoid：教程的网络与损失，一字不改。",
            "Two dense layers, no activation between them, sigmoid applied twice: the tutorial's nets and loss, "
            "unchanged.",
        ),
        generator="tutorial_4_3",
        discriminator="tutorial_4_3",
        latent_size=100,
        loss="double_sigmoid",
        batch_size=128,
        g_optimiser=_TUTORIAL_ADAM,
        d_optimiser=_TUTORIAL_ADAM,
        updates="simultaneous",
        section="4.3",
    ),
    Recipe(
        key="tutorial_4_3_repaired",
        title=Text("教程 §4.3，已修正", "Tutorial §4.3, repaired"),
        story=Text(
            "同样的两层网络，加上 LeakyReLU、logit 输出、非饱和损失与 β1 = 0.5。",
            "The same two layers with LeakyReLU, a logit output, the non-saturating loss and β1 = 0.5.",
        ),
        generator="tutorial_4_3_repaired",
        discriminator="tutorial_4_3_repaired",
        latent_size=100,
        loss="non_saturating",
        batch_size=128,
        g_optimiser=_DCGAN_ADAM,
        d_optimiser=_DCGAN_ADAM,
        section="4.3",
    ),
    Recipe(
        key="tutorial_5_2",
        title=Text("教程 §5.2，照原样", "Tutorial §5.2, as written"),
        story=Text(
            "四层 784 维 tanh 串联，两次 sigmoid：饱和的长链，学得很慢。",
            "Four 784-wide tanh layers in a chain and sigmoid applied twice: a saturating chain that hardly learns.",
        ),
        generator="tutorial_5_2",
        discriminator="tutorial_5_2",
        latent_size=100,
        loss="double_sigmoid",
        batch_size=128,
        g_optimiser=_TUTORIAL_ADAM,
        d_optimiser=_TUTORIAL_ADAM,
        updates="simultaneous",
        section="5.2",
    ),
    Recipe(
        key="tutorial_5_2_repaired",
        title=Text("教程 §5.2，已修正", "Tutorial §5.2, repaired"),
        story=Text(
            "100-256-512-784，层间 LeakyReLU，logit 输出，非饱和损失，β1 = 0.5。",
            "100-256-512-784 with LeakyReLU, a logit output, the non-saturating loss and β1 = 0.5.",
        ),
        generator="tutorial_5_2_repaired",
        discriminator="tutorial_5_2_repaired",
        latent_size=100,
        loss="non_saturating",
        batch_size=128,
        g_optimiser=_DCGAN_ADAM,
        d_optimiser=_DCGAN_ADAM,
        section="5.2",
    ),
    Recipe(
        key="tutorial_cnn",
        title=Text("教程文字所述的 CNN", "The CNN of the tutorial's words"),
        story=Text(
            "§4.3 的文字说生成器三层卷积、判别器两层卷积，代码却全是全连接；这里照文字搭建。",
            "The words of §4.3 speak of a three-layer and a two-layer CNN while its code is dense: here they are, "
            "built.",
        ),
        generator="tutorial_cnn",
        discriminator="tutorial_cnn",
        latent_size=100,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(2e-4, 0.5, 0.99),
        d_optimiser=Optimiser(2e-4, 0.5, 0.99),
        section="4.3",
    ),
    Recipe(
        key="dcgan_tf",
        title=Text("TensorFlow 教程的 DCGAN（标尺）", "TensorFlow's tutorial DCGAN (yardstick)"),
        story=Text(
            "大家最常照着跑的配置，用作标尺：每步计算量是“快速”的上百倍。",
            "The configuration most people copy, kept as a yardstick: one of its steps costs as much as hundreds of "
            "“fast”.",
        ),
        generator="dcgan_tf",
        discriminator="dcgan_tf",
        latent_size=100,
        loss="non_saturating",
        batch_size=256,
        g_optimiser=Optimiser(1e-4),
        d_optimiser=Optimiser(1e-4),
        updates="simultaneous",
        ema_decay=0.0,  # TensorFlow's tutorial has none: its samples come from the raw weights
    ),
)
