"""Held in check by spectral normalisation: SNGAN, and SAGAN with self-attention on top."""

from __future__ import annotations

from aigc_demo.recipes.recipe import Optimiser, Recipe
from aigc_demo.text import Text

ATTENTION = (
    Recipe(
        key="sngan",
        title=Text("SNGAN：谱归一化", "SNGAN: spectral normalisation"),
        story=Text(
            "Miyato 等 2018 年的 SNGAN：D 的每个权重矩阵先除以自己最大的奇异值再用，坡度因此有界，合页损失随之稳定。G 是轻量 DCGAN，不看标签。"
            "论文每步更新 D 五次，两个学习率都是 0.0002；这里更新一次，G 学得比 D 快得多，这是搜索找到的。",
            "SNGAN (Miyato et al., 2018): each matrix of D is divided by its largest singular value before it is used, which "
            "bounds D's slopes and steadies the hinge loss. G is the slim DCGAN, without labels. The paper updates D five "
            "times a step at rates of 0.0002; here once, and G learns much faster than D, as a search found.",
        ),
        generator="dcgan",
        discriminator="sngan",
        latent_size=64,
        loss="hinge",
        batch_size=64,
        g_optimiser=Optimiser(3.6e-3, 0.0, 0.9),  # both as a search found them (`benchmarks/search_defaults.py`)
        d_optimiser=Optimiser(5.7e-4, 0.0, 0.9),
    ),
    Recipe(
        key="sagan",
        title=Text("SAGAN：自注意力", "SAGAN: self-attention"),
        story=Text(
            "Zhang 等 2019 年的 SAGAN：G 与 D 的 14×14 特征图里各有一层自注意力，每一处都看所有别处；开关 γ 从 0 学起。两边都做谱归一化。"
            "论文让 D 学得更快（D 0.0004，G 0.0001）；这里为了短训让 G 更快（0.002 对 0.001），论文的学习率可以自己试。",
            "SAGAN (Zhang et al., 2019): G and D each have a layer of self-attention at 14×14, where every place looks at all "
            "others; its gate γ starts at 0. Both are spectrally normalised. The paper lets D learn faster (D 0.0004, G "
            "0.0001); here, for short runs, G is the faster one (0.002 to 0.001): try the paper's.",
        ),
        generator="sagan",
        discriminator="sagan",
        latent_size=64,
        loss="hinge",
        batch_size=64,
        g_optimiser=Optimiser(2e-3, 0.0, 0.9),
        d_optimiser=Optimiser(1e-3, 0.0, 0.9),
    ),
)
