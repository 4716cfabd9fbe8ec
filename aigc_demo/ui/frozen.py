"""The page's own parts for a frozen replay: which scripts and styles go into the file, its skeleton, and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aigc_demo.explain.logits import curves
from aigc_demo.exports import Page
from aigc_demo.exports.modules import scripts_of
from aigc_demo.text import Lang
from aigc_demo.ui.assets import FOLDER
from aigc_demo.ui.catalogue import catalogue
from aigc_demo.ui.page import LANGUAGE_NAMES, MARK, MOON
from aigc_demo.ui.texts import frozen as texts

ENTRY = "frozen.js"
_STYLES = ("style.css", "chart.css", "train.css", "figures.css", "audience.css", "frozen.css")
_AREAS = {
    "samples": ("samples", "replay"),
    "chart": ("chart",),
    "ledger": ("ledger",),
    "scores": ("scores", "classes"),
    "figures": ("figures", "inner"),
}
_WHOLE = ("datasets", "states", "yardsticks")  # small, or looked up by a name that a script makes


def frozen_page() -> Page:
    """What `exports.replay` needs; reads the scripts and styles as they are now."""
    styles = tuple(FOLDER / name for name in _STYLES)
    return Page(FOLDER, ENTRY, styles, _title, _body, _words, _more)


def _title(snapshot: Mapping[str, Any], lang: Lang) -> str:
    known = catalogue(lang)
    recipe, loss = known["recipes"].get(snapshot["recipe"]), known["losses"].get(snapshot["loss"])
    names = {"recipe": recipe and recipe["title"], "loss": loss and loss["title"]}
    return texts.TITLE.format(**names)(lang)


def _body() -> str:
    """The skeleton, the same in both languages: the scripts write every word."""
    areas = "".join(
        f'<div class="aigc-block" id="train-{area}-area"><div class="html-container"><div>'
        + "".join(f'<aigc-{part} id="train-{part}"></aigc-{part}>' for part in parts)
        + ('<p class="aigc-caption" id="frozen-keys"></p>' if area == "samples" else "")
        + "</div></div></div>"
        for area, parts in _AREAS.items()
    )
    return (
        f'<div class="gradio-container"><div class="fillable">{header("frozen-about")}'
        f'<dl id="frozen-facts"></dl><main id="train-layout">{areas}</main></div></div>'
    )


def header(about_id: str) -> str:
    """The head of a page that is a file: the program's name, what this is, the languages and the theme."""
    languages = "".join(f'<span lang="{code}">{name}</span>' for code, name in LANGUAGE_NAMES.items())
    return (
        f'<header id="aigc-header"><div class="aigc-brand">{MARK}<b>AIGC Demo</b><span id="{about_id}"></span></div>'
        f'<div class="aigc-corner"><a id="language" href="#en">{languages}</a>'
        f'<button id="aigc-theme" type="button">{MOON}</button></div></header>'
    )


def _losses_of(snapshot: Mapping[str, Any]) -> list[str]:
    """Every loss that the run was trained with: a change may have brought another one."""
    changes = [change for change in snapshot.get("changes") or () if change["key"] == "loss"]
    played = [snapshot["loss"], *(change["from"] for change in changes), *(change["to"] for change in changes)]
    return [key for key in dict.fromkeys(played) if key in catalogue("en")["losses"]]


def _words(snapshot: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """The part of the catalogue that this run's elements ask for."""
    known = catalogue(lang)
    needed = {
        "losses": _losses_of(snapshot),
        "auxiliaries": [key for key in snapshot["auxiliaries"] if key in known["auxiliaries"]],
        "recipes": [key for key in (snapshot["recipe"],) if key in known["recipes"]],
    }
    own = {key: text(lang) for key, text in texts.JS.items()}
    used = strings_for(ENTRY, lang)
    return {
        **{part: {key: known[part][key] for key in keys} for part, keys in needed.items()},
        **{part: known[part] for part in _WHOLE if part in known},
        "strings": used | own,
    }


def _more(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The losses' slopes, and the device's name."""
    device = snapshot.get("device") or {}
    return {"curves": {key: curves(key) for key in _losses_of(snapshot)}, "device": device.get("name", "")}


def strings_for(entry: str, lang: Lang) -> dict[str, str]:
    """Those of the page's strings that a file which begins with the script `entry` may ask for: its scripts mention them,
    or make their names from a beginning.
    """
    names, beginnings = _mentioned(entry)
    known = catalogue(lang)["strings"]
    return {key: text for key, text in known.items() if key in names or key.startswith(beginnings)}


@lru_cache(maxsize=4)
def _mentioned(entry: str) -> tuple[frozenset[str], tuple[str, ...]]:
    source = "\n".join(scripts_of(FOLDER, entry).values())
    names = re.findall(r"'([\w.]+)'", source)
    return frozenset(names), tuple(set(re.findall(r"`([\w]+(?:\.[\w]+)*\.)\$\{", source)))
