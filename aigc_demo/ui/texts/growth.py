"""Words of the strip that shows how networks grow."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "growth.training": Text(
        "现在练 {size}×{size} 这一级；每个阶段 {n} 步。", "Training the stage of {size}×{size}; {n} steps a phase."
    ),
    "growth.fading": Text(
        "{size}×{size} 正在淡入：(1 − α) × 放大的 {below}×{below} + α × 新的一级，α = {alpha}",
        "{size}×{size} is fading in: (1 − α) × {below}×{below} enlarged + α × the new stage, α = {alpha}",
    ),
    "growth.whole": Text("各级都已长出，练的是整个网络。", "All stages are there: the whole network trains."),
    "growth.real": Text("真图，D 此刻看到的样子", "Real images, as D sees them now"),
    "growth.fake": Text("G 画的", "G's"),
    "growth.begins": Text("{size}×{size} 开始淡入", "{size}×{size} fades in"),
}
