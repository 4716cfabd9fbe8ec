"""Every technical word of the page with one sentence on what it means, the same wherever the word stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aigc_demo.explain.glossary_words import WORDS, Word
from aigc_demo.text import LANGUAGES, Lang

GLOSSARY: dict[str, Word] = {word.key: word for word in WORDS}


def told(lang: Lang) -> list[dict[str, Any]]:
    """All words in one language, in the order of their names, as the page's script needs them."""
    words = sorted(GLOSSARY.values(), key=lambda word: word.name(lang).lower())
    other: Lang = "en" if lang == "zh" else "zh"
    return [
        {
            "key": word.key,
            "name": word.name(lang),
            "other": word.name(other),
            "meaning": word.meaning(lang),
            "spellings": list(word.spellings(lang)),
        }
        for word in words
    ]


def inconsistent() -> Iterator[str]:
    """Spellings that two words claim."""
    for lang in LANGUAGES:
        seen: dict[str, str] = {}
        for word in GLOSSARY.values():
            for spelling in word.spellings(lang):
                if seen.setdefault(spelling.lower(), word.key) != word.key:
                    yield f"{spelling}: {seen[spelling.lower()]} and {word.key}"
