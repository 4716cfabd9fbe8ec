"""The tutorial's chapter in a browser: typeset, folded, its diagrams answer, and links light up what they lead to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from aigc_demo.explain import ERRATA
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def open_tutorial(open_page: OpenPage, place: str, **options: object) -> Page:
    page = open_page(f"/en/#explain/{place}", **options)
    page.wait_for_selector("#explain-errata .katex", state="attached")
    return page


def point_at(page: Page, selector: str) -> None:
    """What the pointer's coming there tells the page; the page itself may still be scrolling to where a link led."""
    page.locator(selector).first.dispatch_event("pointerover")


def test_every_erratum_is_in_the_text_when_the_tab_has_been_opened_and_no_formula_fails(open_page: OpenPage) -> None:
    page = open_tutorial(open_page, "tutorial/4.1")
    shown = page.locator("#explain-errata").inner_text()
    for erratum in ERRATA.values():
        assert erratum.title.en.split("$")[0].split("`")[0].strip() in shown
    assert page.locator("#explain-document .katex-error").count() == 0
    expect(page.locator(".aigc-lessons a[aria-current]")).to_have_text("§4.1")
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


def test_a_box_or_an_arrow_of_the_diagram_says_what_it_means(open_page: OpenPage) -> None:
    page = open_tutorial(open_page, "tutorial/2.3")
    figure = page.locator("[data-graph=written]")
    said = figure.locator(".aigc-flow-text p:visible")
    expect(said).to_contain_text("data never enters the generator")
    figure.locator("[data-part=C].aigc-flow-part").click()
    expect(said).to_have_count(1)
    expect(said).to_contain_text("those that G draws")
    figure.locator("[data-part=A-B].aigc-flow-part").focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("data never enters the generator")


def test_paragraphs_and_live_parts_light_each_other_up(open_page: OpenPage) -> None:
    page = open_tutorial(open_page, "tutorial/4.1")
    page.locator("[id='explain-tutorial-4.1-1'] [data-go='erratum/F3']").click()
    expect(page.locator("#erratum-F3 .aigc-more")).to_have_attribute("open", "")
    assert page.url.endswith("#explain/F3")
    point_at(page, "#erratum-F3 h4")
    expect(page.locator("[id='explain-tutorial-4.1-1'].aigc-lit")).to_have_count(1)
    point_at(page, "[id='explain-tutorial-4.3-code4'] p")
    expect(page.locator("#erratum-C4.aigc-lit")).to_have_count(1)
    expect(page.locator("[id='explain-tutorial-4.1-1'].aigc-lit")).to_have_count(0)
    page.locator("#explain-losses > .aigc-mentions summary").click()
    page.locator("#explain-losses > .aigc-mentions a").first.click()
    expect(
        page.locator("#explain-tutorial .aigc-par.aigc-lit, #explain-tutorial .aigc-erratum.aigc-lit").first
    ).to_be_in_viewport()


def test_it_fits_a_phone(open_page: OpenPage) -> None:
    page = open_tutorial(open_page, "tutorial/4.3", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = "[...document.querySelectorAll('#explain-errata :is(p, h3, h4, .aigc-line, .aigc-show)')]"
    assert (
        page.evaluate(
            f"{wide}.filter((element) => element.getBoundingClientRect().right > 391).map((e) => e.textContent)"
        )
        == []
    )
