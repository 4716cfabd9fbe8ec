"""What a game's figures say about it, in one plain sentence, by the rules of its loss's family.

No figure of a loss shows quality: a verdict speaks of the game between the players, and the samples of the digits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from aigc_demo.losses import Loss
from aigc_demo.metrics import verdicts
from aigc_demo.metrics.verdicts import Verdict

WARM_UP_STEPS = 20
_SATURATING = ("minimax", "doc_sign_fixed", "double_sigmoid")  # G's slope dies where D is sure of its fakes
_REWARD_FAKES = ("doc_literal", "doc_literal_words")  # D is paid for calling fakes real
DEAD_GRADIENT = 1e-3  # below this norm, summed over a whole network, nothing visible changes any more


def diagnose(loss: Loss, recent: Mapping[str, float]) -> Verdict:
    """The verdict on the means `recent` of the newest steps.

    Read: `score_real`, `score_fake` (probabilities or scores, as `loss.readout` says), `d_total`, `grad_norm_d`,
    `grad_norm_g`; `steps`, where given, is the number of steps so far, and `gap_before` the largest earlier mean of
    score_real - score_fake. Figures that are missing count as unremarkable.
    """
    if any(not math.isfinite(value) for value in recent.values()):
        return verdicts.BROKEN
    if recent.get("steps", math.inf) < WARM_UP_STEPS:
        return verdicts.WARMING_UP
    real, fake = recent.get("score_real", math.nan), recent.get("score_fake", math.nan)
    if math.isnan(real) or math.isnan(fake):
        return verdicts.WARMING_UP
    if loss.family == "wasserstein":  # the clip keeps its gradients tiny, so their size says nothing
        return _wasserstein(real - fake, recent.get("gap_before", 0.0))
    if recent.get("grad_norm_d", 1.0) < DEAD_GRADIENT and recent.get("grad_norm_g", 1.0) < DEAD_GRADIENT:
        return verdicts.DEAD
    if loss.family == "least_squares":
        return _least_squares(real, fake)
    if loss.family == "hinge":
        return _hinge(real, fake, recent.get("d_total", 1.0))
    return _probabilities(loss, real, fake, recent)


def _probabilities(loss: Loss, real: float, fake: float, recent: Mapping[str, float]) -> Verdict:
    """Rules for D(x) and D(G(z)), both in 0..1: the tutorial's own losses and the Jensen-Shannon family."""
    if real > 0.8 and fake > 0.8:
        return verdicts.BOTH_REAL_BY_FORMULA if loss.key in _REWARD_FAKES else verdicts.BOTH_REAL
    if loss.key == "doc_literal" and fake < 0.2:
        return verdicts.WRONG_TARGET
    if recent.get("grad_norm_g", 1.0) < DEAD_GRADIENT:
        return verdicts.GENERATOR_STUCK
    if real > 0.9 and fake < 0.1:
        return verdicts.SATURATED if loss.key in _SATURATING else verdicts.D_FAR_AHEAD
    if abs(real - 0.5) < 0.06 and abs(fake - 0.5) < 0.06:
        return verdicts.COIN_TOSS
    if fake > real:
        return verdicts.G_AHEAD
    if real < 0.5:
        return verdicts.D_TIMID
    if fake > 0.5:
        return verdicts.G_STRONG
    return verdicts.HEALTHY


def _least_squares(real: float, fake: float) -> Verdict:
    if max(abs(real), abs(fake)) > 3.0:
        return verdicts.OUTLIERS
    gap = real - fake
    if gap < -0.1:
        return verdicts.REVERSED
    if gap < 0.1:
        return verdicts.COIN_TOSS
    return verdicts.LS_FAR_AHEAD if gap > 0.85 else verdicts.LS_HEALTHY


def _wasserstein(gap: float, gap_before: float) -> Verdict:
    if gap <= 0.0:
        return verdicts.NO_GAP
    return verdicts.GAP_CLOSING if gap_before > 0.0 and gap < 0.8 * gap_before else verdicts.GAP_OPEN


def _hinge(real: float, fake: float, d_total: float) -> Verdict:
    if real - fake < -0.1:
        return verdicts.REVERSED
    if d_total < 0.1:
        return verdicts.HINGE_SILENT
    if abs(real - fake) < 0.1:
        return verdicts.COIN_TOSS
    return verdicts.HINGE_HEALTHY
