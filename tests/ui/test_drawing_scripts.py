"""Ink found in picture files, and what D's scores are compared with, run by Node where it is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node


def evaluate(module: str, expression: str, tmp_path: Path) -> Any:
    """The value of a JavaScript expression in which a script of the page is called `m`."""
    return run_modules(f"return {expression}", {"m": f"{module}.js"}, tmp_path)


def ink_of(grey: np.ndarray, tmp_path: Path) -> np.ndarray | None:
    height, width = grey.shape
    given = f"Float32Array.from({grey.ravel().tolist()})"
    found = evaluate("drawing-file", f"((ink) => ink && [...ink])(m.inkOf({given}, {width}, {height}))", tmp_path)
    return None if found is None else np.array(found).reshape(height, width)


def test_ink_is_what_differs_from_the_paper_whichever_is_darker(tmp_path: Path) -> None:
    bar = np.zeros((20, 20))
    bar[5:15, 9:12] = 255
    for picture in (bar, 255 - bar, 0.4 * bar + 60, 230 - 0.4 * bar):
        ink = ink_of(picture, tmp_path)
        assert ink is not None and (ink == bar).all()


def test_greys_of_a_clean_picture_are_kept(tmp_path: Path) -> None:
    soft = np.zeros((12, 12))
    soft[4:8, 5:8] = [[64, 255, 128]] * 4
    ink = ink_of(soft, tmp_path)
    assert ink is not None and (ink == soft).all()


def test_the_grain_of_paper_is_no_ink(tmp_path: Path) -> None:
    grain = np.random.default_rng(1).normal(210, 3, (30, 30))
    page = grain.copy()
    page[8:22, 13:17] = 30
    ink = ink_of(page, tmp_path)
    assert ink is not None
    assert (ink[8:22, 13:17] > 230).all()
    assert np.mean(ink[:, :12] > 25) < 0.02
    assert ink_of(grain, tmp_path) is None


@pytest.mark.parametrize(
    ("score", "verdict"), [(5.0, "real"), (0.5, "edge"), (-0.5, "fake"), (-9.0, "neither"), (99.0, "real")]
)
def test_a_score_stands_among_those_that_are_known(score: float, verdict: str, tmp_path: Path) -> None:
    scale = json.dumps({"real": list(np.arange(0, 10, 0.1)), "fake": list(np.arange(-3, 2, 0.1))})
    found = evaluate("drawing-ruler", f"m.standing({score}, {scale})", tmp_path)
    assert found["verdict"] == verdict
    assert 0 <= found["real"] <= 1 and 0 <= found["fake"] <= 1


def test_how_often_d_is_right_about_a_pair(tmp_path: Path) -> None:
    real, fake = [1.0, 2.0, 3.0, 4.0], [0.0, 2.5]
    right = np.mean([r > f for r in real for f in fake])
    scale = json.dumps({"real": real, "fake": fake})
    assert evaluate("drawing-ruler", f"m.tellsApart({scale})", tmp_path) == pytest.approx(right)
