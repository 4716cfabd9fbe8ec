"""The two-dimensional laboratory on the real page: it trains, rests, is drawn on, and holds its claims against the game."""

from __future__ import annotations

import json

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage

LAB = "aigc-plane"
GAME = "document.querySelector('aigc-plane').engine.settings"
# What stands above it is still being laid out, so that once is not enough.
IN_SIGHT = "() => { const lab = document.querySelector('aigc-plane'); lab.scrollIntoView(); return lab.isSeen; }"
SILENT = "document.querySelector('aigc-plane').snapshot"
PRESETS = "**/plane/presets.json"
GRAPHS = "**/plane/*.json?*"


def opened(open_page: OpenPage, path: str = "/en/#explain/lab", **options: object) -> Page:
    page = open_page(path, **options)
    ready(page)
    page.locator("#plane-canvas").scroll_into_view_if_needed()
    return page


def ready(page: Page) -> None:
    page.wait_for_selector(f"{LAB}[data-step]")


def step_of(page: Page) -> int:
    return int(page.get_attribute(LAB, "data-step") or 0)


def wait_for_step(page: Page, step: int) -> None:
    page.wait_for_function(f"() => Number(document.querySelector('aigc-plane').dataset.step) >= {step}")


def frame_of(page: Page) -> int:
    return int(page.get_attribute("#plane-canvas", "data-frame") or 0)


def said(page: Page) -> dict[str, float]:
    """The losses as they were last evaluated, and the first fake."""
    return page.evaluate(
        f"(() => {{ const {{ step, fake, logitsFake }} = {SILENT}; return {{ step, x: fake[0], s: logitsFake[0] }}; }})()"
    )


def impossible(route: Route) -> None:
    """The presets, but the second claim of each can never hold."""
    presets = route.fetch().json()
    for preset in presets:
        preset["steps"] = 20
        preset["claims"] = [{"figure": "js", "least": 0, "most": 1}, {"figure": "hq", "least": 2, "most": None}]
    route.fulfill(body=json.dumps(presets), content_type="application/json")


def test_hands_and_keys_play_and_nothing_moves_out_of_sight(open_page: OpenPage) -> None:
    page = opened(open_page)
    frames = frame_of(page)
    page.locator("#plane-play").click()
    wait_for_step(page, 3)
    assert frame_of(page) > frames

    page.evaluate(
        "scrollTo(0, document.documentElement.scrollHeight); document.querySelector('#explain-glossary').scrollIntoView()"
    )
    page.wait_for_function(
        "() => !document.querySelector('aigc-plane').isSeen && !document.querySelector('aigc-plane').isLooping"
    )
    still = frame_of(page), step_of(page)
    page.wait_for_timeout(500)
    assert (frame_of(page), step_of(page)) == still

    page.locator("#plane-canvas").scroll_into_view_if_needed()
    wait_for_step(page, still[1] + 1)
    page.locator("#plane-canvas").focus()
    page.keyboard.press("Space")
    expect(page.locator("#plane-play")).to_have_text("Train")
    page.wait_for_function("() => !document.querySelector('aigc-plane').isLooping")

    # the same points again: D's step changes what it says of them and leaves them where they are; G's moves them
    weights = (
        "new Promise((done) => document.querySelector('aigc-plane').advance({who}, 1, { again: true }).then(done))"
    )
    page.evaluate("document.querySelector('aigc-plane').look()")
    before = said(page)
    page.evaluate(weights.replace("{who}", "'d'"))
    judged = said(page)
    assert judged["step"] == before["step"] and judged["x"] == before["x"] and judged["s"] != before["s"]
    page.evaluate(weights.replace("{who}", "'g'"))
    moved = said(page)
    assert moved["step"] == before["step"] + 1 and moved["x"] != judged["x"]

    page.locator("#plane-canvas").focus()
    step = step_of(page)
    for key, steps in (("d", 0), ("g", 1), ("b", 1)):
        frames = frame_of(page)
        page.keyboard.press(key)
        page.wait_for_function(f"() => Number(document.querySelector('#plane-canvas').dataset.frame) > {frames}")
        step += steps
        assert step_of(page) == step, key
    expect(page.locator(".aigc-plane-note")).to_contain_text("You have changed this game")


def test_another_game_and_a_drawn_one_are_played(open_page: OpenPage) -> None:
    page = opened(open_page)
    page.locator("#plane-draw").click()
    page.locator("#plane-draw").click()
    expect(page.locator(f"{LAB} > .aigc-status")).to_contain_text("at least 20 points")
    box = page.locator("#plane-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 400, box["y"] + 300, steps=8)
    page.mouse.up()
    page.locator("#plane-draw").click()
    wait_for_step(page, 2)
    assert page.evaluate(f"{GAME}.data") == "drawn" and page.evaluate(f"{GAME}.drawn.length") >= 40
    expect(page.locator("#plane-data")).to_have_value("drawn")
    page.locator("#plane-play").click()

    page.select_option("#plane-data", "line")
    page.wait_for_function(f"() => {GAME}.data === 'line'")
    page.select_option("#plane-loss", "wgan_gp")
    page.wait_for_function(f"() => {GAME}.loss === 'wgan_gp'")
    expect(page.locator("#plane-weight-d_gp")).to_be_visible()
    page.locator("#plane-auxiliary-drift").check()
    page.wait_for_function(f"() => {GAME}.auxiliaries.includes('drift')")
    page.locator("[data-preset=literal]").click()
    page.wait_for_function(f"() => {GAME}.loss === 'doc_literal' && {GAME}.data === 'ring8'")
    wait_for_step(page, 1)
    page.locator("#plane-play").click()

    for ground in ("optimum", "difference", "slope", "none", "d"):
        frames = frame_of(page)
        page.locator(f"input[name=plane-ground][value={ground}]").check()
        page.wait_for_function(f"() => Number(document.querySelector('#plane-canvas').dataset.frame) > {frames}")
    page.locator("#plane-slow").click()
    for beat in range(1, 6):
        expect(page.locator(".aigc-plane-slow")).to_contain_text(f"{beat} / 5")
        page.locator("#plane-slow-next").click()
    expect(page.locator(".aigc-plane-slow")).to_be_hidden()


def test_claims_are_green_or_red_and_a_cut_cable_is_told_and_mended(open_page: OpenPage) -> None:
    page = open_page("/en/")
    page.route(PRESETS, impossible)
    page.route(GRAPHS, lambda route: route.abort())
    page.locator("#tab-explain-button").click()
    page.wait_for_selector(LAB)
    page.wait_for_function(IN_SIGHT)
    expect(page.locator(f"{LAB} > .aigc-status")).to_contain_text("could not be had")
    page.unroute(GRAPHS)
    page.locator("#plane-play").click()
    held, failed = page.locator("li[data-figure=js]"), page.locator("li[data-figure=hq]")
    expect(held).to_have_attribute("data-holds", "true")  # the visitor's own game has come to the step of the claim
    expect(failed).to_have_attribute("data-holds", "false")
    expect(failed).to_contain_text("does not hold: measured")
    page.locator("#plane-play").click()

    page.locator("[data-preset=healthy]").click()
    page.locator("#plane-play").click()
    page.locator("#plane-step-d").click()
    expect(page.locator(".aigc-plane-note")).to_contain_text("You have changed this game")
    page.evaluate("document.querySelectorAll('li[data-holds]').forEach((row) => { delete row.dataset.holds; })")
    page.locator("#plane-check").click()
    expect(held).to_have_attribute("data-holds", "true")
    expect(failed).to_have_attribute("data-holds", "false")
    colour = failed.evaluate("row => getComputedStyle(row).color")
    assert colour == "rgb(179, 38, 30)"


def test_a_phone_shows_the_preset_of_the_address_and_takes_a_finger(open_page: OpenPage) -> None:
    page = opened(open_page, "/zh/#explain/lab/blur", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(page.locator("[data-preset=blur]")).to_have_attribute("aria-pressed", "true")
    wait_for_step(page, 2)
    page.locator("#plane-play").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    above, below = page.locator("#plane-canvas").bounding_box(), page.locator("#plane-data").bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]
    page.locator("#plane-draw").click()
    page.locator("#plane-canvas").tap(position={"x": 100, "y": 100})
    assert page.evaluate("document.querySelector('aigc-plane').stage.strokes.length") == 2
    label = page.get_attribute("#plane-canvas", "aria-label")
    assert label and label.startswith("平面：第")
