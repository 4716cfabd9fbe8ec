"""The default recipe and what stands beside it: made to learn within seconds on two CPU cores."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

FAST = (
    Recipe(
        key="fast",
        title=Text("快速：几秒学会写数字", "Fast: digits in seconds"),
        story=Text(
            "小型条件卷积 GAN：指定写几，它就写几。在两个 CPU 核上几秒内从噪声变成数字。",
            "A small conditional convolutional GAN: it writes the digit you ask for. Noise becomes digits within "
            "seconds on two CPU cores.",
        ),
        generator="fast",
        discriminator="fast",
        latent_size=64,
        loss="non_saturating",
        batch_size=32,
        g_optimiser=Optimiser(3e-3, 0.5, 0.99),
        d_optimiser=Optimiser(3e-3, 0.5, 0.99),
        conditional=True,
        class_head=True,
        auxiliaries=("acgan",),
        weights={"g_class": 1.0, "d_class": 0.5},
        ema_lag=3.0,
    ),
    Recipe(
        key="fast_long",
        title=Text("快速的长训版", "Fast, trained for long"),
        story=Text(
            "更深的生成器、宽一倍的判别器，学习率逐渐降低：起步慢些，练上几分钟更好。随附的模型由它训练。",
            "A deeper generator, a wider discriminator and falling rates: a slower start, better after minutes. The "
            "shipped model was made with it.",
        ),
        generator="fast_deep",
        discriminator="fast_wide",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(2e-3, 0.5, 0.99),
        d_optimiser=Optimiser(2e-3, 0.5, 0.99),
        conditional=True,
        class_head=True,
        auxiliaries=("acgan",),
        weights={"g_class": 0.2, "d_class": 0.5},
        ema_decay=0.999,
        rate_halving_steps=2000.0,
    ),
)
