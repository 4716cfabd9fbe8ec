"""Every loss, term by term: the formula with a run's numbers in it, and its terms over the logit."""

from __future__ import annotations

from html import escape

from aigc_demo.text import Lang
from aigc_demo.ui.texts import explain as texts


def chapter(lang: Lang) -> str:
    return f'<div><p class="aigc-note">{escape(texts.LOSSES_INTRO(lang))}</p><aigc-logits></aigc-logits></div>'
