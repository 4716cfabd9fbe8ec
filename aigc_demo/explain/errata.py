"""The tutorial's formulas beside their corrections: what the Explain tab begins with."""

from __future__ import annotations

from dataclasses import dataclass

from aigc_demo.explain import tutorial
from aigc_demo.explain.errata_calls import C1, C2, C3, C5
from aigc_demo.explain.errata_code import C4
from aigc_demo.explain.errata_data import C6, C7, C8
from aigc_demo.explain.errata_game import F4, F5
from aigc_demo.explain.errata_loop import C15, C16
from aigc_demo.explain.errata_losses import F1, F2, F3
from aigc_demo.explain.errata_networks import C9, C10, C11
from aigc_demo.explain.errata_results import C17, C18, C19
from aigc_demo.explain.errata_theory import F6, F7, F8
from aigc_demo.explain.errata_training import C12, C13, C14
from aigc_demo.explain.erratum import Erratum
from aigc_demo.losses import LOSSES
from aigc_demo.text import NotFound, Text

_AS_WRITTEN = Text("教程原文", "As written")


@dataclass(frozen=True)
class Formula:
    """One formula of the tutorial, as it prints it and as it should read, with what was wrong with it."""

    key: str
    title: Text
    section: str
    as_written: tuple[str, ...]
    corrected: tuple[str, ...]
    errata: tuple[Erratum, ...]
    as_written_title: Text = _AS_WRITTEN


_FORMULAS = (F1, F2, F3, F4, F5, F6, F7, F8)
_CODE = (C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19)

ERRATA: dict[str, Erratum] = {erratum.id: erratum for erratum in (*_FORMULAS, *_CODE)}

_NON_SATURATING = LOSSES["non_saturating"]

FORMULAS: tuple[Formula, ...] = (
    Formula(
        "discriminator",
        Text("判别器损失 $L_D$", "The discriminator's loss, $L_D$"),
        "4.1",
        (tutorial.DISCRIMINATOR_LOSS,),
        (_NON_SATURATING.formula("d"),),
        (F1, F2),
    ),
    Formula(
        "generator",
        Text("生成器损失 $L_G$", "The generator's loss, $L_G$"),
        "4.1",
        (tutorial.GENERATOR_LOSS,),
        (_NON_SATURATING.formula("g"),),
        (F3, F4),
    ),
    Formula(
        "game",
        Text("min-max 公式", "The min-max formula"),
        "4.2",
        (tutorial.GENERATOR_GAME, tutorial.DISCRIMINATOR_GAME),
        (r"\min_G\max_D V(D,G)", tutorial.VALUE),
        (F5,),
    ),
    Formula(
        "code",
        Text("代码里的损失", "The loss in its code"),
        "4.3",
        C4.as_written,
        C4.corrected,
        (C4,),
        Text("代码实际计算的", "What the code computes"),
    ),
)


def find_erratum(key: str) -> Erratum:
    """The erratum called `key`; raises `NotFound`."""
    if key in ERRATA:
        return ERRATA[key]
    raise NotFound(Text("没有编号为“{key}”的勘误。", "There is no erratum “{key}”.").format(key=key[:80]))
