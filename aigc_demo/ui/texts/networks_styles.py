"""What the layers of a style-based generator are called in a network's drawing, and what each of them does."""

from __future__ import annotations

from aigc_demo.text import Text, plain

KINDS: dict[str, tuple[Text, Text]] = {
    "PixelNorm": (
        Text("像素归一化", "Pixel norm"),
        Text(
            "每个位置的通道向量除以自己的均方根，长度从此固定；没有参数。",
            "The vector of channels at each place is divided by its root mean square, so all have one length; no parameters.",
        ),
    ),
    "SlowDense": (
        Text("全连接，学得慢", "Dense, learning slowly"),
        Text(
            "权重用时才乘 0.01：Adam 的步长与梯度大小无关，所以映射网络学得只有别处的百分之一快。",
            "Its weights are multiplied by 0.01 when used. Adam’s steps do not depend on a gradient’s size, so the mapping "
            "learns at a hundredth of the speed of the rest.",
        ),
    ),
    "StyleAverage": (
        Text("平均的 w", "Mean w"),
        Text(
            "w 原样通过；训练时另记一份滑动平均 w̄，截断就朝它拉。",
            "w passes as it is. In training its moving average w̄ is kept: truncation draws towards it.",
        ),
    ),
    "StyleMixing": (
        Text("风格混合", "Style mixing"),
        Text(
            "每层一份风格。训练时十次有九次从随机一层起改用另一张图的 w，好让相邻的层不互相依赖。",
            "One style a layer. In training, nine times in ten, layers from a random one on have another picture’s w, so that "
            "neighbours cannot rely on having the same.",
        ),
    ),
    "PickStyle": (
        Text("取一份风格", "One style"),
        Text("取出这一层的那份 w。", "The w of this layer is picked."),
    ),
    "LearnedConstant": (
        Text("学来的常数图", "Learnt constant"),
        Text(
            "每张图都从同一叠 7×7 的图开始；z 不从这里进来。",
            "Every picture begins with the same 7×7 maps: z does not enter here.",
        ),
    ),
    "NoiseMap": (
        Text("噪声图", "Noise map"),
        Text(
            "每个像素一个 N(0, 1) 的数：训练时每次不同，平时固定。",
            "An N(0, 1) number for each pixel: new ones every time in training, otherwise fixed.",
        ),
    ),
    "ScaledNoise": (
        Text("加噪声", "Noise added"),
        Text(
            "噪声图乘每个通道学来的幅度再加上；幅度从 0 学起。",
            "The noise map times a scale that each channel learns, which begins at 0.",
        ),
    ),
    "AdaIN": (
        plain("AdaIN"),
        Text(
            "每张图的每个通道先归一化，再按风格给的 (缩放, 平移) 重新定幅度和均值。",
            "Every channel of every picture is normalised, then given the scale and shift that its style asks for.",
        ),
    ),
    "SmoothUp": (
        Text("平滑放大", "Smooth enlargement"),
        Text(
            "双线性放大一倍，再用 [1, 2, 1] 平滑；没有参数。",
            "Bilinear doubling, then [1, 2, 1] smoothing; no parameters.",
        ),
    ),
}
