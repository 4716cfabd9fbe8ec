"""The networks of every recipe, drawn from the models, and what their layers do to a batch."""

from __future__ import annotations

from aigc_demo.text import Lang
from aigc_demo.ui.chapters.html import prose
from aigc_demo.ui.texts import networks_seen as texts


def chapter(lang: Lang) -> str:
    """The frame; what stands in its two places is made by the page when somebody looks."""
    return (
        f'<div><aigc-networks><p>{prose(texts.INTRO(lang))}</p><div data-place="diagram"></div>'
        f'<h3 id="explain-networks-batch">{texts.STUDIES_TITLE(lang)}</h3><p>{prose(texts.STUDIES_INTRO(lang))}</p>'
        f'<div data-place="studies"></div></aigc-networks></div>'
    )
