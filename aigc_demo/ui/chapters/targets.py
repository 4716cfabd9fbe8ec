"""Links from the tutorial's paragraphs to the live parts of the page, and from those back to the paragraphs."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby

from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.plane.presets import PRESETS
from aigc_demo.explain.sections import Mention, mentions_of
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import RECIPES
from aigc_demo.text import Lang, Text, plain
from aigc_demo.ui.texts import dirac as dirac_texts
from aigc_demo.ui.texts import textbook as texts


def name_of(target: str) -> Text:
    """What a target is called; raises `KeyError` for one that names nothing."""
    chapter, _, item = target.partition("/")
    if chapter == "losses" and item:
        return _filled(texts.LOSS, LOSSES[item].title)
    if chapter == "networks" and item:
        return _filled(texts.NETWORK, RECIPES[item].title)
    if chapter == "papers" and item:
        return texts.PAPERS[item]
    if chapter == "lab" and item:
        return _filled(texts.LAB, {preset.key: preset.title for preset in PRESETS}[item])
    if chapter == "dirac" and item:
        return _filled(texts.DIRAC, dirac_texts.JS[f"dirac.preset.{item}"])
    if chapter == "erratum":
        return texts.ERRATUM.format(id=item)
    if chapter == "tutorial":
        return texts.EXPERIMENTS.get(item) or plain(f"§{item}")
    return texts.CHAPTERS[chapter]


def _filled(pattern: Text, title: Text) -> Text:
    return Text(pattern.zh.format(title=title.zh), pattern.en.format(title=title.en))


def link(target: str, words: str) -> str:
    return f'<a class="aigc-show" href="#explain/{target}" data-go="{target}">{escape(words)}</a>'


def shows(targets: tuple[str, ...], trial: Trial | None, lang: Lang) -> str:
    """The small links below a paragraph."""
    chips = "".join(link(target, name_of(target)(lang)) for target in targets)
    if trial is not None:
        chips += trial_button(trial, _filled(texts.TRAIN, LOSSES[trial.loss].title)(lang), "aigc-show")
    return f'<span class="aigc-shows">{chips}</span>' if chips else ""


def trial_button(trial: Trial, words: str, kind: str) -> str:
    """A button that hands a run to the Train tab."""
    detail = escape(json.dumps({"recipe": trial.recipe, "loss": trial.loss, "weights": dict(trial.weights)}))
    return f'<button class="{kind}" type="button" data-trial="{detail}">{escape(words)}</button>'


def mentions(chapter: str, lang: Lang) -> str:
    """For a live chapter: where the tutorial speaks of it and of its parts. Empty where it does not."""
    found = list(mentions_of(chapter))
    if not found or chapter in ("tutorial", "erratum"):
        return ""
    title = texts.SPEAKS.format(n=len(found))(lang)
    rows = "".join(
        _row(target, list(group), lang) for target, group in groupby(sorted(found, key=_target), key=_target)
    )
    return f'<details class="aigc-mentions"><summary>{escape(title)}</summary><dl>{rows}</dl></details>'


def _target(mention: Mention) -> str:
    return mention.target


def _row(target: str, found: list[Mention], lang: Lang) -> str:
    links = "".join(link(mention.place, mention_name(mention)(lang)) for mention in found)
    return f"<div><dt>{escape(name_of(target)(lang))}</dt><dd>{links}</dd></div>"


def mention_name(mention: Mention) -> Text:
    chapter, _, item = mention.place.partition("/")
    if chapter == "erratum":
        return name_of(mention.place)
    number, _, place = item.partition("-")
    if place.startswith("code"):
        return texts.IN_CODE.format(number=number, n=place.removeprefix("code"))
    return texts.PARAGRAPH.format(number=number, n=place)
