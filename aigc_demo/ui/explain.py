"""The Explain tab: the tutorial's formulas beside their corrections, then every loss term by term."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from html import escape

import gradio as gr

from aigc_demo.explain import FORMULAS, Erratum, Evidence, Formula, Trial
from aigc_demo.explain.erratum import Picture
from aigc_demo.latent.pictures import png
from aigc_demo.losses import LOSSES
from aigc_demo.text import Lang, Text
from aigc_demo.ui.texts import explain as texts

LATEX: list[dict[str, str | bool]] = [
    {"left": "$$", "right": "$$", "display": True},
    {"left": "$", "right": "$", "display": False},
]


def build(lang: Lang, studio: object) -> None:
    """Lay out the tab; to be called inside its `gr.Tab`. Numbers that move come from the routes, not from `studio`."""
    gr.HTML(_introduction(lang), apply_default_css=False, elem_classes="aigc-block")
    # The page's own words only, so nothing needs sanitising; and sanitising would strip what the buttons carry.
    gr.Markdown(
        errata_markdown(lang),
        latex_delimiters=LATEX,
        sanitize_html=False,
        container=False,
        elem_id="explain-errata",
    )
    gr.HTML(_losses(lang), apply_default_css=False, elem_classes="aigc-block")


def errata_markdown(lang: Lang) -> str:
    """All corrections as HTML with formulas between `$`, for `gr.Markdown`. A blank line would end an HTML block."""
    panels = "".join(_panel(formula, lang) for formula in FORMULAS)
    return f'<div class="aigc-errata"><p class="aigc-note">{texts.NOTATION(lang)}</p>{panels}</div>'


def _introduction(lang: Lang) -> str:
    links = "".join(
        f'<button class="aigc-quiet" type="button" data-scroll="{target}">{escape(text(lang))}</button>'
        for target, text in (("explain-errata", texts.TO_ERRATA), ("explain-losses", texts.TO_LOSSES))
    )
    return (
        f'<div class="aigc-explain-head"><p class="aigc-note">{escape(texts.INTRO(lang))}</p>'
        f'<div class="aigc-actions">{links}</div><h2>{escape(texts.ERRATA_TITLE(lang))}</h2></div>'
    )


def _losses(lang: Lang) -> str:
    return f'<h2 id="explain-losses">{escape(texts.LOSSES_TITLE(lang))}</h2><aigc-logits></aigc-logits>'


def _panel(formula: Formula, lang: Lang) -> str:
    sides = "".join(
        f'<div class="aigc-{kind}"><h4>{title(lang)}</h4>{_lines(lines)}</div>'
        for kind, title, lines in (
            ("written", formula.as_written_title, formula.as_written),
            ("corrected", texts.CORRECTED, formula.corrected),
        )
    )
    shown = (formula.as_written, formula.corrected)
    cards = "".join(_card(erratum, shown, lang) for erratum in formula.errata)
    width = "aigc-narrow" if len(formula.errata) == 1 else "aigc-full"
    return (
        f'<section class="{width}" id="explain-{formula.key}">'
        f"<h3>{formula.title(lang)} <small>{_sections((formula.section,))}</small></h3>"
        f'<div class="aigc-versions">{sides}</div><div class="aigc-cards">{cards}</div></section>'
    )


def _card(erratum: Erratum, shown: tuple[tuple[str, ...], tuple[str, ...]], lang: Lang) -> str:
    """One erratum; its formulas are left out where they are the two already `shown` above it."""
    steps = "".join(f"<li>{_prose(step(lang))}</li>" for step in erratum.steps)
    figures = "".join(_figure(evidence, lang) for evidence in erratum.evidence)
    return (
        f'<article class="aigc-erratum" id="erratum-{erratum.id}" data-erratum="{erratum.id}">'
        f"<h4><b>{erratum.id}</b> {_prose(erratum.title(lang))} <small>{_sections(erratum.sections)}</small></h4>"
        f'<blockquote lang="zh">{_prose(erratum.words(lang))}</blockquote>'
        f"{_versions(erratum, shown)}"
        f"<p>{_prose(erratum.why(lang))}</p>"
        f'<div class="aigc-proof"><dl>{figures}</dl>{"".join(_picture(item, lang) for item in erratum.pictures)}</div>'
        f"<details><summary>{texts.DERIVATION(lang)}</summary><ol>{steps}</ol></details>"
        f'<div class="aigc-try"><p><b>{texts.TRY_IT(lang)}</b> {_prose(erratum.watch(lang))}</p>'
        f'<div class="aigc-actions">{_trial(erratum.written_trial, texts.RUN_AS_WRITTEN, lang)}'
        f"{_trial(erratum.corrected_trial, texts.RUN_CORRECTED, lang)}</div></div></article>"
    )


def _versions(erratum: Erratum, shown: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    if (erratum.as_written, erratum.corrected) == shown:
        return ""
    return (
        f'<div class="aigc-versions"><div class="aigc-written">{_lines(erratum.as_written)}</div>'
        f'<div class="aigc-corrected">{_lines(erratum.corrected)}</div></div>'
    )


def _prose(text: str) -> str:
    """A sentence as HTML: formulas stay between `$` for KaTeX, and `code` becomes code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def _lines(lines: tuple[str, ...]) -> str:
    return "".join(f"<div>$${line}$$</div>" for line in lines)


def _sections(numbers: tuple[str, ...]) -> str:
    return " ".join(f"§{number}" for number in numbers)


def _figure(evidence: Evidence, lang: Lang) -> str:
    shown = evidence.shown.replace("-", "−")
    return f"<div><dt>{_prose(evidence.label(lang))}</dt><dd>{shown}</dd></div>"


def _picture(picture: Picture, lang: Lang) -> str:
    data = b64encode(png(picture.pixels)).decode()
    caption = picture.caption(lang)
    return (
        f'<figure><img src="data:image/png;base64,{data}" width="28" height="28" alt="{escape(caption)}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _trial(trial: Trial, label: Text, lang: Lang) -> str:
    detail = escape(json.dumps({"recipe": trial.recipe, "loss": trial.loss, "weights": dict(trial.weights)}))
    words = label.format(loss=LOSSES[trial.loss].title(lang))(lang)
    return f'<button class="aigc-quiet" type="button" data-trial="{detail}">{escape(words)}</button>'
