"""Where a place looks: the panel of a generator with attention, beside the numbers of its network file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from aigc_demo.checkpoints import GENERATOR_NET
from aigc_demo.checkpoints.portable_numpy import NumpyNetwork
from benchmarks.page_parity import write_untrained
from benchmarks.page_scripts import run
from tests.browser.conftest import OpenPage
from tests.browser.test_latent_inside import MOVE, lend_models, painted, wait_for_paint

pytestmark = pytest.mark.browser

PANEL = "#inside-attention"
ATTENTIVE = {"id": "attentive", "title": {"zh": "注意", "en": "Attentive"}, "conditional": False}
HEAT = """() => {
  const { data } = document.querySelector('#attention-heat').getContext('2d').getImageData(0, 0, 14, 14);
  return Array.from({ length: 196 }, (_, i) => data[4 * i] + data[4 * i + 1] + data[4 * i + 2]);
}"""


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """An untrained SAGAN's generator whose gate is open."""
    folder: Path = tmp_path_factory.mktemp("attentive") / "model"
    write_untrained("sagan", folder)
    yield (folder / GENERATOR_NET).read_bytes()


def _open(open_page: OpenPage, net: bytes) -> Page:
    page = open_page("/en/")
    lend_models(page, ATTENTIVE)
    page.route("**/models/attentive/generator.net", lambda route: route.fulfill(body=net))
    page.goto(page.url.split("/en/")[0] + "/en/?panel=inside&model=attentive#generate")
    page.locator("#generate-inside-attention").click()
    wait_for_paint(page, PANEL)
    return page


def _row(net: bytes, z: np.ndarray, place: int) -> np.ndarray:
    """This place's row of the softmax, in NumPy: the layer before attention, then attention itself."""
    network = NumpyNetwork(net)
    attention = next(node for node in network.graph["nodes"] if node["op"] == "attention")
    network.graph["outputs"] = {"x": attention["from"][0]}
    x = network.run(z=z[None])["x"].reshape(196, -1)
    query, key = (network.tensors[attention[role]] for role in ("query", "key"))
    likes = (x[place] @ query) @ (x @ key).T
    shares = np.exp(likes - likes.max())
    return shares / shares.sum()


def _place(page: Page) -> int:
    return int(page.get_attribute("#attention-heat", "aria-valuenow") or 0) - 1


def test_a_clicked_place_shows_its_row_of_the_softmax(open_page: OpenPage, net: bytes) -> None:
    """By the mouse, by the keyboard, and live while z moves."""
    page = _open(open_page, net)
    expect(page.locator(f"{PANEL} .aigc-figures-line").first).to_have_text(
        re.compile(r"^γ = −?\d\.\d{3}: the layer adds")
    )
    box = page.locator("#attention-picture").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 4.5 / 14, box["y"] + box["height"] * 9.5 / 14)
    assert _place(page) == 9 * 14 + 4
    expect(page.locator(f"{PANEL} .aigc-judged")).to_contain_text("Row 10, column 5:")
    page.locator("#attention-heat").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert _place(page) == 8 * 14 + 5
    _compare(page, net)
    count = painted(page, PANEL)
    page.locator("#inside-hand input[type=range]").first.evaluate(MOVE, "2.5")
    wait_for_paint(page, PANEL, count)
    _compare(page, net)


def _compare(page: Page, net: bytes) -> None:
    z = np.array(run(page, "return [...m.state.z];"))
    row = _row(net, z, _place(page))
    heat = np.array(page.evaluate(HEAT))
    assert heat[row.argmax()] == heat.max()
    assert np.corrcoef(np.argsort(np.argsort(row)), np.argsort(np.argsort(heat)))[0, 1] > 0.99  # brighter is more
    text = page.inner_text(f"{PANEL} .aigc-judged")
    most, own = (float(share) for share in re.findall(r"(?:one is|itself) ([\d.]+) %", text))
    assert (most, own) == pytest.approx((100 * row.max(), 100 * row[_place(page)]), rel=0.02, abs=0.006)
    evenly = float(re.findall(r"evenly at ([\d.]+) of 196", text)[0])
    assert evenly == pytest.approx(np.exp(-(row * np.log(row)).sum()), rel=0.02)


def test_a_generator_without_attention_offers_no_such_view(open_page: OpenPage, net: bytes) -> None:
    page = _open(open_page, net)
    page.goto(page.url.split("/en/")[0] + "/en/?panel=inside&model=fast#generate")
    wait_for_paint(page, "#inside-maps")
    expect(page.locator("#generate-inside-attention")).to_be_hidden()
