"""Pressing Start and what follows, as a visitor does it."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, picture, start, step_of, stop, wait_for_step

pytestmark = pytest.mark.browser


def test_noise_becomes_digits_and_every_term_streams(open_page: OpenPage, address: str) -> None:
    page = open_page()
    run = start(page, seconds=8)
    first = picture(page, "#train-samples")
    frames = int(page.get_attribute("#train-chart", "data-frame") or 0)
    page.wait_for_selector("#train-status[data-state=finished]")
    assert picture(page, "#train-samples") != first
    assert int(page.get_attribute("#train-chart", "data-frame") or 0) > frames + 10
    exact = httpx.get(f"{address}/runs/{run}/metrics", params={"from": 1, "to": 5}, trust_env=False).json()
    assert {"d_real", "d_fake", "g_adversarial", "d_total", "g_total"} <= set(exact["keys"])
    assert exact["first"] == 1
    assert len(exact["rows"]) == 5
    assert f"run={run}" in page.url
    # The figures under the grid come from 1,000 samples of the finished generator.
    page.wait_for_selector("#train-outcome[data-final]")
    expect(page.locator("#train-outcome")).to_contain_text("digit-FD")
    checkpoint = next(
        model for model in httpx.get(f"{address}/models", trust_env=False).json()["models"] if model["id"] == run
    )
    if step_of(page) >= 200:  # a machine too slow for that many steps has shown all it can
        assert checkpoint["figures"]["label_accuracy"] > 0.8


def test_pause_step_resume_and_stop(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    page.locator("#train-pause").click()
    page.wait_for_selector("#train-status[data-state=paused]")
    page.wait_for_timeout(300)
    paused_at = step_of(page)
    page.wait_for_timeout(700)
    assert step_of(page) == paused_at
    page.locator("#train-step").click()
    wait_for_step(page, paused_at + 1)
    page.wait_for_timeout(500)
    assert step_of(page) == paused_at + 1
    page.locator("#train-pause").click()
    wait_for_step(page, paused_at + 5)
    stop(page)
    stopped_at = step_of(page)
    page.wait_for_timeout(500)
    assert step_of(page) == stopped_at


def test_a_finished_run_trains_on(open_page: OpenPage) -> None:
    page = open_page()
    run = start(page, seconds=5)
    page.wait_for_selector("#train-status[data-state=finished]")
    steps = step_of(page)
    page.locator("#train-extend").click()
    wait_for_step(page, steps + 1)
    assert page.get_attribute("#train-status", "data-run") == run
    stop(page)


def test_reloading_in_mid_run_shows_the_same_run(open_page: OpenPage) -> None:
    page = open_page()
    run = start(page)
    wait_for_step(page, 10)
    before = step_of(page)
    page.reload()
    page.wait_for_selector(f'#train-status[data-run="{run}"]', state="attached")
    wait_for_step(page, before + 1)
    expect(page.locator("#train-ledger")).to_contain_text("0.5")  # the class term's weight: the ledger is drawn
    stop(page)


def test_two_followers_see_the_same_run(open_page: OpenPage) -> None:
    presenter = open_page()
    run = start(presenter)
    followers = [open_page(f"/{lang}/?run={run}") for lang in ("zh", "en")]
    wait_for_step(presenter, 20)
    for follower in followers:
        follower.wait_for_selector(f'#train-status[data-run="{run}"]', state="attached")
        wait_for_step(follower, 20)
    stop(presenter)
    for follower in followers:
        follower.wait_for_selector("#train-status[data-state=stopped]", state="attached")
        assert step_of(follower) == step_of(presenter)


def test_a_second_start_waits_in_the_queue(open_page: OpenPage) -> None:
    first, second = open_page(), open_page()
    start(first)
    second.locator("#train-start").click()
    second.wait_for_selector("#train-status[data-state=queued]")
    stop(first)
    second.wait_for_selector("#train-status[data-state=training]")
    stop(second)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bad_input_gets_one_sentence(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/{lang}/")
    notice = page.locator("#train-notice")
    for field, value in (("seconds", "0"), ("seconds", "9999"), ("seed", "-1"), ("seconds", "")):
        place = page.locator(f"#train-{field} input")
        usual = place.input_value()
        place.fill(value)
        notice.evaluate("notice => notice.replaceChildren()")  # what the last one said is no answer to this one
        page.locator("#train-start").click()
        expect(notice, f"{field} = {value!r}").not_to_be_empty()
        words = notice.inner_text()
        assert any("一" <= sign <= "鿿" for sign in words) == (lang == "zh"), words
        assert "Traceback" not in words
        assert page.get_attribute("#train-status", "data-state") == "idle", (field, value)
        place.fill(usual)


def test_a_link_to_no_run_says_so_and_the_page_works(open_page: OpenPage) -> None:
    page = open_page("/en/?run=nothing")
    expect(page.locator("#train-notice")).not_to_be_empty()
    start(page)
    stop(page)
