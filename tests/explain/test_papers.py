"""The five papers: in the tutorial's order, whole in both languages, and with buttons for recipes that exist alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from aigc_demo.checkpoints import shipped
from aigc_demo.explain.erratum import Trial
from aigc_demo.explain.paper import Paper
from aigc_demo.explain.papers import PAPERS
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import RECIPES, make_plan
from aigc_demo.recipes.presets import PRESETS
from aigc_demo.text import LANGUAGES, Text
from aigc_demo.ui.chapters import papers as chapter

PANELS = ("inside", "styles")  # of the Generate tab; a test in the browser opens one


def texts(paper: Paper) -> list[Text]:
    optional = [text for text in (paper.right, paper.wrong) if text is not None]
    starts = [start.text for start in paper.starts]
    return [*paper.changed, paper.reads, paper.live_title, paper.live_about, *optional, *starts,
            *(place.text for place in paper.places)]  # fmt: skip


def test_they_are_those_of_section_7_3() -> None:
    arxiv = ["1406.2661", "1710.10196", "1706.03762", "1812.04948", "1706.08500"]
    assert [paper.arxiv[0] for paper in PAPERS.values()] == arxiv
    assert PAPERS["attention"].arxiv[1] == "1805.08318"
    assert all(key == paper.key for key, paper in PAPERS.items())


@pytest.mark.parametrize("key", PAPERS)
def test_every_text_is_whole_in_both_languages(key: str) -> None:
    for text in texts(PAPERS[key]):
        assert text.zh and text.en and text.zh != text.en
        assert text.zh.count("$") % 2 == text.en.count("$") % 2 == 0
        assert re.search(r"[\u4e00-\u9fff]", text.zh) and not re.search(r"[\u4e00-\u9fff]", text.en)


@pytest.mark.parametrize("key", PAPERS)
def test_what_a_button_starts_can_be_started(key: str) -> None:
    for start in PAPERS[key].starts:
        assert sum(map(bool, (start.run, start.preset, start.model))) == 1
        if start.preset:
            assert start.preset in PRESETS
        elif start.model:
            assert start.model in shipped() and (not start.panel or start.panel in PANELS)
        else:
            make_plan(**start.run)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chapter_has_a_page_for_each(lang: str) -> None:
    html = chapter.chapter(lang)  # type: ignore[arg-type]
    assert "\n\n" not in html and html.startswith("<div>")
    for key, paper in PAPERS.items():
        assert f'id="explain-papers-{key}"' in html
        assert f"$${paper.formula}$$" in html
    assert "arXiv:1706.08500" in html


def test_no_button_for_a_recipe_that_does_not_exist() -> None:
    html = chapter.chapter("en")
    runs = [json.loads(unescape(found)) for found in re.findall(r'data-paper-run="([^"]+)"', html)]
    assert runs and all(run["recipe"] in RECIPES and run["loss"] in LOSSES for run in runs)
    assert all(words not in html for words in ("coming soon", "敬请期待"))


@pytest.mark.parametrize(
    ("paper", "recipe"), [("progressive", "progressive"), ("attention", "sagan"), ("style", "style")]
)
def test_a_recipe_of_a_paper_is_offered_as_soon_as_there_is_one(
    paper: str, recipe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if recipe not in RECIPES:
        made = replace(RECIPES[Trial("minimax").recipe], key=recipe, title=Text("新的", "A new one"))
        monkeypatch.setitem(RECIPES, recipe, made)
    html = chapter.chapter("en")
    page = html[html.index(f'id="explain-papers-{paper}"') :]
    first = json.loads(unescape(re.findall(r'data-paper-run="([^"]+)"', page)[0]))
    assert first == {"recipe": recipe, "loss": RECIPES[recipe].loss}
