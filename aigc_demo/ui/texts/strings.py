"""The strings that the page's scripts show: one flat table a language, part of the catalogue the page fetches."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from aigc_demo.text import Lang

_AREAS = ("common", "train", "generate", "explain", "models")


def strings(lang: Lang) -> dict[str, str]:
    """Every area's `JS` table in one language; a key belongs to one area only."""
    table: dict[str, str] = {}
    for area in _AREAS:
        name = f"{__package__}.{area}"
        if find_spec(name) is None:
            continue
        for key, text in getattr(import_module(name), "JS", {}).items():
            if key in table:
                raise ValueError(f"two areas of the page define the string {key!r}")
            table[key] = text(lang)
    return table
