"""The README's table of limits says what a server really allows."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from aigc_demo.runs import limits_from
from aigc_demo.runs.limits import LOCAL, PUBLIC
from aigc_demo.text import VisitorError

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(AIGC_DEMO_\w+)` \| [^|]+ \| (\d+) \| (\d+) \|$", README, re.M)


def field_of(variable: str) -> str:
    """The limit that `variable` sets, found by setting it."""
    for value in ("1", "2", "0", "7"):
        try:
            found = asdict(limits_from({variable: value}, False))
        except VisitorError:  # out of its range: the next value
            continue
        changed = {name for name, given in found.items() if given != getattr(LOCAL, name)}
        if changed:
            (name,) = changed
            return name
    raise AssertionError(f"{variable} sets nothing")


@pytest.mark.parametrize(("variable", "local", "public"), ROWS)
def test_a_row_of_the_table_is_true(variable: str, local: str, public: str) -> None:
    name = field_of(variable)
    assert (getattr(LOCAL, name), getattr(PUBLIC, name)) == (int(local), int(public))


def test_every_limit_has_its_row() -> None:
    assert {field_of(variable) for variable, _, _ in ROWS} == set(asdict(LOCAL))
