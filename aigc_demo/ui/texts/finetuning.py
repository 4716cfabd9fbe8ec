"""Words of teaching a trained model something new."""

from __future__ import annotations

from aigc_demo.text import Text

JS = {
    "finetune.open": Text("教给一个模型…", "Teach it to a model…"),
    "finetune.title": Text("教一个训练好的模型画新图形", "Teach a trained model something new"),
    "finetune.intro": Text(
        "从训练好的模型开始（教程所说的“微调”）：新图形成为它的新类别，旧数字同时复习，免得忘掉。判别器的第一层固定不动，学习率很低。",
        "It begins with a trained model (the tutorial's fine-tuning): the new shapes become classes of its own, while "
        "the old digits are rehearsed, so that they are not forgotten. D's first layer is held, and the rates are low.",
    ),
    "finetune.model": Text("从哪个模型开始", "The model to begin with"),
    "finetune.data": Text("要学的数据", "What it is to learn"),
    "finetune.seconds": Text("训练多少秒", "Seconds of training"),
    "finetune.keep": Text("复习旧的数字", "Rehearse the old digits"),
    "finetune.start": Text("开始微调", "Start"),
    "finetune.noModel": Text("没有可以微调的模型。", "There is no model that could be taught."),
    "finetune.noData": Text(
        "还没有自己的数据：先在“用自己的数据…”里画几张或添加图片。",
        "There are no data of your own yet: draw or add some under “Your own data…” first.",
    ),
    "finetune.before": Text("微调前 {before}", "before: {before}"),
    "finetune.added": Text("“{name}”像你给的样子", "“{name}” looks like yours"),
    "finetune.addedText": Text("比任何旧数字都更接近你给的图。", "Nearer to your images than to any old digit."),
}
