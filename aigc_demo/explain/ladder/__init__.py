"""The failure ladder: the tutorial's code in our own rendering, repaired one thing at a time, and what Python says."""

from aigc_demo.explain.ladder.climbing import LINE_SECONDS, Result, climb
from aigc_demo.explain.ladder.rungs import RUNGS, Rung

__all__ = ["LINE_SECONDS", "RUNGS", "Result", "Rung", "climb"]
