"""Results are JSON that both programs and people read."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.result import as_text, read, rounded, write


def test_fractions_are_cut_to_significant_digits_wherever_they_are() -> None:
    content = {"small": 0.000123456789, "list": [1234.56789, {"pair": (1 / 3, True)}], "whole": 123456789}
    assert rounded(content, 3) == {"small": 0.000123, "list": [1230.0, {"pair": [0.333, True]}], "whole": 123456789}


def test_rows_of_numbers_take_one_line_and_nothing_changes_by_it() -> None:
    content = {
        "curve": [1, 2.5, -3e-07],
        "words": ["a [ 1, 2 ] b", "c"],
        "spread": {"median": 1.0, "least": 0.5, "most": 1e20},
        "mixed": {"a": 1, "b": "x"},
        "empty": [],
    }
    text = as_text(content)
    assert json.loads(text) == content
    assert '"curve": [1, 2.5, -3e-07]' in text
    assert '"spread": {"median": 1.0, "least": 0.5, "most": 1e+20}' in text


def test_a_result_is_replaced_whole_and_a_missing_one_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "results" / "speed.json"
    assert read(path) == {}
    write(path, {"seed": 0})
    write(path, {"seed": 1})
    assert read(path) == {"seed": 1}
    assert [item.name for item in path.parent.iterdir()] == ["speed.json"]
