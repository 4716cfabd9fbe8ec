"""The panel of the disk in the Models tab: what is pinned stays, what is removed is gone, and making room asks first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

RUN = "e" * 20
OLD = 1_000_000_000.0  # older than anything that other tests leave, so that it stands first


@pytest.fixture
def folder(session_home: Path) -> Iterator[Path]:
    """What a damaged run has left on the disk."""
    folder = session_home / "runs" / RUN
    folder.mkdir(parents=True)
    (folder / "run.json").write_bytes(b"{" * 50_000)
    for path in (folder / "run.json", folder):
        os.utime(path, (OLD, OLD))
    yield folder
    for path in sorted(folder.glob("*")) if folder.exists() else ():
        path.unlink()
    if folder.exists():
        folder.rmdir()


@pytest.fixture
def page(folder: Path, open_page: OpenPage) -> Page:
    page = open_page("/en/")
    page.locator("#tab-models-button").click()
    page.locator("#models-storage summary").click()
    return page


def test_a_run_is_pinned_let_go_and_removed(page: Page, folder: Path) -> None:
    row = page.locator(f"#models-storage tr[data-id='{RUN}']")
    expect(row).to_contain_text("goes as number 1")
    row.locator("[data-act=pin]").click()
    expect(row).to_contain_text("stays: pinned")
    expect(row.locator("[data-act=remove]")).to_have_count(0)
    assert (folder / "pinned").is_file()
    row.locator("[data-act=pin]").click()
    expect(row.locator("[data-act=remove]")).to_be_visible()
    row.locator("[data-act=remove]").click()
    expect(row).to_have_count(0)
    assert not folder.exists()
    said = page.locator("#models-storage [role=status]")
    expect(said).to_contain_text("For 10 minutes they can be had back")
    undo = page.locator("#models-storage details > div > [data-act=undo]")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(said).to_have_text("It is back.")
    expect(row).to_contain_text("goes as number 1")
    assert (folder / "run.json").is_file()
    row.locator("[data-act=remove]").click()
    page.locator("#models-storage tr", has_text=RUN).locator("[data-act=empty]").click()
    expect(said).to_contain_text("freed")
    assert not list((folder.parents[1] / "trash").glob(f"*/*{RUN}"))


def test_what_can_be_made_again_is_asked_for_twice(page: Page, folder: Path) -> None:
    cache = folder.parents[1] / "cache" / "made-again"
    cache.mkdir(parents=True)
    (cache / "x").write_bytes(b"x" * 1000)
    os.utime(cache, (OLD, OLD))
    page.evaluate("document.querySelector('#models-storage details').dispatchEvent(new Event('toggle'))")
    row = page.locator("#models-storage tr[data-id='made-again']")
    row.locator("[data-act=remove]").click()
    sure = row.locator("[data-act=remove]")
    expect(sure).to_have_text("Yes, remove it for good")
    with page.expect_response("**/storage"):  # the list read anew does not take the question away
        page.evaluate("document.querySelector('#models-storage details').dispatchEvent(new Event('toggle'))")
    page.wait_for_timeout(300)
    expect(sure).to_have_text("Yes, remove it for good")
    assert cache.exists(), "the first click only asks"
    sure.click()
    expect(page.locator("#models-storage [role=status]")).to_contain_text("freed")
    assert not cache.exists()


def test_making_room_says_first_what_goes(page: Page, folder: Path) -> None:
    page.locator("#models-storage [data-act=free]").click()
    dialog = page.locator("#models-storage-free")
    expect(dialog.locator("li").first).to_contain_text(RUN)
    half = dialog.get_by_role("button", name="Down to half of the limit")
    half.click()
    expect(half).to_have_attribute("aria-pressed", "true")
    expect(dialog).to_contain_text("There is nothing that may go")
    expect(dialog.locator(".aigc-primary")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert folder.exists()
