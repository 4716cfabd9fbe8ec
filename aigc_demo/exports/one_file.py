"""One HTML file that needs no server and no network: a page's own scripts, styles and words, with what it is to show."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from aigc_demo.exports.modules import PREFIX, import_map
from aigc_demo.text import LANGUAGES, Lang

# Nothing but what stands in the file: whatever tried to fetch anything would be stopped by the browser.
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
DATA_ID = "aigc-data"  # of the element that holds everything shown, as JSON


@dataclass(frozen=True)
class Page:
    """The page's own parts. `body` is its HTML in a language; the others are given what is known of the thing shown.

    `words` is the part of a language's catalogue that its elements need, `more` whatever else they look for in
    `window.aigcFrozen`.
    """

    scripts: Path
    entry: str
    styles: Sequence[Path]
    title: Callable[[Mapping[str, Any], Lang], str]
    body: Callable[[], str]
    words: Callable[[Mapping[str, Any], Lang], dict[str, Any]]
    more: Callable[[Mapping[str, Any]], dict[str, Any]]


def one_file(page: Page, facts: Mapping[str, Any], data: Mapping[str, Any], lang: Lang) -> bytes:
    """The file about `facts`, in `lang` to begin with; it holds the words of both languages, and `data`."""
    content = {
        "lang": lang,
        "catalogues": {each: page.words(facts, each) for each in LANGUAGES},
        **data,
        **page.more(facts),
    }
    styles = "\n".join(path.read_text(encoding="utf-8") for path in page.styles)
    modules = json.dumps({"imports": import_map(page.scripts, page.entry)})
    written = orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY).decode().replace("<", "\\u003c")
    lines = [
        "<!doctype html>",
        f'<html lang="{lang}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="aigc-lang" content="{lang}">',
        f"<title>{_escaped(page.title(facts, lang))}</title>",
        f"<style>\n{styles}\n</style>",
        f'<script type="importmap">{modules}</script>',
        "</head>",
        '<body class="aigc-frozen">',
        page.body(),
        f'<script type="application/json" id="{DATA_ID}">{written}</script>',
        f"<script>{{{_BEGIN}}}</script>",
        f'<script type="module">import "{PREFIX}{page.entry}";</script>',
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode()


def data_of(content: bytes) -> dict[str, Any]:
    """What a file made here holds as data. Raises `ValueError` for another."""
    begin = f'<script type="application/json" id="{DATA_ID}">'
    _, found, rest = content.decode().partition(begin)
    if not found:
        raise ValueError("no file of ours")
    return orjson.loads(rest.partition("</script>")[0])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
