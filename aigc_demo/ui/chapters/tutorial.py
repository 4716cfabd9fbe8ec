"""The tutorial's formulas beside their corrections."""

from __future__ import annotations

import json
from html import escape

from aigc_demo.explain import FORMULAS, Erratum, Evidence, Formula, Trial
from aigc_demo.losses import LOSSES
from aigc_demo.text import Lang, Text
from aigc_demo.ui.chapters.html import lines, picture, prose, sections
from aigc_demo.ui.texts import explain as texts


def chapter(lang: Lang) -> str:
    """All corrections, with formulas between `$`."""
    panels = "".join(_panel(formula, lang) for formula in FORMULAS)
    return f'<div class="aigc-errata" id="explain-errata"><p class="aigc-note">{texts.NOTATION(lang)}</p>{panels}</div>'


def _panel(formula: Formula, lang: Lang) -> str:
    sides = "".join(
        f'<div class="aigc-{kind}"><h4>{title(lang)}</h4>{lines(formulas)}</div>'
        for kind, title, formulas in (
            ("written", formula.as_written_title, formula.as_written),
            ("corrected", texts.CORRECTED, formula.corrected),
        )
    )
    shown = (formula.as_written, formula.corrected)
    cards = "".join(_card(erratum, shown, lang) for erratum in formula.errata)
    width = "aigc-narrow" if len(formula.errata) == 1 else "aigc-full"
    return (
        f'<section class="{width}" id="explain-{formula.key}">'
        f"<h3>{formula.title(lang)} <small>{sections((formula.section,))}</small></h3>"
        f'<div class="aigc-versions">{sides}</div><div class="aigc-cards">{cards}</div></section>'
    )


def _card(erratum: Erratum, shown: tuple[tuple[str, ...], tuple[str, ...]], lang: Lang) -> str:
    """One erratum; its formulas are left out where they are the two already `shown` above it."""
    steps = "".join(f"<li>{prose(step(lang))}</li>" for step in erratum.steps)
    figures = "".join(_figure(evidence, lang) for evidence in erratum.evidence)
    return (
        f'<article class="aigc-erratum" id="erratum-{erratum.id}" data-erratum="{erratum.id}">'
        f"<h4><b>{erratum.id}</b> {prose(erratum.title(lang))} <small>{sections(erratum.sections)}</small></h4>"
        f'<blockquote lang="zh">{prose(erratum.words(lang))}</blockquote>'
        f"{_versions(erratum, shown)}"
        f"<p>{prose(erratum.why(lang))}</p>"
        f'<div class="aigc-proof"><dl>{figures}</dl>{"".join(picture(item.pixels, item.caption(lang)) for item in erratum.pictures)}</div>'
        f"<details><summary>{texts.DERIVATION(lang)}</summary><ol>{steps}</ol></details>"
        f'<div class="aigc-try"><p><b>{texts.TRY_IT(lang)}</b> {prose(erratum.watch(lang))}</p>'
        f'<div class="aigc-actions">{_trial(erratum.written_trial, texts.RUN_AS_WRITTEN, lang)}'
        f"{_trial(erratum.corrected_trial, texts.RUN_CORRECTED, lang)}</div></div></article>"
    )


def _versions(erratum: Erratum, shown: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    if (erratum.as_written, erratum.corrected) == shown:
        return ""
    return (
        f'<div class="aigc-versions"><div class="aigc-written">{lines(erratum.as_written)}</div>'
        f'<div class="aigc-corrected">{lines(erratum.corrected)}</div></div>'
    )


def _figure(evidence: Evidence, lang: Lang) -> str:
    shown = evidence.shown.replace("-", "−")
    return f"<div><dt>{prose(evidence.label(lang))}</dt><dd>{shown}</dd></div>"


def _trial(trial: Trial | None, label: Text, lang: Lang) -> str:
    if trial is None:
        return ""
    detail = escape(json.dumps({"recipe": trial.recipe, "loss": trial.loss, "weights": dict(trial.weights)}))
    words = label.format(loss=LOSSES[trial.loss].title(lang))(lang)
    return f'<button class="aigc-quiet" type="button" data-trial="{detail}">{escape(words)}</button>'
