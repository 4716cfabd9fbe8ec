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

    `as_written` and `corrected` are lines of LaTeX without delimiters; all Texts are Markdown whose formulas stand
    between `$` or `$$`. `steps` derive the claim of `why`.
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
    written_trial: Trial
    corrected_trial: Trial
    pictures: tuple[Picture, ...] = ()

    @property
    def as_written_loss(self) -> str:
        return self.written_trial.loss

    @property
    def corrected_loss(self) -> str:
        return self.corrected_trial.loss
