"""Rules about the measured digits: what no loss shows."""

from __future__ import annotations

from aigc_demo.metrics import evidence as by
from aigc_demo.metrics import remedies as tries
from aigc_demo.metrics import verdicts_digits as digits
from aigc_demo.metrics.case import Case
from aigc_demo.metrics.verdicts import Verdict
from aigc_demo.text import Text

COPIES = 0.35  # of the distance at which real digits lie from the nearest training digit; ones, the most alike, 0.45
ALIKE = 0.1  # pixel variance, as a share of real digits', below which all images are nearly one
NEAR_THE_MEAN = 15.0  # ||mean of G - mean digit||^2; a real digit is 211 away from the mean one, one that G likes less
UNIFORM = 0.5  # variety within classes, as a share of real digits'
FEWEST_MISSING = 3  # classes that must be gone before it is called a collapse: two may be missing by the way
COLLAPSE_STEPS = 150  # before, a generator that begins with a few shapes has not collapsed, it has just begun


def judge_digits(case: Case) -> Verdict | None:
    """The verdict on what is drawn, where it outweighs all that can be said of the game."""
    if case.digit_fd is None:
        return None
    rules = (_memorising, _mean_digit, *((_collapsed, _little_variety, _d_overfits) if case.draws_digits else ()))
    for rule in rules:
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return None


def _memorising(case: Case) -> Verdict | None:
    distance = case.figure("memorisation")
    if distance is None or distance >= COPIES:
        return None
    return digits.MEMORISING.because(by.copies(case), by.held_out(case), remedy=tries.more_data(case))


def _mean_digit(case: Case) -> Verdict | None:
    ratio, distance = case.figure("variance_ratio"), case.figure("mean_distance")
    if ratio is None or distance is None or ratio >= ALIKE or distance >= NEAR_THE_MEAN:
        return None
    return digits.MEAN_DIGIT.because(
        by.spread(case), by.setting(case, "weight.g_recon_x"), remedy=tries.no_average(case)
    )


def judge_one_picture(case: Case) -> Verdict | None:
    """Every z gives nearly the same picture, which need not be a digit: collapse at its plainest."""
    ratio = case.figure("variance_ratio")
    if ratio is None or ratio >= ALIKE or case.steps < COLLAPSE_STEPS:
        return None
    return digits.ONE_PICTURE.because(by.spread(case), by.variety(case), by.quality(case), remedy=tries.variety(case))


def _collapsed(case: Case) -> Verdict | None:
    if len(case.missing) < FEWEST_MISSING or case.steps < COLLAPSE_STEPS or not case.stays_collapsed:
        return None
    left = 10 - len(case.missing)
    text = Text(
        digits.COLLAPSED.text.zh.format(k=left, digits="、".join(map(str, case.missing))),
        digits.COLLAPSED.text.en.format(k=left, digits=", ".join(map(str, case.missing))),
    )
    told = Verdict(digits.COLLAPSED.key, digits.COLLAPSED.level, text)
    return told.because(by.classes(case), by.variety(case), by.quality(case), remedy=tries.variety(case))


def _little_variety(case: Case) -> Verdict | None:
    variety = case.figure("diversity")
    if variety is None or variety >= UNIFORM or case.missing:
        return None
    return digits.LITTLE_VARIETY.because(
        by.variety(case), by.quality(case), remedy=tries.no_average(case) or tries.less_class(case)
    )


def _d_overfits(case: Case) -> Verdict | None:
    share = case.figure("d_gap_share")
    if share is None or share < 0.5 or case.steps < COLLAPSE_STEPS or (case.figure("d_gap") or 0.0) < 1.0:
        return None
    return digits.D_OVERFITS.because(by.held_out(case), remedy=tries.more_data(case))
