"""Words of the Explain tab: `*` constants for what Python draws, `JS` for what the page's scripts say."""

from __future__ import annotations

from aigc_demo.text import Text

INTRO = Text(
    "先看教程《AIGC 原理与代码实例讲解》自己写下的公式：原文、更正、为什么。再逐个看每种损失，拖动 logit，"
    "看每一项的值和斜率。",
    "First the formulas of the tutorial “AIGC 原理与代码实例讲解”: as written, as corrected, and why. Then each loss "
    "by itself: slide the logits and watch every term’s value and slope.",
)
CONTENTS = Text("目录", "Contents")

ERRATA_TITLE = Text("教程的公式：原文与更正", "The tutorial’s formulas, as written and as corrected")
CORRECTED = Text("更正", "Corrected")
SECTION = Text("§{number}", "§{number}")
DERIVATION = Text("一步步推导", "Step by step")
TRY_IT = Text("自己试试：", "See for yourself:")
RUN_AS_WRITTEN = Text("用原文的损失：{loss}", "Use it as written: {loss}")
RUN_CORRECTED = Text("用更正后的损失：{loss}", "Use the correction: {loss}")
NOTATION = Text(
    r"记号：$s$ 是判别器的 logit，$D=\sigma(s)=1/(1+e^{-s})$；$\mathrm{softplus}(t)=\log(1+e^t)$；$p$ "
    r"是真实数据的分布，$q$ 是 $G(z)$ 的分布；像素在 $[-1,1]$。更正后的损失都写成要最小化的形式。",
    r"Notation: $s$ is the discriminator's logit, $D=\sigma(s)=1/(1+e^{-s})$; $\mathrm{softplus}(t)=\log(1+e^t)$; $p$ "
    r"is the distribution of the data, $q$ that of $G(z)$; pixels lie in $[-1,1]$. Corrected losses are written as "
    r"minimised.",
)
LOSSES_TITLE = Text("每一种损失，逐项看", "Every loss, term by term")

FAMILIES: dict[str, Text] = {
    "document": Text("教程的损失", "The tutorial’s losses"),
    "jensen_shannon": Text("对数损失", "Log losses"),
    "least_squares": Text("最小二乘", "Least squares"),
    "wasserstein": Text("搬运距离", "Wasserstein"),
    "hinge": Text("合页", "Hinge"),
    "relativistic": Text("相对比较", "Relativistic"),
}

JS: dict[str, Text] = {
    **{f"explain.family.{key}": text for key, text in FAMILIES.items()},
    "explain.loss": Text("损失", "Loss"),
    "explain.source": Text("出处", "Source"),
    "explain.sections": Text("在教程里", "In the tutorial"),
    "explain.noSection": Text("教程没有提到它", "the tutorial does not mention it"),
    "explain.balance": Text("均衡处", "At balance"),
    "explain.free": Text("只差一个常数，没有定值", "is free up to a constant"),
    "explain.readout": Text("怎样读 logit", "How to read a logit"),
    "explain.probability": Text("经 sigmoid 变成“是真图”的概率", "through a sigmoid, as the probability of “real”"),
    "explain.score": Text("直接当作得分，越高越像真的", "as it stands: a score, the higher the more real"),
    "explain.optimisers": Text("；D 每步更新 {n} 次", "; D is updated {n} times a step"),
    "explain.real": Text("真图的 logit", "logit of a real image"),
    "explain.fake": Text("假图的 logit", "logit of a fake image"),
    "explain.value": Text("值", "value"),
    "explain.slope": Text("斜率", "slope"),
    "explain.term": Text("项", "term"),
    "explain.shape": Text("随 logit 的变化", "along its logit"),
    "explain.live": Text("当前训练", "in the run"),
    "explain.liveNote": Text(
        "“当前训练”一列来自训练页上的那次训练，最近 20 步的平均（第 {step} 步）。",
        "“In the run” is the run on the Train tab: the mean of its last 20 steps (step {step}).",
    ),
    "explain.total": Text("合计", "total"),
    "explain.curve": Text(
        "{name}：logit 为 {s} 时值 {value}，斜率 {slope}。",
        "{name}: at logit {s} its value is {value}, its slope {slope}.",
    ),
    "explain.curves": Text(
        "实线是值，虚线是斜率，横轴是 logit，从 −6 到 6；同时看两个 logit 的项，另一个停在滑块所在处。",
        "Solid: value. Dashed: slope. Across: the logit, −6 to 6; where a term sees both logits, the other one stays "
        "where its slider is.",
    ),
    "explain.push.up": Text("往上推 logit", "pushes the logit up"),
    "explain.push.down": Text("往下压 logit", "pushes the logit down"),
    "explain.push.none": Text("这里不推也不压", "does not push here"),
    "explain.train": Text("用它训练", "Train with it"),
    "explain.auxiliary": Text(
        "还可以加上：{names}。它们不是博弈本身，大多也不由这两个 logit 决定，所以不在表里。",
        "It may also carry: {names}. Those are no part of the game itself, and most depend on more than these two "
        "logits, so they are not in the table.",
    ),
}
JS_STRINGS = JS
