"""Words of a pocket page: the file that holds a generator and draws without a server. `JS` stands in its own catalogue only."""

from __future__ import annotations

from aigc_demo.text import Text
from aigc_demo.ui.texts.common import SWITCH_LANGUAGE, TOGGLE_THEME

TITLE = Text("{model} · AIGC Demo", "{model} · AIGC Demo")
OLD_BROWSER = Text(
    "这个文件需要能运行 JavaScript 的浏览器，2023 年以后的版本。",
    "This file needs a browser of 2023 or later with JavaScript switched on.",
)

JS: dict[str, Text] = {
    "frozen.language": SWITCH_LANGUAGE,
    "frozen.theme": TOGGLE_THEME,
    "pocket.title": TITLE,
    "pocket.about": Text("装在一个文件里的生成器：不用网络", "A generator in one file: no network"),
    "pocket.keys": Text(
        "拖动滑块，图立刻重画。键盘：R 换一个 z，数字键选写几。",
        "Drag a slider and the picture follows at once. Keys: R for another z, a digit for that digit.",
    ),
    "pocket.keysAny": Text(
        "拖动滑块，图立刻重画。键盘：R 换一个 z。",
        "Drag a slider and the picture follows at once. Keys: R for another z.",
    ),
    "pocket.styles": Text("混合与噪声", "Mixing and noise"),
    "pocket.checking": Text("正在与 TensorFlow 的图对照…", "Comparing with TensorFlow's pictures…"),
    "pocket.checked": Text(
        "在这台设备上核对过：{n} 张图与 TensorFlow 画的最多相差 {most} 个灰度级（0–255）。",
        "Checked on this device: {n} pictures differ from TensorFlow's by at most {most} of 255 grey levels.",
    ),
    "pocket.differs": Text(
        "注意：在这台设备上，{n} 张图与 TensorFlow 画的相差可达 {most} 个灰度级（0–255）。请换一个浏览器。",
        "Beware: on this device {n} pictures differ from TensorFlow's by up to {most} of 255 grey levels. Try another browser.",
    ),
    "pocket.model": Text("这个模型", "This model"),
    "pocket.credits": Text("出处与许可", "Credits and licence"),
    "pocket.made": Text(
        "由 AIGC Demo 导出。网页里的程序按 MIT 许可发布，全文如下；模型的许可见它的卡片。",
        "Exported by AIGC Demo. The program in this page is under the MIT licence, which follows; the model's own is on its "
        "card.",
    ),
}
