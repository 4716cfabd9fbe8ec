"""Words of the panel that shows where a place looks: the table `JS` for the page's scripts."""

from __future__ import annotations

from aigc_demo.text import Text

JS: dict[str, Text] = {
    "inside.piece.attention": Text("它在看哪里", "Where it looks"),
    "inside.stage.attention": Text("自注意力", "Self-attention"),
    "inside.stage.attention.text": Text(
        "每一处看所有别处，按 softmax 的份额取来内容，乘以 γ 加到自己身上。",
        "Every place looks at all others, takes from each its share of a softmax, and adds the sum, times γ, to itself.",
    ),
    "attention.note": Text(
        "点图上的一处，或用方向键走动：热图是这一处的 softmax 的那一行，说它从 14×14 个位置各取多少，合计为 1。随滑块实时变化。",
        "Click a place, or walk with the arrow keys: the heat map is its row of the softmax, which says how much it takes from "
        "each of the 14 × 14 places, 1 in all. It is live while the sliders move.",
    ),
    "attention.picture": Text("画出的数字", "The digit as drawn"),
    "attention.heat": Text("这一处看向哪里：越亮越多", "Where this place looks: brighter is more"),
    "attention.choose": Text("选一处", "choose a place"),
    "attention.at": Text("第 {row} 行第 {column} 列", "row {row}, column {column}"),
    "attention.gamma": Text(
        "γ = {gamma}：这一层给特征图加上它原来大小的 {share}。",
        "γ = {gamma}: the layer adds {share} of its input's length to it.",
    ),
    "attention.gammaZero": Text(
        "γ = 0：这一层还什么也没加，热图只是它会看哪里。",
        "γ = 0: the layer adds nothing yet; the map is only where it would look.",
    ),
    "attention.reading": Text(
        "第 {row} 行第 {column} 列：像是均匀地看 {all} 处中的 {n} 处；最多的一处占 {most}，它自己占 {own}（处处一样时是 {even}）。",
        "Row {row}, column {column}: as if it looked evenly at {n} of {all} places; the most at one is {most}, at itself {own} "
        "(all alike would be {even}).",
    ),
    "attention.pointed": Text(
        "从指着的第 {row} 行第 {column} 列取 {share}",
        "it takes {share} from row {row}, column {column}, which you point at",
    ),
    "attention.row": Text(
        "同一行的 {n} 个数，从左上到右下逐行排列；虚线是处处一样的 {even}。",
        "The same row as {n} numbers, from the top left, line by line; the dashed line is {even}, where all are alike.",
    ),
}
