"""Words of the search for settings."""

from __future__ import annotations

from aigc_demo.text import Text

SEARCH = Text("自动搜索设置", "Search for settings")

# Why a trial ended before its last step.
WHY: dict[str, Text] = {
    "not_finite": Text("数值变成无穷大或 NaN", "a figure became infinite or NaN"),
    "far_behind": Text("digit-FD 超过同一步中位数的两倍", "digit-FD above twice the median at the same step"),
    "behind_and_slower": Text("比同一步的中位数既差又慢", "worse and slower than the medians at the same step"),
    "interrupted": Text("被中断，会重新试", "interrupted; it will be tried again"),
    "refused": Text("这些设置不能放在一起", "these settings do not go together"),
    "broke_down": Text("出了内部错误（例如内存不够）", "an internal error, such as too little memory"),
}

JS: dict[str, Text] = {
    "search.title": SEARCH,
    "search.about": Text(
        "每个试验从同一个种子训练几百步，量五次 digit-FD（1,000 张）。要让两件事都小：最好的 digit-FD，和走到那里的训练秒数。"
        "没有希望的试验提前放弃；有人训练时，搜索让路。",
        "Each trial trains a few hundred steps from the same seed and is measured five times (digit-FD, 1,000 digits). "
        "Two things are to be small: the best digit-FD, and the seconds of training to get there. Hopeless trials are "
        "given up early, and whenever somebody trains the search waits.",
    ),
    "search.studies": Text("已有的研究", "Studies"),
    "search.none": Text("还没有研究。", "There are no studies yet."),
    "search.new": Text("新的研究：{recipe} · {loss}", "New study: {recipe} · {loss}"),
    "search.what": Text("搜索哪些设置", "Settings to search"),
    "search.least": Text("{title}：最小", "{title}: least"),
    "search.most": Text("{title}：最大", "{title}: most"),
    "search.among": Text("{title}：候选值，用逗号分开", "{title}: values, separated by commas"),
    "search.trials": Text("试验个数", "Trials"),
    "search.steps": Text("每个试验的步数", "Steps of a trial"),
    "search.sampler": Text("方法", "Method"),
    "search.tpe": Text("TPE（由已有结果推断）", "TPE (learns from earlier trials)"),
    "search.nsga2": Text("NSGA-II（一代代杂交）", "NSGA-II (generations)"),
    "search.start": Text("开始搜索", "Start the search"),
    "search.stop": Text("停止", "Stop"),
    "search.more": Text("再做 {n} 个试验", "{n} more trials"),
    "search.back": Text("所有研究", "All studies"),
    "search.counts": Text(
        "完成 {complete} · 提前放弃 {pruned} · 失败 {failed}",
        "{complete} complete · {pruned} given up · {failed} failed",
    ),
    "search.goingOn": Text("进行中", "running"),
    "search.present": Text("试验 {number}：第 {step}/{steps} 步", "Trial {number}: step {step} of {steps}"),
    "search.elsewhere": Text("另一个程序正在做这个研究。", "Another program is working on this study."),
    "search.waiting": Text("等待轮到它…", "Waiting for its turn…"),
    "search.stopping": Text("正在停止…", "Stopping…"),
    "search.damaged": Text("文件已损坏", "damaged"),
    "search.history": Text("每个试验的结果", "What each trial came to"),
    "search.historyAbout": Text(
        "纵轴是 digit-FD（对数）。按秒数看，连线是帕累托前沿：没有别的试验两样都更好；按顺序看，连线是到那时为止的最好。"
        "方块是配方原来的设置，空心点提前放弃了。",
        "Upwards: digit-FD (logarithmic). By seconds the line is the Pareto front: no other trial is better in both; in "
        "order it is the best so far. The square is the recipe as it is, and hollow dots were given up.",
    ),
    "search.parallel": Text("设置与结果", "Settings and results"),
    "search.parallelAbout": Text(
        "一条线是一个试验，一根轴是一个设置；线越醒目，digit-FD 越小。点一条线看它。",
        "A line is a trial, an axis a setting; the bolder, the lower its digit-FD. Click a line to look at it.",
    ),
    "search.bySeconds": Text("按训练秒数", "By seconds of training"),
    "search.byNumber": Text("按试验顺序", "In order"),
    "search.number": Text("试验序号", "trial"),
    "search.seconds": Text("训练秒数", "seconds"),
    "search.trial": Text("试验 {number}", "Trial {number}"),
    "search.default": Text("配方原来的设置", "the recipe as it is"),
    "search.front": Text("在帕累托前沿上", "on the Pareto front"),
    "search.came": Text(
        "第 {step} 步 digit-FD {fd}，训练 {seconds} 秒", "digit-FD {fd} at step {step}, after {seconds} s of training"
    ),
    "search.givenUp": Text("在第 {step} 步放弃：{why}", "given up at step {step}: {why}"),
    "search.noRung": Text("还没有量过", "not measured yet"),
    "search.use": Text("用到训练表单", "Use in the Train form"),
    "search.run": Text("用它训练", "Train with it"),
    "search.copy": Text("复制命令", "Copy the command"),
    "search.copied": Text("已复制", "Copied"),
    "search.choose": Text("选择试验", "Choose a trial"),
    "search.used": Text("已填入试验 {number} 的设置。", "The settings of trial {number} are filled in."),
    "search.chart": Text(
        "散点图：{n} 个完成的试验，最好的 digit-FD 是 {best}",
        "Scatter of {n} complete trials; the best digit-FD is {best}",
    ),
}
