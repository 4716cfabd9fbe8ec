"""The chapters of the Explain tab, in the order in which they stand: a new one is a file beside this and a line below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aigc_demo.text import Lang, Text
from aigc_demo.ui.chapters import losses, tours, tutorial
from aigc_demo.ui.texts import explain as texts
from aigc_demo.ui.texts import tours as tours_texts


@dataclass(frozen=True)
class Chapter:
    """`build` gives its HTML in one language, formulas between `$`; the section around it has the id `explain-<key>`."""

    key: str
    title: Text
    build: Callable[[Lang], str]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("tours", tours_texts.TITLE, tours.chapter),
    Chapter("tutorial", texts.ERRATA_TITLE, tutorial.chapter),
    Chapter("losses", texts.LOSSES_TITLE, losses.chapter),
)
