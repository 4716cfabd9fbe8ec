"""The panel that looks inside: feature maps, the nearest training digits, and another model at the same z."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, picture

pytestmark = pytest.mark.browser

INSIDE = "/en/?panel=inside#generate"
MOVE = "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true})); }"
STAGES = """() => [...document.querySelectorAll('#inside-maps > section')].map(stage => {
  const canvas = stage.querySelector('.aigc-maps canvas');
  return {
    name: stage.dataset.stage, title: stage.querySelector('h4').textContent, shape: stage.querySelector('header span').textContent,
    says: stage.querySelector('.aigc-note').textContent, width: canvas.width, height: canvas.height,
    colours: new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size,
  };
})"""
GREYS = """([name, count]) => {
  const canvas = document.querySelector(name);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return [...data].filter((_, i) => i % 4 === 0).slice(0, count);
}"""


def painted(page: Page, selector: str) -> int:
    return int(page.get_attribute(selector, "data-painted") or 0)


def wait_for_paint(page: Page, selector: str, beyond: int = 0) -> None:
    page.wait_for_function(
        "([name, n]) => Number(document.querySelector(name)?.dataset.painted) > n", arg=[selector, beyond]
    )


def open_piece(page: Page, name: str) -> None:
    page.locator(f"#generate-inside-{name}").click()


# -- feature maps --------------------------------------------------------------------------------------------------------


def test_every_stage_from_z_to_the_picture_is_shown(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    wait_for_paint(page, "#inside-maps")
    stages = page.evaluate(STAGES)
    assert (stages[0]["name"], stages[0]["shape"]) == ("z", "64")
    assert stages[-1]["shape"] == "28 × 28 × 1"
    assert "7 × 7 × 96" in [stage["shape"] for stage in stages]
    assert len(stages) >= 5
    titles = [stage["title"] for stage in stages]
    assert [
        any(word in title for title in titles) for word in ("Dense", "Convolution", "Pixel shuffle", "Picture")
    ] == [True] * 4
    assert any("tanh" in stage["says"] for stage in stages)
    assert all(stage["says"] and stage["colours"] > 2 for stage in stages), stages


def test_the_last_stage_is_the_picture_itself(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    wait_for_paint(page, "#inside-maps")
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0")
    last = page.evaluate(GREYS, ["#inside-maps > section:last-child .aigc-maps canvas", 784])
    shown = page.evaluate(GREYS, ["#generate-image", 784])
    assert max(abs(a - b) for a, b in zip(last, shown, strict=True)) <= 2  # 257 shades from −1 to 1


def test_the_maps_follow_a_slider_beside_them(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    wait_for_paint(page, "#inside-maps")
    page.wait_for_selector("#inside-hand input[type=range]")
    before, count = picture(page, "[data-stage=conv1] .aigc-maps"), painted(page, "#inside-maps")
    page.locator("#inside-hand input[type=range]").first.evaluate(MOVE, "2.5")
    wait_for_paint(page, "#inside-maps", count)
    assert picture(page, "[data-stage=conv1] .aigc-maps") != before


def test_many_moves_within_a_frame_are_one_drawing(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    wait_for_paint(page, "#inside-maps")
    page.wait_for_selector("#inside-hand input[type=range]")
    page.wait_for_timeout(500)
    count = painted(page, "#inside-maps")
    page.locator("#inside-hand input[type=range]").first.evaluate(
        """slider => { for (let i = 0; i < 50; i++) {
          slider.value = i / 25; slider.dispatchEvent(new Event('input', { bubbles: true }));
        } }"""
    )
    wait_for_paint(page, "#inside-maps", count)
    page.wait_for_timeout(800)
    assert painted(page, "#inside-maps") - count <= 3


def test_a_map_can_be_chosen_with_pointer_and_keys(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    wait_for_paint(page, "#inside-maps")
    canvas = page.locator("[data-stage=conv1] .aigc-maps canvas")
    canvas.hover(position={"x": 3, "y": 3})
    expect(canvas).to_have_attribute("aria-valuenow", "1")
    first = picture(page, "[data-stage=conv1] .aigc-loupe")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    expect(canvas).to_have_attribute("aria-valuenow", "2")
    expect(canvas).to_have_attribute("aria-valuemax", "96")
    assert picture(page, "[data-stage=conv1] .aigc-loupe") != first
    about = page.locator("[data-stage=conv1] .aigc-about")
    expect(about).to_contain_text("channel 2 of 96")
    expect(about).to_contain_text(" to ")
    expect(about).to_contain_text("% zeros")
    page.keyboard.press("End")
    expect(canvas).to_have_attribute("aria-valuenow", "96")
    page.locator("[data-stage=z] canvas").first.focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-stage=z] .aigc-about")).to_contain_text("unit 1 of 64")


def test_a_panel_that_is_not_open_paints_nothing(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    wait_for_paint(page, "#inside-maps")
    inside = "document.querySelector('#inside-maps')"
    page.evaluate(f"window.maps = {inside}; 0")
    for leave in ("#generate-inside-neighbours", "#generate-tab-move"):
        page.locator(leave).click()
        page.wait_for_timeout(400)
        count = page.evaluate("window.maps.dataset.painted")
        page.locator("#generate-random").click()
        page.wait_for_timeout(600)
        assert page.evaluate("window.maps.dataset.painted") == count


def test_where_the_server_draws_a_sentence_says_that_nothing_can_be_seen(open_page: OpenPage) -> None:
    page = open_page("/en/")
    refuse: Callable[[Route], None] = lambda route: route.fulfill(status=409, json={"error": "Not portable."})  # noqa: E731
    page.route("**/models/fast/generator.net", refuse)
    page.goto(page.url.split("/en/")[0] + INSIDE)
    expect(page.locator(".aigc-panel-inside")).to_contain_text("cannot look inside")
    assert page.locator("#inside-maps > section").count() == 0
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0")


# -- neighbours ----------------------------------------------------------------------------------------------------------


def answer(distance: float, label: int = 3) -> dict[str, Any]:
    image = base64.b64encode(bytes(784)).decode()
    row = {"image": image, "label": label, "index": 0, "distance": distance}
    return {"neighbours": [row] * 8, "typical": 5.0, "typical_by_label": [5.0] * 10, "dataset": "digits5k"}


def test_the_nearest_training_digits_come_with_their_distances_and_a_verdict(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    open_piece(page, "neighbours")
    expect(page.locator("#inside-neighbours figure")).to_have_count(9)  # the generated digit and eight others
    names = page.evaluate(
        "() => [...document.querySelectorAll('#inside-neighbours canvas')].map(one => one.getAttribute('aria-label'))"
    )
    distances = [float(name.rsplit(" ", 1)[1]) for name in names[1:]]
    assert distances == sorted(distances)
    assert 1 < distances[0] < 15
    assert picture(page, "#inside-neighbours figure:first-child") == picture(page, "#generate-image")
    expect(page.locator(".aigc-panel-inside .aigc-judged")).to_have_attribute("data-verdict", "own")
    expect(page.locator(".aigc-panel-inside")).to_contain_text("0.5 to 0.75 is near")


def test_the_verdict_follows_the_distance(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    cases = [(2.4, "copy", "Looks memorised"), (2.6, "near", "Rather near"), (3.8, "own", "No sign of memorising")]
    given: list[float] = []
    page.route("**/neighbours", lambda route: route.fulfill(json=answer(given[-1])))
    judged = page.locator(".aigc-panel-inside .aigc-judged")
    for distance, verdict, said in cases:
        given.append(distance)
        page.locator("#generate-random" if given[1:] else "#generate-inside-neighbours").click()
        expect(judged).to_have_attribute("data-verdict", verdict)
        expect(judged).to_contain_text(said)
        expect(page.locator(".aigc-panel-inside")).to_contain_text(f"{distance / 5:.2f} times")


def test_a_moving_hand_asks_once_it_rests(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    asked: list[dict[str, Any]] = []

    def reply(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or ""))
        route.fulfill(json=answer(4.0))

    page.route("**/neighbours", reply)
    open_piece(page, "neighbours")
    expect(page.locator("#inside-neighbours figure")).to_have_count(9)
    before = len(asked)
    page.evaluate("() => { for (let i = 0; i < 5; i++) document.querySelector('#generate-random').click(); }")
    page.wait_for_timeout(1500)
    assert len(asked) == before + 1
    assert asked[-1]["z"] == page.evaluate(
        "import(document.querySelector('script[src$=\"main.js\"]').src.replace('main.js', 'latent-state.js')).then(m => m.state.z)"
    )
    assert asked[-1]["count"] == 8


def test_a_refusal_is_shown_as_a_sentence(open_page: OpenPage) -> None:
    page = open_page(INSIDE)
    page.route("**/neighbours", lambda route: route.fulfill(status=400, json={"error": "The digits are being sorted."}))
    open_piece(page, "neighbours")
    expect(page.locator(".aigc-panel-inside .aigc-judged")).to_have_text("The digits are being sorted.")


# -- two models ----------------------------------------------------------------------------------------------------------


def lend_models(page: Page, *others: dict[str, Any]) -> None:
    """Let the list have more models: each is the shipped one under another name, with what is given changed."""

    def listed(route: Route) -> None:
        found = route.fetch().json()
        own = next(model for model in found["models"] if model["id"] == "fast")
        route.fulfill(json={"models": [own, *({**own, "kind": "run", **other} for other in others)]})

    page.route("**/models", listed)


def as_shipped(page: Page, name: str) -> None:
    """What is asked of this model, the shipped one answers."""
    page.route(
        f"**/models/{name}/**", lambda route: route.continue_(url=route.request.url.replace(f"/{name}/", "/fast/"))
    )


TWIN = {"id": "twin", "title": {"zh": "孪生", "en": "Twin"}}
OTHER = {"id": "other", "title": {"zh": "别的", "en": "Other"}, "latent_size": 100, "conditional": False}


def test_two_clicks_show_another_model_at_the_same_z(open_page: OpenPage) -> None:
    page = open_page("/en/")
    lend_models(page, TWIN)
    as_shipped(page, "twin")
    page.goto(page.url.split("/en/")[0] + "/en/?hide=nothing#generate")
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0")
    page.locator("#generate-tab-inside").click()
    page.locator("#generate-inside-compare").click()
    wait_for_paint(page, "#inside-compared")
    left, right = (picture(page, f"#inside-compared figure:nth-child({n})") for n in (1, 2))
    assert left == right == picture(page, "#generate-image")
    expect(page.locator("#inside-compared")).to_contain_text("0.0 / 255")
    ten = page.evaluate("document.querySelector('#inside-compared .aigc-ten').width")
    assert ten == 5 * 28
    count = painted(page, "#inside-compared")
    page.locator("#generate-random").click()
    wait_for_paint(page, "#inside-compared", count)
    page.wait_for_timeout(500)
    assert picture(page, "#inside-compared figure:nth-child(2)") == picture(page, "#generate-image") != left


def test_spaces_of_different_sizes_are_told(open_page: OpenPage) -> None:
    page = open_page("/en/")
    lend_models(page, OTHER)
    page.route(
        "**/models/other/generator.net", lambda route: route.fulfill(status=409, json={"error": "Not portable."})
    )
    sizes: list[int] = []

    def draw(route: Route) -> None:
        rows = json.loads(route.request.post_data or "")["z"]
        sizes.extend(map(len, rows))
        route.fulfill(body=bytes([128]) * 784 * len(rows), content_type="application/octet-stream")

    page.route("**/models/other/render", draw)
    page.goto(page.url.split("/en/")[0] + INSIDE)
    open_piece(page, "compare")
    wait_for_paint(page, "#inside-compared")
    assert set(sizes) == {100}
    notes = page.locator("#inside-compare")
    expect(notes).to_contain_text("Here z has 64 numbers, there 100: the first 64 are the same")
    expect(notes).to_contain_text("“Other” does not take a wish")


def test_a_model_that_vanishes_is_named_and_the_page_goes_on(open_page: OpenPage) -> None:
    page = open_page("/en/")
    lend_models(page, TWIN)
    as_shipped(page, "twin")
    page.goto(page.url.split("/en/")[0] + INSIDE)
    open_piece(page, "compare")
    wait_for_paint(page, "#inside-compared")
    page.unroute("**/models")
    lend_models(page)  # whatever else this home holds by now, the page is told of the shipped model alone
    page.wait_for_timeout(500)  # the list is not asked for again at once
    with page.expect_response("**/models"):
        page.locator("#tab-models-button").click()
    page.locator("#tab-generate-button").click()
    expect(page.locator("#inside-compare")).to_contain_text("That other model is gone.")
    expect(page.locator("#inside-compare")).to_contain_text("Train one")
    page.locator("#generate-random").click()
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 1")


def test_two_cards_of_the_models_tab_lead_to_the_comparison(open_page: OpenPage) -> None:
    page = open_page("/en/")
    lend_models(page, OTHER, TWIN)
    as_shipped(page, "twin")
    page.goto(page.url.split("/en/")[0] + "/en/?hide=nothing#models")
    page.locator("[data-model=twin] [data-act=compare]").click()
    page.locator("#models-compare-studio").click()
    wait_for_paint(page, "#inside-compared")
    expect(page.locator("#inside-other")).to_have_value("fast")
    expect(page.locator("#generate-model")).to_have_value("twin")
