"""Words of the Models tab."""

from __future__ import annotations

from aigc_demo.text import Text

INTRO = Text(
    "随软件附带的模型，以及这台机器上训练完成的模型。每个数字都写明样本数和“真对真”的底线。",
    "The models that ship with the program, and those trained on this machine. Every figure comes with its sample "
    "size and what real digits score against real ones.",
)

JS: dict[str, Text] = {
    "models.open": Text("在“生成”里打开", "Open in Generate"),
    "models.watch": Text("看它的训练", "See its training"),
    "models.shipped": Text("附带", "Shipped"),
    "models.run": Text("训练得到", "Trained here"),
    "models.live": Text("正在训练", "Training now"),
    "models.recipe": Text("配方", "Recipe"),
    "models.steps": Text("步数", "Steps"),
    "models.seconds": Text("训练用时", "Training time"),
    "models.latent": Text("潜向量", "Latent size"),
    "models.conditional": Text("指定数字", "Digit on request"),
    "models.yes": Text("可以", "yes"),
    "models.no": Text("不可以", "no"),
    "models.secondsValue": Text("{n} 秒", "{n} s"),
    "models.minutesValue": Text("{n} 分钟", "{n} min"),
    "models.digit_fd": Text("数字 FD（越小越好）", "Digit-FD (lower is better)"),
    "models.floor": Text("真对真 {value}", "real vs real {value}"),
    "models.kid": Text("KID（越接近 0 越好）", "KID (nearer 0 is better)"),
    "models.label_accuracy": Text("写对要求的数字", "Writes the digit asked for"),
    "models.class_kl": Text("十类的偏斜（KL）", "Imbalance of classes (KL)"),
    "models.coverage": Text("覆盖真图", "Coverage of real digits"),
    "models.memorisation": Text("到最近训练图的距离比", "Distance to training digits, ratio"),
    "models.sample": Text("按 {n} 个样本计", "measured on {n} samples"),
    "models.unmeasured": Text("还没有测量。", "Not measured yet."),
    "models.unconditionalFigure": Text("不适用", "not applicable"),
    "models.sheet": Text("{title} 的样本", "Samples of {title}"),
    "models.noSheet": Text("没有样本图", "No sample sheet"),
    "models.empty": Text(
        "还没有模型：训练一个，它会出现在这里。", "No models yet: train one, and it will appear here."
    ),
    "models.retry": Text("重试", "Try again"),
}
JS_STRINGS = JS
