"""The style-based generator, whose layers each have their own say."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

STYLE = (
    Recipe(
        key="style",
        title=Text("小型 StyleGAN", "Small StyleGAN"),
        story=Text(
            "z 不直接变成图像，而是逐层决定风格：7×7 管大形，14×14 与 28×28 管笔画。两张图的风格可以按层混合，"
            "每个像素另有噪声（Karras 等 2019）。",
            "z does not become the picture but sets the style of each layer: 7×7 the shape, 14×14 and 28×28 the stroke. "
            "Two pictures' styles can be mixed layer by layer, and every pixel has noise (Karras et al. 2019).",
        ),
        generator="style",
        discriminator="dcgan",
        latent_size=64,
        loss="non_saturating",
        batch_size=32,
        g_optimiser=Optimiser(1e-3, 0.0, 0.99),
        d_optimiser=Optimiser(1e-3, 0.0, 0.99),
        auxiliaries=("r1",),
        weights={"d_r1": 10.0},
    ),
)
