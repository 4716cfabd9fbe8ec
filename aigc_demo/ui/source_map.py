"""A source map (ECMA-426): from the lines of a joined file to those of the scripts that it is made of, for a browser's tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

Place = tuple[int, int]  # which source, and which of its lines, both from 0

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def source_map(name: str, sources: Sequence[str], places: Iterable[Place | None]) -> bytes:
    """The map of the file `name`, whose lines come from `places`; the sources lie in the folder above it."""
    head = {"version": 3, "file": name, "sourceRoot": "../", "sources": list(sources), "names": []}
    return json.dumps({**head, "mappings": ";".join(_mappings(places))}).encode()


def _mappings(places: Iterable[Place | None]) -> Iterator[str]:
    """For each line where it comes from, as source maps write it: in steps from the last that was said."""
    last = (0, 0)
    for place in places:
        if place is None:
            yield ""
        else:
            yield "A" + _number(place[0] - last[0]) + _number(place[1] - last[1]) + "A"
            last = place


def _number(value: int) -> str:
    """A whole number as a source map writes it: base 64, five bits a digit, the sign in the lowest bit."""
    rest = -value << 1 | 1 if value < 0 else value << 1
    text = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        text += _DIGITS[digit | (32 if rest else 0)]
        if not rest:
            return text
