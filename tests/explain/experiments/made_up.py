"""An experiment that costs nothing, for what carries experiments to visitors."""

from __future__ import annotations

from collections.abc import Generator
from threading import Event

import numpy as np

from aigc_demo.explain.experiments import Bench, Choice, Claim, Experiment, Frame, Outcome, Series
from aigc_demo.text import VisitorError, plain

CLAIMS = (
    Claim("two", "written", plain("a number, $2$"), "=", 2.0, digits=0),
    Claim("near", "corrected", plain("about one"), "≈", 1.0, tolerance=0.5),
    Claim("seed", "corrected", plain("small"), "<", 5.0),
)


class MadeUp:
    """Runs until `go` is set after its first frame; counts how often it was left in the middle."""

    def __init__(self) -> None:
        self.go = Event()
        self.begun = Event()
        self.left = 0
        self.fault: Exception | None = None

    def run(self, bench: Bench, seed: int) -> Generator[Frame | Outcome, None, None]:
        try:
            images = np.full((2, 28, 28), 7, np.uint8)
            yield Frame("written", 0.5, 10, {"loss": 1.5, "bad": float("nan")}, images, [("w", "None")])
            self.begun.set()
            if self.fault is not None:
                raise self.fault
            while not self.go.wait(0.01):
                yield Frame("corrected", 0.5, 10)
            yield Outcome({"two": 2.0, "near": 1.25, "seed": float(seed)})
        except GeneratorExit:
            self.left += 1
            raise


def experiment(made_up: MadeUp) -> Experiment:
    return Experiment(
        "made_up",
        plain("What will it be?"),
        (Choice(plain("two"), True), Choice(plain("three"))),
        CLAIMS,
        made_up.run,
        (Series("loss", plain("a loss"), level=2.0),),
    )


REFUSAL = VisitorError(plain("This machine cannot do it."))
