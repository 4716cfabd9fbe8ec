"""The guided tours: what each shows, for whom, and a button that begins it."""

from __future__ import annotations

from html import escape

from aigc_demo.explain.tour_catalogue import TOURS
from aigc_demo.explain.tours import Tour
from aigc_demo.text import Lang
from aigc_demo.ui.texts import tours as texts


def chapter(lang: Lang) -> str:
    cards = "".join(_card(tour, lang) for tour in TOURS.values())
    return f'<div><p class="aigc-note">{escape(texts.ABOUT(lang))}</p><div class="aigc-tour-cards">{cards}</div></div>'


def _card(tour: Tour, lang: Lang) -> str:
    stops = "".join(f"<li>{escape(step.title(lang))}</li>" for step in tour.steps)
    length = texts.MINUTES.format(n=tour.minutes, stops=len(tour.steps))(lang)
    return (
        f'<article id="explain-tours-{tour.key}"><h3>{escape(tour.title(lang))}</h3>'
        f'<p class="aigc-note">{escape(tour.audience(lang))} · {escape(length)}</p><ol>{stops}</ol>'
        f'<button class="aigc-quiet" type="button" data-tour="{tour.key}">{escape(texts.START(lang))}</button></article>'
    )
