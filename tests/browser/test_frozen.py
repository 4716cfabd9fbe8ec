"""The frozen replay in a real browser: opened from the disk, without a network, it plays the run by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from aigc_demo.exports.replay import replay
from aigc_demo.runs.recorded import open_recorded
from aigc_demo.runs.run import Run
from aigc_demo.ui.frozen import frozen_page
from tests.browser.offline import OpenFile, opened_offline

MOST_BYTES = 4_000_000
LAST = f"{open_recorded().record.step:,}"  # as the page writes it
NOW = "aigc-replay output"


def _probe(step: int, shift: float) -> dict[str, Any]:
    """What was measured at `step`, D being surer by `shift`."""
    counts = [0] * 12 + [40, 200, 400, 200, 40] + [0] * 7
    scores = {
        "lo": -8.0, "hi": 8.0, "real": counts, "fake": counts[::-1], "n": 880,
        "mean_real": 0.6 + shift, "mean_fake": 0.4 - shift,
    }  # fmt: skip
    figures = {
        "digit_fd": 40.0 - 100 * shift, "digit_fd_floor": 4.0, "kid": 0.02, "kid_error": 0.002, "precision": 0.9,
        "recall": 0.8, "density": 0.9, "coverage": 0.8, "class_kl": 0.01, "classes": [0.1] * 10, "label_accuracy": 0.95,
        "diversity": 0.9, "memorisation": 1.0, "d_gap": 0.1, "n": 512, "seed": 0, "cost": 0.1,
    }  # fmt: skip
    inner = {"g.attention.gamma": -shift, "d.attention.gamma": 0.5 + shift}  # as of a network with attention
    return {"step": step, "seconds": step / 100, "index": 0, "scores": scores, "figures": figures, "inner": inner}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded run as a visitor's own, with a change, two probes and a device."""
    run = Run(open_recorded(), recorded=True)
    facts = run.snapshot() | {
        "run": "0123456789abcdef0123",
        "probes": [_probe(100, 0.0), _probe(800, 0.2)],
        "changes": [{"step": 300, "key": "lr.g", "from": 0.003, "to": 0.001}],
        "device": {"name": "CPU · 2 cores", "kind": "cpu", "why": {"zh": "", "en": ""}},
    }
    frames = [frame for line in run.frames.listing() if (frame := run.frames.get(line["index"]))]
    path = tmp_path_factory.mktemp("frozen") / "replay.html"
    path.write_bytes(replay(facts, frames, frozen_page(), "en"))
    return path


@pytest.fixture
def open_file(browser: Browser, file: Path) -> Iterator[OpenFile]:
    with opened_offline(browser, file, "body[data-aigc-ready]", "aigc-samples canvas[aria-label]") as open_one:
        yield open_one


def _step(page: Page) -> int:
    return int("".join(filter(str.isdigit, page.inner_text(NOW))))


def test_the_file_is_small_enough_to_be_sent(file: Path) -> None:
    assert file.stat().st_size < MOST_BYTES


def test_it_shows_the_run_as_it_ended(open_file: OpenFile) -> None:
    page = open_file()
    expect(page).to_have_title("Fast: digits in seconds · Non-saturating (the standard GAN) · AIGC Demo replay")
    expect(page.locator("#frozen-facts")).to_contain_text(LAST)
    expect(page.locator("#frozen-facts")).to_contain_text("CPU · 2 cores")
    for part in ("chart", "samples", "replay", "ledger", "scores", "classes", "figures", "inner"):
        expect(page.locator(f"aigc-{part}")).to_be_visible()
    expect(page.locator("aigc-ledger math").first).to_be_visible()
    assert not page.locator("aigc-ledger .aigc-formula", has_text="\\").count()
    expect(page.locator("aigc-inner")).to_contain_text("Attention's gate γ")
    expect(page.locator("aigc-inner .aigc-scores-legend")).to_contain_text("G −0.200")
    expect(page.locator("aigc-inner canvas")).to_have_attribute("aria-label", re.compile("D 0.700"))
    assert "frozen." not in page.inner_text("body")


def test_every_word_is_there_in_both_languages(open_file: OpenFile) -> None:
    """A string whose key was not put into the file would show as its key."""
    for lang in ("en", "zh"):
        page = open_file(f"#{lang}")
        keys = page.evaluate(
            r"""() => {
              const known = Object.keys(window.aigcFrozen.catalogue.strings);
              const shown = document.body.innerText + [...document.querySelectorAll('[aria-label], [title]')]
                .map((element) => ` ${element.getAttribute('aria-label')} ${element.title}`).join(' ');
              const words = shown.match(/\b[a-z]+(\.[a-zA-Z_]+)+\b/g) ?? [];
              return [known.length, words.filter((word) => word !== 'lr.g')];
            }"""
        )
        assert keys[0] > 50
        assert keys[1] == []


def test_the_slider_takes_everything_to_one_moment(open_file: OpenFile) -> None:
    page = open_file()
    total = page.locator("aigc-ledger [data-key=d_total] .aigc-number span")
    before = (page.evaluate("document.querySelector('aigc-samples canvas').toDataURL()"), total.inner_text())
    slider = page.locator("aigc-replay input")
    slider.evaluate("(range) => { range.value = 1; range.dispatchEvent(new Event('input', { bubbles: true })); }")
    page.wait_for_function(f"() => !/{LAST}/.test(document.querySelector('{NOW}').textContent)")
    expect(total).not_to_have_text(before[1])
    page.wait_for_function("(old) => document.querySelector('aigc-samples canvas').toDataURL() !== old", arg=before[0])
    assert _step(page) < 100


def test_space_and_arrows_play_it(open_file: OpenFile) -> None:
    page = open_file()
    page.locator("#replay-speed").select_option("8")
    page.locator("h3, #frozen-about").first.click()  # the focus goes back to the page
    page.keyboard.press("Home")
    assert _step(page) < 10
    page.keyboard.press("ArrowRight")
    first = _step(page)
    page.keyboard.press("Space")
    page.wait_for_function(f"() => Number(document.querySelector('{NOW}').textContent.replace(/\\D/g, '')) > {first}")
    page.wait_for_function(f"() => /{LAST}/.test(document.querySelector('{NOW}').textContent)")  # and comes to its end
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"() => !/{LAST}/.test(document.querySelector('{NOW}').textContent)")


def test_the_language_is_a_link_inside_the_file(open_file: OpenFile) -> None:
    page = open_file()
    page.locator("#language").click()
    page.wait_for_selector("html[lang=zh-CN] body[data-aigc-ready]")
    expect(page.locator("#frozen-about")).to_contain_text("回放")
    expect(page.locator("#language .aigc-here")).to_have_text("中文")
    page.locator("#language").click()
    page.wait_for_selector("html[lang=en] body[data-aigc-ready]")


def test_it_is_dark_where_the_system_is_and_may_be_turned(open_file: OpenFile) -> None:
    page = open_file(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#aigc-theme").click()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    assert open_file().evaluate("getComputedStyle(document.body).backgroundColor") == light


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_it_fits_every_screen(open_file: OpenFile, width: int) -> None:
    page = open_file("#zh", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, a')]
          .filter((element) => element.offsetParent && element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert small == []
