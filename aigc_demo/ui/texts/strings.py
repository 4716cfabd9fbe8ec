"""The strings that the page's scripts show: one flat table a language, part of the catalogue the page fetches."""

from __future__ import annotations

from aigc_demo.text import Lang
from aigc_demo.ui.texts import (
    api_view,
    audience,
    common,
    dirac,
    experiments,
    explain,
    figures,
    finetuning,
    generate,
    glossary,
    growth,
    hub_data,
    inner,
    lab,
    latent_attention,
    latent_draw,
    latent_inside,
    latent_moves,
    latent_net,
    latent_sliders,
    latent_styles,
    model_exports,
    models,
    models_hub,
    models_more,
    networks_seen,
    own_data,
    papers,
    plane,
    quiz,
    search,
    storage,
    takeaway,
    tours,
    train,
)

_LATENT = (
    generate,
    latent_net,
    latent_sliders,
    latent_moves,
    latent_draw,
    latent_inside,
    latent_attention,
    latent_styles,
)
_AREAS = (
    common,
    train,
    growth,
    lab,
    figures,
    inner,
    *_LATENT,
    explain,
    experiments,
    dirac,
    networks_seen,
    own_data,
    finetuning,
    papers,
    models,
    model_exports,
    models_more,
    models_hub,
    audience,
    takeaway,
    plane,
    tours,
    quiz,
    glossary,
    hub_data,
    search,
    storage,
    api_view,
)


def strings(lang: Lang) -> dict[str, str]:
    """Every area's `JS` table in one language. A key belongs to one area only: `ValueError` otherwise."""
    table: dict[str, str] = {}
    for area in _AREAS:
        for key, text in area.JS.items():
            if key in table:
                raise ValueError(f"two areas of the page define the string {key!r}")
            table[key] = text(lang)
    return table
