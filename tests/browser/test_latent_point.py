"""A point that is handed on: in the address, as JSON, and to the API, which draws the same picture."""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, picture, settled

pytestmark = pytest.mark.browser

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
BOUND = 2  # of 255: as far apart as the page and the server may draw
STATE = """import(document.querySelector('script[src$="main.js"]').src.replace('main.js', 'latent-state.js')).then(({ state }) => ({
  model: state.model.id, label: state.label, mix: state.mix, truncation: state.truncation, z: state.z, axes: state.axes }))"""
GREYS = """() => {
  const { data } = document.querySelector('#generate-image').getContext('2d').getImageData(0, 0, 28, 28);
  return [...data].filter((_, i) => i % 4 === 0);
}"""


def query(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def written(z: list[float]) -> str:
    return base64.urlsafe_b64encode(np.array(z, "<f4").tobytes()).decode().rstrip("=")


def complaint(page: Page) -> str:
    expect(page.locator("#generate-complaint")).not_to_be_empty()
    return page.locator("#generate-complaint span").inner_text()


def copied(page: Page) -> str:
    page.locator("#generate-copy").click()
    page.wait_for_timeout(200)
    return page.evaluate("navigator.clipboard.readText()")


# -- the address -----------------------------------------------------------------------------------------------------------


def test_an_untouched_page_has_a_plain_address(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    assert urlsplit(page.url).query == ""


def test_the_address_follows_the_point_and_keeps_all_else(open_page: OpenPage) -> None:
    page = open_page("/en/?seed=7&hide=story#generate")
    settled(page)
    page.locator("#generate-random").click()
    page.keyboard.press("8")
    page.locator("#generate-tab-inside").click()
    settled(page)
    found, state = query(page), page.evaluate(STATE)
    assert (found["seed"], found["hide"]) == ("7", "story")
    assert urlsplit(page.url).fragment == "generate"
    assert (found["label"], found["panel"]) == ("8", "inside")
    assert found["z"] == written(state["z"])
    assert not {"model", "psi", "mix", "axes"} & set(found)
    page.keyboard.press("3")
    page.locator("#generate-tab-sliders").click()
    settled(page)
    assert not {"label", "panel"} & set(query(page))


def test_a_reload_and_the_other_language_keep_the_point(open_page: OpenPage) -> None:
    z = np.random.default_rng(1).standard_normal(64).tolist()
    page = open_page(f"/en/?label=4&mix=9:0.4&psi=0.8&axes=pca&z={written(z)}#generate")
    settled(page)
    state, shown = page.evaluate(STATE), picture(page, "#generate-image")
    assert (state["label"], state["mix"], state["truncation"], state["axes"]) == (
        4,
        {"to": 9, "share": 0.4},
        0.8,
        "pca",
    )
    assert state["z"] == pytest.approx(z, abs=1e-6)
    page.reload()
    settled(page)
    assert (page.evaluate(STATE), picture(page, "#generate-image")) == (state, shown)
    page.locator("#language").click()
    page.wait_for_url("**/zh/**")
    settled(page)
    assert (page.evaluate(STATE), picture(page, "#generate-image")) == (state, shown)


def test_a_point_is_shared_as_a_link_and_a_code(open_page: OpenPage) -> None:
    page = open_page("/en/?label=6#generate")
    settled(page)
    page.locator("#generate-share").click()
    link = page.locator(".aigc-address a").get_attribute("href") or ""
    assert urlsplit(link).fragment == "generate"
    assert parse_qs(urlsplit(link).query)["label"] == ["6"]
    page.wait_for_function("() => document.querySelector('.aigc-qr').naturalWidth > 0")
    page.keyboard.press("Escape")
    page.locator("#tab-train-button").click()
    page.locator("#share-open").click()  # a run's link has nothing of the point
    assert "label" not in (page.locator(".aigc-address a").get_attribute("href") or "")


BAD_LINKS = {
    "wrong size": (f"z={written([0.5] * 100)}", ["z (of length 100", "takes 64"]),
    "cut off": ("z=AADAf", ["z (unreadable"]),
    "broken": ("z=%21%21%21", ["z (unreadable"]),
    "NaN": (f"z={written([float('nan')] * 64)}", ["z (not every number"]),
    "infinite": (f"z={written([float('inf')] * 64)}", ["z (not every number"]),
    "far away": (f"z={written([101.0] + [0.0] * 63)}", ["z (not every number"]),
    "label": ("label=12", ["label “12”"]),
    "psi": ("psi=-1", ["truncation ψ = -1"]),
    "mix": ("mix=12:0.5", ["mix “12:0.5”"]),
    "share": ("mix=4:1.5", ["mix “4:1.5”"]),
    "axes": ("axes=sideways", ["axes “sideways”"]),
    "panel": ("panel=kitchen", ["panel “kitchen”"]),
}


STEP_BACK = """link => {
  document.querySelector('#generate-complaint button').click();
  history.pushState(null, '', link);
  dispatchEvent(new PopStateEvent('popstate', { state: null }));
}"""


def test_what_of_a_link_cannot_be_used_is_named_and_the_rest_is_used(open_page: OpenPage) -> None:
    """The first is opened as a page; to the others the open page goes as by a step back, which reads the address the same."""
    for place, (name, (bad, said)) in enumerate(BAD_LINKS.items()):
        good = "psi=0.5" if not bad.startswith("psi") else "label=5"
        link = f"/en/?{bad}&{good}#generate"
        if place == 0:
            page = open_page(link)
            page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0")
        else:
            page.evaluate(STEP_BACK, link)
        sentence = complaint(page)
        assert all(words in sentence for words in said), (name, sentence)
        state = page.evaluate(STATE)
        assert (state["truncation"], state["label"]) == ((0.5, 3) if good == "psi=0.5" else (1, 5)), name
    page.locator("#generate-complaint button").click()
    expect(page.locator("#generate-complaint")).to_be_empty()


def test_a_model_that_is_gone_is_replaced_and_its_z_kept(open_page: OpenPage) -> None:
    z = [0.25] * 64
    page = open_page(f"/zh/?model=gone&z={written(z)}#generate")
    settled(page)
    assert "gone" in complaint(page)
    state = page.evaluate(STATE)
    assert (state["model"], state["z"]) == ("fast", z)
    assert "model" not in query(page)


# -- JSON ------------------------------------------------------------------------------------------------------------------


def paste(page: Page, text: str) -> None:
    page.locator("#generate-paste").click()
    page.locator("#point-text").fill(text)
    page.locator("#point-use").click()


def test_a_copied_point_can_be_opened_again(open_page: OpenPage) -> None:
    page = open_page("/en/?label=7&psi=0.7#generate", **CLIPBOARD)
    settled(page)
    page.locator("#generate-random").click()
    settled(page)
    state, shown, text = page.evaluate(STATE), picture(page, "#generate-image"), copied(page)
    page.locator("#generate-reset").click()
    page.keyboard.press("1")
    settled(page)
    assert picture(page, "#generate-image") != shown
    paste(page, text)
    expect(page.locator("dialog[open]")).to_have_count(0)
    settled(page)
    assert (page.evaluate(STATE), picture(page, "#generate-image")) == (state, shown)
    expect(page.locator("#generate-complaint")).to_be_empty()


def test_a_pasted_text_is_checked(open_page: OpenPage) -> None:
    page = open_page("/en/#generate")
    settled(page)
    before = page.evaluate(STATE)
    huge = json.dumps({"z": [1e308] + [0] * 63})
    strings = json.dumps({"z": ["1"] * 64})
    for text, said in {
        "hello": "neither a JSON object nor a link",
        "[1, 2, 3]": "neither a JSON object nor a link",
        '{"z": [NaN]}': "neither a JSON object nor a link",
        huge: "z (not every number",
        strings: "z (not every number",
        '{"z": "abc"}': "z (unreadable",
        '{"label": 2.5}': "label “2.5”",
        '{"truncation": "1"}': "truncation",
        '{"mix": 3}': "mix “3”",
        '{"model": {"a": 1}}': "model “",
    }.items():
        paste(page, text)
        expect(page.locator("#point-error")).to_contain_text(said)
        assert page.evaluate(STATE) == before, text
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_link_can_be_pasted_onto_the_page(open_page: OpenPage) -> None:
    page = open_page("/en/?psi=0.5#generate")
    settled(page)
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
        }""",
        f"https://elsewhere.example/en/?label=2&z={written([0.5] * 64)}#generate",
    )
    settled(page)
    state = page.evaluate(STATE)
    assert (state["label"], state["z"], state["truncation"]) == (2, [0.5] * 64, 1)  # a link says all that differs


# -- the API ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the client's own
        yield Client(f"{address}/en/", verbose=False, analytics_enabled=False)


def drawn_by_the_api(client: Client, told: dict[str, Any]) -> np.ndarray:
    """784 shades: what the API draws for a copied point."""
    mix = told["mix"] or {"to": None, "share": 0.0}
    path = client.predict(
        model=told["model"], label=told["label"], z=told["z"], truncation=told["truncation"],
        label_b=mix["to"], mix=mix["share"], api_name="/generate",
    )  # fmt: skip
    with Image.open(Path(path)) as image:
        return np.asarray(image).reshape(-1).astype(int)


def test_the_api_draws_what_a_copied_point_shows(open_page: OpenPage, client: Client) -> None:
    page = open_page("/en/#generate", **CLIPBOARD)
    settled(page)
    for point in ("label=3", "label=0&psi=0.6", "label=4&mix=9:0.35", "label=8&psi=1.3"):
        z = np.random.default_rng(len(point)).standard_normal(64).tolist()
        link = f"{page.url.split('/en/')[0]}/en/?{point}&z={written(z)}#generate"
        paste(page, link)
        expect(page.locator("dialog[open]")).to_have_count(0)
        settled(page)
        told = json.loads(copied(page))
        assert told["z"] == pytest.approx(z, abs=1e-6), point
        drawn, shown = drawn_by_the_api(client, told), np.array(page.evaluate(GREYS))
        assert shown.max() > 150, point
        assert np.abs(drawn - shown).max() <= BOUND, point
