"""Words of taking a model out of the program: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "modelExports.openTitle": Text(
        "把模型导出为网页、SavedModel 或 ONNX", "Export the model as a web page, SavedModel or ONNX"
    ),
    "modelExports.title": Text("导出模型：{title}", "Export a model: {title}"),
    "modelExports.about": Text(
        "生成器换一种形式离开这里。每个文件写好后都会重新读入，与 TensorFlow 画的图对照；对不上就不给出。",
        "The generator in another form, to be used elsewhere. Each file is read back and held against what TensorFlow "
        "draws before you get it.",
    ),
    "modelExports.missing": Text("这台服务器还缺软件包：{command}", "This server lacks packages for it: {command}"),
    "modelExports.begin": Text("正在开始…", "Beginning…"),
    "modelExports.waiting": Text("前面还有 {n} 个模型在等…", "{n} models are exported before this one…"),
    "modelExports.progress": Text("导出进行到哪里", "How far the export is"),
    "modelExports.stop": Text("停止", "Stop"),
    "modelExports.stopped": Text("已停止，没有留下文件。", "Stopped; no file was made."),
    "modelExports.done": Text(
        "{name}（{size}）：{n} 张图与 TensorFlow 画的最多相差 {difference} 个灰度级（0–255）。",
        "{name} ({size}): {n} pictures differ from TensorFlow's by at most {difference} of 255 grey levels.",
    ),
    "modelExports.again": Text("再保存一次", "Save it again"),
}
