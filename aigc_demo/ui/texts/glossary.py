"""Words of the glossary chapter; its entries are in `explain.glossary`."""

from __future__ import annotations

from aigc_demo.text import Text

TITLE = Text("词汇表", "Glossary")
ABOUT = Text(
    "把鼠标停在页面上任何一个术语上，就会看到这里的解释；在讲解页里也可以点它，或用 Tab 键移到它。",
    "Rest the pointer on a technical word anywhere on the page and it explains itself; in this tab you can also tap it "
    "or reach it with the Tab key.",
)

JS: dict[str, Text] = {
    "glossary.search": Text("查一个词", "Look a word up"),
    "glossary.found": Text("{n} 个词", "{n} words"),
    "glossary.none": Text("没有这个词。", "There is no such word."),
}
