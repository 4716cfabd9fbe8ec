"""Data of one's own in the page: sent, looked at, changed, kept, drawn, and chosen for the next run."""

from __future__ import annotations

from pathlib import Path

import httpx
import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.data.pictured import drawings, zipped


def open_panel(page: Page) -> None:
    page.locator("#train-dataset-own").click()
    expect(page.locator("dialog.aigc-own")).to_be_visible()


def ready(page: Page) -> None:
    expect(page.locator(".aigc-own-preview")).to_have_attribute("data-state", "ready")


def use_it(page: Page) -> str:
    """Keep what is looked at; gives the key that the form then holds."""
    page.locator("#own-use").click()
    expect(page.locator("dialog.aigc-own")).to_have_count(0)
    page.wait_for_url("**dataset=own*")
    return page.evaluate("new URL(location.href).searchParams.get('dataset')")


def pixels(page: Page, selector: str) -> list[str]:
    return page.eval_on_selector_all(selector, "images => images.map((image) => image.src)")


def test_an_archive_is_converted_before_ones_eyes_and_chosen(open_page: OpenPage, address: str, tmp_path: Path) -> None:
    page = open_page()
    expect(page.locator(".aigc-data-strip[data-shown=digits5k]")).to_be_visible()
    entries = [*drawings(7, "hooks/"), *drawings(5, "lines/"), ("lines/broken.png", b"no picture")]
    open_panel(page)
    page.set_input_files("#own-files", zipped(tmp_path / "my <i>set.zip", entries))
    ready(page)
    pairs = page.locator(".aigc-own-pairs figure")
    expect(pairs).to_have_count(12)
    expect(page.locator(".aigc-own-report")).to_contain_text("12 images can be used")
    expect(page.locator(".aigc-own-report")).to_contain_text("lines/broken.png")
    fitted = pixels(page, ".aigc-own-pairs figure img:last-child")
    page.locator("#own-fit").select_option("resize")
    expect(pairs.first).to_contain_text("scaled")
    expect(pairs.first).not_to_contain_text("centred")
    ready(page)
    assert pixels(page, ".aigc-own-pairs figure img:last-child") != fitted
    key = use_it(page)
    expect(page.locator("#train-dataset input")).to_have_value("my <i>set")
    expect(page.locator(f".aigc-data-strip[data-shown='{key}']")).to_be_visible()
    expect(page.locator(".aigc-data-note")).to_contain_text("2 classes")
    judged = httpx.post(f"{address}/plan", json={"dataset": key}, trust_env=False).json()
    assert judged["dataset"] == key and not judged["refused"]

    open_panel(page)
    page.locator("[data-view=mine]").click()
    row = page.locator(f".aigc-own-kept [data-key='{key}']")
    row.locator("input").fill("Hooks")
    row.locator("input").press("Enter")
    expect(page.locator(f".aigc-own-kept [data-key='{key}'] input")).to_have_value("Hooks")
    page.keyboard.press("Escape")
    expect(page.locator("#train-dataset input")).to_have_value("Hooks")


def test_what_cannot_be_used_is_said_in_the_panel(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/zh/")
    open_panel(page)
    trouble = page.locator(".aigc-own-trouble")
    (tmp_path / "notes.txt").write_text("no picture")
    page.set_input_files("#own-files", tmp_path / "notes.txt")
    expect(trouble).to_contain_text("请只选图片")
    np.savez(tmp_path / "a.npz", pixels=np.zeros(3))
    page.set_input_files("#own-files", tmp_path / "a.npz")
    expect(trouble).to_contain_text("images")
    expect(page.locator("#own-use")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.aigc-own")).to_have_count(0)


def draw(page: Page, place: int) -> None:
    box = page.locator("#own-pad").bounding_box()
    assert box is not None
    x, y, side = box["x"], box["y"], box["width"]
    page.mouse.move(x + 0.3 * side, y + (0.2 + 0.02 * place) * side)
    page.mouse.down()
    page.mouse.move(x + 0.7 * side, y + 0.5 * side, steps=3)
    page.mouse.move(x + 0.3 * side, y + (0.8 - 0.03 * place) * side, steps=3)
    page.mouse.up()
    page.locator("#own-take").click()
    expect(page.locator(".aigc-own-glyph.aigc-chosen .aigc-own-drawings button")).to_have_count(place + 1)


def test_glyphs_are_drawn_and_become_classes(open_page: OpenPage) -> None:
    page = open_page()
    open_panel(page)
    page.locator("[data-view=draw]").click()
    expect(page.locator("#own-take")).to_be_disabled()
    for place in range(5):
        draw(page, place)
    page.locator("#own-add-glyph").click()
    page.locator(".aigc-own-glyph.aigc-chosen input").fill("hat")
    draw(page, 0)
    page.locator("#own-drawn").click()
    expect(page.locator(".aigc-own-trouble")).to_contain_text("at least 5")
    for place in range(1, 5):
        draw(page, place)
    page.locator("#own-drawn").click()
    ready(page)
    expect(page.locator(".aigc-own-report")).to_contain_text("hat: 5")
    expect(page.locator(".aigc-own-report")).to_contain_text("glyph 1: 5")
    use_it(page)
    expect(page.locator("#train-dataset input")).to_have_value("My glyphs")
