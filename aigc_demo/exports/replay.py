"""The frozen replay: one HTML file that plays a run without Python and without a network, with the page's own elements."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from aigc_demo.exports.formulas import mathml
from aigc_demo.exports.one_file import Page, one_file
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.record import OVER
from aigc_demo.text import Lang

MOST_FRAME_BYTES = 1_500_000  # of the pictures, before base64 makes them a third longer

_AT_REST: dict[str, Any] = {"frame": None, "queue": 0, "queue_seconds": None, "measuring": False, "slow": None}


def replay(snapshot: Mapping[str, Any], frames: Sequence[Frame], page: Page, lang: Lang) -> bytes:
    """The file, in `lang` to begin with; it holds the words of both languages."""
    data = {
        "snapshot": {**snapshot, **_AT_REST, "state": _rested(snapshot["state"])},
        "frames": [_embedded(frame) for frame in light(frames)],
        "mathml": _formulas(page.words(snapshot, lang)),
    }
    return one_file(page, snapshot, data, lang)


def _rested(state: str) -> str:
    """Nothing goes on in a file, whatever the run did when it was made."""
    return state if state in OVER else "interrupted"


def light(frames: Sequence[Frame], most: int = MOST_FRAME_BYTES) -> list[Frame]:
    """Every second frame goes until their pictures are at most `most` bytes together; the last one stays."""
    kept = list(frames)
    while len(kept) > 2 and sum(len(frame.png) for frame in kept) > most:
        kept = [*kept[:-1:2], kept[-1]]
    return kept


def _embedded(frame: Frame) -> dict[str, Any]:
    return {"index": frame.index, "step": frame.step, "png": base64.b64encode(frame.png).decode()}


def _formulas(words: Mapping[str, Any]) -> dict[str, str]:
    """MathML of every formula that the elements may show, by its LaTeX with single spaces."""
    terms = [
        term
        for holders in (words["losses"], words["auxiliaries"])
        for holder in holders.values()
        for term in holder["terms"]
    ]
    found = [r"\mathcal{L}_D", r"\mathcal{L}_G"]
    found += [term[name] for term in terms for name in ("latex", "symbol") if term[name]]
    return {" ".join(latex.split()): mathml(latex) for latex in dict.fromkeys(found)}
