"""One erratum as a card: as written beside corrected, the rest folded: why, the numbers, the derivation, the experiment."""

from __future__ import annotations

from html import escape

from aigc_demo.explain.erratum import Erratum, Evidence, Trial
from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.sections import ERRATUM_TARGETS, mentions_of
from aigc_demo.losses import LOSSES
from aigc_demo.text import Lang, Text
from aigc_demo.ui.chapters.html import lines, picture, prose, quoting, sections
from aigc_demo.ui.chapters.targets import link, mention_name, shows, trial_button
from aigc_demo.ui.texts import explain as explain_texts
from aigc_demo.ui.texts import textbook as texts


def card(erratum: Erratum, lang: Lang) -> str:
    targets = ERRATUM_TARGETS.get(erratum.id, ())
    return (
        f'<article class="aigc-erratum" id="erratum-{erratum.id}" data-erratum="{erratum.id}" '
        f'data-about="{" ".join(targets)}">'
        f"<h4><b>{erratum.id}</b> {prose(erratum.title(lang))} <small>{sections(erratum.sections)}</small></h4>"
        f"<blockquote>{quoting(prose(erratum.words(lang)))}</blockquote>{_versions(erratum, lang)}"
        f'<details class="aigc-more"><summary>{escape(texts.MORE(lang))}</summary>{_rest(erratum, lang)}</details></article>'
    )


def _rest(erratum: Erratum, lang: Lang) -> str:
    steps = "".join(f"<li>{prose(step(lang))}</li>" for step in erratum.steps)
    numbers = "".join(_number(evidence, lang) for evidence in erratum.evidence)
    pictures = "".join(picture(item.pixels, item.caption(lang)) for item in erratum.pictures)
    proof = f'<div class="aigc-proof"><dl>{numbers}</dl>{pictures}</div>' if numbers or pictures else ""
    return (
        f"<p>{prose(erratum.why(lang))}</p>{proof}"
        f"<details><summary>{explain_texts.DERIVATION(lang)}</summary><ol>{steps}</ol></details>"
        f'<div class="aigc-try"><p><b>{explain_texts.TRY_IT(lang)}</b> {prose(erratum.watch(lang))}</p>'
        f'{_experiment(erratum)}<div class="aigc-actions">'
        f"{_trial(erratum.written_trial, explain_texts.RUN_AS_WRITTEN, lang)}"
        f"{_trial(erratum.corrected_trial, explain_texts.RUN_CORRECTED, lang)}</div>"
        f"{shows(ERRATUM_TARGETS.get(erratum.id, ()), None, lang)}{_paragraphs(erratum, lang)}</div>"
    )


def _experiment(erratum: Erratum) -> str:
    return f'<aigc-experiment data-key="{erratum.id}"></aigc-experiment>' if erratum.id in EXPERIMENTS else ""


def _versions(erratum: Erratum, lang: Lang) -> str:
    """The two sides, formulas before code; nothing where the erratum has neither."""
    sides = (
        ("written", texts.AS_WRITTEN, erratum.as_written, erratum.code_written),
        ("corrected", texts.CORRECTED, erratum.corrected, erratum.code_corrected),
    )
    if not any(formulas or code for _, _, formulas, code in sides):
        return ""
    blocks = "".join(
        f'<div class="aigc-{kind}"><h5>{escape(title(lang))}</h5>{lines(formulas)}{_code(code)}</div>'
        for kind, title, formulas, code in sides
    )
    return f'<div class="aigc-versions">{blocks}</div>'


def _code(code: str) -> str:
    return f"<pre><code>{escape(code)}</code></pre>" if code else ""


def _number(evidence: Evidence, lang: Lang) -> str:
    shown = evidence.shown.replace("-", "−")
    return f"<div><dt>{prose(evidence.label(lang))}</dt><dd>{shown}</dd></div>"


def _trial(trial: Trial | None, label: Text, lang: Lang) -> str:
    if trial is None:
        return ""
    return trial_button(trial, label.format(loss=LOSSES[trial.loss].title(lang))(lang), "aigc-quiet")


def _paragraphs(erratum: Erratum, lang: Lang) -> str:
    """Where the sections speak of it."""
    found = [mention for mention in mentions_of("erratum") if mention.target == f"erratum/{erratum.id}"]
    links = "".join(link(mention.place, mention_name(mention)(lang)) for mention in found)
    return f'<p class="aigc-shows"><span>{escape(texts.SPEAKS_OF_ERRATUM(lang))}</span>{links}</p>' if found else ""
