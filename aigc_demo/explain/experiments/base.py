"""What an experiment consists of: a question, two sides that run, and claims that are held against what was measured."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from aigc_demo.explain.experiments.bench import Bench
from aigc_demo.text import Text

Side = Literal["written", "corrected"]
Relation = Literal["=", "≈", "<", ">"]
MOST_IMAGES = 20  # of one side at a time

AS_WRITTEN = Text("原文", "As written")
AS_CORRECTED = Text("更正", "Corrected")


@dataclass(frozen=True)
class Choice:
    """One answer to the question that is asked before anything runs."""

    text: Text
    is_right: bool = False


@dataclass(frozen=True)
class Series:
    """One curve of a side, drawn from `Frame.figures[key]`; `level` is a dashed line at the predicted value."""

    key: str
    name: Text
    level: float | None = None
    logarithmic: bool = False


@dataclass(frozen=True)
class Claim:
    """What is predicted of one number, from a closed form or an argument, before it is measured.

    "=" is exact, "≈" within `tolerance`, "<" and ">" compare with `value`. `text` names the number and may hold `$LaTeX$`.
    A measured value that is no finite number fulfils nothing.
    """

    key: str
    side: Side
    text: Text
    relation: Relation
    value: float
    tolerance: float = 0.0
    digits: int = 4

    def holds(self, measured: float) -> bool:
        if not math.isfinite(measured):
            return False
        if self.relation == "<":
            return measured < self.value
        if self.relation == ">":
            return measured > self.value
        return abs(measured - self.value) <= (self.tolerance if self.relation == "≈" else 0.0)


@dataclass(frozen=True, eq=False)
class Frame:
    """What is to be seen of one side now.

    `figures` are appended to its curves at `step`; `images` uint8 [n <= 20, 28, 28] and `rows` (name and value, such as
    a variable and its gradient, or a line of code and its exception) replace those before. `progress` is 0 to 1.
    """

    side: Side
    progress: float
    step: int = 0
    figures: Mapping[str, float] = field(default_factory=dict)
    images: np.ndarray | None = None
    rows: Sequence[tuple[str, str]] | None = None


@dataclass(frozen=True)
class Outcome:
    """What was measured, by `Claim.key`; the last that an experiment yields."""

    measured: Mapping[str, float]


Running = Generator[Frame | Outcome, None, None]
Run = Callable[[Bench, int], Running]


@dataclass(frozen=True)
class Experiment:
    """An experiment on both versions of one thing.

    `run(bench, seed)` yields frames, at least three a second, and then an `Outcome`. Whoever stops it closes the iterator between two frames. `seconds` is about how long it takes on two idle cores,
    compiling included. `left` and `right` name the two sides.
    """

    key: str
    question: Text
    choices: tuple[Choice, ...]
    claims: tuple[Claim, ...]
    run: Run
    series: tuple[Series, ...] = ()
    seconds: float = 5.0
    left: Text = AS_WRITTEN
    right: Text = AS_CORRECTED
