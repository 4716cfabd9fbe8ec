"""Words of neighbours, comparisons, feature maps and shared points: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

_STAGES: dict[str, Text] = {
    "inside.stage.z": Text("潜向量 z", "Latent vector z"),
    "inside.stage.z.text": Text(
        "这串数就是全部输入，要写的数字随后加入。",
        "These numbers are all that goes in; the wanted digit joins them next.",
    ),
    "inside.stage.dense": Text("全连接", "Dense"),
    "inside.stage.dense.text": Text(
        "每个输出都看遍整串编码：由编码得出第一张粗略的草图。",
        "Every output sees the whole code: from the code to a first, coarse sketch.",
    ),
    "inside.stage.conv": Text("卷积", "Convolution"),
    "inside.stage.conv.text": Text(
        "同一个小窗口滑过每一处，把相邻的草图合成边、角和笔画。",
        "One small window slides over every place and joins neighbouring maps into edges, corners and strokes.",
    ),
    "inside.stage.conv_transposed": Text("转置卷积", "Transposed convolution"),
    "inside.stage.conv_transposed.text": Text(
        "每个值盖下一枚小印章，图因此变大。", "Every value presses a small stamp, and the picture grows."
    ),
    "inside.stage.shuffle": Text("像素重排", "Pixel shuffle"),
    "inside.stage.shuffle.text": Text(
        "通道变成像素：几张小图交错拼成一张大图，不做任何计算。",
        "Channels become pixels: small maps are interleaved into a larger one; nothing is computed.",
    ),
    "inside.stage.upsample": Text("放大", "Enlargement"),
    "inside.stage.upsample.text": Text(
        "每个像素变成几个相同的像素：图变大，但没有新的细节。",
        "Every pixel becomes several equal ones: the picture grows, without new detail.",
    ),
    "inside.stage.norm": Text("批归一化", "Batch norm"),
    "inside.stage.norm.text": Text(
        "每个通道按训练时的均值和幅度重新定标。", "Every channel is rescaled by the mean and spread seen in training."
    ),
    "inside.stage.add": Text("相加", "Sum"),
    "inside.stage.add.text": Text("两条路逐点相加。", "Two paths are added, point by point."),
    "inside.stage.activation": Text("激活", "Activation"),
    "inside.stage.activation.text": Text(
        "逐点弯折数值；没有它，所有层合起来只是一次线性变换。",
        "Bends each value by itself; without it all layers together would be one linear map.",
    ),
    "inside.stage.other": Text("一层", "A layer"),
    "inside.stage.other.text": Text(
        "这一层把上一层的数字继续加工。", "This layer works on what the one before it gave."
    ),
    "inside.stage.image": Text("图像", "Picture"),
    "inside.stage.image.text": Text(
        "最后的值就是墨：−1 是黑底，+1 是白色笔画。",
        "The last values are ink: −1 is the black ground, +1 the white stroke.",
    ),
    "inside.relu": Text("负值归零（ReLU）。", "Negative values become 0 (ReLU)."),
    "inside.leaky": Text("负值缩小（leaky ReLU）。", "Negative values shrink (leaky ReLU)."),
    "inside.tanh": Text("tanh 把值压进 −1 到 1。", "tanh squeezes the values into −1 to 1."),
}

JS: dict[str, Text] = {
    **_STAGES,
    "inside.pieces": Text("看什么", "What to look at"),
    "inside.hand": Text("几条滑块", "A few sliders"),
    "inside.piece.maps": Text("逐层打开", "Layer by layer"),
    "inside.piece.neighbours": Text("背下来了吗", "Memorised?"),
    "inside.piece.compare": Text("两个模型", "Two models"),
    "inside.mapsNote": Text(
        "从 z 到图像的每一层，随滑块实时变化。一小格是一个通道；指向它，或用方向键，就能放大。",
        "Every stage from z to the picture, live as the sliders move. A small square is one channel: point at it, or use "
        "the arrow keys, to enlarge it.",
    ),
    "inside.legendSigned": Text("负 ← 0 → 正", "negative ← 0 → positive"),
    "inside.legendPlain": Text("0 → 最大", "0 → largest"),
    "inside.legend": Text("每一层用自己的最大值定标。", "Each stage is scaled by its own largest value."),
    "inside.blind": Text(
        "这个模型由服务器画图，本页看不到它的内部。",
        "The server draws with this model, so the page cannot look inside it.",
    ),
    "inside.looking": Text("正在打开…", "Opening…"),
    "inside.unit": Text("单元 {n} / {of}：{value}", "unit {n} of {of}: {value}"),
    "inside.map": Text("通道 {n} / {of}", "channel {n} of {of}"),
    "inside.range": Text("{low} 到 {high}", "{low} to {high}"),
    "inside.zeros": Text("{share} 为零", "{share} zeros"),
    "inside.aria": Text("{title}，{shape}", "{title}, {shape}"),
    "inside.neighboursNote": Text(
        "训练数字里像素距离最近的八个（{dataset}）。距离是 L2，像素取 0 到 1。",
        "The eight nearest digits it could have trained on ({dataset}), by pixel distance (L2, pixels 0 to 1).",
    ),
    "inside.generated": Text("生成的", "Generated"),
    "inside.searching": Text("正在寻找…", "Searching…"),
    "inside.distance": Text("{label} · {distance}", "{label} · {distance}"),
    "inside.neighbour": Text("训练数字 {label}，距离 {distance}", "a training {label} at distance {distance}"),
    "inside.verdict.copy": Text("很像是背下来的", "Looks memorised"),
    "inside.verdict.near": Text("偏近，值得细看", "Rather near: compare by eye"),
    "inside.verdict.own": Text("看不出是背下来的", "No sign of memorising"),
    "inside.verdict": Text(
        "最近距离 {nearest}，是没见过的真 {label} 通常距离 {typical} 的 {ratio} 倍。",
        "The nearest is {nearest} away: {ratio} times what is usual for an unseen real {label} ({typical}).",
    ),
    "inside.thresholds": Text(
        "界线：0.5 倍以下像是抄来的；0.5 到 0.75 偏近；再远就没有迹象。一千个没参与训练的真数字里，没有一个低于 0.5，"
        "约 6% 低于 0.75。一张图也只能说明它自己。",
        "How it is judged: below 0.5 times looks copied, 0.5 to 0.75 is near, beyond that there is no sign. Of 1,000 real "
        "digits kept out of training none lies below 0.5, and about 6% lie below 0.75. One picture speaks for itself only.",
    ),
    "inside.compareWith": Text("另一个模型", "The other model"),
    "inside.compareNone": Text(
        "还没有第二个模型。去“训练”练一个，它会出现在这里。",
        "There is no second model yet. Train one: it will appear here.",
    ),
    "inside.compareGone": Text("那个模型已经不在了。", "That other model is gone."),
    "inside.compareNote": Text(
        "两个网络各自学习，同一个 z 在它们那里没有约定的含义：相同的只有随机数。",
        "The two learnt apart, so nothing makes the same z mean the same to both: only the random numbers are shared.",
    ),
    "inside.sizes": Text(
        "这里的 z 有 {here} 个数，那边有 {there} 个：前 {shared} 个相同，{rest}。",
        "Here z has {here} numbers, there {there}: the first {shared} are the same, {rest}.",
    ),
    "inside.sizesCut": Text("其余的那边用不上", "the rest has no place there"),
    "inside.sizesDrawn": Text("其余的另取固定的随机数", "the rest are fixed random numbers"),
    "inside.unconditional": Text(
        "“{title}”不按要求写数字，写几由 z 决定。", "“{title}” does not take a wish: z alone decides which digit."
    ),
    "inside.difference": Text("差别", "Difference"),
    "inside.differenceText": Text("每像素平均相差 {value} / 255", "{value} / 255 apart per pixel, on average"),
    "inside.differenceLegend": Text(
        "紫：只有左边有墨；绿：只有右边有墨。", "Purple: ink on the left only; green: on the right only."
    ),
    "inside.tenDigits": Text("“{title}”写出的 0 到 9", "0 to 9 by “{title}”"),
    "point.moved": Text("换了一个点：", "Another point: "),
    "point.open": Text("打开一个点", "Open a point"),
    "point.openTitle": Text("粘贴 JSON 或链接", "Paste JSON or a link"),
    "point.paste": Text("JSON 或链接", "JSON or link"),
    "point.about": Text(
        "粘贴别人发来的 JSON 或链接。在页面上直接粘贴也可以。",
        "Paste the JSON or the link that somebody sent you. Pasting it straight onto the page works too.",
    ),
    "point.use": Text("打开", "Open"),
    "point.unreadable": Text(
        "这既不是 JSON 对象，也不是带有点的链接。", "This is neither a JSON object nor a link that carries a point."
    ),
    "point.share": Text("分享", "Share"),
    "point.shareTitle": Text("这张图的链接和二维码", "A link and a QR code to this very picture"),
    "point.shareDialog": Text("分享这个点", "Share this point"),
    "point.shareAbout": Text(
        "打开这个链接，就会看到同一个模型在同一个 z 画出的同一张图。",
        "The link opens the same picture: the same model at the same z.",
    ),
    "point.comma": Text("、", ", "),
    "point.bad": Text(
        "其中有用不上的：{parts}。其余照用。", "Of this point, these could not be used: {parts}. The rest is used."
    ),
    "point.bad.model": Text(
        "模型“{value}”（没有这个模型，换成附带的）", "model “{value}” (there is none; the shipped one stands in)"
    ),
    "point.bad.label": Text("数字“{value}”（应为 0 到 9）", "label “{value}” (0 to 9 is meant)"),
    "point.bad.mix": Text("混合“{value}”", "mix “{value}”"),
    "point.bad.truncation": Text("截断 ψ = {value}（应在 0 到 2 之间）", "truncation ψ = {value} (0 to 2 is meant)"),
    "point.bad.axes": Text("坐标轴“{value}”", "axes “{value}”"),
    "point.bad.panel": Text("面板“{value}”", "panel “{value}”"),
    "point.bad.z": Text("z（读不出来，可能被截断了）", "z (unreadable, perhaps cut off)"),
    "point.bad.size": Text(
        "z（有 {n} 个数，这个模型要 {size} 个）", "z (of length {n}, while this model takes {size} numbers)"
    ),
    "point.bad.values": Text("z（有的数不是 −100 到 100 之间的数）", "z (not every number lies between −100 and 100)"),
}
