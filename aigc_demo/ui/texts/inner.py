"""Words for the numbers that networks tell of themselves while they learn: the table `JS` for the page's scripts.

`inner.<layer>.<variable>` is the title of that scalar's curve, and `.text` what it means.
"""

from __future__ import annotations

from aigc_demo.text import Text, plain

JS: dict[str, Text] = {
    "inner.g": plain("G"),
    "inner.d": plain("D"),
    "inner.summary": Text("{title}，第 {step} 步：{values}", "{title} at step {step}: {values}"),
    "inner.attention.gamma": Text("自注意力的开关 γ", "Attention's gate γ"),
    "inner.attention.gamma.text": Text(
        "γ 从 0 学起：离开 0（正负都行）才说明网络用上了注意力，停在 0 就等于没有这一层。",
        "γ is learnt from 0: only away from it, to either side, is attention in use; at 0 the layer might as well not be there.",
    ),
}
