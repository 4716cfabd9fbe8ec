"""Networks that grow while they train. The rates are what a search found (`benchmarks/search_defaults.py`)."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

PROGRESSIVE = (
    Recipe(
        key="progressive",
        title=Text("渐进式生长：7→14→28", "Progressive growing, 7 to 14 to 28"),
        story=Text(
            "Karras 等 2018 年的做法：先只学 7×7 的粗糙数字，再把 14×14、28×28 两级渐渐淡入；D 看到的真图也同样由粗到细。损失为 "
            "WGAN-GP。",
            "As Karras et al. (2018) grow them: coarse digits of 7×7 first, then the stages 14×14 and 28×28 fade in, and the "
            "real images that D sees become finer alike. The loss is WGAN-GP.",
        ),
        generator="progressive",
        discriminator="progressive",
        latent_size=64,
        loss="wgan_gp",
        batch_size=32,
        g_optimiser=Optimiser(6.9e-3, 0.0, 0.99),
        d_optimiser=Optimiser(8e-3, 0.0, 0.99),
        ema_decay=0.999,
        auxiliaries=("drift",),
        discriminator_steps=1,
        growth_steps=50,  # grown within half a minute on two cores; longer runs want more
    ),
)
