"""The page itself: languages, themes, widths, formulas, and the tabs beside Train."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import expect

from aigc_demo.losses import LOSSES
from tests.browser.conftest import OpenPage, open_tab, picture

pytestmark = pytest.mark.browser

TABS = ("train", "generate", "explain", "models")
CHINESE = re.compile("[一-鿿]")
SLIDE = "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true})); }"


@pytest.mark.parametrize(
    ("accepted", "lang"), [("zh-CN,zh;q=0.9", "zh"), ("en-GB", "en"), ("fr", "en"), ("de,zh-TW;q=0.5,en;q=0.3", "zh")]
)
def test_the_first_visit_follows_the_browsers_language(address: str, accepted: str, lang: str) -> None:
    answer = httpx.get(f"{address}/?run=x", headers={"accept-language": accepted}, trust_env=False)
    assert answer.is_redirect
    assert answer.headers["location"].endswith(f"{lang}/?run=x")


def test_the_switch_changes_the_language_and_keeps_the_query(open_page: OpenPage) -> None:
    page = open_page("/zh/?seed=7")
    expect(page.locator("#train-start")).to_contain_text("开始")
    page.locator("#language").click()
    page.wait_for_url("**/en/?seed=7*")
    expect(page.locator("#train-start")).to_contain_text("Start")


def test_english_pages_are_in_english(open_page: OpenPage) -> None:
    page = open_page("/en/")
    own_words = """name => {
      const copy = document.querySelector(name).cloneNode(true);
      for (const quotation of copy.querySelectorAll('[lang=zh]')) quotation.remove();
      return copy.textContent;
    }"""
    found = {}
    for tab in TABS:
        open_tab(page, tab)
        page.wait_for_timeout(500)
        words = page.evaluate(own_words, f"#tab-{tab}").replace("AIGC 原理与代码实例讲解", "")  # the tutorial's name
        assert words.strip(), tab
        found[tab] = CHINESE.findall(words)
    assert not any(found.values()), found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_overflows_on_a_phone(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/{lang}/", viewport={"width": 380, "height": 800})
    widths = {}
    for tab in TABS:
        open_tab(page, tab)
        page.wait_for_timeout(700)
        widths[tab] = page.evaluate("document.documentElement.scrollWidth")
    assert max(widths.values()) <= 380, widths


def test_dark_mode_is_dark_and_readable(open_page: OpenPage) -> None:
    page = open_page("/en/?__theme=dark")
    lightness = """() => {
      const of = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number); return (r + g + b) / 3; };
      const style = getComputedStyle(document.querySelector('#train-status'));
      return [of(getComputedStyle(document.body).backgroundColor), of(style.color)];
    }"""
    background, text = page.evaluate(lightness)
    assert background < 60
    assert text > 170


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_formulas_are_typeset_in_both_languages(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/{lang}/")
    page.wait_for_selector("#train-ledger .katex", state="attached")
    assert page.locator(".katex-error").count() == 0


def test_explain_shows_every_loss_with_values_that_follow_the_logit(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "explain")
    for key in LOSSES:
        page.locator("#explain-loss").select_option(key)
        page.wait_for_selector(f'#explain-formula[data-loss="{key}"] .katex')
        page.wait_for_function(
            "() => [...document.querySelectorAll('#tab-explain tr[data-key] .aigc-col-value')]"
            ".every(cell => /\\d/.test(cell.textContent))"
        )
    assert page.locator(".katex-error").count() == 0
    cell = page.locator("#tab-explain tr[data-key=d_real] .aigc-col-value")
    before = cell.inner_text()
    page.locator("#explain-s-real").evaluate(SLIDE, "2.5")
    expect(cell).not_to_have_text(before)


def test_the_tutorials_own_formulas_stand_first(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "explain")
    expect(page.locator("#explain-errata")).to_contain_text("4.1")
    above = """() => document.querySelector('#explain-errata').getBoundingClientRect().top
      < document.querySelector('#explain-loss').getBoundingClientRect().top"""
    assert page.evaluate(above)


def test_a_slider_moves_the_digit(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "generate")
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) >= 1")
    before, frame = picture(page, "#generate-image"), int(page.get_attribute("#generate-image", "data-frame") or 0)
    slider = page.locator("input#generate-slider-0, #generate-slider-0 input[type=range]").first
    for value in ("-3", "-1.5", "3"):
        slider.evaluate(SLIDE, value)
    page.wait_for_function(
        "frame => Number(document.querySelector('#generate-image')?.dataset.frame) > frame", arg=frame
    )
    page.wait_for_timeout(500)
    assert picture(page, "#generate-image") != before


def test_random_moves_the_sliders_and_reset_brings_them_home(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "generate")
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) >= 1")
    values = (
        "() => [...document.querySelectorAll('[id^=generate-slider-] input[type=range]')]"
        ".map(slider => Number(slider.value))"
    )
    before = page.evaluate(values)
    assert len(before) >= 6
    page.locator("#generate-random").click()
    page.wait_for_timeout(300)
    assert page.evaluate(values) != before
    page.locator("#generate-reset").click()
    page.wait_for_timeout(300)
    assert page.evaluate(values) == [0] * len(before)


def test_models_shows_the_shipped_one_and_opens_it(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "models")
    expect(page.locator("#tab-models")).to_contain_text("digit-FD", ignore_case=True)
