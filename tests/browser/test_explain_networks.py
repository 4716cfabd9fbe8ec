"""The networks chapter in a browser: diagrams of every recipe, what a layer says of itself, and studies of a batch."""

from __future__ import annotations

from playwright.sync_api import expect

from aigc_demo.explain.diagrams import diagram_of
from aigc_demo.explain.studies import STUDIES
from tests.browser.conftest import OpenPage


def test_networks_are_drawn_and_studied(open_page: OpenPage) -> None:
    page = open_page("/en/#explain/networks")
    chapter = page.locator("aigc-networks")
    for recipe in ("fast", "dcgan_tf"):
        page.locator("#nets-recipe").select_option(recipe)
        expect(chapter).to_have_attribute("data-recipe", recipe)
        for network in diagram_of(recipe).networks:
            drawn = chapter.locator(f".aigc-network[data-player={network.player}] li")
            assert [item.get_attribute("data-layer") for item in drawn.all()] == [
                layer.name for layer in network.layers
            ]
        marks = chapter.locator("[data-place=diagram] .aigc-checked tr[data-claim]")
        assert [mark.get_attribute("data-holds") for mark in marks.all()] == ["true"] * 4
    layer = chapter.locator(".aigc-network[data-player=d] li[data-layer=conv2]")
    button = layer.locator("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    detail = layer.locator(".aigc-layer-detail")
    expect(detail).to_contain_text("5 × 5 × 64 × 128 = 204,800")
    expect(detail).to_contain_text("of all")
    table = chapter.locator(".aigc-network[data-player=g] .aigc-network-table")
    table.locator("summary").click()
    expect(table.locator("tfoot")).to_contain_text("2,330,944")
    for study in STUDIES:
        card = chapter.locator(f"[data-study={study}]")
        card.locator("[data-look]").click()
        expect(card).to_have_attribute("data-holds", "true")
        assert card.locator("canvas").count() > 0
        assert "{" not in card.inner_text()  # every place of its sentences is filled


def test_a_link_chooses_the_recipe_and_a_phone_shows_it_in_one_column(open_page: OpenPage) -> None:
    page = open_page("/zh/#explain", viewport={"width": 390, "height": 844})
    chapter = page.locator("aigc-networks")
    expect(chapter.locator("#nets-recipe")).to_be_attached()
    page.evaluate("location.hash = 'explain/networks/tutorial_cnn'")
    expect(chapter).to_have_attribute("data-recipe", "tutorial_cnn")
    first, second = (chapter.locator(f".aigc-network[data-player={player}]").bounding_box() for player in "gd")
    assert first and second and second["y"] > first["y"] + first["height"] - 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-train]").click()
    page.wait_for_selector("#tab-train", state="visible")
    expect(page.locator("#train-recipe input").first).to_have_value("教程文字所述的 CNN")
