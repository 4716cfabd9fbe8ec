"""A set is downloaded from the page: progress, cancel, what is said when it fails, and training on it afterwards."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, start, stop
from tests.hub.fake_hub import FakeHub, Faults
from tests.hub.made_sets import put_kana

pytestmark = pytest.mark.browser

KANA = ".aigc-hub [data-key=kmnist]"


@pytest.fixture
def fake(image_hub: FakeHub, session_home: Path) -> Iterator[FakeHub]:
    put_kana(image_hub, train=200, test=20)
    yield image_hub
    if image_hub.faults.hold is not None:
        image_hub.faults.hold.set()
    image_hub.faults = Faults()
    shutil.rmtree(session_home / "hub", ignore_errors=True)


def open_dialog(page: Page) -> None:
    page.locator("#train-dataset-hub").click()
    page.wait_for_selector(KANA)


def in_state(page: Page, state: str) -> None:
    page.wait_for_selector(f"{KANA}[data-state={state}]")


def test_a_set_is_downloaded_chosen_and_trained_on(open_page: OpenPage, fake: FakeHub) -> None:
    page = open_page()
    open_dialog(page)
    row = page.locator(KANA)
    expect(row).to_contain_text("Not downloaded yet (31 MB)")
    assert not fake.asked  # nothing is fetched by looking

    fake.faults.hold = threading.Event()
    row.get_by_role("button", name="Download (31 MB)").click()
    page.wait_for_function("name => document.querySelector(name)?.value > 0", arg=f"{KANA} progress")
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_contain_text("Cancelled; no half file was left.")
    in_state(page, "absent")
    fake.faults.hold.set()
    fake.faults = Faults()

    row.get_by_role("button", name="Download (31 MB)").click()
    in_state(page, "ready")
    expect(row).to_contain_text("On this machine: 200 images to train on, 20 held out")
    row.get_by_role("button", name="Train on it").click()
    expect(page.locator("#train-dataset input")).to_have_value(re.compile("KMNIST"))
    page.wait_for_selector("#train-data img[data-shown=kmnist]")
    run = start(page, seconds=60)
    told = page.evaluate(
        "id => fetch(`../runs?runs=${id}`).then((a) => a.json()).then(({ runs }) => runs.find((run) => run.run === id))",
        run,
    )
    assert told["dataset"] == "kmnist"
    stop(page)


def test_what_is_not_there_is_marked_and_says_how_to_get_it(open_page: OpenPage, fake: FakeHub) -> None:
    page = open_page("/zh/?dataset=kmnist")
    expect(page.locator("#train-notice")).to_contain_text("datasets get kmnist")  # the address asks for too much
    page.locator("#train-dataset input").click()
    page.get_by_role("option", name=re.compile("KMNIST.*未下载，31 MB")).click()
    expect(page.locator("#train-dataset-hub")).to_have_text("下载（31 MB）")
    page.locator("#train-start").click()
    expect(page.locator("#train-notice")).to_contain_text("datasets get kmnist")
    fake.faults.status = 500
    page.locator("#train-dataset-hub").click()  # the button of the set that is chosen begins at once
    expect(page.locator(f"{KANA} .aigc-hub-words")).to_contain_text("现在不能提供服务（500）")


def test_a_page_that_is_loaded_anew_follows_the_download_that_goes_on(open_page: OpenPage, fake: FakeHub) -> None:
    page = open_page()
    fake.faults.hold = threading.Event()
    open_dialog(page)
    page.locator(KANA).get_by_role("button", name="Download").click()
    page.wait_for_function("name => document.querySelector(name)?.value > 0", arg=f"{KANA} progress")
    page.reload()
    page.wait_for_selector("body[data-aigc-ready]", state="attached")
    open_dialog(page)
    in_state(page, "going")
    fake.faults.hold.set()
    in_state(page, "ready")


def test_on_a_phone_nothing_sticks_out(open_page: OpenPage, fake: FakeHub) -> None:
    page = open_page("/zh/", viewport={"width": 390, "height": 844})
    page.evaluate("document.getElementById('train-dataset-hub').click()")
    page.wait_for_selector(KANA)
    assert page.evaluate(
        "() => { const dialog = document.querySelector('dialog.aigc-dialog'); "
        "return dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= innerWidth; }"
    )
