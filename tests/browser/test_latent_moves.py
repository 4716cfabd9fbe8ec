"""Moving through the latent space in a real browser: seeds, two ways from A to B, a walk, a path and its film, a map."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, open_tab, picture

STATE = (
    "(await import(document.querySelector('script[src$=\"main.js\"]').src.replace('main.js', 'latent-state.js'))).state"
)


def studio(page: Page, piece: str) -> None:
    """Open this way of moving, the model being there."""
    open_tab(page, "generate")
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0")
    page.locator("#generate-tab-move").click()
    page.locator(f"#generate-move-{piece}").click()
    expect(page.locator(f"#generate-move-{piece}")).to_have_attribute("aria-pressed", "true")


def point(page: Page) -> np.ndarray:
    return np.array(page.evaluate(f"async () => [...{STATE}.z]"))


def digits(page: Page, field: str) -> int:
    return int(page.get_attribute(field, "data-digits") or 0)


def wait_for_digits(page: Page, field: str, more_than: int = 0) -> None:
    page.wait_for_function(
        "([field, count]) => Number(document.querySelector(field).dataset.digits) > count", arg=[field, more_than]
    )


def rested(page: Page, field: str) -> int:
    """How many digits have been drawn once no more come."""
    seen = -1
    while seen != digits(page, field):
        seen = digits(page, field)
        page.wait_for_timeout(500)
    return seen


def frames(page: Page, canvas: str) -> int:
    return int(page.get_attribute(canvas, "data-frame") or 0)


def wait_for_frames(page: Page, canvas: str, more: int) -> None:
    page.wait_for_function(
        "([canvas, count]) => Number(document.querySelector(canvas).dataset.frame) >= count",
        arg=[canvas, frames(page, canvas) + more],
    )


def is_black(page: Page, selector: str) -> bool:
    content = base64.b64decode(picture(page, selector).partition(",")[2])
    return int(np.asarray(Image.open(io.BytesIO(content)).convert("L")).max()) == 0


# -- seeds -----------------------------------------------------------------------------------------------------------


def test_dragging_the_plane_of_seeds_moves_the_point_between_them(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "plane")
    plane = page.locator("#generate-plane")
    wait_for_digits(page, "#generate-plane", 20)
    assert not is_black(page, "#generate-plane")
    seed = page.locator("#generate-plane-seed")
    expect(seed).to_contain_text("seed 7")  # on which the page opens
    start = point(page)
    box = plane.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 42, middle[1] - 42, steps=6)
    page.mouse.up()
    expect(seed).to_contain_text("between 7 · 8 · 107 · 108")
    moved = point(page)
    assert not np.allclose(moved, start)
    assert 0.75 < np.linalg.norm(moved) / np.sqrt(len(moved)) < 1.25  # as long as a seed's
    page.locator("#generate-plane-snap").click()
    expect(seed).to_contain_text("seed")
    expect(page.locator("#generate-plane-snap")).to_be_disabled()


def test_the_plane_obeys_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("/zh/")
    studio(page, "plane")
    plane, seed = page.locator("#generate-plane"), page.locator("#generate-plane-seed")
    plane.focus()
    plane.press("Shift+ArrowRight")
    expect(seed).to_contain_text("种子 8")
    plane.press("ArrowDown")
    expect(seed).to_contain_text("在 8 · 108 之间")
    for _ in range(9):
        plane.press("ArrowDown")
    expect(seed).to_contain_text("种子 108")
    plane.press("Home")
    expect(seed).to_contain_text("种子 7")
    before = picture(page, "#generate-plane")
    plane.press("+")
    page.wait_for_function("before => document.querySelector('#generate-plane').toDataURL() !== before", arg=before)
    page.locator("#generate-random").click()
    expect(seed).to_contain_text("不在这个平面上")
    expect(page.locator(".aigc-panel-move [role=status]").first).to_contain_text("不在这个平面上")


def test_an_animation_of_the_plane_ends_when_the_panel_closes(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "plane")
    page.locator("#generate-plane-play").click()
    first = point(page)
    page.wait_for_function(f"async first => {STATE}.z[0] !== first", arg=first[0])
    page.locator("#generate-tab-sliders").click()
    at_rest = point(page)
    page.wait_for_timeout(600)
    assert np.array_equal(point(page), at_rest)
    page.locator("#generate-tab-move").click()
    expect(page.locator("#generate-plane-play")).to_have_attribute(
        "aria-pressed", "false"
    )  # and does not go on by itself
    page.wait_for_timeout(300)
    assert np.array_equal(point(page), at_rest)


def test_who_wants_no_motion_gets_to_a_seed_at_once(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    studio(page, "plane")
    box = page.locator("#generate-plane").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + 84, box["y"] + box["height"] / 2)
    assert "seed 8" in page.locator("#generate-plane-seed").inner_text()


# -- A and B ---------------------------------------------------------------------------------------------------------


def test_the_straight_way_is_shorter_in_its_middle(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "between")
    for way in ("lerp", "slerp"):
        page.wait_for_selector(f"#generate-{way} [data-painted]")
    lengths = {
        way: [float(text) for text in page.locator(f"#generate-{way} button span").all_inner_texts()]
        for way in ("lerp", "slerp")
    }
    assert lengths["lerp"][0] == lengths["slerp"][0] and lengths["lerp"][8] == lengths["slerp"][8]
    assert lengths["lerp"][4] < 0.8 * lengths["slerp"][4]
    assert lengths["slerp"][4] == pytest.approx((lengths["slerp"][0] + lengths["slerp"][8]) / 2, abs=0.02)
    middle = page.locator("#generate-lerp button").nth(4)
    middle.click()
    assert np.linalg.norm(point(page)) == pytest.approx(lengths["lerp"][4], abs=0.01)
    expect(middle).to_have_class("aigc-here")
    page.locator("#generate-set-b").click()
    expect(page.locator("#generate-slerp button").nth(8)).to_have_class("aigc-here")
    assert not is_black(page, "#generate-slerp button:nth-child(9)")


def test_classes_are_mixed_under_the_classifiers_eyes(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "between")
    expect(page.locator("#generate-blend-opinion")).to_contain_text("p(8)")
    page.locator("#generate-blend-to").select_option("1")
    expect(page.locator("#generate-blend-opinion")).to_contain_text("p(1)")
    before = picture(page, "#generate-image")
    page.locator("#generate-blend .aigc-pictures button").nth(10).click()
    page.wait_for_function("before => document.querySelector('#generate-image').toDataURL() !== before", arg=before)
    assert page.evaluate(f"async () => {STATE}.mix") == {"to": 1, "share": 1}
    expect(page.locator("#generate-blend")).to_contain_text("means nothing here")


# -- walking ---------------------------------------------------------------------------------------------------------


def test_a_walk_goes_on_until_it_is_paused(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "walk")
    start = point(page)
    page.wait_for_timeout(300)
    assert np.array_equal(point(page), start)  # nothing moves unasked
    page.locator("#generate-walk-play").click()
    wait_for_frames(page, "#generate-image", 5)
    page.locator("#generate-walk-play").click()
    paused = point(page)
    assert not np.allclose(paused, start)
    assert 0.6 < np.linalg.norm(paused) / np.sqrt(len(paused)) < 1.4
    page.wait_for_timeout(400)
    assert np.array_equal(point(page), paused)
    page.locator("#generate-walk-kind-loop").click()
    page.locator("#generate-walk-play").click()
    expect(page.locator("#generate-walk-where")).to_contain_text("of 3")
    page.evaluate("() => document.querySelector('#tab-train-button').click()")  # out of sight
    page.wait_for_timeout(300)
    away = point(page)
    page.wait_for_timeout(400)
    assert np.array_equal(point(page), away)


def test_36_digits_walk_together(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "walk")
    page.locator("#generate-wall-show").click()
    wait_for_frames(page, "#generate-wall", 1)
    first = picture(page, "#generate-wall")
    page.locator("#generate-walk-play").click()
    wait_for_frames(page, "#generate-wall", 10)
    page.locator("#generate-walk-play").click()
    content = base64.b64decode(picture(page, "#generate-wall").partition(",")[2])
    grey = np.asarray(Image.open(io.BytesIO(content)).convert("L"))
    assert grey.shape == (168, 168)
    cells = grey.reshape(6, 28, 6, 28).swapaxes(1, 2).reshape(36, 784)
    assert (cells.max(axis=1) > 128).all() and len(np.unique(cells, axis=0)) == 36
    assert picture(page, "#generate-wall") != first
    page.wait_for_timeout(300)
    at_rest = frames(page, "#generate-wall")
    page.wait_for_timeout(400)
    assert frames(page, "#generate-wall") == at_rest


# -- a path and its film ---------------------------------------------------------------------------------------------


def film_of(page: Page) -> Image.Image:
    content = page.evaluate(
        """async () => {
          const bytes = new Uint8Array(await (await fetch(document.querySelector('#generate-film-download').href)).arrayBuffer());
          return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
        }"""
    )
    return Image.open(io.BytesIO(base64.b64decode(content)))


def set_slider(page: Page, name: str, value: int) -> None:
    page.locator(f"#generate-{name} input").evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }", value
    )


def test_stops_become_a_path_and_a_film(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "path")
    expect(page.locator("#generate-film-make")).to_be_disabled()
    page.locator("#generate-stop-add").click()
    first = point(page)
    page.locator("#generate-random").click()
    page.locator("#generate-label label").nth(8).click()
    page.locator("#generate-stop-add").click()
    page.locator("#generate-stop-random").click()
    stops = page.locator("#generate-stops li")
    expect(stops).to_have_count(3)
    stops.nth(0).locator(".aigc-later").click()  # which a keyboard can reach as well
    stops.nth(1).locator(".aigc-jump").click()
    assert np.allclose(point(page), first, atol=1e-6)
    assert page.evaluate(f"async () => {STATE}.digit") == 3
    stops.nth(2).locator(".aigc-remove").click()
    expect(stops).to_have_count(2)
    set_slider(page, "film-between", 4)
    set_slider(page, "film-speed", 50)
    expect(page.locator("#generate-film-about")).to_contain_text("10 frames")
    page.locator("#generate-path-play").click()
    page.wait_for_function(f"async () => {STATE}.mix !== null")  # from one digit to the other
    page.locator("#generate-path-play").click()
    page.locator("#generate-film-make").click()
    expect(page.locator("#generate-film-download")).to_be_visible()
    film: Any = film_of(page)
    assert (film.format, film.size, film.n_frames, film.info["loop"]) == ("GIF", (224, 224), 10, 0)
    page.locator("#generate-film-format-webp").click()
    page.locator("#generate-film-size").select_option("1")
    page.locator("#generate-film-loop").uncheck()
    page.locator("#generate-film-make").click()
    expect(page.locator("#generate-film-download")).to_have_attribute("download", "fast-path.webp")
    film = film_of(page)
    assert (film.format, film.size, film.n_frames, film.info["loop"]) == ("WEBP", (28, 28), 6, 1)


def test_a_film_that_would_be_too_long_is_told_before(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "path")
    for _ in range(16):
        page.locator("#generate-stop-random").click()
    expect(page.locator("#generate-stop-add")).to_be_disabled()
    set_slider(page, "film-between", 60)
    expect(page.locator("#generate-film-about")).to_contain_text("more than 600")
    expect(page.locator("#generate-film-make")).to_be_disabled()
    set_slider(page, "film-between", 10)
    page.locator("#generate-film-size").select_option("16")
    expect(page.locator("#generate-film-make")).to_be_disabled()
    page.locator("#generate-film-size").select_option("8")
    expect(page.locator("#generate-film-make")).to_be_enabled()


def test_a_film_can_be_cancelled_and_a_refusal_is_a_sentence(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "path")
    for _ in range(2):
        page.locator("#generate-stop-random").click()
    page.route("**/animation", lambda route: None)  # never answered
    page.locator("#generate-film-make").click()
    expect(page.locator("#generate-film-progress")).to_be_visible()
    page.locator("#generate-film-cancel").click()
    expect(page.locator("#generate-film-result")).to_contain_text("Cancelled.")
    page.unroute("**/animation")
    page.route("**/animation", lambda route: route.fulfill(status=409, json={"error": "Come back later."}))
    page.locator("#generate-film-make").click()
    expect(page.locator("#generate-film-result")).to_contain_text("Come back later.")
    expect(page.locator("#generate-film-make")).to_be_enabled()


# -- the map ---------------------------------------------------------------------------------------------------------


def test_a_map_is_drawn_picked_from_and_zoomed(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "map")
    expect(page.locator("#generate-map-where")).to_contain_text("σ")
    wait_for_digits(page, "#generate-map")
    drawn = rested(page, "#generate-map")
    assert drawn > 100 and not is_black(page, "#generate-map")
    start, words = point(page), page.locator("#generate-map-where").inner_text()
    box = page.locator("#generate-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + 72, box["y"] + box["height"] / 2)
    expect(page.locator("#generate-map-where")).not_to_have_text(words)
    assert np.linalg.norm(point(page) - start) == pytest.approx(1, abs=0.05)  # 72 pixels are one σ
    assert rested(page, "#generate-map") == drawn  # it is still the same map
    page.mouse.wheel(0, -400)
    wait_for_digits(page, "#generate-map", drawn)
    zoomed = rested(page, "#generate-map")
    page.locator("#generate-random").click()  # beside the map: another map
    wait_for_digits(page, "#generate-map", zoomed)


def test_any_two_axes_span_a_map_but_not_one_twice(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "map")
    page.wait_for_selector("#generate-map-x option[value='output.0']", state="attached")
    page.locator("#generate-map-x").select_option("towards.b")
    page.locator("#generate-map-y").select_option("z.3")
    wait_for_digits(page, "#generate-map")
    page.locator("#generate-map-y").select_option("towards.b")
    expect(page.locator(".aigc-panel-move .aigc-note[role=status]")).to_contain_text("one direction")
    drawn = digits(page, "#generate-map")
    page.locator("#generate-map-y").select_option("output.0")
    wait_for_digits(page, "#generate-map", drawn)
    before = point(page)
    page.locator("#generate-map").press("ArrowUp")
    assert np.linalg.norm(point(page) - before) == pytest.approx(0.1, abs=1e-3)


def test_without_axes_there_is_a_map_of_the_coordinates(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/axes.json", lambda route: route.fulfill(status=409, json={"error": "No axes today."}))
    studio(page, "map")
    expect(page.locator(".aigc-panel-move .aigc-note[role=status]")).to_contain_text("No axes today.")
    wait_for_digits(page, "#generate-map")
    assert page.locator("#generate-map-x").input_value() == "z.0"


# -- everywhere ------------------------------------------------------------------------------------------------------


def test_a_server_that_is_gone_is_said_and_the_panel_goes_on(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "between")
    page.wait_for_selector("#generate-lerp [data-painted]")
    page.evaluate(
        f"""async () => {{
          const state = {STATE};
          const draw = state.renderer.render;
          const {{ RenderError }} = await import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'render.js'));
          state.renderer.render = () => Promise.reject(new RenderError('The model is gone.', 409));
          window.repair = () => (state.renderer.render = draw);
        }}"""
    )
    page.locator("#generate-other-b").click()
    trouble = page.locator(".aigc-panel-move [role=alert]")
    expect(trouble).to_have_text("The model is gone.")
    page.evaluate("() => { window.repair(); }")
    page.locator("#generate-other-b").click()
    expect(trouble).to_have_text("")


WIDE = """() => [...document.querySelectorAll('.aigc-panel-move *')].filter((element) => element.checkVisibility()
  && element.getBoundingClientRect().right > innerWidth + 0.5).map((element) => element.outerHTML.slice(0, 80))"""


def test_a_phone_shows_everything_without_scrolling_sideways(open_page: OpenPage) -> None:
    page = open_page("/zh/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for piece in ("plane", "between", "walk", "path", "map"):
        studio(page, piece)
        if piece == "path":
            for _ in range(5):
                page.locator("#generate-stop-random").click()
        if piece == "walk":
            page.locator("#generate-wall-show").click()
        assert page.evaluate(WIDE) == [], piece
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), piece


def test_a_model_without_class_codes_offers_no_mixture(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "between")
    expect(page.locator("#generate-blend .aigc-pictures")).to_be_visible()
    page.evaluate(
        f"""async () => {{
          const state = {STATE};
          state.renderer.render = async (points) => new Uint8Array(784 * points.length).fill(9);
          state.model = {{ ...state.model, conditional: false }};
          state.dispatchEvent(new Event('model'));
        }}"""
    )
    expect(page.locator("#generate-blend")).to_contain_text("no class codes at all")
    expect(page.locator("#generate-blend .aigc-pictures")).to_be_hidden()
    page.locator("#generate-move-path").click()
    page.locator("#generate-stop-random").click()
    page.locator("#generate-stop-random").click()
    page.locator("#generate-path-play").click()
    start = point(page)
    page.wait_for_function(f"async first => {STATE}.z[0] !== first", arg=start[0])


def test_another_kind_of_walk_may_be_chosen_on_the_way(open_page: OpenPage) -> None:
    page = open_page()
    studio(page, "walk")
    page.locator("#generate-walk-play").click()
    wait_for_frames(page, "#generate-image", 2)
    page.locator("#generate-walk-kind-loop").click()
    expect(page.locator("#generate-walk-where")).to_contain_text("of 3")
    page.locator("#generate-random").click()
    wait_for_frames(page, "#generate-image", 3)
    page.locator("#generate-walk-play").click()
