"""Words for looking back: the time machine, the verdict's evidence, the list of runs, and what can be taken away."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "replay.speed": Text("播放速度（1× 即训练时的速度）", "Speed (1× is as fast as it was trained)"),
    "replay.best": Text("最好的一刻", "Best moment"),
    "verdict.evidence": Text("依据", "Evidence"),
    "verdict.past": Text(
        "正在回看第 {step} 步：数字、曲线和测量都属于那一刻。",
        "Looking back at step {step}: digits, numbers and figures are of that moment.",
    ),
    "queuedFor": Text(
        "已排队：前面还有 {n} 个训练，大约等 {wait}。", "Queued: {n} ahead of this one, about {wait} to wait."
    ),
    "minutes": Text("{n} 分钟", "{n} min"),
    # what the digits are worth, under the grid
    "outcome.fd": Text("离真图多远（digit-FD）", "Distance to real (digit-FD)"),
    "outcome.against": Text("第 {step} 步；真图为 {floor}", "at step {step}; real digits {floor}"),
    "outcome.accuracy": Text("读得出来", "Readable"),
    "outcome.accuracyText": Text("要几画几的比例", "drawn as asked"),
    "takeaway.use": Text("用它生成", "Generate"),
    # taking a run away
    "exports.open": Text("导出", "Export"),
    "exports.title": Text("把这次训练带走", "Take this run away"),
    "exports.about": Text("每个文件都由这次训练的记录现做。", "Each file is made on the spot from this run's record."),
    "exports.speed": Text("动画速度", "Speed of the animation"),
    "exports.making": Text("正在生成…", "Making it…"),
    "exports.gif": Text("样本图从噪声到数字，放进幻灯片即可播放", "The grid from noise to digits; plays in any slide"),
    "exports.webp": Text("同上，画质更好、文件更小", "The same, sharper and smaller"),
    "exports.csv": Text("每一步的每一项，用表格软件打开", "Every term at every step, for a spreadsheet"),
    "exports.json": Text("曲线、测量与设置，供程序读取", "Curves, measurements and settings, for programs"),
    "exports.html": Text(
        "一个文件，不需要 Python 和网络，手机上也能播放",
        "One file that plays without Python or network, also on a phone",
    ),
    "exports.script": Text(
        "能独立运行的 Keras 3 程序，给出同样的前 10 步损失",
        "A Keras 3 program that runs alone and gives the same first losses",
    ),
    "code.open": Text("代码", "Code"),
    "code.title": Text("这次训练的代码", "The code of this run"),
    "code.about": Text(
        "同样的网络、损失、种子和日程，一个可以直接运行的 Keras 3 程序。",
        "This network, loss, seed and schedule as one Keras 3 program that runs as it is.",
    ),
    "code.making": Text("正在写…", "Writing it…"),
    "code.copy": Text("复制代码", "Copy code"),
    "code.download": Text("下载", "Download"),
    # the list of runs
    "runs": Text("训练记录", "Runs"),
    "runs.title": Text("训练记录", "Runs"),
    "runs.about": Text(
        "这个浏览器里开始的训练。别人的训练要有链接才能看到。", "Runs started in this browser. Others' need their link."
    ),
    "runs.aboutLocal": Text("这台机器上的训练，最新的在前。", "Runs on this machine, newest first."),
    "runs.loading": Text("正在读取…", "Reading…"),
    "runs.none": Text("还没有训练：按“开始训练”。", "No runs yet: press Start."),
    "runs.open": Text("打开", "Open"),
    "runs.openRace": Text("打开比赛", "Open race"),
}
