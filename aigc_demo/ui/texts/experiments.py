"""Words of an experiment in the Explain tab."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "experiment.predict": Text("先猜：", "First, your prediction:"),
    "experiment.run": Text("两边一起运行", "Run both sides"),
    "experiment.again": Text("换个种子再来一次", "Run it again with another seed"),
    "experiment.stop": Text("停止", "Stop"),
    "experiment.about": Text("约 {n} 秒", "about {n} s"),
    "experiment.pick": Text(
        "猜一个再运行，印象更深。也可以直接运行。", "Pick one first, it will stay with you; or just run it."
    ),
    "experiment.right": Text("你猜对了。", "You predicted that."),
    "experiment.wrong": Text(
        "你猜的是“{choice}”，结果不是这样。", "You predicted “{choice}”; it turned out otherwise."
    ),
    "experiment.waiting": Text("前面还有 {n} 个实验，轮到时自动开始。", "{n} experiments ahead; it starts by itself."),
    "experiment.compiling": Text("正在准备…", "Getting ready…"),
    "experiment.stopped": Text("已停止；已经画出的都留着。", "Stopped; what was drawn stays."),
    "experiment.done": Text("{n} 秒，种子 {seed}。", "{n} s, seed {seed}."),
    "experiment.broken": Text("连接断了，请再运行一次。", "The connection broke; please run it again."),
    "experiment.number": Text("要看的数", "What is measured"),
    "experiment.predicted": Text("预测", "Predicted"),
    "experiment.measured": Text("测得", "Measured"),
    "experiment.holds": Text("相符", "holds"),
    "experiment.fails": Text("不符：上面的说法这次没有成立", "does not hold: this run contradicts the claim above"),
    "experiment.allHold": Text("{n} 条预测全部成立。", "All {n} predictions hold."),
    "experiment.someFail": Text(
        "{n} 条预测里有 {m} 条这次不成立，已标红。",
        "{m} of {n} predictions do not hold this time; they are marked red.",
    ),
    "experiment.pictures": Text("{side}：第 {step} 步的图", "{side}: pictures at step {step}"),
    "experiment.curve": Text("{name}：{side} {value}", "{name}: {side} {value}"),
}
