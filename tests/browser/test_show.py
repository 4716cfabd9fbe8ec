"""The run before an audience: the time machine, what is measured, races, the stage, sharing, and human against D."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, picture, start, step_of, stop, wait_for_step

pytestmark = pytest.mark.browser

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
SCRUB = """place => {
  const range = document.querySelector('#train-replay input[type=range]');
  range.value = place;
  range.dispatchEvent(new Event('input', { bubbles: true }));
}"""
SCRUBBER = """() => {
  const range = document.querySelector('#train-replay input[type=range]');
  const total = document.querySelector('#train-ledger [data-key=d_total] .aigc-number').textContent;
  return [range.value, range.max, document.querySelector('#train-replay output').textContent, total];
}"""


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def wait_for_frames(page: Page, count: int) -> None:
    page.wait_for_function(f"() => (window.aigc.store.frames?.list.length ?? 0) >= {count}")


def close_dialog(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_new_data_never_moves_the_scrubber_and_everything_goes_with_it(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    wait_for_frames(page, 12)
    newest = [picture(page, name) for name in ("#train-samples", "#train-scores")]
    page.evaluate(SCRUB, 1)
    page.wait_for_timeout(800)
    then, before = page.evaluate(SCRUBBER), [picture(page, name) for name in ("#train-samples", "#train-scores")]
    assert before[0] != newest[0]
    assert before[1] != newest[1]
    wait_for_step(page, step_of(page) + 20)
    wait_for_frames(page, 18)
    assert page.evaluate(SCRUBBER) == then
    assert [picture(page, name) for name in ("#train-samples", "#train-scores")] == before
    page.locator("#replay-latest").click()
    page.wait_for_function(f"() => Number(document.querySelector('#train-replay input').max) > {then[1]}")
    assert page.evaluate("document.querySelector('#train-replay input').value") != then[0]
    stop(page)


def test_any_run_plays_again_at_a_chosen_speed(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    wait_for_frames(page, 8)
    stop(page)
    page.wait_for_selector("#train-outcome[data-final]")
    page.locator("#replay-speed").select_option("8")
    page.evaluate(
        "window.seen = []; window.aigc.store.on('cursor', () => window.seen.push(window.aigc.store.cursor?.step ?? -1)); 0"
    )
    page.locator("#replay-play").click()
    page.wait_for_selector("#replay-play[data-playing=false]")
    *steps, end = page.evaluate("window.seen")
    assert end == -1  # it follows the newest moment again
    assert len(set(steps)) >= 8
    assert steps == sorted(steps)
    page.locator("#train-replay input").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("window.aigc.store.cursor.step") < page.evaluate("window.aigc.store.run.step")
    page.locator("#replay-best").click()
    best = page.evaluate("window.aigc.store.run.best.step")
    assert page.evaluate("window.aigc.store.cursor.step") == best


def test_figures_say_on_how_many_digits_where_and_when(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    source = page.locator("#train-figures .aigc-figures-body > .aigc-caption")
    expect(source).to_contain_text(
        re.compile(r"N = \d+ · seed \d+ · step \d+, [\d.]+ s of training · measured in [\d.]+ s · .*(CPU|GPU)")
    )
    expect(page.locator("#train-figures .aigc-fd-value")).to_contain_text(re.compile(r"\d.*real against real \d"))
    assert page.locator("#train-classes .aigc-classes > i").count() == 10
    ask = page.locator("#train-figures [data-figure=coverage]")
    ask.click()
    expect(page.locator("#train-figures .aigc-figure-words")).to_contain_text("real digits")
    expect(ask).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#train-scores canvas")).to_have_attribute("aria-label", re.compile("overlap"))
    stop(page)


def test_the_ledger_says_what_the_totals_mean_and_why(open_page: OpenPage) -> None:
    page = open_page()
    start(page)
    ledger = page.locator("#train-ledger")
    for player in ("d", "g"):
        expect(ledger.locator(f"[data-player={player}] .aigc-reading")).not_to_be_empty()
    expect(ledger.locator(".aigc-verdict")).not_to_be_empty()
    expect(ledger.locator(".aigc-evidence li").first).to_contain_text(re.compile(r"\d"))
    stop(page)


def test_the_code_of_a_run_can_be_read_copied_and_taken_away(open_page: OpenPage) -> None:
    page = open_page(**CLIPBOARD)
    start(page)
    stop(page)
    page.locator("#run-code").click()
    expect(page.locator(".aigc-code")).to_contain_text("keras")
    page.locator("#code-copy").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.includes('keras'))")
    assert copied(page) == page.locator(".aigc-code code").text_content()
    with page.expect_download() as download:
        page.locator("#code-download").click()
    assert download.value.suggested_filename.endswith("script.py")
    close_dialog(page)
    page.locator("#run-exports").click()
    with page.expect_download() as download:
        page.locator("[data-export=csv]").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("step")


def test_a_run_is_shared_by_code_and_link(open_page: OpenPage) -> None:
    page = open_page(**CLIPBOARD)
    run = start(page)
    page.locator("#share-open").click()
    code = page.locator(".aigc-qr")
    page.wait_for_function("() => document.querySelector('.aigc-qr').naturalWidth > 0")
    shown = parse_qs(urlsplit(code.get_attribute("src") or "").query)["text"][0]
    assert parse_qs(urlsplit(shown).query)["run"] == [run]
    page.locator("#share-copy").click()
    expect(page.locator("#share-copy")).to_have_text("Copied")
    assert copied(page) == shown
    close_dialog(page)
    stop(page)
    guest = open_page(shown[shown.index("/en/") :])
    guest.wait_for_selector(f'#train-status[data-run="{run}"]', state="attached")


def test_the_stage_obeys_single_keys(open_page: OpenPage) -> None:
    page = open_page("/en/?stage=1")
    expect(page.locator("#aigc-header")).to_be_hidden()
    page.keyboard.press("1")  # the first preset begins
    page.wait_for_selector("#train-status[data-state=training]")
    wait_for_step(page, 3)
    page.keyboard.press("Space")
    page.wait_for_selector("#train-status[data-state=paused]")
    page.wait_for_timeout(300)
    at = step_of(page)
    page.keyboard.press("ArrowRight")
    wait_for_step(page, at + 1)
    page.keyboard.press("Space")
    wait_for_step(page, at + 2)
    page.keyboard.press("q")
    expect(page.locator("dialog .aigc-qr")).to_be_visible()
    assert "stage" not in (page.locator(".aigc-address").text_content() or "")
    close_dialog(page)
    expect(page.locator("#train-samples")).to_be_in_viewport()
    expect(page.locator("#train-ledger .aigc-total").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#aigc-header")).to_be_visible()
    assert "stage" not in page.url
    stop(page)


def test_a_phone_plays_a_round_against_d(open_page: OpenPage) -> None:
    page = open_page("/zh/", viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator("#share-game").tap()
    choices = page.locator(".aigc-choices button")
    expect(page.locator(".aigc-duel-digit")).to_be_visible()
    for turn in range(10):
        expect(page.locator(".aigc-duel [role=status]")).to_contain_text(str(turn + 1))
        choices.nth(turn % 2).tap()
    expect(page.locator(".aigc-result")).to_contain_text(re.compile(r"\d+ / 10.*\d+ / 10"))
    assert page.locator(".aigc-hand figure").count() == 10
    expect(page.locator(".aigc-standing [data-player=d]")).to_contain_text("%")
    expect(page.locator(".aigc-standing [data-player=you]")).to_contain_text("/ 10")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    hall = open_page()
    hall.locator("#share-open").click()
    expect(hall.locator(".aigc-standing [data-player=human]")).to_contain_text(re.compile(r"Everybody \(\d+\).*% "))


def test_two_runs_race_and_the_standing_follows_what_is_measured(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#share-race").click()
    expect(page.locator(".aigc-runners fieldset")).to_have_count(2)
    page.locator(".aigc-race-form label", has_text="Seconds").locator("input").fill("5")
    page.locator(".aigc-race-form [type=submit]").click()
    page.wait_for_selector("aigc-race .aigc-lane[data-frame]")
    assert "race=" in page.url
    assert page.locator(".aigc-lane").count() == 2
    page.wait_for_function(
        "() => [...document.querySelectorAll('.aigc-lane')].every((lane) => lane.dataset.state === 'finished')"
    )
    expect(page.locator(".aigc-standings li")).to_have_count(2)
    figures = [float(text) for text in page.locator(".aigc-standings b").all_inner_texts()]
    assert figures == sorted(figures)
    leader = page.locator(".aigc-lane.aigc-leads")
    expect(leader).to_have_count(1)
    expect(leader).to_contain_text("No. 1")
    page.locator("#race-curve").select_option("g_total")
    expect(page.locator(".aigc-race-chart canvas")).to_have_attribute("aria-label", re.compile("L_G"))
    page.reload()
    page.wait_for_selector("aigc-race .aigc-lane[data-state=finished]")
    page.locator("#race-leave").click()
    expect(page.locator("#train-samples")).to_be_visible()
    assert "race=" not in page.url


def test_the_list_of_runs_leads_back_to_one(open_page: OpenPage) -> None:
    page = open_page()
    run = start(page)
    stop(page)
    page.goto(page.url.split("?")[0])
    page.wait_for_selector("body[data-aigc-ready]", state="attached")
    page.locator("#share-runs").click()
    page.locator(f'.aigc-runs li[data-run="{run}"] button').first.click()
    page.wait_for_selector(f'#train-status[data-run="{run}"][data-state=stopped]', state="attached")
    assert f"run={run}" in page.url


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
@pytest.mark.parametrize("query", ["", "?stage=1"])
def test_nothing_runs_out_of_the_screen(open_page: OpenPage, width: int, height: int, query: str) -> None:
    page = open_page(f"/zh/{query}", viewport={"width": width, "height": height})
    page.wait_for_function("() => document.querySelector('#train-ledger .katex')")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
