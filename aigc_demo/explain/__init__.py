"""The tutorial's mathematics explained: its errata as data, and every loss term's value and slope at chosen logits."""

from aigc_demo.explain.errata import ERRATA, FORMULAS, Formula, find_erratum
from aigc_demo.explain.erratum import Erratum, Evidence, Trial
from aigc_demo.explain.logits import curves, explain, game_terms, totals

__all__ = [
    "ERRATA",
    "FORMULAS",
    "Erratum",
    "Evidence",
    "Formula",
    "Trial",
    "curves",
    "explain",
    "find_erratum",
    "game_terms",
    "totals",
]
