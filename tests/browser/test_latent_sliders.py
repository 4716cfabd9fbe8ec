"""The sliders of the latent studio in a real browser: axes, their strips, own directions, mixes, and what goes wrong."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from playwright.sync_api import FilePayload, Page, Route, expect

from aigc_demo.data import Dataset
from tests.browser.conftest import OpenPage, open_tab, picture, start, stop

STATE = """async () => {
  const { state } = await import(new URL('latent-state.js', document.querySelector('script[src$="main.js"]').src));
  return { z: state.z, mix: state.mix, truncation: state.truncation, digit: state.digit, model: state.model.id };
}"""
ROWS = ".aigc-panel-sliders [id^=generate-slider-]"
VALUE = "slider => Number(slider.value)"


def open_sliders(page: Page) -> None:
    open_tab(page, "generate")
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) >= 1")


def open_axes(page: Page, family: str = "named") -> None:
    open_sliders(page)
    if family != "named":
        page.locator(f"[data-family={family}]").click()
    page.wait_for_selector(f"#generate-slider-0[data-axis^='{family}.']")


def slider(page: Page, place: int) -> Any:
    return page.locator(f"#generate-slider-{place} input[type=range]")


def state_of(page: Page) -> dict[str, Any]:
    return page.evaluate(STATE)


def point_of(page: Page) -> np.ndarray:
    return np.array(state_of(page)["z"])


def axes_of(address: str, family: str, model: str = "fast") -> list[dict[str, Any]]:
    answer = httpx.get(f"{address}/models/{model}/axes.json", timeout=60, trust_env=False)
    return answer.raise_for_status().json()["families"][family]


def directions_of(address: str, family: str) -> np.ndarray:
    return np.array([axis["direction"] for axis in axes_of(address, family)])


def frames(page: Page) -> int:
    return int(page.get_attribute("#generate-image", "data-frame") or 0)


def wait_for_frame_after(page: Page, frame: int) -> None:
    page.wait_for_function(
        "frame => Number(document.querySelector('#generate-image')?.dataset.frame) > frame", arg=frame
    )


def wait_for_strip(page: Page, place: int, after: int = 0) -> None:
    page.wait_for_function(
        """([place, after]) => Number(document.querySelector(`#generate-slider-${place} canvas`)
          ?.dataset.painted ?? 0) > after""",
        arg=[place, after],
    )


def as_file(content: str | bytes, name: str = "directions.json") -> FilePayload:
    buffer = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "application/json", "buffer": buffer}


def directions_file(**changes: Any) -> str:
    rows = [{"title": "sideways", "direction": [1.0] + [0.0] * 63}]
    return json.dumps({"format": "aigc-directions-1", "model": "fast", "latent_size": 64, "directions": rows} | changes)


# -- axes --------------------------------------------------------------------------------------------------------------


def test_a_slider_moves_the_point_along_its_axis_and_no_other(open_page: OpenPage, address: str) -> None:
    page = open_page()
    open_axes(page)
    before, frame, start_point = picture(page, "#generate-image"), frames(page), point_of(page)
    box = slider(page, 1).bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    wait_for_frame_after(page, frame)
    point, axes = point_of(page), directions_of(address, "named")
    value = slider(page, 1).evaluate(VALUE)
    assert 2 < value < 3
    assert abs(axes[1] @ point - value) < 1e-3
    assert np.allclose(np.delete(axes @ point, 1), np.delete(axes @ start_point, 1), atol=1e-3)
    assert np.allclose(point - start_point, (axes[1] @ (point - start_point)) * axes[1], atol=1e-3)
    assert picture(page, "#generate-image") != before
    expect(page.locator("#generate-slider-1 output")).to_have_text(f"+{value:.2f} σ")


def test_the_first_view_names_axes_and_says_how_true_the_names_are(open_page: OpenPage, address: str) -> None:
    page = open_page()
    open_axes(page)
    named = axes_of(address, "named")
    for place, axis in enumerate(named):
        row = page.locator(f"#generate-slider-{place}")
        expect(row.locator(".aigc-name")).to_have_text(axis["title"]["en"])
        expect(row.locator("small")).to_have_text(f"R² {axis['r2']:.2f}")
    beside = page.locator("[data-axis^='beside.']")
    expect(beside).to_have_count(2)
    expect(beside.first.locator("small")).to_contain_text("% of the change")
    expect(page.locator("#generate-truncation")).to_be_visible()
    expect(page.locator("#generate-mix")).to_be_visible()


def test_what_stands_beside_the_named_axes_is_at_right_angles_to_them(open_page: OpenPage, address: str) -> None:
    page = open_page()
    open_axes(page)
    place = len(axes_of(address, "named"))
    before = directions_of(address, "named") @ point_of(page)
    slider(page, place).focus()
    slider(page, place).press("PageUp")
    axes, point = directions_of(address, "named"), point_of(page)
    assert np.allclose(axes @ point, before, atol=1e-3)


def test_sliders_show_where_the_point_is(open_page: OpenPage, address: str) -> None:
    page = open_page()
    open_axes(page, "pca")
    page.locator("#generate-random").click()
    expected = directions_of(address, "pca")[:6] @ point_of(page)
    shown = [slider(page, place).evaluate(VALUE) for place in range(6)]
    assert np.allclose(shown, np.clip(expected, -3, 3), atol=1e-3)
    page.locator("#generate-reset").click()
    assert [slider(page, place).evaluate(VALUE) for place in range(6)] == [0] * 6


def test_keys_move_by_steps_of_sigma(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    first = slider(page, 0)
    first.focus()
    first.press("Home")
    assert first.evaluate(VALUE) == 0
    for key, value in (("ArrowRight", 0.05), ("PageUp", 0.55), ("ArrowDown", 0.5), ("PageDown", 0), ("End", 3)):
        first.press(key)
        assert abs(first.evaluate(VALUE) - value) < 1e-3, key
    expect(first).to_have_attribute("aria-valuetext", "+3.00 σ")
    first.dblclick(position={"x": 5, "y": 10})
    assert abs(first.evaluate(VALUE)) < 1e-3


def test_a_strip_previews_its_axis_and_a_click_goes_there(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    wait_for_strip(page, 0)
    strip = page.locator("#generate-slider-0 canvas")
    box = strip.bounding_box()
    assert box
    frame = frames(page)
    strip.click(position={"x": box["width"] * 5.5 / 7, "y": box["height"] / 2})
    wait_for_frame_after(page, frame)
    assert abs(slider(page, 0).evaluate(VALUE) - 2) < 1e-3
    sixth = """name => {
      const part = document.createElement('canvas');
      Object.assign(part, { width: 28, height: 28 });
      part.getContext('2d').drawImage(document.querySelector(name), 5 * 28, 0, 28, 28, 0, 0, 28, 28);
      return [...part.getContext('2d').getImageData(0, 0, 28, 28).data];
    }"""
    whole = "name => [...document.querySelector(name).getContext('2d').getImageData(0, 0, 28, 28).data]"
    preview = np.array(page.evaluate(sixth, "#generate-slider-0 canvas"))
    assert np.abs(preview - np.array(page.evaluate(whole, "#generate-image"))).max() <= 2


def test_strips_are_drawn_anew_once_the_point_rests_but_not_the_one_along_which_it_moved(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    for place in range(6):
        wait_for_strip(page, place)
    painted = (
        "() => [...document.querySelectorAll('[id^=generate-slider-] canvas')].map((c) => Number(c.dataset.painted))"
    )
    before = page.evaluate(painted)
    slider(page, 0).focus()
    slider(page, 0).press("PageUp")
    for place in range(1, 6):
        wait_for_strip(page, place, before[place])
    assert page.evaluate(painted)[0] == before[0]


def test_every_family_says_what_it_is_and_shows_more_when_asked(open_page: OpenPage, address: str) -> None:
    page = open_page()
    open_axes(page, "output")
    expect(page.locator(".aigc-family")).to_contain_text("E[JᵀJ]")
    expect(page.locator("#generate-slider-0 small")).to_contain_text("% of the change")
    expect(page.locator(ROWS)).to_have_count(6)
    alive = [axis for axis in axes_of(address, "output") if not axis["dead"]]
    page.get_by_text(f"Show {len(alive) - 6} more").click()
    expect(page.locator(ROWS)).to_have_count(len(alive))
    expect(slider(page, 6)).to_be_focused()
    for family, words in (("sefa", "SeFa"), ("pca", "GANSpace"), ("own", "Nothing here yet")):
        page.locator(f"[data-family={family}]").click()
        expect(page.locator(".aigc-family")).to_contain_text(words)


def test_dead_axes_are_hidden_until_they_are_asked_for(open_page: OpenPage) -> None:
    page = open_page()

    def kill_two(route: Route) -> None:
        data = route.fetch().json()
        for axis in data["families"]["sefa"][-2:]:
            axis["dead"] = True
        route.fulfill(json=data)

    page.route("**/axes.json", kill_two)
    open_axes(page, "sefa")
    dead = page.locator(".aigc-panel-sliders .aigc-link", has_text="dead")
    expect(dead).to_have_text("2 dead axes hidden")
    dead.click()
    expect(page.locator(ROWS)).to_have_count(8)
    expect(dead).to_be_hidden()


# -- waiting and failing -----------------------------------------------------------------------------------------------


def test_raw_coordinates_stand_in_while_axes_are_computed(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/axes.json", lambda route: held.append(route))
    open_sliders(page)
    expect(page.locator("#sliders-status")).to_contain_text("Computing")
    expect(page.locator("#generate-slider-0")).to_have_attribute("data-axis", "z.0")
    before = frames(page)
    slider(page, 0).focus()
    slider(page, 0).press("End")
    wait_for_frame_after(page, before)
    assert point_of(page)[0] == 3
    held[0].continue_()
    page.wait_for_selector("#generate-slider-0[data-axis='named.slant']")
    expect(page.locator("#sliders-status")).to_have_text("")


def test_who_opens_another_panel_stops_waiting_and_asks_again_later(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    ended: list[str] = []
    page.route("**/axes.json", lambda route: held.append(route))
    page.on("requestfailed", lambda request: ended.append(request.url) if "axes.json" in request.url else None)
    open_sliders(page)
    expect(page.locator("#sliders-status")).to_contain_text("Computing")
    page.locator("#generate-tab-move").click()
    deadline = time.monotonic() + 20
    while not ended and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert len(ended) == 1
    page.unroute("**/axes.json")
    page.locator("#generate-tab-sliders").click()
    page.wait_for_selector("#generate-slider-0[data-axis='named.slant']")


def test_a_failure_says_why_and_can_be_tried_again(open_page: OpenPage) -> None:
    page = open_page()
    refuse = lambda route: route.fulfill(status=503, json={"error": "Out of breath."})  # noqa: E731
    page.route("**/axes.json", refuse)
    open_sliders(page)
    expect(page.locator("#sliders-status")).to_contain_text("Out of breath.")
    frame = frames(page)
    slider(page, 2).focus()
    slider(page, 2).press("PageUp")
    wait_for_frame_after(page, frame)
    page.unroute("**/axes.json", refuse)
    page.locator("#sliders-again").click()
    page.wait_for_selector("#generate-slider-0[data-axis='named.slant']")
    expect(page.locator("#sliders-again")).to_be_hidden()


def test_an_answer_that_is_none_leaves_the_raw_coordinates(open_page: OpenPage) -> None:
    page = open_page()
    answers: list[Any] = [{}, {"families": {}}, {"families": {"named": [{"direction": [1]}]}}, [], None]
    given = iter(answers)
    page.route("**/axes.json", lambda route: route.fulfill(json=next(given)))
    open_sliders(page)
    for _ in answers[1:]:
        expect(page.locator("#sliders-status")).to_contain_text("No directions")
        expect(page.locator("#generate-slider-0")).to_have_attribute("data-axis", "z.0")
        with page.expect_response("**/axes.json"):
            page.locator("#sliders-again").click()
    expect(page.locator("#sliders-status")).to_contain_text("No directions")
    assert next(given, "all were given") == "all were given"


def test_a_run_that_trains_has_axes_for_its_present_weights(open_page: OpenPage, digits: Dataset) -> None:
    page = open_page()
    run = start(page)
    open_sliders(page)
    page.locator("#generate-model").select_option(run)
    page.wait_for_selector("#generate-slider-0[data-axis^='named.']")
    status = page.locator("#sliders-status")
    expect(status).to_contain_text("Computed for the weights of step")
    first = status.inner_text()
    deadline = time.monotonic() + 60
    while status.inner_text() == first and time.monotonic() < deadline:
        page.locator("#sliders-again").click()  # for some seconds the server thinks its axes fresh
        expect(status).to_contain_text("Computed for the weights of step")
    assert status.inner_text() != first
    open_tab(page, "train")
    stop(page)


# -- own names and directions ------------------------------------------------------------------------------------------


def test_an_axis_is_renamed_in_place_and_keeps_its_name(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    page.locator("#generate-slider-0 .aigc-name").click()
    field = page.locator("#generate-slider-0 input[type=text]")
    expect(field).to_be_focused()
    field.fill("how it leans 7")
    assert state_of(page)["digit"] == 3  # a digit that is written chooses no digit
    field.press("Enter")
    expect(page.locator("#generate-slider-0 .aigc-name")).to_be_focused()
    expect(slider(page, 0)).to_have_attribute("aria-label", "how it leans 7")
    page.reload()
    open_axes(page)
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("how it leans 7")
    page.locator("#generate-slider-0 .aigc-name").click()
    field.fill("")
    field.press("Enter")
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("slant")
    page.locator("#generate-slider-0 .aigc-name").click()
    field.fill("never mind")
    field.press("Escape")
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("slant")


def test_an_axis_that_was_made_ones_own_travels_in_a_file(open_page: OpenPage, address: str, tmp_path: Path) -> None:
    page = open_page()
    open_axes(page)
    page.locator("#generate-slider-0 .aigc-name").click()
    page.locator("#generate-slider-0 input[type=text]").fill("lean")
    page.get_by_role("button", name="Make it mine").click()
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("lean")
    with page.expect_download() as download:
        page.locator("#sliders-export").click()
    path = tmp_path / "own.json"
    download.value.save_as(path)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert (written["format"], written["model"], written["latent_size"]) == ("aigc-directions-1", "fast", 64)
    assert np.allclose(written["directions"][0]["direction"], directions_of(address, "named")[0], atol=1e-4)

    other = open_page()
    open_sliders(other)
    other.locator("[data-family=own]").click()
    expect(other.locator(ROWS)).to_have_count(0)
    other.locator("#sliders-file").set_input_files(path)
    expect(other.locator("#generate-slider-0 .aigc-name")).to_have_text("lean")
    other.locator("#sliders-file").set_input_files(path)
    expect(other.locator(".aigc-told")).to_contain_text("there already")
    expect(other.locator(ROWS)).to_have_count(1)
    other.locator("#generate-slider-0 .aigc-name").click()
    other.get_by_role("button", name="Delete").click()
    expect(other.locator(ROWS)).to_have_count(0)


def test_a_whole_family_can_be_taken_home(open_page: OpenPage, address: str, tmp_path: Path) -> None:
    page = open_page()
    open_axes(page, "output")
    with page.expect_download() as download:
        page.locator("#sliders-export").click()
    download.value.save_as(tmp_path / "family.json")
    written = json.loads((tmp_path / "family.json").read_text(encoding="utf-8"))
    assert len(written["directions"]) == len(axes_of(address, "output"))


def test_the_way_from_a_to_here_becomes_a_direction(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    page.locator("[data-family=own]").click()
    expect(page.locator("#sliders-make")).to_be_disabled()
    page.locator("#sliders-mark").click()
    page.locator("#sliders-make").click()
    expect(page.locator(".aigc-told")).to_contain_text("same point")
    before = point_of(page)
    page.locator("#generate-random").click()
    way = point_of(page) - before
    page.locator("#sliders-make").click()
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("direction 1")
    expect(page.locator("#generate-slider-0 small")).to_contain_text("% of the change")
    here = point_of(page)
    slider(page, 0).focus()
    slider(page, 0).press("Home")
    moved = point_of(page) - here
    assert np.linalg.norm(moved) > 0.1
    assert abs(abs(moved @ way) / np.linalg.norm(moved) / np.linalg.norm(way) - 1) < 1e-4


BAD_FILES: list[tuple[str | bytes, str]] = [
    (b"\x89PNG\r\n\x1a\n\xff\xfe", "damaged"),
    ('{"z": [1, 2, 3]}', "not a file of directions"),
    (directions_file()[:60], "damaged"),
    (directions_file(latent_size=100), "100 dimensions"),
    (directions_file(directions=[]), "no directions"),
    (
        directions_file(directions=[{"title": "x", "direction": [1e308] * 63 + [0]}]).replace("1e+308", "1e999"),
        "finite",
    ),
    (b" " * 1_000_001, "1 MB"),
]


def test_files_that_are_none_are_refused_in_a_sentence(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    page.locator("[data-family=own]").click()
    for content, words in BAD_FILES:
        page.locator("#sliders-file").set_input_files(as_file(content))
        expect(page.locator(".aigc-told")).to_contain_text(words)
        expect(page.locator(ROWS)).to_have_count(0)
    page.locator("#sliders-file").set_input_files(as_file(directions_file()))
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("sideways")


def test_a_file_of_another_model_says_so_and_can_be_dropped(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    drop = """text => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'directions.json', { type: 'application/json' }));
      const panel = document.querySelector('.aigc-panel-sliders');
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        panel.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    }"""
    page.evaluate(drop, directions_file(model="somebody-elses"))
    expect(page.locator("#generate-slider-0 .aigc-name")).to_have_text("sideways")
    expect(page.locator(".aigc-told")).to_contain_text("somebody-elses")
    expect(page.locator("[data-family=own]")).to_have_attribute("aria-pressed", "true")


# -- mix, truncation, z ------------------------------------------------------------------------------------------------


def test_two_digits_are_mixed(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    before, frame = picture(page, "#generate-image"), frames(page)
    page.get_by_label("From which digit").select_option("1")
    page.get_by_label("To which digit").select_option("7")
    wait_for_frame_after(page, frame)
    share = page.locator("#generate-mix input[type=range]")
    share.focus()
    for _ in range(5):
        share.press("PageUp")
    expect(page.locator("#generate-mix output")).to_have_text("50 %")
    found = state_of(page)
    assert found["digit"] == 1 and found["mix"] == {"to": 7, "share": 0.5}
    assert picture(page, "#generate-image") != before
    expect(page.locator("#generate-mix")).to_contain_text("never seen")
    share.press("Home")
    assert state_of(page)["mix"] is None


def test_truncation_goes_beyond_one_and_back(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    psi = page.locator("#generate-truncation input[type=range]")
    psi.focus()
    psi.press("End")
    assert state_of(page)["truncation"] == 1.5
    psi.press("Home")
    assert state_of(page)["truncation"] == 1


def test_raw_coordinates_wait_in_a_drawer(open_page: OpenPage) -> None:
    page = open_page()
    open_axes(page)
    assert page.locator("[id^=generate-z-]").count() == 0
    page.get_by_text("All 64 raw coordinates of z").click()
    expect(page.locator("[id^=generate-z-]")).to_have_count(64)
    last = page.locator("#generate-z-63 input[type=range]")
    last.focus()
    last.press("End")
    assert point_of(page)[63] == 3


def test_a_thumb_finds_every_slider(open_page: OpenPage) -> None:
    page = open_page("/zh/", viewport={"width": 390, "height": 844}, has_touch=True)
    open_axes(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    for place in range(6):
        box = slider(page, place).bounding_box()
        assert box and box["height"] >= 44
    slider(page, 0).scroll_into_view_if_needed()
    before = point_of(page)
    box = slider(page, 0).bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 0.1 * box["width"], box["y"] + box["height"] / 2)
    page.wait_for_function("() => document.querySelector('#generate-slider-0 input').value < -1.5")
    assert not np.allclose(point_of(page), before)
