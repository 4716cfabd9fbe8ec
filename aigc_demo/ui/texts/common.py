"""Words of the page as a whole: its name, its tabs, its header, the states of a run."""

from __future__ import annotations

from aigc_demo.text import Text, plain

PRODUCT = plain("AIGC Demo")
TAGLINE = Text("看得见的对抗", "adversaries made visible")
TITLE = Text("AIGC Demo · 看得见的对抗", "AIGC Demo · adversaries made visible")

TAB_TRAIN = Text("训练", "Train")
TAB_GENERATE = Text("生成", "Generate")
TAB_EXPLAIN = Text("讲解", "Explain")
TAB_MODELS = Text("模型", "Models")

# The switch speaks to whoever wants the other language, so each side is written in the language it leads to.
SWITCH_LANGUAGE = Text("Switch to English", "切换到中文")
TOGGLE_THEME = Text("切换深色与浅色", "Switch between dark and light")

STATES: dict[str, Text] = {
    "idle": Text("空闲", "Idle"),
    "queued": Text("排队中", "Queued"),
    "compiling": Text("编译中", "Compiling"),
    "training": Text("训练中", "Training"),
    "paused": Text("已暂停", "Paused"),
    "finished": Text("已完成", "Finished"),
    "stopped": Text("已停止", "Stopped"),
    "failed": Text("出错了", "Failed"),
    "interrupted": Text("被中断", "Interrupted"),
}

JS: dict[str, Text] = {
    "device.arithmetic": Text(
        "这次训练的计算方式：{what}；何时自动选、怎样改，见“设置”里的“怎样计算”。",
        "This run is computed in {what}; when it is chosen by itself and how to change it: “How it is computed” among the "
        "settings.",
    ),
    **{f"state.{key}": text for key, text in STATES.items()},
    "error.offline": Text("连不上服务器，正在重试。", "The server cannot be reached; trying again."),
    "part.coming": Text("正在加载这一部分……", "This part is being fetched …"),
    "part.missing": Text(
        "这一部分没能加载：网络断了，或者服务器换了版本。请检查网络，然后重新载入页面；正在进行的训练不受影响。",
        "This part could not be fetched: the network is gone, or the server runs another version now. Check the network, then "
        "load the page anew; a run that is going goes on.",
    ),
    "part.reload": Text("重新载入页面", "Load the page anew"),
    "error.unknown": Text("服务器没能完成这个请求。", "The server could not do this."),
}
