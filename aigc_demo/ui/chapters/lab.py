"""The two-dimensional laboratory."""

from __future__ import annotations

from html import escape

from aigc_demo.text import Lang
from aigc_demo.ui.texts import plane as texts


def chapter(lang: Lang) -> str:
    return f'<div><p class="aigc-note">{escape(texts.ABOUT(lang))}</p><aigc-plane></aigc-plane></div>'
