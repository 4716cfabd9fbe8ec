"""Words of the Train tab: `*` constants for what Python draws, `JS` for what the page's scripts say."""

from __future__ import annotations

from aigc_demo.text import Text

HINT = Text(
    "按“开始训练”，几秒之内，噪声就会变成手写数字。", "Press Start: within seconds, noise becomes handwritten digits."
)

RECIPE = Text("配方", "Recipe")
LOSS = Text("损失", "Loss")
DATASET = Text("数据", "Data")
SECONDS = Text("时长（秒）", "Seconds")
SEED = Text("随机种子", "Seed")

START = Text("开始训练", "Start")
PAUSE = Text("暂停", "Pause")
STEP = Text("单步", "Step")
STOP = Text("停止", "Stop")
EXTEND = Text("再练 10 秒", "10 s more")

CHART = Text("损失曲线", "Loss curves")
LEDGER = Text("损失账本", "Loss ledger")
SAMPLES = Text("生成的数字", "Generated digits")

JS: dict[str, Text] = {
    "start": START,
    "starting": Text("正在启动…", "Starting…"),
    "pause": PAUSE,
    "resume": Text("继续", "Resume"),
    "hint": HINT,
    "chosen": Text("已选好“{loss}”，按“开始训练”即可。", "“{loss}” is chosen; press Start."),
    "queued": Text("已排队：前面还有 {n} 个训练。", "Queued: {n} ahead of this one."),
    "compiling": Text("正在编译这个损失的训练步，约需几秒。", "Compiling the training step; this takes a few seconds."),
    "missing": Text(
        "没有这个训练（{run}）：链接可能不完整，或它已被删除。",
        "There is no run {run}: the link may be cut off, or it was deleted.",
    ),
    "spectator": Text(
        "你正在观看别人的训练；控制权在发起者手中。",
        "You are watching someone else's run; only its owner can control it.",
    ),
    "reconnecting": Text("正在重连…", "Reconnecting…"),
    "step": Text("步", "step"),
    "steps": Text("步数", "Steps"),
    "rate": Text("步/秒", "steps/s"),
    "elapsed": Text("已用", "Elapsed"),
    "remaining": Text("剩余", "Left"),
    "seconds": Text("{n} 秒", "{n} s"),
    "copied": Text("已复制", "Copied"),
    "seed": Text("种子 {n}", "seed {n}"),
    "recorded": Text("录像：之前的一次训练", "Recording of an earlier run"),
    "ofDigits": Text("10 类数字 × 6 个固定的 z，边训练边重画", "10 digits × 6 fixed z, redrawn as it learns"),
    "ofNoise": Text("{n} 个固定的 z，边训练边重画", "{n} fixed z, redrawn as it learns"),
    "ofClasses": Text("{n} 类 × 6 个固定的 z，边训练边重画", "{n} classes × 6 fixed z, redrawn as it learns"),
    "samplesLabelClasses": Text(
        "生成器的 {n} 个样本，第 {step} 步；各列依次为：{names}。",
        "{n} samples of the generator at step {step}; the columns are in turn: {names}.",
    ),
    "samplesLabel": Text(
        "生成器的 60 个样本，第 {step} 步；每列一个数字，从 0 到 9。",
        "60 samples of the generator at step {step}; one column for each digit, 0 to 9.",
    ),
    "replay": Text("时间轴", "Timeline"),
    "replayAt": Text("第 {step} 步", "step {step}"),
    "live": Text("回到最新", "Latest"),
    "play": Text("播放", "Play"),
    "chart": Text("损失曲线", "Loss curves"),
    "chart.empty": Text("开始训练后，这里会画出每一项损失。", "Once training starts, every loss term is drawn here."),
    "chart.loss": Text("损失", "loss"),
    "chart.probability": Text("判为真的概率", "probability"),
    "chart.score": Text("得分", "score"),
    "chart.gradients": Text("梯度范数（对数）", "gradient norm (log)"),
    "chart.opinion": Text("D 的判断", "D's opinion"),
    "chart.norms": Text("梯度", "Gradients"),
    "chart.steps": Text("训练步", "training step"),
    "chart.balance": Text("均衡 {value}", "balance {value}"),
    "chart.smoothing": Text("平滑", "Smoothing"),
    "chart.smoothingOff": Text("不平滑", "off"),
    "chart.smoothingSteps": Text("{n} 步", "{n} steps"),
    "chart.reset": Text("还原缩放", "Reset zoom"),
    "chart.table": Text("数值表", "Table"),
    "chart.help": Text(
        "拖动放大，双击还原；左右方向键移动游标。", "Drag to zoom, double-click to reset; arrow keys move the cursor."
    ),
    "chart.summary": Text("第 {step} 步：{values}。", "Step {step}: {values}."),
    "chart.curve": Text("曲线", "curve"),
    "chart.now": Text("现在", "now"),
    "chart.least": Text("最小", "min"),
    "chart.most": Text("最大", "max"),
    "player.d": Text("判别器 D", "Discriminator D"),
    "player.g": Text("生成器 G", "Generator G"),
    "grad.d": Text("D 的梯度范数", "gradient norm of D"),
    "grad.g": Text("G 的梯度范数", "gradient norm of G"),
    "score.real": Text("真图", "real digits"),
    "score.fake": Text("生成图", "generated digits"),
    "ledger.balance": Text("均衡时为 {value}", "{value} at balance"),
    "ledger.balanceGame": Text("均衡时为 {value}（不计附加项）", "{value} at balance, extra terms aside"),
    "ledger.noBalance": Text("没有固定的均衡值，看走势", "no fixed value at balance: watch the trend"),
    "metrics.measuring": Text("正在和真图比较…", "Comparing with real digits…"),
    "ledger.explain": Text("讲解这个损失", "Explain this loss"),
    "openModel": Text("用这个模型生成", "Generate with this model"),
}
