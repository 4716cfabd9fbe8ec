"""The API's view in the page: reached by its link and by its address, complete, in the page's language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from aigc_demo.text import Lang
from aigc_demo.ui.endpoints import ENDPOINTS
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

VIEW = "#aigc-api-view"
OVERFLOW = "selector => { const box = document.querySelector(selector); return box.scrollWidth - box.clientWidth; }"


def ready(page: Page) -> None:
    page.wait_for_selector(f"{VIEW}[data-ready]")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_link_opens_what_each_endpoint_takes_and_how_it_is_asked(open_page: OpenPage, lang: Lang) -> None:
    page = open_page(f"/{lang}/")
    page.locator("#aigc-api").click()
    ready(page)
    here = re.sub(r"[?#].*", "", page.url)
    for key, endpoint in ENDPOINTS.items():
        section = page.locator(f"#api-{key}")
        expect(section.locator("h3")).to_have_text(f"/{key} {endpoint.title(lang)}")
        assert section.locator("tbody tr th").all_text_contents() == [item.name for item in endpoint.parameters]
        shown = section.locator("figure pre").all_text_contents()
        example = endpoint.example.at(here)
        assert shown == [example.python.rstrip(), example.curl.rstrip()]
    assert f'"{here}gradio_api/mcp/"' in page.locator("#api-mcp pre").inner_text()
    assert page.evaluate("new URL(location.href).searchParams.get('view')") == "api"
    page.keyboard.press("Escape")
    expect(page.locator(VIEW)).to_have_count(0)
    page.wait_for_function("() => !location.search.includes('view')")
    expect(page.locator("#aigc-api")).to_be_focused()  # where one was


def test_its_address_opens_it_and_an_example_is_copied(open_page: OpenPage) -> None:
    page = open_page("/en/?view=api&seed=7", alone=True, permissions=["clipboard-read", "clipboard-write"])
    ready(page)
    figure = page.locator("#api-explain figure").first
    figure.get_by_role("button").click()
    expect(figure.get_by_role("button")).to_have_text("Copied")
    assert 'api_name="/explain"' in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="/evaluate", exact=True).click()
    expect(page.locator("#api-evaluate h3")).to_be_in_viewport()
    page.locator(f"{VIEW} .aigc-close").click()
    page.wait_for_function("() => !location.search.includes('view') && location.search.includes('seed=7')")


def test_it_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page("/zh/", viewport={"width": 390, "height": 844})
    page.locator("#aigc-api").click()  # nothing lies over it
    ready(page)
    assert page.evaluate(OVERFLOW, VIEW) <= 0
    meaning = page.locator("#api-generate tbody td").last
    box = meaning.bounding_box()
    assert box and box["x"] + box["width"] <= 390
