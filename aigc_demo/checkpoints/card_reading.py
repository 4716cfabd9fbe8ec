"""The card that lies beside a model, in one language. It may be anybody's text: whoever shows it must not trust it."""

from __future__ import annotations

import re
from pathlib import Path

from aigc_demo.checkpoints.card import HEADINGS
from aigc_demo.checkpoints.parcel import MAX_CARD_BYTES
from aigc_demo.checkpoints.reading import read_file
from aigc_demo.checkpoints.writing import CARD
from aigc_demo.text import Lang, VisitorError


def read_card(folder: Path, lang: Lang) -> str:
    """The Markdown of the card in `folder` as far as it is in `lang`; '' where there is none that can be read."""
    try:
        content = read_file(folder / CARD, MAX_CARD_BYTES)
    except VisitorError:
        return ""
    return in_language(content.decode(errors="replace"), lang)


def in_language(card: str, lang: Lang) -> str:
    """`card` without the sections that our own cards have in the other language, and without the facts for machines
    that some cards begin with. A card of another kind is left as it is.
    """
    others = {heading.zh if lang == "en" else heading.en for heading in HEADINGS.values()}
    title, *sections = re.split(r"^(?=## )", without_front_matter(card), flags=re.MULTILINE)
    kept = [section for section in sections if section[3:].partition("\n")[0].strip() not in others]
    return "".join((title, *kept)).strip()


def without_front_matter(card: str) -> str:
    """`card` without the facts for machines that some begin with."""
    return re.sub(r"\A\s*---\n.*?\n---\n", "", card.replace("\r\n", "\n"), count=1, flags=re.DOTALL).lstrip("\n")
