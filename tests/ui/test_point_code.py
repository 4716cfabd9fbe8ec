"""How a point is written into an address and read again, run by Node where it is installed."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node


def evaluate(expression: str, tmp_path: Path) -> Any:
    """The value of a JavaScript expression in which the module is called `m`."""
    return run_modules(f"return {expression}", {"m": "point-code.js"}, tmp_path)


def read(query: str, tmp_path: Path) -> Any:
    return evaluate(f"m.wishOfQuery(new URLSearchParams({json.dumps(query)}))", tmp_path)


def test_z_is_little_endian_single_precision_in_base64url(tmp_path: Path) -> None:
    z = np.random.default_rng(0).standard_normal(64).astype("<f4")
    written = base64.urlsafe_b64encode(z.tobytes()).decode().rstrip("=")
    assert evaluate(f"m.encodeZ({z.tolist()})", tmp_path) == written
    assert np.array_equal(np.array(evaluate(f"m.decodeZ({json.dumps(written)})", tmp_path), np.float32), z)


@pytest.mark.parametrize("broken", ["", "!!!!", "AAAA", "AADAf", "z z z"])
def test_what_is_no_list_of_numbers_is_nothing(broken: str, tmp_path: Path) -> None:
    assert evaluate(f"m.decodeZ({json.dumps(broken)})", tmp_path) is None


def test_an_address_without_a_point_asks_for_nothing(tmp_path: Path) -> None:
    assert read("run=abc&seed=7&recipe=fast", tmp_path) is None


def test_an_address_is_read_as_it_was_written(tmp_path: Path) -> None:
    wish = {"model": "fast", "label": 4, "mix": {"to": 9, "share": 0.25}, "truncation": 0.7, "z": [0.5, -2]}
    wish |= {"axes": "pca", "panel": "inside"}
    written = evaluate(f"new URLSearchParams(m.queryOf({json.dumps(wish)})).toString()", tmp_path)
    assert read(written, tmp_path) == wish


@pytest.mark.parametrize(
    ("query", "wish"),
    [
        ("label=12", {"label": 12}),
        ("label=all", {"label": "all"}),
        ("label=-1", {"label": "-1"}),
        ("mix=4", {"mix": "4"}),
        ("mix=4:x", {"mix": "4:x"}),
        ("psi=", {"truncation": None}),  # NaN
        ("psi=1e400", {"truncation": None}),  # Infinity
        ("z=", {"z": None}),
    ],
)
def test_nonsense_is_handed_on_to_be_judged(query: str, wish: dict[str, Any], tmp_path: Path) -> None:
    assert read(query, tmp_path) == wish


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "null", "3", '"z"', "{}", '{"zz": 1}', "{z: 1}", "https://a.b/?seed=1", "x" * 100_001]
)
def test_what_is_no_point_is_none(text: str, tmp_path: Path) -> None:
    assert evaluate(f"m.wishOfText({json.dumps(text)})", tmp_path) is None


def test_json_and_links_can_be_pasted(tmp_path: Path) -> None:
    pasted = evaluate("""m.wishOfText(' {"z": [1e308], "label": null, "other": 1} ')""", tmp_path)
    assert pasted == {"wish": {"label": None, "z": [1e308]}, "whole": False}
    linked = evaluate("m.wishOfText('http://somewhere/en/?label=2&seed=1#generate')", tmp_path)
    assert linked == {"wish": {"label": 2}, "whole": True}
