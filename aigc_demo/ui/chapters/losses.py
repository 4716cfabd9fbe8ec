"""Every loss, term by term."""

from __future__ import annotations

from aigc_demo.text import Lang


def chapter(lang: Lang) -> str:
    return "<aigc-logits></aigc-logits>"
