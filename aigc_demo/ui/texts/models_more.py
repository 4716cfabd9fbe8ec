"""Words of the Models tab: bringing a model in, two side by side, and the leaderboard."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "models.import": Text("导入模型…", "Import a model…"),
    "models.importAbout": Text(
        "选一个下载来的 zip，或 config.json 与 generator.safetensors 两个文件（最大 {most} MB）。"
        "文件只当作数据：逐项检查后，数字才会放进本软件自己的网络。",
        "Choose a zip that was downloaded here or elsewhere, or the two files config.json and generator.safetensors (up to "
        "{most} MB). They are read as data only: everything is checked before the numbers go into a network of our own.",
    ),
    "models.importDrop": Text("把文件拖到这里，或", "Drop files here, or"),
    "models.importChoose": Text("选择文件", "Choose files"),
    "models.importName": Text("名称（可不填）", "Name (optional)"),
    "models.importSending": Text("正在上传…", "Sending…"),
    "models.importChecking": Text("已上传，正在检查…", "Sent; it is being checked…"),
    "models.importStop": Text("停止", "Stop"),
    "models.importStopped": Text("已停止，没有导入。", "Stopped; nothing was imported."),
    "models.importLarge": Text("文件太大：最大 {most} MB。", "Too large: at most {most} MB."),
    "models.importOneZip": Text("请只选一个 zip。", "Choose one zip alone."),
    "models.importNeeds": Text(
        "请选一个 zip，或至少同时选 {config} 和 {weights}。", "Choose a zip, or at least both {config} and {weights}."
    ),
    "models.importUnread": Text("浏览器读不了这个文件。", "The browser cannot read this file."),
    "models.imported.done": Text("已导入“{title}”。", "“{title}” is imported."),
    "models.duplicate": Text(
        "同样的模型已经在这里了：“{title}”。没有再存一份。",
        "The same model is here already: “{title}”. It was not stored again.",
    ),
    "models.compareTitle": Text("两个模型，同样的 z", "Two models at the same z"),
    "models.compareModel": Text("模型", "Model"),
    "models.compareClose": Text("关闭", "Close"),
    "models.compareWay": Text("从这些点走向另一些点", "From these points to others"),
    "models.compareNew": Text("换一批点", "New points"),
    "models.compareStudio": Text("在“生成”里逐点比较", "Compare point by point in Generate"),
    "models.compareApart": Text(
        "两边的样本数不同，数字 FD 和 KID 不能直接相比。",
        "The two were measured on different numbers of images: their digit-FD and KID do not compare.",
    ),
    "models.measuredOn": Text("怎样测的", "How measured"),
    "board.title": Text("排行榜", "Leaderboard"),
    "board.budget": Text("训练多少", "Trained for"),
    "board.seconds": Text("各 {n} 秒", "{n} seconds each"),
    "board.stepsEach": Text("各 {n} 步", "{n} steps each"),
    "board.about": Text(
        "每个配方用它自己的损失；试出另一种损失更好时，也用那一种。训练同样多，再用 {n} 张图测量。点一行，就在“训练”里选中这个配方和损失。",
        "Every recipe with its own loss and, where another was found better, with that as well; trained equally much and "
        "measured on {n} images. A click on a row chooses its recipe and loss in the Train tab.",
    ),
    "board.choose": Text("在“训练”里选中 {title}", "Choose {title} in the Train tab"),
    "board.recipe": Text("配方", "Recipe"),
    "board.digit_fd": Text("数字 FD", "Digit-FD"),
    "board.kid": Text("KID", "KID"),
    "board.coverage": Text("覆盖", "Coverage"),
    "board.label_accuracy": Text("写对", "Right digit"),
    "board.recognisable_seconds": Text("多久可辨（秒）", "Seconds to recognisable"),
    "board.steps_per_second": Text("步/秒", "Steps/s"),
    "board.g_parameters": Text("G 参数", "Parameters of G"),
    "board.mmac": Text("每图百万乘加", "MMAC an image"),
    "board.spread": Text(
        "大字是 {seeds} 个种子的中位数，小字是最小到最大。",
        "Large: the median of {seeds} seeds; small: the least to the largest.",
    ),
    "board.floor": Text("真对真的数字 FD 是 {value}。", "Real digits against real ones: digit-FD {value}."),
    "board.machine": Text(
        "测于 {architecture} 机器，{all} 个 CPU 核中用 {used} 个。",
        "Measured on {architecture}, {used} of {all} CPU cores.",
    ),
}
