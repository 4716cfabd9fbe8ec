"""Words of the guided tours."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("讲给别人听：三条导览", "Before an audience: three tours")
ABOUT = Text(
    "每一站自己布置好页面，说一句看什么，然后等你的按键。翻页笔可用；不需要网络。",
    "Each stop sets the page up, says what to watch, and waits for your key. A clicker works; no network is needed.",
)
MINUTES = Text("约 {n} 分钟，{stops} 站", "about {n} minutes, {stops} stops")
START = Text("开始导览", "Start the tour")

JS: dict[str, Text] = {
    "tours.bar": Text("导览", "Guided tour"),
    "tours.place": Text("{n} / {all}", "{n} / {all}"),
    "tours.next": Text("下一站 →", "Next →"),
    "tours.back": Text("← 上一站", "← Back"),
    "tours.done": Text("结束", "Finish"),
    "tours.leave": Text("退出导览（Esc）", "Leave the tour (Esc)"),
    "tours.again": Text("重来这一站", "Repeat this stop"),
    "tours.notes": Text("讲稿（N）", "Notes (N)"),
    "tours.window": Text("讲稿放到另一个窗口", "Notes in a window of their own"),
    "tours.watch": Text("看什么：", "Watch: "),
    "tours.keys": Text("→ ← 翻页，N 讲稿，Esc 退出", "→ ← to move, N for notes, Esc to leave"),
    "tours.blocked": Text(
        "浏览器不让打开新窗口，讲稿显示在这里。", "The browser did not allow a window, so the notes are here."
    ),
    "tours.upNext": Text("下一站：{title}", "Next: {title}"),
    "tours.missing": Text("没有这条导览。", "There is no such tour."),
}
