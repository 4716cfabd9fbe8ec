"""Words for the numbers that networks tell of themselves while they learn: the table `JS` for the page's scripts.

`inner.<layer>.<variable>` is the title of that scalar's curve, and `.text` what it means.
"""

from __future__ import annotations

from aigc_demo.text import Text, plain

JS: dict[str, Text] = {
    "inner.g": plain("G"),
    "inner.d": plain("D"),
    "inner.summary": Text("{title}，第 {step} 步：{values}", "{title} at step {step}: {values}"),
    "inner.image.outside": Text("超出范围的像素", "Pixels out of range"),
    "inner.image.outside.text": Text(
        "这个生成器的末端没有 tanh：值超出 −1 到 1 的像素所占的份额（1 是全部），显示时被截断。黑底本身就是 −1，空白处略低于它是常事。",
        "This generator has no tanh at its end: the share of its pixels that lie beyond −1 and 1 (1 is all of them), which "
        "are clipped for display. Black is −1 itself, so it is usual for empty places to lie a little below it.",
    ),
    "inner.attention.gamma": Text("自注意力的开关 γ", "Attention's gate γ"),
    "inner.attention.gamma.text": Text(
        "γ 从 0 学起：离开 0（正负都行）才说明网络用上了注意力，停在 0 就等于没有这一层。",
        "γ is learnt from 0: only away from it, to either side, is attention in use; at 0 the layer might as well not be there.",
    ),
}
