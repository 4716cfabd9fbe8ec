"""Teaching the shipped model a drawn glyph in the page: chosen in a dialog, watched, measured, and asked for."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_own_data import open_panel, ready, use_it
from tests.data.pictured import drawings, zipped


def test_a_model_learns_a_glyph_beside_its_digits(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    open_panel(page)
    page.set_input_files("#own-files", zipped(tmp_path / "hooks.zip", drawings(10, "hook/")))
    ready(page)
    key = use_it(page)
    open_panel(page)
    page.locator("[data-view=mine]").click()
    page.locator(f".aigc-own-kept [data-key='{key}']").get_by_role("button", name="Teach it to a model").click()
    form = page.locator("form.aigc-finetune")
    expect(form.locator("[name=model]")).to_have_value("fast")
    expect(form.locator("[name=dataset]")).to_have_value(key)
    form.locator("[name=seconds]").fill("1")
    form.get_by_role("button", name="Start").click()
    expect(form.get_by_role("alert")).to_contain_text("between 5 and 600")  # nothing was lost: the form is still there
    form.locator("[name=seconds]").fill("5")
    form.get_by_role("button", name="Start").click()
    expect(form).to_have_count(0)
    status = page.locator("#train-status")
    expect(status).to_have_attribute("data-state", "finished", timeout=240_000)
    outcome = page.locator("aigc-outcome")
    expect(outcome).to_contain_text("before:", timeout=60_000)
    expect(outcome).to_contain_text("“hook” looks like yours")
    run = status.get_attribute("data-run")
    page.evaluate("id => dispatchEvent(new CustomEvent('aigc:model', { detail: { id } }))", run)
    page.get_by_role("tab", name="Generate").click()
    keys = page.locator("#generate-label input")
    expect(keys).to_have_count(12)  # eleven classes, and all at once
    keys.nth(10).check(force=True)
    expect(page.locator("#generate-image")).to_have_attribute("data-model", run or "")
    expect(page.locator("#generate-image")).to_have_attribute("aria-label", re.compile("hook"), timeout=30_000)
