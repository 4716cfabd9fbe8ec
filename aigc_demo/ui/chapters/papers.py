"""The papers of the tutorial's section 7.3, one page each."""

from __future__ import annotations

import json
from html import escape

from aigc_demo.explain.paper import Paper, Place, Start
from aigc_demo.explain.papers import PAPERS
from aigc_demo.recipes import RECIPES
from aigc_demo.text import Lang, Text
from aigc_demo.ui.chapters.html import lines, prose
from aigc_demo.ui.texts import papers as texts


def chapter(lang: Lang) -> str:
    """All five, one below the other, with links to each at the top."""
    links = "".join(
        f'<li><a href="#explain/papers/{paper.key}" data-go="papers/{paper.key}">{escape(paper.title)}</a></li>'
        for paper in PAPERS.values()
    )
    pages = "".join(_page(paper, lang) for paper in PAPERS.values())
    return f'<div><aigc-papers><p>{prose(texts.INTRO(lang))}</p><ol class="aigc-paper-list">{links}</ol>{pages}</aigc-papers></div>'


def _page(paper: Paper, lang: Lang) -> str:
    changed = "".join(f"<p>{prose(text(lang))}</p>" for text in paper.changed)
    places = "".join(_place(place, lang) for place in paper.places)
    return (
        f'<article class="aigc-paper" id="explain-papers-{paper.key}" data-paper="{paper.key}">'
        f'<header><h3 lang="en">{escape(paper.title)}</h3><p class="aigc-note">{escape(paper.authors)}. '
        f"{escape(paper.published)}. {_numbers(paper.arxiv)}</p></header>"
        f"{_part(texts.CHANGED, changed, lang)}"
        f"{_part(texts.FORMULA, lines((paper.formula,)) + f'<p>{prose(paper.reads(lang))}</p>', lang)}"
        f"{_part(texts.TUTORIAL, _judgement(paper, lang), lang)}"
        f"{_part(texts.HERE, f'<ul>{places}</ul>', lang)}"
        f"<section><h4>{escape(paper.live_title(lang))}</h4><p>{prose(paper.live_about(lang))}</p>"
        f"{_starts(paper, lang)}{_live(paper)}</section></article>"
    )


def _part(title: Text, inner: str, lang: Lang) -> str:
    return f"<section><h4>{escape(title(lang))}</h4>{inner}</section>"


def _numbers(arxiv: tuple[str, ...]) -> str:
    return ", ".join(f"arXiv:{number}" for number in arxiv)


def _judgement(paper: Paper, lang: Lang) -> str:
    found = ((kind, title, text) for kind, title, text in (
        ("right", texts.RIGHT, paper.right), ("wrong", texts.WRONG, paper.wrong)
    ) if text is not None)  # fmt: skip
    sides = "".join(
        f'<p class="aigc-paper-{kind}"><b>{escape(title(lang))}</b> {prose(text(lang))}</p>'
        for kind, title, text in found
    )
    return f'<blockquote lang="zh">{escape(paper.quote(lang))} <small>§7.3</small></blockquote>{sides}'


def _place(place: Place, lang: Lang) -> str:
    return f'<li><a href="#explain/{place.target}" data-go="{place.target}">{escape(place.text(lang))}</a></li>'


def _starts(paper: Paper, lang: Lang) -> str:
    """Its buttons, one of them for each recipe of this paper that there is."""
    own = tuple(
        Start(RECIPES[key].title, {"recipe": key, "loss": RECIPES[key].loss}) for key in paper.recipes if key in RECIPES
    )
    buttons = "".join(_button(start, lang) for start in (*paper.starts, *own))
    return f'<div class="aigc-actions">{buttons}</div>' if buttons else ""


def _button(start: Start, lang: Lang) -> str:
    if start.model:
        what = f'data-paper-model="{start.model}" data-panel="{start.panel}"'
    elif start.preset:
        what = f'data-paper-preset="{start.preset}"'
    else:
        what = f'data-paper-run="{escape(json.dumps(start.run))}"'
    sign = "" if start.model else "▶ "
    return f'<button class="aigc-quiet" type="button" {what}>{sign}{escape(start.text(lang))}</button>'


def _live(paper: Paper) -> str:
    return f'<aigc-paper-{paper.live} data-live="{paper.live}"></aigc-paper-{paper.live}>' if paper.live else ""
