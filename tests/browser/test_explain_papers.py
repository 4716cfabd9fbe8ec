"""The papers chapter in a browser: every small experiment's claims hold wherever its sliders stand, and its buttons run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from aigc_demo.explain.papers import PAPERS
from tests.browser.conftest import OpenPage, picture, stop

LIVE = [paper.live for paper in PAPERS.values() if paper.live]


def move(page: Page, selector: str, value: float) -> None:
    page.locator(selector).evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", str(value)
    )


def woken(page: Page, key: str) -> Locator:
    """The experiment, built and computed; scrolled to until it is, since others above it also grow when they are seen."""
    page.wait_for_function(
        """(key) => {
          const live = document.querySelector(`[data-live=${key}]`);
          if (live.dataset.holds === undefined) live.scrollIntoView({ block: 'center' });
          return live.dataset.holds === 'true';
        }""",
        arg=key,
    )
    return page.locator(f"[data-live={key}]")


def test_every_claim_holds_and_follows_the_sliders(open_page: OpenPage) -> None:
    page = open_page("/en/#explain/papers")
    for key in LIVE:
        live = woken(page, key)
        sliders = live.locator("input[type=range]")
        before = live.locator(".aigc-checked").inner_text()
        for place in range(sliders.count()):
            slider = sliders.nth(place)
            least, most = (float(slider.get_attribute(name) or 0) for name in ("min", "max"))
            slider.evaluate(
                "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }",
                str(least + 0.8 * (most - least)),
            )
        expect(live.locator(".aigc-checked")).not_to_have_text(before)
        expect(live).to_have_attribute("data-holds", "true")
        assert "{" not in live.inner_text()
    code = page.locator("[data-live=ttur] [data-claim=code]")
    expect(code).to_have_attribute("data-holds", "true")


def test_a_pixel_of_the_attention_map_is_chosen_by_mouse_and_keyboard(open_page: OpenPage) -> None:
    page = open_page("/zh/#explain/papers/attention", viewport={"width": 390, "height": 844})
    live = woken(page, "attention")
    maps = "[data-live=attention] figure:nth-child(2) canvas"
    before = picture(page, maps)
    canvas = live.locator("canvas").first
    canvas.click(position={"x": 20, "y": 140})
    page.wait_for_function("([name, old]) => document.querySelector(name).toDataURL() !== old", arg=[maps, before])
    chosen = picture(page, maps)
    canvas.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function("([name, old]) => document.querySelector(name).toDataURL() !== old", arg=[maps, chosen])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_trained_model_of_the_paper_is_opened_where_its_idea_is_seen(open_page: OpenPage) -> None:
    page = open_page("/en/#explain/papers/style")
    page.get_by_role("button", name="Mix styles in a trained model").click()
    expect(page.locator("#generate-model")).to_have_value("style")
    expect(page.locator("#generate-tab-styles")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#generate-image")).to_have_attribute("data-model", "style")


def test_the_ratio_starts_a_run_with_its_rates(open_page: OpenPage) -> None:
    page = open_page("/en/#explain/papers/ttur")
    live = woken(page, "ttur")
    move(page, "[data-live=ttur] input[type=range] >> nth=0", -3)
    expect(live.locator(".aigc-caption")).to_contain_text("D 0.0011, G 0.0085")
    live.locator("[data-ratio-run]").click()
    page.wait_for_selector("#train-status[data-state=training]")
    settings = page.evaluate("window.aigc.store.run.settings")
    assert (settings["lr.d"], settings["lr.g"]) == (pytest.approx(3e-3 / 8**0.5), pytest.approx(3e-3 * 8**0.5))
    stop(page)
