"""Words of the chapter that shows the networks: constants for what Python draws, `JS` for what the page's scripts say."""

from __future__ import annotations

from aigc_demo.text import Text, plain
from aigc_demo.ui.texts.networks_studies import STUDIES
from aigc_demo.ui.texts.networks_styles import KINDS

TITLE = Text("把网络看清楚", "The networks, seen")
INTRO = Text(
    "下面的图不是画好的插图：选一个配方，服务器当场把它的 G 和 D 搭出来，再逐层读出形状和参数。点一层，看它是什么、"
    "有多少参数、占多少乘法。",
    "These are no drawings made beforehand: choose a recipe, and the server builds its G and D and reads every layer off "
    "them. Click a layer to see what it is, how many parameters it has, and its share of the work.",
)
STUDIES_TITLE = Text("它对这一批图做了什么", "What it does to this batch")
STUDIES_INTRO = Text(
    "同一批 64 张没训练过的真数字，和模型为同样的标签画的 64 张，真的送进网络里走一遍。每条说法都有一个事先能算出的数，"
    "和测得的数放在一起；不符就变红。",
    "One batch of 64 digits that no training has seen, and 64 that the model draws for the same labels, really sent "
    "through the layers. Each statement comes with a number known beforehand, beside the one measured; it turns red where "
    "they differ.",
)

_KINDS: dict[str, tuple[Text, Text]] = {
    "InputLayer": (
        Text("输入", "Input"),
        Text("数据从这里进来，没有参数。", "Where the data comes in. It has no parameters."),
    ),
    "Dense": (
        Text("全连接", "Dense"),
        Text(
            "每个输出都是所有输入的加权和，所以参数最多：输入数 × 输出数。",
            "Every output is a weighted sum of all inputs, which is why it has most parameters: inputs × outputs.",
        ),
    ),
    "Conv2D": (
        Text("卷积", "Convolution"),
        Text(
            "同一个小窗口滑过每一处，参数与图的大小无关。步幅为 2 时隔一个位置才算一次，边长减半。",
            "One small window slides over every place, so its parameters do not depend on the size of the picture. With "
            "stride 2 it stops at every other place only, which halves the side.",
        ),
    ),
    "Conv2DTranspose": (
        Text("转置卷积", "Transposed convolution"),
        Text(
            "每个值按核的形状盖一枚印章，印章相隔“步幅”那么远，图因此变大；重叠处相加。",
            "Every value presses a stamp in the shape of the kernel, one stride apart, so the picture grows; where stamps "
            "overlap they add up.",
        ),
    ),
    "BatchNormalization": (
        Text("批归一化", "Batch normalisation"),
        Text(
            "每个通道减去均值、除以标准差，再乘 γ 加 β。训练时用这一批的统计，之后用滑动平均；滑动平均不由梯度训练。",
            "Each channel loses its mean, is divided by its standard deviation, then scaled by γ and shifted by β. In "
            "training by the batch’s own statistics, later by moving averages, which no gradient trains.",
        ),
    ),
    "ReLU": (
        plain("ReLU"),
        Text(
            "负数变 0，正数不变。没有这样的弯折，所有层合起来只是一次线性变换。",
            "Negative becomes 0, positive stays. Without such a bend all layers together are one linear map.",
        ),
    ),
    "LeakyReLU": (
        plain("LeakyReLU"),
        Text(
            "负数乘一个小斜率而不是归零，梯度因此总能通过。",
            "Negative values are scaled by a small slope rather than cut to 0, so a gradient always gets through.",
        ),
    ),
    "SpectralDense": (
        Text("全连接，谱归一化", "Dense, spectrally normalised"),
        Text(
            "权重矩阵先除以自己最大的奇异值 σ 再用，因此不会把任何输入拉长。σ 由一次幂迭代估计，u 是它的记忆，不由梯度训练；梯度却流过 σ。Keras 自带的 "
            "SpectralNormalization 则把 W/σ 写回 W：那是投影，梯度并不知道它。",
            "The matrix is divided by its largest singular value σ before it is used, so it stretches no input. One power "
            "iteration estimates σ; u is its memory and is not trained by gradients, while gradients do flow through σ. Keras’s "
            "own SpectralNormalization writes W/σ back into W instead: a projection, of which no gradient knows.",
        ),
    ),
    "SpectralConv2D": (
        Text("卷积，谱归一化", "Convolution, spectrally normalised"),
        Text(
            "卷积核排成矩阵 [高·宽·入通道, 出通道]，除以它最大的奇异值 σ 再用：D 的坡度因此有界。u 记着幂迭代走到哪里。",
            "The kernel as a matrix [height · width · channels in, channels out] is divided by its largest singular value σ "
            "before it is used, which bounds D’s slopes. u remembers how far the power iteration has come.",
        ),
    ),
    "SpectralConv2DTranspose": (
        Text("转置卷积，谱归一化", "Transposed convolution, spectrally normalised"),
        Text(
            "印章的核先除以它最大的奇异值 σ 再盖。u 记着幂迭代走到哪里。",
            "The kernel of the stamps is divided by its largest singular value σ first. u remembers how far the power iteration "
            "has come.",
        ),
    ),
    "SelfAttention": (
        Text("自注意力", "Self-attention"),
        Text(
            "每一处提问（query），所有位置应答（key），softmax 定出各取多少，取来的内容（value）乘 γ 加到原图上。γ 从 0 学起；没有除以 √d，没有位置编码，只有一个头。",
            "Every place asks (query), all places answer (key), a softmax says how much is taken from each, and what is taken "
            "(value) is added to the map, times γ, which is learnt from 0. No division by √d, no positions, one head.",
        ),
    ),
    "PixelShuffle": (
        Text("像素重排", "Pixel shuffle"),
        Text(
            "通道变成像素：r² 张小图交错拼成一张边长 r 倍的图。只搬动，不计算。",
            "Channels become pixels: r² small maps are interleaved into one with r times the side. Numbers are moved, "
            "nothing is computed.",
        ),
    ),
    **KINDS,
    "PixelUnshuffle": (
        Text("像素收拢", "Pixel unshuffle"),
        Text(
            "像素重排的反面：每 r×r 个像素变成一处的 r² 个通道，什么也没有丢。",
            "Pixel shuffle backwards: r × r pixels become r² channels of one place; nothing is lost.",
        ),
    ),
    "UpSampling2D": (
        Text("放大", "Enlargement"),
        Text(
            "每个像素重复成 2×2 个相同的像素；没有参数，细节要靠后面的卷积。",
            "Every pixel is repeated, 2 × 2 equal ones; no parameters. Detail is left to the convolution behind it.",
        ),
    ),
    "AveragePooling2D": (
        Text("平均池化", "Average pooling"),
        Text(
            "每 2×2 个像素换成它们的平均：边长减半，没有参数，也不会像步幅卷积那样漏看像素。",
            "2 × 2 pixels become their mean: half the side, no parameters, and no pixel counts for more than another.",
        ),
    ),
    "GlobalAveragePooling2D": (
        Text("全图平均", "Mean over the map"),
        Text(
            "每个通道只留下整张图的平均值：一个通道一个数。",
            "Of each channel only its mean over the map is kept: one number.",
        ),
    ),
    "Cropping2D": (
        Text("裁边", "Crop"),
        Text("裁掉边上的行列，好让边长合适。", "Rows and columns at the edge are cut off, so that the side fits."),
    ),
    "Reshape": (
        Text("变形", "Reshape"),
        Text("同样的数，换一种排列。", "The same numbers, arranged differently."),
    ),
    "Flatten": (
        Text("展平", "Flatten"),
        Text("把图排成一长串数。", "Maps are written out as one long vector."),
    ),
    "Concatenate": (
        Text("拼接", "Concatenate"),
        Text("把几段输入接成一段。", "Several inputs become one, end to end."),
    ),
    "Rescaling": (
        Text("放缩", "Rescaling"),
        Text(
            "乘一个固定的数：让标签的音量和 z 相当。",
            "A multiplication by a fixed number: it makes the label about as loud as z.",
        ),
    ),
    "Projection": (
        Text("投影", "Projection"),
        Text(
            "每个类有一个向量，与特征作内积：问“这像不像一个真的 7”，而不只是“像不像真的”。",
            "Each class has a vector whose inner product with the features is added: “is this a real 7?”, not only “is "
            "this real?”.",
        ),
    ),
    "Add": (Text("相加", "Sum"), Text("两条路逐点相加。", "Two paths are added, point by point.")),
    "Dropout": (
        plain("Dropout"),
        Text(
            "训练时随机关掉一部分值；之后什么都不做。",
            "In training a random share of the values is switched off; afterwards it does nothing.",
        ),
    ),
    "other": (
        Text("其他层", "Another layer"),
        Text("这一层的作用见它的名字和数字。", "What it does is said by its name and its numbers."),
    ),
}

_OPTIONS: dict[str, Text] = {
    "units": Text("输出数", "outputs"),
    "filters": Text("卷积核个数", "filters"),
    "kernel_size": Text("核", "kernel"),
    "strides": Text("步幅", "stride"),
    "padding": Text("补边", "padding"),
    "factor": Text("倍数 r", "factor r"),
    "size": Text("放大倍数", "enlarged by"),
    "pool_size": Text("取平均的块", "averaged over"),
    "cropping": Text("裁去", "cut off"),
    "target_shape": Text("新形状", "new shape"),
    "negative_slope": Text("负半轴斜率", "slope below 0"),
    "momentum": Text("滑动平均的惯性", "momentum of the moving average"),
    "epsilon": plain("ε"),
    "rate": Text("关掉的份额", "share switched off"),
    "scale": Text("倍率", "scale"),
    "use_bias": Text("偏置", "bias"),
    "activation": Text("激活", "activation"),
}

JS: dict[str, Text] = {
    "nets.recipe": Text("配方", "Recipe"),
    "nets.building": Text(
        "服务器正在搭建这两个网络；第一次要先载入 TensorFlow，约需几秒。",
        "The server is building both networks; the first time it loads TensorFlow, which takes some seconds.",
    ),
    "nets.retry": Text("再试一次", "Try again"),
    "nets.g": Text("生成器 G", "Generator G"),
    "nets.d": Text("判别器 D", "Discriminator D"),
    "nets.total": Text(
        "{total} 个参数，其中 {trainable} 个可训练；画一张图 {work} 次乘法",
        "{total} parameters, {trainable} of them trainable; {work} multiplications an image",
    ),
    "nets.totalD": Text(
        "{total} 个参数，其中 {trainable} 个可训练；看一张图 {work} 次乘法",
        "{total} parameters, {trainable} of them trainable; {work} multiplications an image",
    ),
    "nets.legend": Text(
        "方块按张量的形状画：面是图的边长，厚度按通道数的平方根；一串数的长度按个数的平方根。两条细线是这一层占参数和占乘法的份额。",
        "Boxes have the tensor’s shape: the face its sides, the depth the square root of its channels; a vector is as long "
        "as the root of its size. The two thin bars are a layer’s share of parameters and of multiplications.",
    ),
    "nets.from": Text("来自 {names}", "from {names}"),
    "nets.output": Text("输出：{name}", "output: {name}"),
    "nets.parameters": Text("参数", "parameters"),
    "nets.trainable": Text("可训练", "trainable"),
    "nets.multiplications": Text("乘法／图", "multiplications an image"),
    "nets.shareOf": Text("{n}，占 {share}", "{n}, {share} of all"),
    "nets.none": Text("没有", "none"),
    "nets.same": Text("same（四周补 0）", "same (zeros around it)"),
    "nets.valid": Text("valid（不补）", "valid (none)"),
    "nets.yes": Text("有", "yes"),
    "nets.no": Text("没有", "none"),
    "nets.frozen": Text("不由梯度训练", "not trained by gradients"),
    "nets.shape": Text("输出形状", "output shape"),
    "nets.layer": Text("层", "layer"),
    "nets.kind": Text("种类", "kind"),
    "nets.table": Text("列成表格", "As a table"),
    "nets.claim.sum": Text("{player}：各层参数之和 = Keras 的 `count_params()`", "{player}: sum over layers = Keras’s `count_params()`"),
    "nets.claim.trainable": Text("{player}：其中可训练的", "{player}: the trainable ones"),
    "nets.run": Text("训练这个配方", "Train this recipe"),
    "nets.model": Text("哪个模型", "Which model"),
    "nets.look": Text("看看这一批", "Look at a batch"),
    "nets.another": Text("换一批", "Another batch"),
    "nets.looking": Text("服务器正在让这一批走过网络…", "The server is sending a batch through the network…"),
    "nets.histogram": Text("{name}：均值 {mean}，标准差 {std}", "{name}: mean {mean}, standard deviation {std}"),
    "nets.maps": Text("{name}，{n} 张 {w}×{h}", "{name}, {n} of {w} × {h}"),
    "nets.channelsOf": Text("{name}：{n} 个通道，标准差 {low} 到 {high}", "{name}: {n} channels, deviations {low} to {high}"),
    **{f"nets.kind.{key}": title for key, (title, _) in _KINDS.items()},
    **{f"nets.kind.{key}.text": text for key, (_, text) in _KINDS.items()},
    **{f"nets.option.{key}": text for key, text in _OPTIONS.items()},
    **{f"nets.study.{key}": text for key, text in STUDIES.items()},
}  # fmt: skip
