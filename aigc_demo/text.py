"""Words shown to people: a sentence in every language, and the errors a visitor may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True)
class Text:
    """One sentence in both languages; calling it with a language gives the string."""

    zh: str
    en: str

    def __call__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def format(self, **values: object) -> Text:
        """Fill the same `{placeholders}` in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))


def plain(text: str) -> Text:
    """A Text that reads the same in every language: a symbol, a proper name, a file name."""
    return Text(text, text)


def preferred_language(accept_language: str) -> Lang:
    """The first of our languages in an `Accept-Language` header, by weight; English otherwise."""
    weighted = []
    for place, entry in enumerate(accept_language.split(",")[:20]):
        tag, _, parameters = entry.strip().partition(";")
        try:
            weight = float(parameters.strip().removeprefix("q=")) if parameters else 1.0
        except ValueError:
            weight = 0.0
        weighted.append((-weight, place, tag.strip().lower()))
    for negative_weight, _, tag in sorted(weighted):
        if negative_weight < 0 and tag.startswith("zh"):
            return "zh"
        if negative_weight < 0 and tag.startswith("en"):
            return "en"
    return "en"


class VisitorError(Exception):
    """Something the visitor can put right; its sentence says what to do. No other exception's words reach a page."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NotFound(VisitorError):
    """The thing asked for by name does not exist."""


class Refused(VisitorError):
    """The request is well formed, but this visitor may not do it, or not now."""
