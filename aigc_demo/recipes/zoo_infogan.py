"""InfoGAN: digits that sort themselves, without labels."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

INFOGAN = (
    Recipe(
        key="infogan",
        title=Text("InfoGAN：没有标签也分组", "InfoGAN: sorted without labels"),
        story=Text(
            "Chen 等 2016 年的 InfoGAN：G 多收一个十选一的类别码和两个连续码，另一个网络 Q 要从图里把它们读回来。从不看标签，类别却常常各成"
            "一个数字，连续码变成倾斜和粗细。哪个类别是哪个数字，由训练自己定。",
            "InfoGAN (Chen et al., 2016): G also takes a category out of ten and two uniform codes, and another network, Q, "
            "has to read them back from the image. No label is ever seen, yet categories tend to become digits, and codes "
            "slant and weight. Which category is which digit is for the training to decide.",
        ),
        generator="infogan",
        discriminator="infogan",
        latent_size=64,
        loss="non_saturating",
        batch_size=64,
        g_optimiser=Optimiser(3.5e-3, 0.5, 0.99),
        d_optimiser=Optimiser(1.2e-3, 0.5, 0.99),
        conditional=True,
        auxiliaries=("infogan",),
        weights={"d_category": 1.0, "d_codes": 1.0, "g_category": 0.3, "g_codes": 0.3},
    ),
)
