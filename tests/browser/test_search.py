"""The search for settings: a study of another program is seen and used, one's own is begun and stopped."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from aigc_demo.search import Results
from tests.browser.conftest import OpenPage
from tests.search.fakes import search, study

pytestmark = pytest.mark.browser

A_WHILE = 150_000  # milliseconds: a trial's trainer is compiled first


@pytest.fixture
def theirs(session_home: Path) -> Iterator[Results]:
    """A study that this process has made in the data folder of the program."""
    home = session_home / "studies"
    yield search(study(home, "theirs"), 12).results()
    shutil.rmtree(home)


def _open_search(page: Page) -> None:
    page.locator("#train-more > button").click()
    page.locator("#train-search").click()
    expect(page.locator(".aigc-search-range").first).to_be_visible()


def test_a_study_is_looked_at_and_a_trial_used(open_page: OpenPage, theirs: Results) -> None:
    page = open_page()
    _open_search(page)
    line = page.locator('[data-study="theirs"]')
    expect(line).to_contain_text(f"{theirs.counts()['complete']} complete")
    line.click()
    picker = page.locator(".aigc-search-trial select")
    assert theirs.best is not None
    expect(picker).to_have_value(str(theirs.best.number))
    expect(page.locator(".aigc-search-chart").first).to_have_attribute(
        "aria-label",
        f"Scatter of {len(theirs.complete)} complete trials; the best digit-FD is {theirs.best.digit_fd:.2f}",
    )
    other = theirs.trials[0].number
    _click_dot(page, theirs, other)
    expect(picker).to_have_value(str(other))
    page.locator('.aigc-search-by [data-by="number"]').click()
    page.get_by_role("button", name="Use in the Train form").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#train-notice")).to_contain_text(f"trial {other}")
    page.wait_for_function(
        "(wanted) => document.querySelector('[data-setting=\"lr.g\"] input.aigc-setting-value').value === wanted",
        arg=f"{float(theirs.trials[other].settings['lr.g']):g}",
    )


def _click_dot(page: Page, results: Results, number: int) -> None:
    """Click where the first chart has a trial: margins, seconds across from 0, the logarithm of digit-FD upwards."""
    points = {trial.number: (trial.seconds, trial.digit_fd) for trial in results.complete}
    points |= {
        trial.number: trial.rungs[-1][:0:-1] for trial in results.trials if trial.state == "pruned" and trial.rungs
    }
    logs = [math.log10(float(point[1] or 0)) for point in points.values()]
    low, high = min(logs) - 0.05, max(logs) + 0.05
    most = 1.06 * max(float(point[0] or 0) for point in points.values())
    canvas = page.locator(".aigc-search-chart").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    seconds, digit_fd = (float(value or 0) for value in points[number])
    x = 52 + (box["width"] - 68) * seconds / most
    y = 12 + (box["height"] - 50) * (1 - (math.log10(digit_fd) - low) / (high - low))
    canvas.click(position={"x": x, "y": y})


def test_a_search_is_begun_and_stopped(open_page: OpenPage, theirs: Results) -> None:
    page = open_page()
    _open_search(page)
    for box in page.locator(".aigc-search-range input[type=checkbox]:checked").all()[
        :0:-1
    ]:  # from the last, since the list shrinks
        box.uncheck()
    page.locator('[data-key="lr.g"] input[aria-label$="least"]').fill("0.1")
    page.locator('[data-key="lr.g"] input[aria-label$="most"]').fill("0.01")
    page.locator("#search-start").click()
    expect(page.locator(".aigc-search-error")).to_contain_text("lr.g=0.1..0.01")
    page.locator('[data-key="lr.g"] input[aria-label$="least"]').fill("0.001")
    page.locator("#search-steps").fill("100000")
    page.locator("#search-start").click()
    expect(page.locator(".aigc-search-study h3")).to_have_text("fast-non_saturating")
    page.get_by_role("button", name="Stop", exact=True).last.click()
    expect(page.get_by_role("button", name="10 more trials")).to_be_visible(timeout=A_WHILE)
    expect(page.locator(".aigc-search-state")).to_contain_text("1 failed")
