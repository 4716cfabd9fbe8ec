"""Words of the frozen replay: the file that plays a run without a server. `JS` stands in its own catalogue only."""

from __future__ import annotations

from aigc_demo.text import Text
from aigc_demo.ui.texts.common import SWITCH_LANGUAGE, TOGGLE_THEME

TITLE = Text("{recipe} · {loss} · AIGC Demo 回放", "{recipe} · {loss} · AIGC Demo replay")

JS: dict[str, Text] = {
    "frozen.title": TITLE,
    "frozen.about": Text("一次训练的回放：不用网络，不用 Python", "The replay of a run: no network, no Python"),
    "frozen.keys": Text("空格播放或暂停，← → 逐帧翻看。", "Space plays or pauses, ← and → go frame by frame."),
    "frozen.recipe": Text("配方", "Recipe"),
    "frozen.loss": Text("损失", "Loss"),
    "frozen.seed": Text("种子", "Seed"),
    "frozen.time": Text("训练时长", "Trained for"),
    "frozen.device": Text("设备", "Device"),
    "frozen.language": SWITCH_LANGUAGE,
    "frozen.theme": TOGGLE_THEME,
}
