"""What a game's figures say about it, in one plain sentence, by the rules of its loss's family.

No figure of a loss shows quality: a verdict speaks of the game between the players, and the measured digits decide
where the losses cannot: whether a D that cannot tell is blind or beaten, and what the losses never show at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from aigc_demo.losses import Loss
from aigc_demo.metrics import evidence as by
from aigc_demo.metrics import remedies as tries
from aigc_demo.metrics import verdicts_digits as digits
from aigc_demo.metrics import verdicts_game as game
from aigc_demo.metrics.case import Case
from aigc_demo.metrics.rules_digits import judge_digits, judge_one_picture
from aigc_demo.metrics.rules_game import judge_clip, judge_explosion, judge_formula, judge_game
from aigc_demo.metrics.verdicts import Verdict

WARM_UP_STEPS = 20
# A term that is not finite makes its total so; one that is merely new to the run has no value yet.
_WHOLE = ("d_total", "g_total", "score_real", "score_fake", "grad_norm_d", "grad_norm_g")
FRESH = 0.75  # of the steps so far that a measurement must have seen, to be believed: early on digits change quickly
PATIENCE_STEPS = 150  # a game that has drawn no digits for so long is said to have learnt nothing


def diagnose(
    loss: Loss,
    recent: Mapping[str, float],
    figures: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
    history: Sequence[Mapping[str, Any]] = (),
) -> Verdict:
    """The verdict on the means `recent` of the newest steps and the newest measured `figures` (`metrics.live`).

    `recent`: every column of the run, and `steps` so far, and `gap_before`, the largest earlier mean of score_real -
    score_fake. `values`: the present settings by name, from which a remedy takes its numbers; without them there is
    none. `history`: the figures of earlier measurements, oldest first; `figures` may say of which `step` they are. What is missing counts as unremarkable.
    """
    case = Case(loss, recent, _fresh(figures or {}, recent), values or {}, history)
    if any(not math.isfinite(recent[key]) for key in _WHOLE if key in recent):
        return game.BROKEN.because(by.totals(case), by.norms(case), remedy=tries.gentler(case))
    if case.steps < WARM_UP_STEPS or math.isnan(case.real) or math.isnan(case.fake):
        return game.WARMING_UP
    return (
        judge_formula(case)
        or judge_explosion(case)
        or judge_clip(case)
        or judge_digits(case)
        or _with_the_digits(case, judge_game(case))
    )


def _fresh(figures: Mapping[str, Any], recent: Mapping[str, float]) -> Mapping[str, Any]:
    """`figures`, or nothing where they are of a step so long ago that the digits may be others by now."""
    measured, now = figures.get("step"), recent.get("steps")
    return {} if measured is not None and now is not None and measured < FRESH * now else figures


def _with_the_digits(case: Case, verdict: Verdict) -> Verdict:
    """The verdict on the game, in the light of what is drawn."""
    if verdict.level != "bad":
        verdict = judge_one_picture(case) or verdict
    if not case.draws_digits and case.earlier and case.steps >= PATIENCE_STEPS and not case.is_improving:
        if verdict.key == "d_far_ahead":
            return game.D_WINS.because(by.scores(case), by.quality(case), remedy=tries.slow_d(case))
        if verdict.level != "bad":
            return digits.NO_DIGITS.because(
                by.quality(case), by.steps(case), by.scores(case), remedy=tries.usual_rates(case) or verdict.remedy
            )
    if verdict.level == "bad" or not case.is_poor:
        return verdict
    if case.is_worse_than_it_was:
        return digits.WORSENING.because(by.quality(case), by.best(case), by.scores(case), remedy=tries.slow_both(case))
    if verdict.level == "good" and case.is_improving:
        return digits.LEARNING.because(by.quality(case), by.before(case), by.scores(case))
    if verdict.level == "good" and case.is_settled:
        return digits.STALLED.because(by.quality(case), by.before(case), by.scores(case), remedy=tries.slow_both(case))
    return verdict
