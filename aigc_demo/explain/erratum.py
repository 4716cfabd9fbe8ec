"""What a correction of the tutorial consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from aigc_demo.text import Text

COMPARISON_RECIPE = "tutorial_4_3_repaired"  # unconditional and without auxiliaries: only the loss differs between runs


@dataclass(frozen=True)
class Evidence:
    """One exact number: what it is (may hold `$LaTeX$`), and its value, shown with `digits` decimals."""

    label: Text
    value: float
    digits: int = 4

    @property
    def shown(self) -> str:
        return f"{self.value:,.{self.digits}f}"


@dataclass(frozen=True)
class Picture:
    """An image that the mathematics alone determines, uint8 [28, 28]."""

    caption: Text
    pixels: np.ndarray


@dataclass(frozen=True)
class Trial:
    """A run that shows the point: what the Train tab is to be set to. `weights` is by term key."""

    loss: str
    weights: Mapping[str, float] = field(default_factory=dict)
    recipe: str = COMPARISON_RECIPE


@dataclass(frozen=True)
class Erratum:
    """A place where the tutorial's mathematics does not hold.

    `as_written` and `corrected` are lines of LaTeX without delimiters, empty where the point is the code's:
    `code_written` quotes its few words and `code_corrected` is our line for them. All Texts are Markdown whose formulas
    stand between `$` or `$$`. `steps` derive the claim of `why`. The trials are None where the Train tab has nothing to
    show. The experiment that shows it has the erratum's `id`.
    """

    id: str
    sections: tuple[str, ...]
    title: Text
    words: Text  # what the tutorial says there, in its own words
    as_written: tuple[str, ...]
    corrected: tuple[str, ...]
    why: Text
    evidence: tuple[Evidence, ...]
    steps: tuple[Text, ...]
    watch: Text
    written_trial: Trial | None = None
    corrected_trial: Trial | None = None
    pictures: tuple[Picture, ...] = ()
    code_written: str = ""
    code_corrected: str = ""
