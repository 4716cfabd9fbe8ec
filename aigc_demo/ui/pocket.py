"""The page's own parts for a pocket page: which scripts and styles go into the file, its skeleton, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aigc_demo.exports import Page
from aigc_demo.text import LANGUAGES, Lang
from aigc_demo.ui.assets import FOLDER
from aigc_demo.ui.catalogue import catalogue
from aigc_demo.ui.frozen import header, strings_for
from aigc_demo.ui.texts import pocket as texts

ENTRY = "pocket.js"
_STYLES = (
    *("style.css", "frozen.css", "latent-layout.css", "latent-sliders.css", "latent-moves.css", "latent-styles.css"),
    *("latent.css", "models.css", "models-card.css", "pocket.css"),
)
_IN_WORDS = ("title", "made", "data")  # of a model: those that are a sentence in each language
_TITLED = ("recipes", "losses", "auxiliaries", "datasets")


def pocket_page() -> Page:
    """What `exports.pocket` needs; reads the scripts and styles as they are now."""
    styles = tuple(FOLDER / name for name in _STYLES)
    return Page(FOLDER, ENTRY, styles, _title, _body, _words, lambda facts: {})


def _title(facts: Mapping[str, Any], lang: Lang) -> str:
    return texts.TITLE.format(model=facts["title"][lang])(lang)


def _body() -> str:
    """The skeleton, the same in both languages: the scripts write every word but those for browsers that cannot run them."""
    old = "".join(f'<p lang="{lang}">{texts.OLD_BROWSER(lang)}</p>' for lang in LANGUAGES)
    return (
        f'<div class="gradio-container"><div class="fillable">{header("pocket-about")}'
        f'<div id="pocket-old">{old}</div><main><aigc-latent></aigc-latent></main>'
        '<aigc-models id="pocket-model"></aigc-models></div></div>'
    )


def _words(facts: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """The model in words, and the part of the catalogue that its elements ask for."""
    known = catalogue(lang)
    asked = {
        "recipes": [facts["recipe"]],
        "losses": [facts["loss"]],
        "auxiliaries": facts["auxiliaries"],
        "datasets": [],
    }
    titles = {
        part: {key: {"title": known[part][key]["title"]} for key in asked[part] if key in known[part]}
        for part in _TITLED
    }
    model = {**facts, **{name: facts[name][lang] for name in _IN_WORDS}, "card": facts["cards"][lang]}
    model.pop("cards")
    return {**titles, "model": model, "strings": strings_for(ENTRY, lang) | {k: v(lang) for k, v in texts.JS.items()}}
