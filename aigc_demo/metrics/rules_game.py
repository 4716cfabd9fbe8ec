"""Rules about the game between the players, family by family: what is normal in one is a defect in another."""

from __future__ import annotations

import math

from aigc_demo.metrics import evidence as by
from aigc_demo.metrics import remedies as tries
from aigc_demo.metrics import verdicts_game as game
from aigc_demo.metrics.case import Case
from aigc_demo.metrics.verdicts import Verdict

DEAD_GRADIENT = 1e-3  # below this norm, summed over a whole network, nothing visible changes any more
_SATURATING = ("minimax", "doc_sign_fixed", "double_sigmoid")  # G's slope dies where D is sure of its fakes
_REWARD_FAKES = ("doc_literal", "doc_literal_words")  # D is paid for calling fakes real
_FLAT = 0.02  # P (1 - P) is less than a tenth of what it is in the middle
_FAR = 0.85  # D(x) above this, and D(G(z)) as near to 0: D is far ahead
_EXPLODED = 200.0  # no score of ours that means anything goes so far
_OFF_THE_SCALE = 40.0  # of a mean cross-entropy: the probabilities themselves differ from 0 by e^-40
_OPENED = 0.02  # the gap that a critic clipped at the usual 0.01 soon passes
_TO_OPEN = 100  # steps that it is given to
_FAR_APART = 30.0  # of a pair: e^-30 is what is left of D's doubt
_STEEP = 4.0  # mean (slope - 1)^2 above which a critic's slope is not held at 1


def judge_formula(case: Case) -> Verdict | None:
    """The verdict that follows from the formula itself: no state of such a game is a good one."""
    key = case.loss.key
    if key in _REWARD_FAKES and case.real > 0.8 and case.fake > 0.8:
        return game.BOTH_REAL_BY_FORMULA.because(by.scores(case), by.norms(case), remedy=tries.right_loss(case))
    if key in ("doc_literal", "g_target_zero") and case.fake < 0.2 and case.steps >= 50:
        return game.WRONG_TARGET.because(
            by.scores(case), by.totals(case), by.quality(case), remedy=tries.right_loss(case)
        )
    # Where D's inner sigmoid is flat for both kinds of images, nothing of the outer one's slope comes through.
    is_flat = max(case.real, case.fake) < _FLAT or min(case.real, case.fake) > 1.0 - _FLAT
    are_still = case.is_still("d", DEAD_GRADIENT) and case.is_still("g", DEAD_GRADIENT)
    if key == "double_sigmoid" and (is_flat or are_still):
        return game.DEAD.because(by.norms(case), by.totals(case), remedy=tries.right_loss(case))
    return None


def judge_clip(case: Case) -> Verdict | None:
    """A critic clipped so hard that it never opened a gap: whatever G draws follows from that."""
    if case.loss.clip is None or max(abs(case.gap), case.of("gap_before") or 0.0) >= _OPENED:
        return None
    if case.steps < _TO_OPEN:
        return None
    evidence = by.scores(case), by.g_norm(case), by.setting(case, "clip")
    return game.CLIPPED_HARD.because(*evidence, remedy=tries.wider_clip(case))


def judge_explosion(case: Case) -> Verdict | None:
    """Numbers that have run off, by what is still a number in the family."""
    if case.loss.readout == "probability":
        has_exploded = max(abs(case.game("d") or 0.0), abs(case.game("g") or 0.0)) > _OFF_THE_SCALE
    elif case.loss.family == "wasserstein":
        has_exploded = case.gap > _EXPLODED or (case.gap > 0.0 and (case.of("d_gp") or 0.0) > _STEEP)
    elif case.loss.family == "relativistic":
        has_exploded = case.gap > _FAR_APART
    else:
        has_exploded = max(abs(case.real), abs(case.fake)) > _EXPLODED
    return _exploding(case) if has_exploded else None


def judge_game(case: Case) -> Verdict:
    """The verdict by the rules of the loss's family."""
    family = case.loss.family
    if family == "wasserstein":
        return _wasserstein(case)
    if family == "relativistic":
        return _relativistic(case)
    if family == "least_squares":
        return _least_squares(case)
    if family == "hinge":
        return _hinge(case)
    return _probabilities(case)


def _probabilities(case: Case) -> Verdict:
    """Rules for D(x) and D(G(z)), both in 0..1: the tutorial's own losses and the Jensen-Shannon family."""
    real, fake, key = case.real, case.fake, case.loss.key
    scores = by.scores(case)
    if real > 0.8 and fake > 0.8:
        return _fooled(case, game.BOTH_REAL)
    is_ahead = real > _FAR and fake < 1.0 - _FAR
    if is_ahead and key in _SATURATING:
        return game.SATURATED.because(scores, by.g_norm(case), remedy=tries.stronger_slope(case))
    if case.is_still("g", DEAD_GRADIENT):
        if case.is_still("d", DEAD_GRADIENT):
            return game.DEAD.because(by.norms(case), by.totals(case), remedy=tries.right_loss(case))
        return game.GENERATOR_STUCK.because(by.g_norm(case), scores, remedy=tries.stronger_slope(case))
    if is_ahead:
        return game.D_FAR_AHEAD.because(scores, by.quality(case), remedy=tries.slow_d(case))
    hardly = 0.1 if case.is_poor else 0.06  # from poor digits a D worth its name keeps well away
    if abs(real - fake) < hardly and abs(real - 0.5) < 0.1:
        return cannot_tell(case)
    if key == "double_sigmoid":
        return game.SQUASHED.because(by.norms(case), scores, remedy=tries.right_loss(case))
    if fake > real:
        return _fooled(case, game.G_AHEAD)
    if real < 0.5:
        return game.D_TIMID.because(scores)
    if fake > 0.5:
        return game.G_STRONG.because(scores)
    return game.HEALTHY.because(scores, by.quality(case))


def cannot_tell(case: Case) -> Verdict:
    """D sees no difference: the digits decide whether it is beaten or blind."""
    if case.is_good:
        return game.EQUILIBRIUM.because(by.scores(case), by.quality(case))
    if case.is_poor and not case.is_improving:
        return game.BLIND_D.because(by.scores(case), by.quality(case), remedy=tries.wake_d(case))
    return game.COIN_TOSS.because(by.scores(case), by.quality(case))


def _fooled(case: Case, verdict: Verdict) -> Verdict:
    """D takes fakes for real: `verdict`, unless the digits show that it has never been able to tell."""
    if case.is_poor and case.earlier and not case.is_improving:
        verdict = game.D_TOO_WEAK
    return verdict.because(by.scores(case), by.quality(case), by.norms(case), remedy=tries.wake_d(case))


def _least_squares(case: Case) -> Verdict:
    """The targets are 1 for real digits and 0, or -1, for fakes; `real` and `fake` are put on the scale from 0 to 1."""
    low = -1.0 if case.loss.key == "lsgan_chi2" else 0.0
    real, fake = ((score - low) / (1.0 - low) for score in (case.real, case.fake))
    scores = by.scores(case)
    if max(abs(real), abs(fake)) > 3.0:
        return game.OUTLIERS.because(scores, remedy=tries.slow_d(case))
    if case.is_still("d", DEAD_GRADIENT) and case.is_still("g", DEAD_GRADIENT):
        return game.DEAD.because(by.norms(case), by.totals(case), remedy=tries.gentler(case))
    if real - fake < -0.1:
        return _fooled(case, game.G_AHEAD)
    if real - fake < 0.1:
        return cannot_tell(case)
    if real - fake > _FAR:
        return game.LS_FAR_AHEAD.because(scores, by.quality(case), remedy=tries.slow_d(case))
    return game.LS_HEALTHY.because(scores, by.quality(case))


def _wasserstein(case: Case) -> Verdict:
    """Only the gap is read. Clipped weights keep a critic's gradients small without harm, and its level means nothing."""
    gap, before = case.gap, case.of("gap_before") or 0.0
    scores = by.scores(case) + by.earlier_gap(case)
    if gap <= 0.0:
        return game.NO_GAP.because(scores)
    if before > 0.0 and gap < 0.8 * before:
        return game.GAP_CLOSING.because(scores, by.quality(case))
    return game.GAP_OPEN.because(scores, by.quality(case))


def _hinge(case: Case) -> Verdict:
    scores, loss = by.scores(case), case.game("d")
    if case.gap < -0.1:
        return _fooled(case, game.G_AHEAD)
    if loss is not None and loss < 0.1:
        return game.HINGE_SILENT.because(scores, by.quality(case), remedy=tries.slow_d(case))
    if abs(case.gap) < 0.1:
        return cannot_tell(case)
    return game.HINGE_HEALTHY.because(scores, by.quality(case))


def _relativistic(case: Case) -> Verdict:
    """Only the gap exists; D's own loss says how often it ranks a pair rightly."""
    loss, pairs = case.game("d"), len([term for term in case.loss.d_terms if not term.auxiliary])
    right = 0.5 if loss is None else math.exp(-loss / pairs)
    scores = by.scores(case)
    if case.gap < -0.1:
        return _fooled(case, game.G_AHEAD)
    if right > 0.95:
        return game.PAIRS_FAR_AHEAD.because(scores, by.quality(case), remedy=tries.slow_d(case))
    if case.gap < 0.1:
        return cannot_tell(case)
    return game.PAIRS_HEALTHY.because(scores, by.quality(case))


def _exploding(case: Case) -> Verdict:
    keys = [key for key in ("d_gp", "d_gp_one_sided", "d_r1") if case.of(key) is not None]
    steepness = by.penalty(case, keys[0]) if keys else ()
    evidence = by.totals(case) if case.loss.readout == "probability" else by.scores(case)
    return game.EXPLODING.because(evidence, steepness, by.norms(case), remedy=tries.bound_slope(case))
