"""A first visit asks for little; what other tabs need comes when they are opened, and is spoken of while it does not come."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from aigc_demo.ui.texts.common import JS
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

MOST_REQUESTS = 100  # Gradio's own are about seventy
SCRIPTS = "**/joined/generate-elements.js"
WORDS = "#aigc-part"


def test_a_first_visit_asks_for_one_script_of_ours_and_one_style_sheet(open_page: OpenPage) -> None:
    page = open_page(alone=True)
    asked: list[str] = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    ours = sorted(name.rpartition("/")[2] for name in asked if re.search(r"/static/[0-9a-f]{16}/", name))
    assert [name for name in ours if name != "mark.svg"] == ["main.js", "page.css"]
    assert len(asked) < MOST_REQUESTS
    assert len({name for name in asked if "/catalogue/" in name}) == sum("/catalogue/" in name for name in asked) == 1
    assert not page.evaluate("Boolean(customElements.get('aigc-latent'))")


def test_a_tab_that_is_opened_says_that_its_scripts_are_coming(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route(SCRIPTS, lambda route: held.append(route))
    page.locator("#tab-generate-button").click()
    expect(page.locator(f"{WORDS}[role=status]")).to_have_text(JS["part.coming"].en)
    held[0].continue_()
    expect(page.locator("#generate-model")).to_be_visible()
    expect(page.locator(WORDS)).to_have_count(0)


def test_scripts_that_do_not_come_are_told_of_and_can_be_asked_for_again(open_page: OpenPage) -> None:
    page = open_page("/zh/")
    page.route(SCRIPTS, lambda route: route.abort())
    page.locator("#tab-generate-button").click()
    told = page.locator(f"{WORDS}[role=alert]")
    expect(told.locator("p")).to_have_text(JS["part.missing"].zh)
    page.unroute(SCRIPTS)
    told.get_by_role("button", name=JS["part.reload"].zh).press("Enter")
    page.wait_for_selector("body[data-aigc-ready]", state="attached")
    expect(page.locator("#generate-model")).to_be_visible()
    expect(page.locator(WORDS)).to_have_count(0)


def test_a_page_that_opens_at_a_tab_is_ready_with_its_scripts(open_page: OpenPage) -> None:
    page = open_page("/en/#models")
    assert page.evaluate("Boolean(customElements.get('aigc-models'))")
