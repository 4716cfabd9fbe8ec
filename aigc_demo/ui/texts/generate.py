"""Words of the Generate tab: `*` constants for what Python draws, `JS` for what the page's scripts say."""

from __future__ import annotations

from aigc_demo.text import Text

INTRO = Text(
    "每个数字都由一串随机数 $z$ 变来。拖动滑块，看它怎样随 $z$ 一点点改变。",
    "Every digit is made from a list of random numbers, $z$. Drag a slider and watch it change with $z$, little by "
    "little.",
)

JS: dict[str, Text] = {
    "generate.model": Text("模型", "Model"),
    "generate.shipped": Text("随软件附带", "Shipped"),
    "generate.runs": Text("训练完成的", "Finished runs"),
    "generate.imported": Text("导入的", "Imported"),
    "generate.live": Text("正在训练", "Training now"),
    "generate.label": Text("写几", "Digit"),
    "generate.all": Text("全部", "All"),
    "generate.allTitle": Text("用同一个 z 写出十个数字", "All ten digits for this z"),
    "generate.unconditional": Text(
        "这个模型没有学过按要求写数字，写几由 z 决定。",
        "This model was never told which digit is which: z alone decides.",
    ),
    "generate.random": Text("换一个 z", "New random z"),
    "generate.reset": Text("归零", "Reset"),
    "generate.resetTitle": Text("回到 z = 0，潜空间的中心", "Back to z = 0, the centre of the latent space"),
    "generate.download": Text("下载 PNG", "PNG"),
    "generate.downloadLarge": Text("下载大图", "Large PNG"),
    "generate.downloadTitle": Text("{width} × {height} 像素，无损", "{width} × {height} pixels, lossless"),
    "generate.copy": Text("复制 z", "Copy z"),
    "generate.copied": Text("已复制", "Copied"),
    "generate.copyTitle": Text("把模型、数字和 z 复制为 JSON", "Copy model, digit and z as JSON"),
    "generate.truncation": Text("截断 ψ", "Truncation ψ"),
    "generate.truncationNote": Text(
        "画的是 ψ·z：ψ 越小越典型、越整齐，也越缺少变化。",
        "What is drawn is ψ·z: the smaller ψ, the more typical and tidy the digits, and the less varied.",
    ),
    "generate.picture": Text("生成的数字 {label}，模型 {model}", "A generated {label}, by {model}"),
    "generate.pictureMix": Text(
        "从 {label} 走向 {to} 的途中，模型 {model}", "On the way from {label} to {to}, by {model}"
    ),
    "generate.pictureAny": Text("生成的数字，模型 {model}", "A generated digit, by {model}"),
    "generate.pictureAll": Text("同一个 z 写出的 0 到 9，模型 {model}", "The digits 0 to 9 for one z, by {model}"),
    "generate.loading": Text("正在载入模型…", "Loading the model…"),
    "generate.learning": Text("它还在学，图会跟着变", "still learning: watch it change"),
    "generate.latency": Text("服务器 {ms} 毫秒画成", "drawn by the server in {ms} ms"),
    "generate.latencyHere": Text("本页 {ms} 毫秒画成", "drawn in this page in {ms} ms"),
    "generate.panels": Text("拿这个点做什么", "What to do with this point"),
    "generate.panel.sliders": Text("滑块", "Sliders"),
    "generate.panel.move": Text("漫游", "Move"),
    "generate.panel.draw": Text("手写", "Draw"),
    "generate.panel.inside": Text("看透", "Look inside"),
    "generate.gone": Text(
        "这个模型已经不在了，换成了附带的模型。", "That model is gone; the shipped one took its place."
    ),
    "generate.none": Text("还没有可用的模型。先去训练一个。", "There is no model yet: train one first."),
}
JS_STRINGS = JS
