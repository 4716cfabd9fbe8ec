"""The Dirac-GAN's portrait on the real page: what is foretold holds, hands and keys move it, and red is red."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, picture

ELEMENT = "aigc-dirac"


def opened(open_page: OpenPage, path: str = "/en/#explain/dirac", **options: object) -> Page:
    page = open_page(path, **options)
    page.wait_for_selector("#dirac-portrait")
    page.locator("#dirac-portrait").scroll_into_view_if_needed()
    page.wait_for_selector(f"{ELEMENT}[data-holds]")
    return page


def load(page: Page, settings: dict[str, object]) -> None:
    """Through the element's own function, and until it has been held against the game."""
    page.evaluate(
        """async (settings) => {
          const element = document.querySelector('aigc-dirac');
          await element.load(settings);
          delete element.dataset.holds;
          element.measure();
        }""",
        settings,
    )
    page.wait_for_selector(f"{ELEMENT}[data-holds]")


def test_the_page_measures_what_the_formula_says(open_page: OpenPage) -> None:
    page = opened(open_page)
    growth = page.locator("[data-claim=growth]")
    expect(growth.locator("td").nth(0)).to_have_text("1.00125")
    expect(growth.locator("td").nth(1)).to_contain_text("1.00125 ✓")
    expect(page.locator("#dirac-formula")).to_contain_text("√(1 + (0.5η)²) = 1.00125")

    page.locator("[data-preset=critical]").click()
    expect(page.locator("#dirac-nature")).to_contain_text("critically damped")
    load(page, {"gamma": 0.5})
    expect(page.locator("#dirac-nature")).to_contain_text("spiral inwards")
    load(page, {"gamma": 2})
    expect(page.locator("#dirac-nature")).to_contain_text("no turns")
    load(page, {"loss": "wgan_gp", "lambda": 1.5, "gamma": 0})
    expect(page.locator("[data-claim=stuck] td").nth(0)).to_have_text("≈ 3.000")
    load(page, {"loss": "no such loss", "step": "fast", "start": "here"})
    expect(page.locator("#dirac-loss")).to_have_value("wgan_gp")

    for loss in page.locator("#dirac-loss option").evaluate_all("options => options.map(({ value }) => value)"):
        load(page, {"loss": loss, "gamma": 0, "step": 0.1, "order": "alternating"})
        assert page.get_attribute(ELEMENT, "data-holds") == "true", loss


def test_hands_and_keys_choose_the_start_and_a_failed_claim_is_red(open_page: OpenPage) -> None:
    page = opened(open_page)
    canvas = page.locator("#dirac-portrait")
    before = picture(page, "#dirac-portrait")
    canvas.click(position={"x": 60, "y": 60})
    page.wait_for_function("before => document.getElementById('dirac-portrait').toDataURL() !== before", arg=before)
    started = page.evaluate("document.querySelector('aigc-dirac').settings.start")
    assert started[0] > 1 and started[1] < -1

    canvas.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.querySelector('aigc-dirac').settings.start[1]") > started[1]
    page.keyboard.press("-")
    assert page.evaluate("document.querySelector('aigc-dirac').settings.reach") == 5

    page.evaluate(
        """() => {
          const element = document.querySelector('aigc-dirac');
          element.game.jacobian = () => [[0, -0.5], [0.3, 0]];
          element.measure();
        }"""
    )
    expect(page.locator("[data-claim=growth]")).to_have_attribute("data-holds", "false")
    colours = page.locator("[data-claim=growth] td").first.evaluate(
        "cell => [getComputedStyle(cell).color, getComputedStyle(document.body).getPropertyValue('--aigc-bad')]"
    )
    assert colours == ["rgb(179, 38, 30)", "#b3261e"]

    page.locator("#dirac-alternating").click()
    expect(page.locator("#dirac-formula")).to_contain_text("determinant 1")
    expect(page.locator("[data-claim=growth]")).to_have_attribute("data-holds", "true")


@pytest.mark.parametrize("path", ["/zh/#explain/dirac/critical"])
def test_a_phone_shows_the_preset_of_the_address(open_page: OpenPage, path: str) -> None:
    page = opened(open_page, path, viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    expect(page.locator("[data-preset=critical]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#dirac-nature")).to_contain_text("临界阻尼")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#dirac-portrait").tap(position={"x": 40, "y": 200})
    assert page.evaluate("document.querySelector('aigc-dirac').settings.start[1]") < -1
    label = page.get_attribute("#dirac-distance", "aria-label")
    assert label and "步" in label
