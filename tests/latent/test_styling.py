"""What may be asked of a model with styles, and what is refused in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.latent.styling import read_styling
from aigc_demo.text import VisitorError

Z = [0.5] * 64


def test_nothing_asked_is_the_network_by_itself() -> None:
    styling = read_styling(None, 6, 64, 100.0)
    assert (styling.other, styling.noise, styling.seed) == (None, 1.0, 0)


def test_a_whole_wish_is_read() -> None:
    styling = read_styling({"z": Z, "from": 2, "noise": 0.5, "seed": 2**32 - 1}, 6, 64, 100.0)
    assert (styling.crossover, styling.noise, styling.seed) == (2, 0.5, 2**32 - 1)
    assert styling.other is not None
    np.testing.assert_array_equal(styling.other, np.full(64, 0.5, np.float32))
    maps = styling.noise_maps([(7, 7), (14, 14)])
    assert [each.shape for each in maps] == [(7, 7), (14, 14)]


@pytest.mark.parametrize(
    "wish",
    [
        3,
        [],
        {"psi": 1},
        {"from": 7, "z": Z},
        {"from": True, "z": Z},
        {"from": 2},
        {"z": Z[:3], "from": 1},
        {"z": [float("nan")] * 64, "from": 1},
        {"z": [101] * 64, "from": 1},
        {"noise": -1},
        {"noise": float("inf")},
        {"noise": "1"},
        {"seed": 0.5},
        {"seed": 2**32},
    ],
)
def test_anything_else_is_refused(wish: Any) -> None:
    with pytest.raises(VisitorError):
        read_styling(wish, 6, 64, 100.0)


def test_a_model_without_styles_says_so() -> None:
    with pytest.raises(VisitorError, match="no styles"):
        read_styling({"noise": 0}, 0, 64, 100.0)
