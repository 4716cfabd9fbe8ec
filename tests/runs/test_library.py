"""Sample sheets: drawn once for each state of a model's weights."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo import checkpoints
from aigc_demo.runs import library
from aigc_demo.runs.library import Library
from aigc_demo.text import NotFound
from tests import models

RUN = "r" * 20


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Path]:
    """A folder of runs with one whose model is tiny."""
    with models.tiny_recipe():
        models.save(tmp_path / "runs" / RUN)
        yield tmp_path / "runs"


def test_a_sheet_is_drawn_once_until_the_weights_change(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(library, "sheet_png", lambda generator: drawn.append(generator) or b"%d" % len(drawn))
    shelf = Library(runs)
    assert [shelf.sheet(RUN, None), shelf.sheet(RUN, None)] == [b"1", b"1"]
    os.utime(runs / RUN / checkpoints.CONFIG, ns=(1, 1))
    assert shelf.sheet(RUN, None) == b"2"


def test_the_oldest_sheets_make_room(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "s" * 20
    models.save(runs / other)
    drawn: list[object] = []
    monkeypatch.setattr(library, "sheet_png", lambda generator: drawn.append(generator) or b"%d" % len(drawn))
    monkeypatch.setattr(library, "SHEETS", 1)
    shelf = Library(runs)
    assert [shelf.sheet(name, None) for name in (RUN, other, other, RUN)] == [b"1", b"2", b"2", b"3"]


def test_no_model_no_sheet(runs: Path) -> None:
    with pytest.raises(NotFound):
        Library(runs).sheet("t" * 20, None)
