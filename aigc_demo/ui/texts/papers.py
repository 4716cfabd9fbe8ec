"""Words of the chapter of papers: constants for what Python draws, `JS` for what its small experiments say."""

from __future__ import annotations

from aigc_demo.text import Text, plain

TITLE = Text("§7.3 的五篇论文", "The five papers of §7.3")
INTRO = Text(
    "每篇一页：它改变了什么，它的一条公式，教程说得对不对，在本软件的哪里，以及一个能在这里动手的小实验。实验里的每条说法都当场核对。",
    "One page each: what it changed, its one formula, whether the tutorial is right about it, where it lives in this program, "
    "and something small to try. Every statement of those is checked on the spot.",
)
CHANGED = Text("它改变了什么", "What it changed")
FORMULA = Text("一条公式", "Its one formula")
TUTORIAL = Text("教程怎么说", "What the tutorial says")
RIGHT = Text("对：", "Right:")
WRONG = Text("不对：", "Wrong:")
HERE = Text("在这里的哪里", "Where it lives here")

_FADING: dict[str, Text] = {
    "stage": Text("长到", "growing to"),
    "digit": Text("数字", "digit"),
    "another": Text("换一张", "another"),
    "alpha": plain("α"),
    "old": Text("up(down(x))：上一级", "up(down(x)): the stage before"),
    "mixed": Text("淡入中，α = {alpha}", "fading in, α = {alpha}"),
    "new": Text("x：这一级", "x: this stage"),
    "claim.mean": Text(r"$x_\alpha$ 的平均 = $x$ 的平均，无论 α", r"mean of $x_\alpha$ = mean of $x$, whatever α"),
    "claim.distance": Text(
        r"还差多少细节：$\lVert x-x_\alpha\rVert=(1-\alpha)\,\lVert x-\mathrm{up}(\mathrm{down}(x))\rVert$",
        r"detail still missing: $\lVert x-x_\alpha\rVert=(1-\alpha)\,\lVert x-\mathrm{up}(\mathrm{down}(x))\rVert$",
    ),
    "claim.again": Text(
        r"再缩小一次：$\mathrm{down}(x_\alpha)$ 与 $\mathrm{down}(x)$ 的最大差",
        r"shrunk again: $\mathrm{down}(x_\alpha)$ and $\mathrm{down}(x)$ differ by at most",
    ),
}

_ATTENTION: dict[str, Text] = {
    "mode": Text("投影", "projections"),
    "random": Text("随机，未训练", "random, not trained"),
    "features": Text("不投影：特征直接互比", "none: features compared directly"),
    "scaled": Text("除以 √d（Transformer 的写法）", "divide by √d, as the Transformer does"),
    "gamma": plain("γ"),
    "image": Text("点一处，或用方向键", "click a place, or use the arrow keys"),
    "map": Text("第 {row} 行第 {column} 列看向哪里", "where row {row}, column {column} looks"),
    "before": Text("x 的一个通道", "a channel of x"),
    "after": Text("y = x + γ·o，同一通道", "y = x + γ·o, the same channel"),
    "spread": Text(
        "注意力分散在约 {n} 处（共 {all} 处）；最多的一处占 {most}。",
        "Attention is spread over about {n} of {all} places; the largest share is {most}.",
    ),
    "size": Text(
        "{c} 个通道的 SAGAN 注意力层有 {n} 个参数；注意力表 A 有 {a} 个数。",
        "With {c} channels SAGAN’s layer has {n} parameters; its table A has {a} numbers.",
    ),
    "claim.rows": Text(r"$A$ 的每行合计与 1 的最大差", r"rows of $A$ differ from a sum of 1 by at most"),
    "claim.zero": Text(r"$\gamma=0$：$y$ 与 $x$ 的最大差", r"$\gamma=0$: $y$ and $x$ differ by at most"),
    "claim.gamma": Text(
        r"$\lVert y-x\rVert\,/\,\lVert o\rVert=\gamma$，$o=(A\,h)W_v$", r"$\lVert y-x\rVert\,/\,\lVert o\rVert=\gamma$, $o=(A\,h)W_v$"
    ),
    "loading": Text("服务器正在取特征图…", "The server is fetching the feature map…"),
}  # fmt: skip

_STYLE: dict[str, Text] = {
    "mix": Text("▶ 到“生成”页混合两张图的风格", "▶ Mix two pictures’ styles in the Generate tab"),
    "noModel": Text(
        "还没有这样的模型：先用上面的按钮训练一个，就能在“生成”页混合风格。",
        "There is no such model yet: train one with the button above, then mix styles in the Generate tab.",
    ),
    "content": Text("内容", "content"),
    "style": Text("风格来自", "style from"),
    "channel": Text("通道", "channel"),
    "scale": Text("标准差 y_s", "deviation y_s"),
    "shift": Text("均值 y_b", "mean y_b"),
    "copy": Text("照搬另一张的", "Take both from the other"),
    "own": Text("还给它自己的", "Give it back its own"),
    "x": Text("内容：均值 {mean}，标准差 {std}", "content: mean {mean}, deviation {std}"),
    "y": Text("风格：均值 {mean}，标准差 {std}", "style: mean {mean}, deviation {std}"),
    "result": plain("AdaIN(x, y)"),
    "claim.mean": Text("结果的均值 = $y_b$", "mean of the result = $y_b$"),
    "claim.std": Text("结果的标准差 = $y_s$", "deviation of the result = $y_s$"),
    "claim.same": Text(
        r"$\mathrm{AdaIN}(3x+5,y)$ 与 $\mathrm{AdaIN}(x,y)$ 的最大差",
        r"$\mathrm{AdaIN}(3x+5,y)$ and $\mathrm{AdaIN}(x,y)$ differ by at most",
    ),
    "claim.back": Text(
        "拿自己的均值和标准差：与 $x$ 的最大差", "given its own mean and deviation: differs from $x$ by at most"
    ),
}

_TTUR: dict[str, Text] = {
    "run": Text("用这个比例训练", "Train with this ratio"),
    "race": Text("与 1 : 1 赛跑", "Race it against 1 : 1"),
    "dx": Text("均值往右", "mean, to the right"),
    "dy": Text("均值往上", "mean, upwards"),
    "sx": Text("横向标准差", "deviation across"),
    "sy": Text("纵向标准差", "deviation upwards"),
    "rho": Text("相关系数 ρ", "correlation ρ"),
    "plane": Text(
        "蓝：标准高斯分布。橙：你的。距离² = {distance}",
        "blue: the standard Gaussian; orange: yours. Distance² = {distance}",
    ),
    "parts": Text("均值那一项 {mean}，协方差那一项 {spread}", "mean term {mean}, covariance term {spread}"),
    "samples": Text("每边样本数 N", "samples on each side, N"),
    "again": Text("再抽一次", "Draw again"),
    "bias": Text(
        "两边都是同一个分布，距离本该是 0；但只有 N 个样本，估出来总偏大，而且偏多少能事先算出。所以报 FID 必须连 N 一起报。",
        "Both sides have the same distribution, so the distance should be 0; but from N samples it always comes out too large, "
        "by an amount known beforehand. So a FID means nothing without its N.",
    ),
    "claim.code": Text("本软件量模型的代码 = 页面的公式", "the code that measures models = the page’s formula"),
    "claim.self": Text("一个分布到自己的距离", "a distribution’s distance from itself"),
    "claim.both": Text("反过来量，差多少", "measured the other way round, differs by"),
    "claim.bias": Text(
        "同一分布、每边 N 个样本，{repeats} 次的平均 ≈ $d(d+5)/(2N)$，$d=2$",
        "same distribution, N samples a side, mean of {repeats} ≈ $d(d+5)/(2N)$, $d=2$",
    ),
}

LIVE: dict[str, Text] = {
    f"{area}.{key}": text
    for area, table in (("fading", _FADING), ("attention", _ATTENTION), ("style", _STYLE), ("ttur", _TTUR))
    for key, text in table.items()
}
JS: dict[str, Text] = {f"papers.{key}": text for key, text in LIVE.items()}
