"""The Explain tab: one document of chapters, its contents beside it, and the formulas that its scripts may show."""

from __future__ import annotations

from html import escape

import gradio as gr

from aigc_demo.text import Lang
from aigc_demo.ui.chapters import CHAPTERS, Chapter
from aigc_demo.ui.chapters.bank import explain_bank
from aigc_demo.ui.chapters.targets import mentions
from aigc_demo.ui.texts import explain as texts

LATEX: list[dict[str, str | bool]] = [
    {"left": "$$", "right": "$$", "display": True},
    {"left": "$", "right": "$", "display": False},
]


def build(lang: Lang, studio: object) -> None:
    """Lay out the tab; to be called inside its `gr.Tab`. Numbers that move come from the routes, not from `studio`."""
    # The page's own words only, so nothing needs sanitising; and sanitising would strip what the elements carry.
    gr.Markdown(
        document(lang), latex_delimiters=LATEX, sanitize_html=False, container=False, elem_id="explain-document"
    )
    gr.Markdown(explain_bank(), latex_delimiters=LATEX, container=False, elem_id="explain-bank")


def document(lang: Lang) -> str:
    """The whole tab as HTML with formulas between `$`, for `gr.Markdown`. A blank line would end an HTML block."""
    chapters = "".join(_section(chapter, lang) for chapter in CHAPTERS)
    inner = f'{_contents(lang)}<div class="aigc-chapters">{chapters}</div>'
    return f'<div><aigc-explain class="aigc-explain">{inner}</aigc-explain></div>'  # Markdown knows no elements of ours


def _contents(lang: Lang) -> str:
    links = "".join(
        f'<li><a href="#explain/{chapter.key}" data-go="{chapter.key}">{escape(chapter.title(lang))}</a></li>'
        for chapter in CHAPTERS
    )
    return (
        f'<nav class="aigc-contents" aria-label="{escape(texts.CONTENTS(lang))}"><p class="aigc-note">'
        f"{escape(texts.INTRO(lang))}</p><ol>{links}</ol></nav>"
    )


def _section(chapter: Chapter, lang: Lang) -> str:
    return (
        f'<section class="aigc-chapter aigc-chapter-{chapter.key}" id="explain-{chapter.key}" data-chapter="{chapter.key}">'
        f"<h2>{escape(chapter.title(lang))}</h2>{mentions(chapter.key, lang)}{chapter.build(lang)}</section>"
    )
