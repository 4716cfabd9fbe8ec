"""A pocket page in a real browser: one file, opened from the disk without a network, draws what TensorFlow draws."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from aigc_demo import checkpoints
from aigc_demo.exports.model_export import MODEL_FORMATS, Exported, Options, export_model
from aigc_demo.exports.model_subject import file_stem
from aigc_demo.home import SHIPPED
from aigc_demo.ui.pocket import pocket_page
from tests.browser.conftest import OpenPage, open_tab
from tests.browser.offline import OpenFile, opened_offline

pytestmark = pytest.mark.browser

MOST_BYTES = 1_500_000
MOST_DIFFERENCE = 2  # of 255, as everywhere that the page draws by itself
NAME = "fast"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped model; its axes lie beside it, so nothing is looked for."""
    folder = tmp_path_factory.mktemp("pocket")
    options = Options(pocket_page)
    *_, exported = export_model(SHIPPED / NAME, folder / "cache", MODEL_FORMATS["html"], options)
    assert isinstance(exported, Exported)
    path = folder / "数字 & pocket.html"  # whatever the stick's owner calls it
    path.write_bytes(exported.content)
    return path


@pytest.fixture
def open_file(browser: Browser, file: Path) -> Iterator[OpenFile]:
    with opened_offline(browser, file, "#generate-image:not([data-frame='0'])", "#pocket-check[data-most]") as open_one:
        yield open_one


DRAWN = """
  async ({ points, labels }) => {
    const { state } = await import('aigc/latent-state.js');
    const canvas = document.getElementById('generate-image');
    const copy = new OffscreenCanvas(28, 28).getContext('2d', { willReadFrequently: true });
    const pictures = [];
    for (const [i, z] of points.entries()) {
      const before = canvas.dataset.frame;
      state.setLabel(labels[i]);
      state.setPoint(z);
      let [last, same] = ['', 0];
      while (same < 3) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        same = canvas.dataset.frame === last && last !== before ? same + 1 : 0;
        last = canvas.dataset.frame;
      }
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, 28, 28);
      pictures.push(Array.from({ length: 784 }, (_, pixel) => data[4 * pixel]));
    }
    return pictures;
  }
"""


def test_the_canvas_shows_what_tensorflow_draws(open_file: OpenFile, file: Path) -> None:
    """At points that the file has not been checked with, pixel by pixel; and it says how far off it found itself."""
    assert file.stat().st_size < MOST_BYTES
    page = open_file()
    generator = checkpoints.load(SHIPPED / NAME)
    z = np.random.default_rng(11).standard_normal((12, generator.latent_size)).astype(np.float32)
    labels = (np.arange(12) % 10).tolist()
    shown = np.array(page.evaluate(DRAWN, {"points": z.tolist(), "labels": labels})).reshape(-1, 28, 28)
    theirs = generator.render(z, labels).astype(int)
    assert theirs.std() > 20
    assert np.abs(shown - theirs).max() <= MOST_DIFFERENCE
    assert int(page.get_attribute("#pocket-check", "data-most") or 9) <= MOST_DIFFERENCE
    expect(page.locator("#pocket-check")).to_contain_text("16 pictures differ from TensorFlow's by at most")


def test_sliders_keys_and_buttons_redraw_at_once(open_file: OpenFile) -> None:
    page = open_file()
    picture = page.locator("#generate-image")

    def moves(act: Callable[[], object]) -> None:
        before = (picture.get_attribute("data-frame"), picture.evaluate("(canvas) => canvas.toDataURL()"))
        act()
        page.wait_for_function(
            "([frame, url]) => { const canvas = document.getElementById('generate-image');"
            " return canvas.dataset.frame !== frame && canvas.toDataURL() !== url; }",
            arg=before,
        )

    slant = page.get_by_role("slider", name="slant", exact=True)
    expect(slant).to_be_visible()
    moves(lambda: slant.press("PageUp"))
    moves(lambda: page.locator("#generate-truncation input").press("PageDown"))
    moves(lambda: page.locator("#generate-random").click())
    moves(lambda: page.keyboard.press("8"))
    expect(picture).to_have_attribute("aria-label", re.compile("A generated 8"))
    moves(lambda: page.keyboard.press("r"))
    with page.expect_download() as saved:
        page.locator("#generate-download").click()
    assert saved.value.suggested_filename.endswith("-8.png")


def test_both_languages_on_a_phone_in_the_dark(open_file: OpenFile) -> None:
    page = open_file("#en", viewport={"width": 390, "height": 844}, color_scheme="dark")
    for other in ("zh-CN", "en"):
        page.locator("#language").click()
        page.wait_for_selector(f"html[lang={other}] #pocket-check[data-most]")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        words = page.evaluate(
            r"""() => [document.body.innerText, ...[...document.querySelectorAll('[aria-label], [title]')]
              .map((element) => ` ${element.getAttribute('aria-label')} ${element.title}`)].join(' ')
              .match(/\b[a-z]+(\.[a-zA-Z_]+)+\b/gi) ?? []"""
        )
        assert words == []
    step = checkpoints.read_config(SHIPPED / NAME)["step"]
    expect(page).to_have_title(re.compile(f"· {step:,} steps · AIGC Demo$"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 18, 22)"
    page.locator("#pocket-model summary").first.click()
    expect(page.locator("#pocket-model")).to_contain_text("CC BY-SA 3.0")
    page.locator("#pocket-model summary").last.click()
    expect(page.locator("#pocket-model")).to_contain_text("MIT License")


def test_a_model_is_exported_from_its_card_and_the_export_stopped(open_page: OpenPage) -> None:
    page = open_page("/en/")
    open_tab(page, "models")
    page.locator(f"aigc-models [data-model={NAME}] [data-act=export]").click()
    dialog = page.locator("#models-export")
    with page.expect_download() as saved:
        dialog.locator("[data-export=html]").click()
    recipe = checkpoints.read_config(SHIPPED / NAME)["plan"]["recipe"]["key"]
    assert saved.value.suggested_filename == f"{file_stem(recipe, NAME)}.html"
    expect(dialog.get_by_role("status")).to_contain_text("of 255 grey levels")
    dialog.locator("[data-export=savedmodel]").click()
    dialog.locator("[data-act=stop]").click()
    expect(dialog.get_by_role("status")).to_have_text("Stopped; no file was made.")
    expect(dialog.locator("[data-export=savedmodel]")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
