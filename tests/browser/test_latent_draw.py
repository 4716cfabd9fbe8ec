"""Drawing a digit: what the networks say of it, the search for its z, and drawings and answers that are no use."""

from __future__ import annotations

import base64
import io
import json
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, open_tab, picture

INVERT = "**/models/*/invert"
ZERO = [(0.5 + 0.24 * math.sin(a), 0.5 - 0.36 * math.cos(a)) for a in np.linspace(0, 2 * math.pi, 30)]
ONE = [(0.5, 0.12), (0.49, 0.5), (0.48, 0.9)]

# The page's next search hears what the test says, line by line.
LISTEN = """() => {
  const fetched = window.fetch;
  window.fetch = (address, options) => {
    if (!String(address).endsWith('/invert')) return fetched(address, options);
    window.asked = JSON.parse(options.body);
    options.signal.addEventListener('abort', () => (window.left = true));
    const body = new ReadableStream({ start: (control) => (window.stream = control) });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/x-ndjson' } }));
  };
}"""
ALIKE = """([one, other]) => {
  const read = (name) => document.querySelector(name).getContext('2d').getImageData(0, 0, 28, 28).data;
  const others = read(other);
  return read(one).every((value, i) => Math.abs(value - others[i]) <= 4);
}"""
# A mouse that goes to and fro from the top to the bottom.
SCRIBBLE = """(pad, count) => {
  const { left, top, width, height } = pad.getBoundingClientRect();
  for (let i = 0; i < count; i++) {
    const [across, down] = [Math.abs(((i / 115) % 2) - 1), i / count];
    pad.dispatchEvent(new PointerEvent('pointermove', {
      pointerId: 1, pointerType: 'mouse', buttons: 1,
      clientX: left + (0.02 + 0.96 * across) * width, clientY: top + (0.02 + 0.96 * down) * height,
    }));
  }
}"""
TELL = "line => window.stream.enqueue(new TextEncoder().encode(line))"


@pytest.fixture
def panel(open_page: OpenPage) -> Page:
    return opened(open_page())


def opened(page: Page) -> Page:
    """The panel, with the classifier and D at hand."""
    open_tab(page, "generate")
    page.locator("#generate-tab-draw").click()
    page.wait_for_selector("#draw-pad")
    page.wait_for_selector("#generate-image:not([data-frame='0'])")
    expect(page.locator("#draw-d")).to_have_text(re.compile("waits"))
    expect(page.locator(".aigc-guess")).to_have_text(re.compile("waits"))
    return page


def stroke(page: Page, places: Iterable[tuple[float, float]], steps: int = 4) -> None:
    """With the mouse, through places in shares of the pad's side."""
    page.locator("#draw-pad").scroll_into_view_if_needed()
    box = page.locator("#draw-pad").bounding_box()
    assert box
    first, *rest = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*first)
    page.mouse.down()
    for place in rest:
        page.mouse.move(*place, steps=steps)
    page.mouse.up()


def seen(page: Page) -> np.ndarray:
    """What the networks see: [28, 28] of bytes."""
    data = base64.b64decode(picture(page, "#draw-seen").split(",", 1)[1])
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


def first_guess(page: Page, digit: int) -> None:
    expect(page.locator("#draw-classes")).to_have_attribute("data-first", str(digit))


def label(page: Page) -> str:
    return page.locator("#generate-label input:checked").get_attribute("value") or ""


def png(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(content, kind)
    return content.getvalue()


def upload(page: Page, content: bytes, name: str = "digit.png", kind: str = "image/png") -> None:
    page.locator("#draw-file").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def note(page: Page) -> Any:
    return expect(page.locator(".aigc-source-note"))


# -- what the networks say ------------------------------------------------------------------------------------------------


def test_the_classifier_reads_what_the_mouse_draws_and_d_gives_its_score(panel: Page) -> None:
    stroke(panel, ONE)
    first_guess(panel, 1)
    expect(panel.locator("#draw-d")).to_have_text(re.compile(r"D = σ\(s\) = .* asked as a 1"))
    expect(panel.locator("#draw-verdict")).to_have_text(
        re.compile(r"scores higher than \d+% of the real digits and \d+%")
    )
    heard = panel.locator(".aigc-panel-draw > .aigc-unseen[role=status]")
    expect(heard).to_have_text(re.compile("classifier reads a 1.*asked as a 1"))
    one = panel.get_attribute("#draw-d", "data-score")
    panel.locator("#draw-clear").click()
    expect(panel.locator("#draw-classes")).to_have_attribute("data-first", "")
    expect(panel.locator("#draw-d")).to_have_text(re.compile("waits"))
    stroke(panel, ZERO)
    first_guess(panel, 0)
    assert panel.get_attribute("#draw-d", "data-score") != one
    panel.locator("#draw-label").select_option("1")
    expect(panel.locator("#draw-d")).to_have_text(re.compile("asked as a 1"))


def test_the_picture_is_fitted_as_mnist_was(panel: Page) -> None:
    stroke(panel, [(0.1, 0.1), (0.12, 0.4)])
    first_guess(panel, 1)
    pixels = seen(panel).astype(float)
    rows = np.flatnonzero(pixels.max(axis=1) > 8)
    y, x = np.mgrid[:28, :28] + 0.5
    assert 19 <= np.ptp(rows) + 1 <= 21
    assert abs((pixels * x).sum() / pixels.sum() - 14.5) < 0.1
    assert abs((pixels * y).sum() / pixels.sum() - 14.5) < 0.1


def test_a_stroke_can_be_undone(panel: Page) -> None:
    stroke(panel, ONE)
    first_guess(panel, 1)
    before = picture(panel, "#draw-pad")
    stroke(panel, [(0.2, 0.2), (0.8, 0.8)])
    assert picture(panel, "#draw-pad") != before
    panel.locator("#draw-undo").click()
    assert picture(panel, "#draw-pad") == before
    panel.locator("#draw-undo").click()
    expect(panel.locator("#draw-seen")).to_have_attribute("data-kind", "empty")
    expect(panel.locator("#draw-undo")).to_be_disabled()


def test_the_keyboard_draws(panel: Page) -> None:
    panel.locator("#draw-label").focus()
    panel.locator("#draw-pad").focus()
    panel.keyboard.press(" ")
    for _ in range(12):
        panel.keyboard.press("Shift+ArrowDown")
    panel.keyboard.press(" ")
    panel.keyboard.press("ArrowRight")  # the pen is up
    first_guess(panel, 1)
    panel.keyboard.press("Backspace")
    expect(panel.locator("#draw-seen")).to_have_attribute("data-kind", "empty")


def test_on_a_phone_the_pad_takes_a_finger_beside_the_picture(open_page: OpenPage) -> None:
    page = opened(open_page(viewport={"width": 390, "height": 844}, has_touch=True))
    assert page.eval_on_selector("#draw-pad", "pad => getComputedStyle(pad).touchAction") == "none"
    page.locator("#draw-pad").tap(position={"x": 150, "y": 150})
    expect(page.locator("#draw-seen")).to_have_attribute("data-kind", "dot")
    stroke(page, ONE)
    for name in ("#draw-pad", "#generate-image"):
        expect(page.locator(name)).to_be_in_viewport(ratio=1)
    box = page.locator("#draw-pad").bounding_box()
    assert box and box["width"] >= 280 and box["width"] == pytest.approx(box["height"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# -- drawings that are no digits ------------------------------------------------------------------------------------------


def test_an_empty_pad_is_not_searched(panel: Page) -> None:
    expect(panel.locator("#draw-search")).to_be_disabled()
    expect(panel.locator("#draw-undo")).to_be_disabled()
    expect(panel.locator("#draw-advice")).to_be_empty()


def test_a_dot_is_called_a_dot_and_stays_small(panel: Page) -> None:
    stroke(panel, [(0.7, 0.3)])
    expect(panel.locator("#draw-advice")).to_have_text(re.compile("only a dot"))
    assert 0 < (seen(panel) > 30).sum() < 100
    stroke(panel, ONE)
    expect(panel.locator("#draw-advice")).to_be_empty()


def test_a_filled_pad_and_thousands_of_points_are_borne(panel: Page) -> None:
    """The browser delivers the first and the last point; those between are told to the pad, for the test's own sake."""
    pad = panel.locator("#draw-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    panel.mouse.move(box["x"] + 4, box["y"] + 4)
    panel.mouse.down()
    pad.evaluate(SCRIBBLE, 5000)
    panel.mouse.up()
    expect(panel.locator("#draw-advice")).to_have_text(re.compile("nearly all ink"))
    expect(panel.locator("#draw-search")).to_be_enabled()
    assert math.isfinite(float(panel.get_attribute("#draw-d", "data-score") or "nan"))
    panel.locator("#draw-undo").click()
    stroke(panel, ONE)
    first_guess(panel, 1)


# -- other ways onto the pad ----------------------------------------------------------------------------------------------


def test_a_real_digit_comes_onto_the_pad_unchanged_and_each_time_another(panel: Page) -> None:
    panel.locator("#draw-example-4").click()
    first_guess(panel, 4)
    one, before = seen(panel), picture(panel, "#draw-seen")
    panel.locator("#draw-example-4").click()
    panel.wait_for_function(f"document.querySelector('#draw-seen').toDataURL() !== {json.dumps(before)}")
    digits = json.loads(panel.request.get(panel.url.split("/en/")[0] + "/digits.json").text())
    known = np.frombuffer(base64.b64decode(digits["images"]), np.uint8).reshape(-1, 28, 28)
    assert sum(digits["labels"][i] == 4 and (known[i] == one).all() for i in range(len(known))) == 1


def test_a_photo_dark_on_light_becomes_ink(panel: Page) -> None:
    paper = np.random.default_rng(0).normal(200, 4, (300, 400))
    paper[60:240, 190:212] = 40
    upload(panel, png(paper.clip(0, 255), "JPEG"), "photo.jpg", "image/jpeg")
    first_guess(panel, 1)
    assert seen(panel)[0, 0] == 0 and seen(panel).max() > 200


def test_a_transparent_picture_with_white_ink_is_read(panel: Page) -> None:
    pixels = np.zeros((120, 120, 4))
    pixels[15:105, 55:66] = 255
    upload(panel, png(pixels))
    first_guess(panel, 1)


def test_files_that_are_no_use_are_explained(panel: Page) -> None:
    upload(panel, b"\x89PNG\r\n\x1a\n" + bytes(200))
    note(panel).to_have_text(re.compile("may be damaged"))
    upload(panel, b"hello", "notes.txt", "text/plain")
    note(panel).to_have_text(re.compile("Only PNG and JPEG"))
    upload(panel, bytes(5_000_001))
    note(panel).to_have_text(re.compile("too large"))
    upload(panel, png(np.full((50, 50), 180)))
    note(panel).to_have_text(re.compile("no ink to be seen"))
    expect(panel.locator("#draw-seen")).to_have_attribute("data-kind", "empty")
    stroke(panel, ONE)
    note(panel).to_be_empty()
    first_guess(panel, 1)


# -- the search -----------------------------------------------------------------------------------------------------------


def test_the_z_of_a_drawn_digit_is_found_and_becomes_the_point(panel: Page) -> None:
    before = picture(panel, "#generate-image")
    assert label(panel) == "3"
    stroke(panel, ZERO)
    first_guess(panel, 0)
    panel.locator("#draw-search").click()
    expect(panel.locator("#draw-search-status")).to_have_text(re.compile("every slider works on your digit"))
    assert label(panel) == "0"
    expect(panel.locator("#draw-found")).to_have_text(re.compile(r"G draws it as a 0; that took [\d.]+ s"))
    assert float(panel.get_attribute(".aigc-found", "data-error") or "nan") < 0.2
    assert panel.locator(".aigc-label-errors li").count() == 10
    shown = [picture(panel, f"[data-picture={name}] canvas") for name in ("drawing", "made", "difference", "nearest")]
    assert len(set(shown)) == 4 and shown[0] == picture(panel, "#draw-seen")
    panel.wait_for_function(ALIKE, arg=["#generate-image", "[data-picture=made] canvas"])  # the page's own drawing
    panel.locator("#draw-back").click()
    panel.wait_for_function(f"document.querySelector('#generate-image').toDataURL() === {json.dumps(before)}")
    assert label(panel) == "3"
    expect(panel.locator("#draw-back")).to_be_hidden()


def test_progress_is_shown_and_the_best_so_far_is_painted(panel: Page) -> None:
    panel.evaluate(LISTEN)
    stroke(panel, ONE)
    panel.locator("#draw-label").select_option("7")
    panel.locator("#draw-search").click()
    panel.wait_for_function("window.stream")
    assert panel.evaluate("asked.label") == 7
    assert np.array_equal(panel.evaluate("asked.image"), seen(panel).ravel())
    panel.evaluate(TELL, '{"waiting": 2}\n')
    expect(panel.locator("#draw-search-status")).to_have_text(re.compile("^2 in front of you"))
    step = {"progress": 0.4, "z": [0.1] * 64, "label": 7, "error": 0.25}
    line = json.dumps(step) + "\n"
    panel.evaluate(TELL, line[:30])  # lines need not come whole
    panel.evaluate(TELL, line[30:])
    panel.wait_for_selector("#draw-live:not([data-frame='0'])")
    expect(panel.locator("#draw-progress")).to_have_attribute("value", "0.4")
    expect(panel.locator(".aigc-so-far")).to_have_text("error so far 0.250, drawn as a 7")


def test_cancelling_ends_the_search_and_moves_nothing(panel: Page) -> None:
    panel.evaluate(LISTEN)
    before = picture(panel, "#generate-image")
    stroke(panel, ZERO)
    panel.locator("#draw-search").click()
    panel.wait_for_function("window.stream")
    expect(panel.locator("#draw-search")).to_be_disabled()
    panel.locator("#draw-cancel").click()
    expect(panel.locator("#draw-search-status")).to_have_text(re.compile("Cancelled"))
    assert panel.evaluate("window.left")
    expect(panel.locator("#draw-cancel")).to_be_hidden()
    expect(panel.locator("#draw-search")).to_be_enabled()
    assert picture(panel, "#generate-image") == before


def test_a_search_ends_where_nobody_looks_any_more(panel: Page) -> None:
    panel.evaluate(LISTEN)
    stroke(panel, ZERO)
    panel.locator("#draw-search").click()
    panel.wait_for_function("window.stream")
    panel.locator("#generate-tab-sliders").click()
    panel.wait_for_function("window.left")


FAILURES: dict[str, tuple[dict[str, Any], str]] = {
    "gone": (
        {"status": 404, "json": {"error": "There is no such model any more."}},
        "There is no such model any more.",
    ),
    "server's error": ({"status": 500, "body": "<html>"}, "."),
    "failed": ({"status": 200, "body": '{"error": "The search failed."}\n'}, "The search failed."),
    "cut short": ({"status": 200, "body": '{"progress": 0.1, "z": [0], "label"'}, "The connection broke"),
    "nothing": ({"status": 200, "body": ""}, "The connection broke"),
}


def answering(answer: dict[str, Any]) -> Callable[[Route], None]:
    return lambda route: route.fulfill(**answer)


def test_a_search_that_fails_says_why_and_can_be_tried_again(panel: Page) -> None:
    """Each search begins with another sentence and no alarm, so that none can pass by what the one before has left."""
    stroke(panel, ONE)
    first_guess(panel, 1)
    for name, (answer, sentence) in FAILURES.items():
        panel.unroute(INVERT)
        panel.route(INVERT, answering(answer))
        panel.locator("#draw-search").click()
        status = panel.locator("#draw-search-status[data-level=error]")
        expect(status, name).to_have_text(re.compile(re.escape(sentence)))
        expect(panel.locator("#draw-search"), name).to_be_enabled()
    panel.unroute(INVERT)
    panel.locator("#draw-search").click()
    expect(panel.locator("#draw-search-status")).to_have_text(re.compile("^Found"))


def test_without_a_connection_it_says_so(panel: Page) -> None:
    stroke(panel, ONE)
    first_guess(panel, 1)
    panel.route(INVERT, lambda route: route.abort())
    panel.locator("#draw-search").click()
    expect(panel.locator("#draw-search-status[data-level=error]")).not_to_be_empty()
    expect(panel.locator("#draw-search")).to_be_enabled()


def test_a_model_whose_d_cannot_be_had_leaves_the_rest_working(open_page: OpenPage) -> None:
    page = open_page()

    def refuse(route: Route) -> None:
        route.fulfill(status=409, json={"error": "This D looks at several digits at once."})

    page.route("**/discriminator.net", refuse)
    open_tab(page, "generate")
    page.locator("#generate-tab-draw").click()
    expect(page.locator("#draw-d")).to_have_text("This D looks at several digits at once.")
    stroke(page, ONE)
    first_guess(page, 1)
    expect(page.locator("#draw-search")).to_be_enabled()
    expect(page.locator(".aigc-ruler")).to_be_hidden()


def test_in_chinese_too(open_page: OpenPage) -> None:
    page = open_page("/zh/")
    open_tab(page, "generate")
    page.locator("#generate-tab-draw").click()
    stroke(page, ONE)
    expect(page.locator(".aigc-guess")).to_have_text(re.compile("把握|可能|拿不准"))
    expect(page.locator("#draw-d")).to_have_text(re.compile("按数字 1 来问"))
    assert Path(page.url.split("?")[0]).name == "zh"
