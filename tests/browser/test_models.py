"""The Models tab as a visitor drives it: a model comes in, gets a name, stands beside another, goes and comes back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import load, save

from aigc_demo.checkpoints.parcel import gather
from aigc_demo.home import SHIPPED
from tests.browser.conftest import OpenPage, picture

pytestmark = pytest.mark.browser

NAME = "<b>Zoë</b> 😀 שלום"
CARD = "# Mine <script>window.harm = 1</script>\n\n[away](javascript:alert(1)) and **bold**\n"
MOVE = "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true})); }"
# The Train tab's form has learnt what an untouched one holds: what is chosen before that is written over.
HAS_FORM = """async () => {
  const main = document.querySelector('script[src$="/main.js"]').src;
  return Boolean((await import(main.replace('main.js', 'form.js'))).form.plan);
}"""
BOARD = {
    "n": 1000,
    "floor": 0.4,
    "rows": [
        {"recipe": "fast", "loss": "non_saturating", "budget": "30s", "seeds": [0], "digit_fd": [2, 3, 4], "mmac": 2.5},
        {
            "recipe": "dcgan_tf",
            "loss": "non_saturating",
            "budget": "30s",
            "seeds": [0],
            "digit_fd": [5, 6, 7],
            "mmac": 1,
        },
        {"recipe": "fast", "loss": "non_saturating", "budget": "500 steps", "seeds": [0], "digit_fd": [8, 9, 10]},
    ],
    "yardsticks": [{"key": "noise", "title": {"zh": "噪声", "en": "Noise"}, "digit_fd": 160}],
}


def changed(factor: float) -> dict[str, bytes]:
    """The shipped model with other numbers, and a card of somebody's own."""
    files = gather(SHIPPED / "fast").files
    weights = {name: value * factor for name, value in load(files["generator.safetensors"]).items()}
    return {**files, "generator.safetensors": save(weights), "README.md": CARD.encode()}


def opened(open_page: OpenPage, board: object = None) -> Page:
    page = open_page("/en/")
    page.route("**/leaderboard", lambda route: route.fulfill(json={"board": board}))
    page.locator("#tab-models-button").click()
    page.wait_for_selector("[data-model=fast]")
    return page


def painted(page: Page, beyond: int = 0) -> int:
    page.wait_for_function("n => Number(document.querySelector('#models-compare')?.dataset.painted) > n", arg=beyond)
    return int(page.get_attribute("#models-compare", "data-painted") or 0)


def test_a_model_comes_in_gets_a_name_is_compared_goes_and_comes_back(open_page: OpenPage, tmp_path: Path) -> None:
    page = opened(open_page)
    expect(page.locator("#models-board")).to_be_hidden()  # nothing was measured
    page.locator("#models-bring").click()
    (tmp_path / "bad.zip").write_bytes(b"no zip at all")
    page.set_input_files("#models-import-files", tmp_path / "bad.zip")
    expect(page.locator("#models-import [role=alert]")).to_contain_text("not a readable zip")
    files = changed(0.97)
    for name in ("config.json", "generator.safetensors", "README.md"):
        (tmp_path / name).write_bytes(files[name])
    page.set_input_files("#models-import-files", tmp_path / "config.json")
    expect(page.locator("#models-import [role=alert]")).to_contain_text("generator.safetensors")
    page.set_input_files(
        "#models-import-files", [tmp_path / "config.json", tmp_path / "generator.safetensors", tmp_path / "README.md"]
    )
    card = page.locator("[data-group=imported] .aigc-card")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("not measured here")

    card.locator("summary").click()
    expect(card.locator(".aigc-card-text strong")).to_have_text("bold")
    expect(card.locator(".aigc-card-text a")).to_have_count(0)
    card.locator("[data-act=rename]").click()
    card.locator("form input").fill(NAME)
    page.keyboard.press("Enter")
    expect(card.locator("h3")).to_have_text(NAME)
    assert page.evaluate("window.harm") is None

    card.locator("[data-act=compare]").click()
    first = painted(page)
    before = [picture(page, f"#models-compare figure:nth-child({n})") for n in (1, 2)]
    page.locator("#models-compare-way").evaluate(MOVE, "70")
    painted(page, first)
    after = [picture(page, f"#models-compare figure:nth-child({n})") for n in (1, 2)]
    assert len({*before, *after}) == 4
    expect(page.locator("#models-compare thead th")).to_have_text([NAME, "Fast, trained for long (shipped)"])

    card.locator("[data-act=delete]").click()
    expect(card).to_have_count(0)
    undo = page.locator("[data-undo]")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.locator("h3")).to_have_text(NAME)
    card.locator("[data-act=delete]").click()  # the next test finds what this one found
    expect(card).to_have_count(0)


def test_the_same_model_is_not_kept_twice(open_page: OpenPage, tmp_path: Path) -> None:
    page = opened(open_page)
    with zipfile.ZipFile(tmp_path / "fast.zip", "w") as archive:
        for name, content in gather(SHIPPED / "fast").files.items():
            archive.writestr(f"model/{name}", content)
    page.locator("#models-bring").click()
    page.set_input_files("#models-import-files", tmp_path / "fast.zip")
    expect(page.locator(".aigc-models-news")).to_contain_text("here already")
    expect(page.locator("[data-model=fast] h3")).to_be_focused()
    with page.expect_download() as download:
        page.locator("[data-model=fast] [data-act=download]").click()
    content = Path(download.value.path()).read_bytes()
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert download.value.suggested_filename == "aigc-demo-fast_long-fast.zip"


def test_a_row_of_the_leaderboard_chooses_its_recipe(open_page: OpenPage) -> None:
    page = opened(open_page, BOARD)
    page.wait_for_function(HAS_FORM)
    rows = page.locator("#models-board tr[data-recipe]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("3.00")
    page.get_by_role("button", name="MMAC an image").click()
    expect(rows.first).to_have_attribute("data-recipe", "dcgan_tf")
    page.get_by_role("button", name="500 steps each").click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="30 seconds each").click()
    rows.filter(has_text="6.00").locator("button").click()
    expect(page.locator("#tab-train")).to_be_visible()
    page.wait_for_function("() => location.search.includes('recipe=dcgan_tf')")
