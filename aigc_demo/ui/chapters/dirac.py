"""The Dirac-GAN: what two numbers do, in formulas, and the portrait to try it in."""

from __future__ import annotations

from aigc_demo.explain.dirac.motion import (
    CRITICAL_GAMMA,
    LONGEST_ALTERNATING,
    WASSERSTEIN_ROTATION,
    edge_distance,
    halving_time,
    simultaneous_growth,
    steps_to_double,
)
from aigc_demo.losses.penalties import GP_TERM
from aigc_demo.text import Lang
from aigc_demo.ui.chapters.html import lines, prose
from aigc_demo.ui.texts import dirac as texts

STEP = 0.1


def chapter(lang: Lang) -> str:
    circles = texts.CIRCLES_FORMULA.format(step=STEP, factor=simultaneous_growth(STEP))
    paragraphs = (
        _paragraph(texts.SETTING(lang)),
        _paragraph(texts.FLOW(lang)) + lines((texts.FLOW_FORMULA,)),
        _paragraph(texts.CIRCLES.format()(lang)) + lines((circles,)),
        _paragraph(texts.CIRCLES_AFTER.format(steps=steps_to_double(STEP), limit=LONGEST_ALTERNATING)(lang)),
        _paragraph(
            texts.R1.format(
                critical=CRITICAL_GAMMA, fast=halving_time(CRITICAL_GAMMA), slow=halving_time(4 * CRITICAL_GAMMA)
            )(lang)
        ),
        _paragraph(
            texts.EDGE.format(limit=WASSERSTEIN_ROTATION, weight=GP_TERM.weight, far=edge_distance(GP_TERM.weight))(
                lang
            )
        ),
        _paragraph(texts.SOURCE(lang)),
    )
    return f'<div class="aigc-dirac-text">{"".join(paragraphs)}</div><aigc-dirac></aigc-dirac>'


def _paragraph(sentence: str) -> str:
    return f"<p>{prose(sentence)}</p>"
