"""What the Explain tab's Python draws, without a browser."""

from __future__ import annotations

import json
import re
from html import escape, unescape

import pytest

from aigc_demo.explain import ERRATA
from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.sections import SECTIONS, errata_of, mentions_of
from aigc_demo.losses import LOSSES
from aigc_demo.text import LANGUAGES, Lang
from aigc_demo.ui.chapters import tutorial
from aigc_demo.ui.chapters.html import prose
from aigc_demo.ui.chapters.targets import mentions, name_of
from aigc_demo.ui.explain import document
from aigc_demo.ui.texts import explain, generate, models


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_erratum_and_formula_has_its_place(lang: Lang) -> None:
    page = document(lang)
    found = re.findall(r'id="erratum-(\w+)" data-erratum="(\w+)"', page)
    assert found == [(item.id, item.id) for section in SECTIONS for item in errata_of(section)]
    inside = page[page.index('id="explain-errata"') :]
    for erratum in ERRATA.values():
        card = inside[inside.index(f'id="erratum-{erratum.id}"') :].split("</article>")[0]
        assert all(f"$${line}$$" in card for line in (*erratum.as_written, *erratum.corrected))
        assert all(escape(code) in card for code in (erratum.code_written, erratum.code_corrected))
        assert prose(erratum.title(lang)) in card and all(prose(step(lang)) in card for step in erratum.steps)
        assert (f'<aigc-experiment data-key="{erratum.id}">' in card) == (erratum.id in EXPERIMENTS)
    assert "\n\n" not in page  # a blank line would end the HTML block and let Markdown read the formulas


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_of_the_tutorial_leads_somewhere(lang: Lang) -> None:
    """To an element, or to an item that its chapter chooses when it is shown: a loss, a recipe, a preset."""
    page = document(lang)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'class="aigc-show" href="[^"]+" data-go="([^"]+)"', tutorial.chapter(lang)))
    assert len(targets) > 60
    for target in targets:
        chapter, _, item = target.partition("/")
        assert f"explain-{chapter}" in ids or chapter == "erratum"
        place = f"erratum-{item}" if chapter == "erratum" else f"explain-{chapter}-{item}"
        assert not item or place in ids or chapter in ("losses", "networks", "lab", "dirac")
        assert name_of(target)(lang)  # raises where a loss, a recipe or a preset does not exist


@pytest.mark.parametrize("chapter", ["losses", "lab", "dirac", "networks", "papers"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_live_chapter_lists_where_the_tutorial_speaks_of_it(chapter: str, lang: Lang) -> None:
    page = document(lang)
    ids = set(re.findall(r' id="([^"]+)"', page))
    section = page[page.index(f'id="explain-{chapter}"') :]
    links = re.findall(r'data-go="([^"]+)"', section[section.index("aigc-mentions") : section.index("</details>")])
    assert len(links) == len(list(mentions_of(chapter))) > 2
    for link in links:
        assert {f"explain-{link.replace('/', '-', 1)}", link.replace("/", "-")} & ids, link


def test_the_tutorial_itself_has_no_such_list() -> None:
    assert mentions("tutorial", "en") == mentions("glossary", "en") == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_names_a_loss_that_exists(lang: Lang) -> None:
    trials = [json.loads(unescape(found)) for found in re.findall(r'data-trial="([^"]+)"', document(lang))]
    assert len(trials) >= 12 and all(trial["loss"] in LOSSES for trial in trials)


@pytest.mark.parametrize("texts", [explain, generate, models], ids=["explain", "generate", "models"])
def test_strings_for_the_scripts_have_the_same_places_to_fill_in_both_languages(texts: object) -> None:
    for key, text in texts.JS.items():  # type: ignore[attr-defined]
        assert text.zh.strip() and text.en.strip(), key
        assert set(re.findall(r"\{(\w+)\}", text.zh)) == set(re.findall(r"\{(\w+)\}", text.en)), key
