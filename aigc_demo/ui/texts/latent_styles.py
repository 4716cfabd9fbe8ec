"""Words of the latent studio for models with styles: mixing, noise, truncation in W. The table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text, plain

JS: dict[str, Text] = {
    "generate.panel.styles": Text("风格", "Styles"),
    "styles.about": Text(
        "这个模型逐层画图：7×7、14×14、28×28 各两层，每层有自己的风格，都来自 z 经映射网络变成的 w。",
        "This model draws layer by layer, two each at 7×7, 14×14 and 28×28. Every layer has a style of its own, made of "
        "w, which its mapping network makes of z.",
    ),
    "styles.mixing": Text("混合两张图的风格", "Mix the styles of two pictures"),
    "styles.a": Text("A：当前的点", "A: the present point"),
    "styles.b": Text("B：另一个点", "B: another point"),
    "styles.another": Text("换一个 B", "Another B"),
    "styles.here": Text("把当前的点作为 B", "Make the present point B"),
    "styles.swap": Text("A 与 B 对调", "Swap A and B"),
    "styles.from": Text("哪些层用 B 的风格", "Which layers have B's styles"),
    "styles.from.all": Text("全部（7×7 起）", "All (from 7×7)"),
    "styles.from.middle": Text("中与细（14×14 起）", "Middle and fine (from 14×14)"),
    "styles.from.fine": Text("只有细（28×28）", "Fine only (28×28)"),
    "styles.from.none": Text("不混合", "None"),
    "styles.says.none": Text("六层都用 A 的风格。", "All six layers have A's style."),
    "styles.says.all": Text("六层都用 B 的风格，画出的就是 B。", "All six layers have B's style: the picture is B."),
    "styles.says.mixed": Text(
        "{a} 层用 A 的风格，{b} 层用 B 的风格。", "Layers {a} have A's style, layers {b} have B's."
    ),
    "styles.row.a": Text("只用 A 的风格", "A's styles alone"),
    "styles.row.b": Text("只用 B 的风格", "B's styles alone"),
    "styles.row.mixed": Text("从 {layer} 层起用 B 的风格", "B's styles from layer {layer} on"),
    "styles.grid": Text("混合表", "A table of mixes"),
    "styles.renew": Text("换一批", "Other points"),
    "styles.grid.a": Text("第 {n} 行的 A", "A of row {n}"),
    "styles.grid.b": Text("第 {n} 列的 B", "B of column {n}"),
    "styles.grid.mix": Text("第 {a} 行的 A 与第 {b} 列的 B 的混合", "A of row {a} mixed with B of column {b}"),
    "styles.grid.says.middle": Text(
        "每一行的 7×7 风格来自左边的 A，14×14 与 28×28 的来自上面的 B。点一格，就到那里去。",
        "Each row has the 7×7 styles of its A on the left; each column the 14×14 and 28×28 styles of its B on top. Click "
        "a cell to go there.",
    ),
    "styles.grid.says.fine": Text(
        "每一行的 7×7 与 14×14 风格来自左边的 A，28×28 的来自上面的 B。点一格，就到那里去。",
        "Each row has the 7×7 and 14×14 styles of its A on the left; each column the 28×28 styles of its B on top. Click "
        "a cell to go there.",
    ),
    "styles.went": Text("上面的大图就是这一格。", "The large picture is that cell now."),
    "styles.noise": Text("噪声", "Noise"),
    "styles.noise.off": Text("关", "Off"),
    "styles.noise.fixed": Text("固定", "Fixed"),
    "styles.noise.fresh": Text("换一份", "New"),
    "styles.noise.strength": Text("强度", "Strength"),
    "styles.noise.where": Text("噪声在哪里起作用", "Where noise acts"),
    "styles.noise.says": Text(
        "同一个 w 配 {n} 份不同的噪声：像素值（0–255）的标准差平均 {mean}，最大 {most}。越亮的地方越随噪声而变。",
        "The same w with {n} patterns of noise: pixels (0 to 255) deviate by {mean} on average and {most} at most. The "
        "brighter a place, the more noise changes it.",
    ),
    "styles.truncationNote": Text(
        "对这个模型，截断作用在 w 上：w̄ + ψ (w − w̄)。ψ = 0 时每个点都是“平均的”那张图；小于 1 更典型、更单调。",
        "For this model truncation acts on w: w̄ + ψ (w − w̄). At ψ = 0 every point is the one “average” picture; below 1 "
        "pictures are more typical and more alike.",
    ),
    "inside.stage.pixel_norm": Text("像素归一化", "Pixel norm"),
    "inside.stage.pixel_norm.text": Text(
        "每个位置的通道向量除以自己的均方根。", "The channels of each place are divided by their root mean square."
    ),
    "inside.stage.constant": Text("学来的常数图", "Learnt constant"),
    "inside.stage.constant.text": Text(
        "每张图都从这里开始；z 不从这里进来。", "Every picture begins here: z does not enter."
    ),
    "inside.stage.noise": Text("噪声图", "Noise map"),
    "inside.stage.noise.text": Text("每个像素一个 N(0, 1) 的数。", "An N(0, 1) number for each pixel."),
    "inside.stage.scaled_noise": Text("加噪声", "Noise added"),
    "inside.stage.scaled_noise.text": Text(
        "噪声乘每个通道学来的幅度再加上。", "Noise is added, times a scale that each channel has learnt."
    ),
    "inside.stage.adain": plain("AdaIN"),
    "inside.stage.adain.text": Text(
        "每个通道先归一化，再按风格重新缩放和平移。",
        "Every channel is normalised, then scaled and shifted by its style.",
    ),
    "inside.stage.smooth_up": Text("平滑放大", "Smooth enlargement"),
    "inside.stage.smooth_up.text": Text(
        "双线性放大一倍，再用 [1, 2, 1] 平滑。", "Bilinear doubling, then [1, 2, 1] smoothing."
    ),
    "point.bad.styles": Text("风格“{value}”（这个模型混合不了）", "styles “{value}” (this model cannot mix them so)"),
}
