"""The chapters of the Explain tab, in the order in which they stand: a new one is a file beside this and a line below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aigc_demo.text import Lang, Text
from aigc_demo.ui.chapters import dirac, glossary, lab, losses, networks, papers, quiz, tours, tutorial
from aigc_demo.ui.texts import dirac as dirac_texts
from aigc_demo.ui.texts import explain as texts
from aigc_demo.ui.texts import glossary as glossary_texts
from aigc_demo.ui.texts import networks_seen as networks_texts
from aigc_demo.ui.texts import papers as papers_texts
from aigc_demo.ui.texts import plane as plane_texts
from aigc_demo.ui.texts import quiz as quiz_texts
from aigc_demo.ui.texts import textbook as textbook_texts
from aigc_demo.ui.texts import tours as tours_texts


@dataclass(frozen=True)
class Chapter:
    """`build` gives its HTML in one language, formulas between `$`; the section around it has the id `explain-<key>`."""

    key: str
    title: Text
    build: Callable[[Lang], str]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("tours", tours_texts.TITLE, tours.chapter),
    Chapter("tutorial", textbook_texts.TITLE, tutorial.chapter),
    Chapter("losses", texts.LOSSES_TITLE, losses.chapter),
    Chapter("lab", plane_texts.TITLE, lab.chapter),
    Chapter("dirac", dirac_texts.TITLE, dirac.chapter),
    Chapter("networks", networks_texts.TITLE, networks.chapter),
    Chapter("papers", papers_texts.TITLE, papers.chapter),
    Chapter("quiz", quiz_texts.TITLE, quiz.chapter),
    Chapter("glossary", glossary_texts.TITLE, glossary.chapter),
)
