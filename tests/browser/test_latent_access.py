"""The Generate tab without a mouse, without eyes, and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, picture, settled

pytestmark = pytest.mark.browser

PANELS = ("sliders", "move", "draw", "inside")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LANDSCAPE = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}

# What a screen reader would find no words for: controls that are shown and have no name.
NAMELESS = """() => {
  const words = (element) => [
    element.getAttribute('aria-label'),
    ...(element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map(id => document.getElementById(id)?.textContent),
    ...[...(element.labels ?? [])].map(label => label.textContent),
    element.matches('input, textarea') ? element.title : element.textContent || element.title,
  ].map(word => word?.trim()).filter(Boolean);
  const shown = element => element.checkVisibility();
  const controls = 'button, a[href], input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [role=img]';
  return [...document.querySelectorAll(`aigc-latent :is(${controls})`)].filter(element => shown(element) && !words(element).length)
    .map(element => element.outerHTML.slice(0, 160));
}"""
SMALL = """() => [...document.querySelectorAll('aigc-latent :is(button, select, summary, input[type=range], .aigc-keys label)')]
  .filter(element => element.checkVisibility() && !element.disabled)
  .map(element => [element.getBoundingClientRect(), element])
  .filter(([box]) => box.height < 39.5 || box.width < 32)
  .map(([box, element]) => `${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`)"""
FOCUS = """() => {
  const { activeElement: at } = document;
  const ringed = at.matches('[type=radio]') ? at.closest('label') : at;
  const style = getComputedStyle(ringed);
  const rings = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return { inside: Boolean(at.closest('aigc-latent')), id: at.id || at.closest('[id]')?.id || '', name: at.name || '',
           rings: rings || style.boxShadow !== 'none', tag: at.tagName, html: at.outerHTML.slice(0, 120) };
}"""
BOX = """selector => {
  const element = [...document.querySelectorAll(selector)].find(one => one.checkVisibility());
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  return { top, bottom, left, right, width, height };
}"""


def label(page: Page) -> str | None:
    return page.evaluate("document.querySelector('#generate-label input:checked')?.value ?? null")


# -- keys ------------------------------------------------------------------------------------------------------------------


def test_all_four_panels_are_reached_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    page.locator("#generate-model").focus()
    reached, unseen = {name: set() for name in PANELS}, []
    for name in PANELS:
        if name != PANELS[0]:
            page.locator("aigc-latent [role=tab][aria-selected=true]").focus()
            page.keyboard.press("ArrowRight")
        expect(page.locator(f"#generate-tab-{name}")).to_have_attribute("aria-selected", "true")
        if name != PANELS[0]:
            assert page.evaluate("document.activeElement.id") == f"generate-tab-{name}"
        expect(page.locator(f"#generate-panel-{name}")).to_be_visible()
        page.wait_for_timeout(1200)
        page.locator(f"#generate-tab-{name}").focus()
        for _ in range(60):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUS)
            if not at["inside"]:
                break
            if not at["rings"]:
                unseen.append((name, at["html"]))
            reached[name].add(at["id"])
    assert not unseen, unseen
    assert all(len(found) >= 3 for found in reached.values()), reached
    assert any("map" in one or "stage" in one or "inside" in one for one in reached["inside"])


def test_the_row_of_tabs_is_one_stop_and_wraps_around(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    tabs = page.locator("[role=tablist] [role=tab][id^=generate-tab]:not([hidden])")
    assert [tab.get_attribute("tabindex") for tab in tabs.all()] == ["0", "-1", "-1", "-1"]
    page.locator("#generate-tab-sliders").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#generate-tab-inside")).to_be_focused()
    for tab in tabs.all():
        assert page.locator(f"#{tab.get_attribute('aria-controls')}").get_attribute("role") == "tabpanel"


def test_single_keys_choose_a_digit_and_draw_another_point(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    page.locator("#generate-random").focus()
    page.keyboard.press("8")
    assert label(page) == "8"
    settled(page)
    before = picture(page, "#generate-image")
    page.keyboard.press("r")
    settled(page)
    assert picture(page, "#generate-image") != before
    page.locator("#generate-label input").first.focus()
    page.keyboard.press("ArrowRight")
    assert label(page) in {"1", "9"}  # radio buttons go on from the one that is checked, or from the first


def test_who_writes_is_left_alone(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    page.locator("#generate-paste").click()
    before = picture(page, "#generate-image")
    page.locator("#point-text").press_sequentially("r7")
    assert page.locator("#point-text").input_value() == "r7"
    page.keyboard.press("Escape")
    settled(page)
    assert (label(page), picture(page, "#generate-image")) == ("3", before)
    assert page.evaluate("document.activeElement.id") == "generate-paste"


# -- names -----------------------------------------------------------------------------------------------------------------


TWICE = """() => {
  const ids = [...document.querySelectorAll('aigc-latent [id]')].map(element => element.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_control_has_a_name_and_every_id_is_used_once(open_page: OpenPage, lang: str) -> None:
    page = open_page(f"/{lang}/#generate")
    settled(page)
    for name in PANELS:
        page.locator(f"#generate-tab-{name}").click()
        page.wait_for_timeout(900)
        pieces = page.locator(f"#generate-panel-{name} .aigc-segmented").first.locator("button:not([hidden])")
        for piece in pieces.all() or [None]:
            if piece:
                piece.click()
                page.wait_for_timeout(500)
            page.wait_for_function(f"() => ({NAMELESS})().length === 0")  # a picture has its name once it is drawn
            assert page.evaluate(TWICE) == []
    assert page.locator("#generate-image").get_attribute("aria-label")


def test_a_screen_reader_hears_of_a_change_once_and_not_while_a_slider_moves(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    page.wait_for_timeout(1200)
    page.evaluate(
        """() => {
          window.said = [];
          const voice = document.querySelector('#generate-voice');
          new MutationObserver(() => voice.textContent && window.said.push(voice.textContent))
            .observe(voice, { childList: true, characterData: true, subtree: true });
        }"""
    )
    for key in "4567":
        page.keyboard.press(key)
    page.locator("#generate-random").focus()
    for key in "45":
        page.keyboard.press(key)
    page.wait_for_timeout(1800)
    assert page.evaluate("window.said") == ["A generated 5, by Fast, trained for long (shipped)"]
    slider = page.locator("#generate-panel-sliders input[type=range]").first
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1600)
    assert len(page.evaluate("window.said")) == 1
    assert slider.get_attribute("aria-valuetext")
    page.locator("#generate-random").click()
    page.wait_for_timeout(1800)
    assert page.evaluate("window.said")[1:] == ["Another point: A generated 5, by Fast, trained for long (shipped)"]


# -- geometry --------------------------------------------------------------------------------------------------------------


def test_on_a_phone_the_digit_and_the_sliders_are_seen_together(open_page: OpenPage) -> None:
    page = open_page("/en/#generate", **PHONE)
    settled(page)
    page.locator("#generate-tab-sliders").click()
    page.wait_for_selector("#generate-slider-3")
    page.evaluate("document.querySelector('#generate-slider-3').scrollIntoView({ block: 'end' })")
    page.wait_for_timeout(600)
    frame = page.evaluate(BOX, "#generate-image")
    keys = page.evaluate(BOX, "#generate-label")
    assert frame["top"] >= 0
    assert frame["width"] == frame["height"] >= 140
    assert frame["bottom"] <= 160
    assert keys["bottom"] <= 165
    seen = [page.evaluate(BOX, f"#generate-slider-{k} input") for k in range(4)]
    whole = [box for box in seen if box["top"] >= frame["bottom"] and box["bottom"] <= 844]
    assert len(whole) >= 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    above = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.aigc-view'))"
    assert page.evaluate(above, [frame["left"] + 20, frame["bottom"] - 4])  # nothing of the panel covers it


def test_everything_is_large_enough_for_a_finger_which_moves_the_digit_beside_it(open_page: OpenPage) -> None:
    page = open_page("/en/#generate", **PHONE)
    settled(page)
    page.evaluate("document.querySelector('#generate-slider-1').scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(500)
    before = picture(page, "#generate-image")
    box = page.evaluate(BOX, "#generate-slider-0 input")
    page.touchscreen.tap(box["right"] - 12, (box["top"] + box["bottom"]) / 2)
    settled(page)
    assert picture(page, "#generate-image") != before
    assert page.evaluate(BOX, "#generate-image")["top"] >= 0
    for panel in PANELS:
        page.locator(f"#generate-tab-{panel}").click()
        page.wait_for_selector(f"#generate-panel-{panel} button", state="visible")
        page.wait_for_timeout(800)
        assert page.evaluate(SMALL) == [], panel
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, panel


def test_a_phone_on_its_side_shows_the_digit_beside_the_sliders(open_page: OpenPage) -> None:
    page = open_page("/en/#generate", **LANDSCAPE)
    settled(page)
    page.evaluate("document.querySelector('#generate-slider-1').scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(500)
    frame, slider = (page.evaluate(BOX, name) for name in ("#generate-image", "#generate-slider-1 input"))
    keys = page.evaluate(BOX, "#generate-label")
    assert (frame["top"] >= 0, frame["bottom"] <= 390, keys["bottom"] <= 390) == (True, True, True)
    assert (slider["top"] >= 0, slider["bottom"] <= 390, slider["left"] >= frame["right"]) == (True, True, True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 844


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768)])
def test_on_a_desk_picture_and_panel_are_beside_each_other(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page("/en/?panel=inside#generate", viewport={"width": width, "height": height})
    settled(page)
    page.wait_for_selector("#inside-maps section")
    page.mouse.move(width - 200, height - 200)
    page.mouse.wheel(0, 700)
    page.wait_for_timeout(600)
    frame, panel = page.evaluate(BOX, "#generate-image"), page.evaluate(BOX, "#generate-panel-inside")
    assert panel["top"] < -200  # it has scrolled
    assert (frame["top"] >= 0, frame["bottom"] <= height) == (True, True)
    assert panel["left"] > frame["right"]
    hand = page.evaluate(BOX, "#inside-hand")
    assert 0 <= hand["top"] < 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dark_and_light_have_contrast(open_page: OpenPage, theme: str) -> None:
    contrast = """() => {
      const lightness = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(value => {
          const share = value / 255;
          return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = lightness(getComputedStyle(document.body).backgroundColor);
      return ['aigc-latent .aigc-note', 'aigc-latent [role=tab][aria-selected=false]', 'aigc-latent .aigc-keys label'].map(name => {
        const text = lightness(getComputedStyle(document.querySelector(name)).color);
        return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      });
    }"""
    page = open_page(f"/en/?__theme={theme}&panel=inside#generate")
    settled(page)
    assert min(page.evaluate(contrast)) >= 4.5


def test_the_stage_is_entered_from_here_and_left_again(open_page: OpenPage) -> None:
    page = open_page("/en/?label=5#generate")
    settled(page)
    page.locator("#tab-train-button").click()
    page.locator("#share-stage").click()
    page.wait_for_selector("body.aigc-stage")
    assert "label=5" in page.url
    page.keyboard.press("Escape")
    page.wait_for_selector("body:not(.aigc-stage)")
    page.locator("#tab-generate-button").click()
    settled(page)
    assert label(page) == "5"
