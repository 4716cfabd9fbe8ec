"""The panel for models with styles, in a real browser: two points mixed, the table of mixes, noise, and the link to it all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.page_parity import write_untrained
from benchmarks.page_scripts import run
from tests.browser.conftest import OpenPage, open_tab, picture, settled

MODEL = {"id": "styles-here", "latent_size": 64, "conditional": False, "kind": "run", "styles": 6}
MOST_DIFFERENCE = 2  # of 255


@pytest.fixture(scope="module", autouse=True)
def model(address: str, session_home: Path) -> Iterator[None]:
    """A style network among the program's runs, with noise that shows and a mean w that is not 0."""
    folder = session_home / "runs" / MODEL["id"]
    write_untrained("style", folder)
    yield
    shutil.rmtree(folder)


def test_psi_mixing_and_noise_mean_the_same_in_the_page_and_on_the_server(open_page: OpenPage) -> None:
    *differences, one, two, here = run(
        open_page(),
        """
        const [here, there] = [m.openRenderer(model), m.openRenderer(model, { server: true })];
        const [other] = draws(9).slice(-1);
        const plain = { z: null, from: 0, noise: 1, seed: 0 };
        const wishes = [[0.5, plain], [0, plain], [1, { ...plain, z: other, from: 2 }], [0.7, { ...plain, z: other, from: 0 }],
          [1, { ...plain, noise: 0 }], [1, { ...plain, noise: 2, seed: 4_000_000_000 }]];
        const found = [];
        const pictures = [];
        for (const [psi, styling] of wishes) {
          const [ours, theirs] = await Promise.all([here, there].map((each) => each.render(draws(5), null, psi, { styling })));
          found.push(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]))));
          pictures.push(text(ours));
        }
        return [...found, new Set(pictures).size, pictures.length, here.where];
        """,
        model=MODEL,
    )
    assert max(differences) <= MOST_DIFFERENCE
    assert one == two, "two different wishes have given the same pictures"
    assert here == "page"


def test_two_points_are_mixed_and_the_link_keeps_it(open_page: OpenPage) -> None:
    page = _studio(open_page)
    mixed = _choose(page, "middle")
    expect(page.locator("#generate-styles-says")).to_contain_text(
        "7a 7b have A's style, layers 14a 14b 28a 28b have B's"
    )
    assert re.search(r"styles=2:1:0:[\w-]{342}&", f"{page.url.split('#')[0]}&")
    assert _choose(page, "all") == picture(page, "#generate-styles-b")
    assert _choose(page, "none") == picture(page, "#generate-styles-a")
    assert "styles=" not in page.url
    assert len({mixed, picture(page, "#generate-styles-a"), picture(page, "#generate-styles-b")}) == 3
    page.locator(".aigc-panel-styles .aigc-pictures button").nth(2).click()
    settled(page)
    assert picture(page, "#generate-image") == mixed
    page.reload()
    page.wait_for_selector("body[data-aigc-ready]", state="attached")
    settled(page)
    assert picture(page, "#generate-image") == mixed
    expect(page.locator("#generate-styles-from-middle")).to_have_attribute("aria-pressed", "true")


def test_a_cell_of_the_table_goes_to_its_mix_and_noise_can_be_turned_off(open_page: OpenPage) -> None:
    page = _studio(open_page)
    cell = page.get_by_role("button", name="A of row 2 mixed with B of column 3")
    shown = cell.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    cell.click()
    settled(page)
    loud = picture(page, "#generate-image")
    assert loud == shown
    page.locator("#generate-styles-noise-off").click()
    settled(page)
    assert picture(page, "#generate-image") != loud
    assert re.search(r"styles=2:0:0:", page.url)
    page.locator("#generate-styles-noise-fixed").click()
    settled(page)
    assert picture(page, "#generate-image") == loud


def test_other_models_have_no_such_panel(open_page: OpenPage) -> None:
    page = _studio(open_page)
    page.locator("#generate-model").select_option("fast")
    expect(page.locator("#generate-tab-styles")).to_be_hidden()
    expect(page.locator("#generate-tab-sliders")).to_have_attribute("aria-selected", "true")
    page.locator("#generate-model").select_option(MODEL["id"])
    expect(page.locator("#generate-tab-styles")).to_be_visible()
    expect(page.locator("#generate-truncation .aigc-note")).to_contain_text("acts on w")


def _studio(open_page: OpenPage) -> Page:
    page = open_page(f"/en/?model={MODEL['id']}&panel=styles#generate")
    open_tab(page, "generate")
    page.wait_for_selector("#generate-styles-grid[data-painted]")
    settled(page)
    return page


def _choose(page: Page, which: str) -> str:
    """Let B have these layers; the picture that comes of it."""
    page.locator(f"#generate-styles-from-{which}").click()
    expect(page.locator(f"#generate-styles-from-{which}")).to_have_attribute("aria-pressed", "true")
    settled(page)
    return picture(page, "#generate-image")
