"""What the page makes of a diagram and of claims, run by Node."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.explain.diagrams import diagram_of
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

# The modules look for the page's language and address when they are loaded.
PAGE = "globalThis.document ??= { baseURI: 'http://localhost/en/', querySelector: () => null };"


def run(module: str, body: str, folder: Path, given: object = None) -> Any:
    """As `run_modules`, with a page for the modules to find."""
    (folder / "page.js").write_text(PAGE, encoding="utf-8")
    return run_modules(body, {"page": "page.js", "m": module}, folder, given=given)


def test_a_box_has_the_shape_of_its_tensor(tmp_path: Path) -> None:
    shapes = [[28, 28, 1], [14, 14, 16], [14, 14, 64], [784], [3136], [1]]
    image, few, many, pixels, features, one = run("nets-box.js", "return given.map(m.tensorBox)", tmp_path, shapes)
    assert image["width"] == 2 * few["width"] == 2 * many["width"]
    assert many["depth"] == 2 * few["depth"]
    assert pixels["kind"] == "vector" and pixels["width"] == image["width"]
    assert features["width"] == 2 * pixels["width"]
    assert one["width"] > 0


def test_the_sums_of_a_diagram_and_where_inputs_come_from(tmp_path: Path) -> None:
    network = asdict(diagram_of("fast").networks[1])
    body = """const sources = given.layers.map((layer, place) => [layer.name, m.sources(given.layers, place)]);
      return [m.sums(given), Object.fromEntries(sources)]"""
    sums, sources = run("nets-facts.js", body, tmp_path, network)
    assert sums["parameters"] == network["counted"] and sums["trainable"] == network["counted_trainable"]
    assert sources["conv1"] == [] and sources["leaky1"] == []  # from what stands just above
    assert sources["logit"] == ["features"] and sources["projection"] == ["features", "label"]


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(1, 3, "33.3 %"), (0, 3, "0 %"), (1, 10_000, "< 0.1 %"), (3, 3, "100.0 %")]
)
def test_shares(part: int, whole: int, words: str, tmp_path: Path) -> None:
    assert run("nets-facts.js", f"return m.share({part}, {whole})", tmp_path) == words


def test_a_claim_holds_within_its_tolerance_and_never_for_what_is_no_number(tmp_path: Path) -> None:
    claims = [
        {"predicted": 1, "measured": 1},
        {"predicted": 1, "measured": 1.05, "tolerance": 0.1},
        {"predicted": 1, "measured": 1.05},
        {"predicted": 1, "measured": None, "tolerance": 9},
    ]
    assert run("checked-claims.js", "return given.map(m.holds)", tmp_path, claims) == [True, True, False, False]
