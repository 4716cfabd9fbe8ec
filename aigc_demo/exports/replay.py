"""The frozen replay: one HTML file that plays a run without Python and without a network, with the page's own elements."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from aigc_demo.exports.formulas import mathml
from aigc_demo.exports.modules import PREFIX, import_map
from aigc_demo.runs.frames import Frame
from aigc_demo.runs.record import OVER
from aigc_demo.text import LANGUAGES, Lang

MOST_FRAME_BYTES = 1_500_000  # of the pictures, before base64 makes them a third longer

# Nothing but what stands in the file: a replay that tried to fetch anything would be stopped by the browser.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data: blob:; "
    "form-action 'none'; base-uri 'none'"
)
# Before the modules run: the language that the address asks for (or the file was made in), and its words.
_BEGIN = """
const data = JSON.parse(document.getElementById('aigc-data').textContent);
const lang = data.catalogues[location.hash.slice(1)] ? location.hash.slice(1) : data.lang;
document.querySelector('meta[name="aigc-lang"]').content = lang;
document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
window.aigcFrozen = { ...data, catalogue: data.catalogues[lang] };
window.addEventListener('hashchange', () => location.reload());
"""


_AT_REST: dict[str, Any] = {"frame": None, "queue": 0, "queue_seconds": None, "measuring": False, "slow": None}


@dataclass(frozen=True)
class Page:
    """The page's own parts. `body` is its HTML in a language; `words` and `more` are given the run's snapshot.

    `words` is the part of a language's catalogue that this run needs, `more` whatever else its elements look for in
    `window.aigcFrozen`.
    """

    scripts: Path
    entry: str
    styles: Sequence[Path]
    title: Callable[[Mapping[str, Any], Lang], str]
    body: Callable[[], str]
    words: Callable[[Mapping[str, Any], Lang], dict[str, Any]]
    more: Callable[[Mapping[str, Any]], dict[str, Any]]


def replay(snapshot: Mapping[str, Any], frames: Sequence[Frame], page: Page, lang: Lang) -> bytes:
    """The file, in `lang` to begin with; it holds the words of both languages."""
    words = {each: page.words(snapshot, each) for each in LANGUAGES}
    data = {
        "lang": lang,
        "catalogues": words,
        "snapshot": {**snapshot, **_AT_REST, "state": _rested(snapshot["state"])},
        "frames": [_embedded(frame) for frame in light(frames)],
        "mathml": _formulas(words[lang]),
        **page.more(snapshot),
    }
    styles = "\n".join(path.read_text(encoding="utf-8") for path in page.styles)
    modules = json.dumps({"imports": import_map(page.scripts, page.entry)})
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="aigc-lang" content="{lang}">',
        f"<title>{_escaped(page.title(snapshot, lang))}</title>",
        f"<style>\n{styles}\n</style>",
        f'<script type="importmap">{modules}</script>',
    ]
    content = orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY).decode().replace("<", "\\u003c")
    body = [
        page.body(),
        f'<script type="application/json" id="aigc-data">{content}</script>',
        f"<script>{{{_BEGIN}}}</script>",
        f'<script type="module">import "{PREFIX}{page.entry}";</script>',
    ]
    whole = [
        "<!doctype html>",
        f'<html lang="{lang}">',
        "<head>",
        *head,
        "</head>",
        '<body class="aigc-frozen">',
        *body,
    ]
    return "\n".join([*whole, "</body>", "</html>", ""]).encode()


def _rested(state: str) -> str:
    """Nothing goes on in a file, whatever the run did when it was made."""
    return state if state in OVER else "interrupted"


def light(frames: Sequence[Frame], most: int = MOST_FRAME_BYTES) -> list[Frame]:
    """Every second frame goes until their pictures are at most `most` bytes together; the last one stays."""
    kept = list(frames)
    while len(kept) > 2 and sum(len(frame.png) for frame in kept) > most:
        kept = [*kept[:-1:2], kept[-1]]
    return kept


def _embedded(frame: Frame) -> dict[str, Any]:
    return {"index": frame.index, "step": frame.step, "png": base64.b64encode(frame.png).decode()}


def _formulas(words: Mapping[str, Any]) -> dict[str, str]:
    """MathML of every formula that the elements may show, by its LaTeX with single spaces."""
    terms = [
        term
        for holders in (words["losses"], words["auxiliaries"])
        for holder in holders.values()
        for term in holder["terms"]
    ]
    found = [r"\mathcal{L}_D", r"\mathcal{L}_G"]
    found += [term[name] for term in terms for name in ("latex", "symbol") if term[name]]
    return {" ".join(latex.split()): mathml(latex) for latex in dict.fromkeys(found)}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
