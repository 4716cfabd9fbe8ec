"""The page in one language: header, tabs and the formula bank, and what Gradio must be told when it is mounted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.losses import AUXILIARIES, LOSSES, Auxiliary, Loss
from aigc_demo.text import Lang, Text
from aigc_demo.ui import api, explain, generate, joining, models, train
from aigc_demo.ui.endpoints import MOST_WAITING, Work
from aigc_demo.ui.texts import api_view, common
from aigc_demo.ui.theme import theme

STATIC = Path(__file__).parent / "static"
LATEX_DELIMITERS: list[dict[str, str | bool]] = [
    {"left": "$$", "right": "$$", "display": True},
    {"left": "$", "right": "$", "display": False},
]

_TABS: dict[str, tuple[Text, Callable[[Lang, Any], None]]] = {
    "train": (common.TAB_TRAIN, train.build),
    "generate": (common.TAB_GENERATE, generate.build),
    "explain": (common.TAB_EXPLAIN, explain.build),
    "models": (common.TAB_MODELS, models.build),
}

LANGUAGE_NAMES: dict[Lang, str] = {"zh": "中文", "en": "EN"}  # each in itself, for those who cannot read the other
CACHE_SECONDS = 3600  # for which Gradio keeps a picture that its API has drawn, and how often it looks
MARK = (
    '<svg class="aigc-mark" viewBox="0 0 34 22" width="34" height="22" aria-hidden="true">'
    '<circle cx="12" cy="11" r="9"/><circle cx="22" cy="11" r="9"/></svg>'
)
MOON = (
    '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle cx="10" cy="10" r="7" fill="none" '
    'stroke="currentColor" stroke-width="1.6"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/></svg>'
)


def build_page(lang: Lang, work: Work) -> gr.Blocks:
    """The whole page in one language. `work` does what the API is asked for; the tabs are given its studio."""
    with gr.Blocks(
        title=common.TITLE(lang),
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(CACHE_SECONDS, CACHE_SECONDS),
    ) as page:
        gr.HTML(_header(lang), apply_default_css=False, elem_classes="aigc-block")
        with gr.Tabs(elem_id="aigc-tabs"):
            for name, (title, build) in _TABS.items():
                with gr.Tab(title(lang), id=name, elem_id=f"tab-{name}"):
                    build(lang, work.studio)
        gr.HTML(_footer(lang), apply_default_css=False, elem_classes="aigc-block")
        api.register(work, lang)
        gr.Markdown(formula_bank(), latex_delimiters=LATEX_DELIMITERS, elem_id="formula-bank", container=False)
    page.queue(max_size=MOST_WAITING)
    page.has_launched = True  # until then Gradio takes any path in a call for a file that it may hand out
    return page


def page_options(lang: Lang, static_base: str) -> dict[str, Any]:
    """What `gr.mount_gradio_app` is to be given beside the page; `static_base` is the address of `STATIC`'s files,
    relative to the page or absolute.
    """
    base = static_base.rstrip("/")
    head = [
        f'<meta name="aigc-lang" content="{lang}">',
        '<meta name="color-scheme" content="light dark">',
        f'<link rel="icon" type="image/svg+xml" href="{base}/mark.svg">',
        f'<link rel="stylesheet" href="{base}/{joining.FOLDER}/{joining.STYLES}">',
        f'<script type="module" src="{base}/{joining.FOLDER}/{joining.ENTRY}"></script>',
    ]
    return {
        "theme": theme(lang),
        "head": "\n".join(head),
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
        "enable_monitoring": False,
        "show_error": True,
        "max_file_size": "2mb",
    }


def preloads(lang: Lang, static_base: str) -> str:
    """What the page in `lang` will ask for once Gradio has begun, as a `Link` header: it may as well come at once."""
    base = f"{static_base.rstrip('/')}/{joining.FOLDER}"
    wanted = {
        f"{base}/{joining.STYLES}": "rel=preload; as=style",
        f"{base}/{joining.ENTRY}": "rel=modulepreload",
        f"../catalogue/{lang}.json": "rel=preload; as=fetch; crossorigin=anonymous",
    }
    return ", ".join(f"<{address}>; {how}" for address, how in wanted.items())


def formula_bank() -> str:
    """Every formula that the page's scripts may show, as Markdown that Gradio typesets once with its own KaTeX."""
    return "\n\n".join(f"${formula}$" for formula in dict.fromkeys(_formulas()))


def _formulas() -> Iterator[str]:
    yield from (r"\mathcal{L}_D", r"\mathcal{L}_G")
    holders: tuple[Loss | Auxiliary, ...] = (*LOSSES.values(), *AUXILIARIES.values())
    for item in holders:
        for term in item.d_terms + item.g_terms:
            yield term.latex
            if term.symbol:
                yield term.symbol


def _footer(lang: Lang) -> str:
    return f'<footer id="aigc-footer"><a id="aigc-api" href="?view=api">{escape(api_view.FOOTER(lang))}</a></footer>'


def _header(lang: Lang) -> str:
    other = "en" if lang == "zh" else "zh"
    switch = escape(common.SWITCH_LANGUAGE(lang))
    choices = "".join(
        f"<span{' class=aigc-here' if code == lang else ''}>{name}</span>" for code, name in LANGUAGE_NAMES.items()
    )
    toggle = escape(common.TOGGLE_THEME(lang))
    idle = escape(common.STATES["idle"](lang))
    return f"""
<header id="aigc-header">
  <div class="aigc-brand">{MARK}<b>{common.PRODUCT(lang)}</b><span>{common.TAGLINE(lang)}</span></div>
  <div class="aigc-corner">
    <span id="aigc-device" hidden></span>
    <span id="aigc-run-state" data-state="idle"><i class="aigc-dot"></i><span>{idle}</span></span>
    <a id="language" href="../{other}/" hreflang="{other}" aria-label="{switch}" title="{switch}">{choices}</a>
    <button id="aigc-theme" type="button" aria-label="{toggle}" title="{toggle}">{MOON}</button>
  </div>
</header>"""
