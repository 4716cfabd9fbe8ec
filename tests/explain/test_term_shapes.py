"""The tables that the page evaluates the terms by, and the lines in which it puts the chosen logits."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable

import numpy as np
import pytest

from aigc_demo.explain.logits import explain, game_terms, terms_at
from aigc_demo.explain.substituted import WRITTEN
from aigc_demo.explain.term_shapes import term_shapes, with_logit_terms
from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.text import NotFound

PAIRS = ((1.0, -1.0), (-2.3, 0.4), (0.4, 3.1), (3.1, -2.3), (-7.5, 9.0))


@pytest.mark.parametrize("key", LOSSES)
def test_the_table_has_what_explain_says(key: str) -> None:
    shapes = term_shapes(key)
    places = [3, 82, 142, 163, 280]  # at -88, -6, 0, 2.1, 84
    at = [shapes["grid"][place] for place in places]
    rest = [0.0] * len(at)
    told = {"real": _told(key, at, rest), "fake": _told(key, rest, at)}
    for term in shapes["terms"]:
        values, slopes = told[term["logit"]][term["key"]]
        assert [term["values"][place] for place in places] == pytest.approx(values, abs=1e-6)
        assert [term["slopes"][place] for place in places] == pytest.approx(slopes[term["logit"]], abs=1e-6)


@pytest.mark.parametrize("key", LOSSES)
def test_a_term_of_both_logits_is_one_of_their_difference(key: str) -> None:
    """The page looks such a term up at own - other; every other term must not see the other logit at all."""
    reals, fakes = (list(side) for side in zip(*PAIRS, strict=True))
    gaps = [real - fake for real, fake in PAIRS]
    rest = [0.0] * len(gaps)
    told = _told(key, reals, fakes)
    moved = {
        ("real", True): _told(key, gaps, rest),
        ("fake", True): _told(key, rest, [-gap for gap in gaps]),
        ("real", False): _told(key, reals, rest),
        ("fake", False): _told(key, rest, fakes),
    }
    for term in term_shapes(key)["terms"]:
        alike = moved[term["logit"], term["sees_both"]]
        assert told[term["key"]][0] == pytest.approx(alike[term["key"]][0], abs=1e-9)


def test_the_table_is_explained_alike() -> None:
    """Both read the same functions: one pair, by the function that the route of single numbers calls."""
    answer = explain("rasgan", 1.0, -1.0)
    told = _told("rasgan", [1.0], [-1.0])
    for term in answer["discriminator"] + answer["generator"]:
        values, slopes = told[term["key"]]
        assert (term["value"], term["slopes"]["fake"]) == pytest.approx((values[0], slopes["fake"][0]))


def test_the_grid_rises_and_has_the_corners_of_the_hinge() -> None:
    grid = term_shapes("hinge")["grid"]
    assert grid == sorted(set(grid)) and (grid[0], grid[-1]) == (-100, 100)
    assert {-1.0, 0.0, 1.0} <= set(grid)


@pytest.mark.parametrize("key", LOSSES)
def test_every_term_that_logits_determine_is_there(key: str) -> None:
    shapes = json.loads(json.dumps(term_shapes(key), allow_nan=False))
    keys = {term["key"] for term in shapes["terms"]}
    assert keys >= {term.key for player in ("d", "g") for term in game_terms(LOSSES[key], player)}
    assert "d_drift" in keys
    assert ("d_smooth" in keys) == (LOSSES[key].d_terms[0].latex == LOSSES["minimax"].d_terms[0].latex)


def test_an_unknown_loss_is_not_found() -> None:
    with pytest.raises(NotFound):
        term_shapes("no_such_loss")


# -- the lines in which logits are put ----------------------------------------------------------------------------------

_FUNCTIONS: dict[str, Callable[..., float]] = {
    "log": math.log,
    "max": max,
    "sigma": lambda s: 1 / (1 + math.exp(-s)),
}


def _value(line: str, x: float, z: float) -> float:
    """A line such as `½ ({x} − 1)²` as arithmetic."""
    text = line.replace("{x}", f"({x})").replace("{z}", f"({z})").replace("−", "-").replace("σ", "sigma")
    text = re.sub(r"½ ", "0.5 * ", text.replace("²", " ** 2"))
    text = re.sub(r"log sigma(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))", r"log(sigma\1)", text)
    return float(eval(text, {"__builtins__": {}}, _FUNCTIONS))


def test_the_reader_of_lines_can_read() -> None:
    assert _value("−log σ({x})", 0.0, 9.0) == pytest.approx(math.log(2))
    assert _value("−log σ(σ({z}))", 9.0, 0.0) == pytest.approx(-math.log(1 / (1 + math.exp(-0.5))))
    assert _value("½ ({x} − 1)²", -1.0, 0.0) == 2


@pytest.mark.parametrize("key", LOSSES)
def test_the_lines_are_the_functions_that_train(key: str) -> None:
    told = _told(key, *(list(side) for side in zip(*PAIRS, strict=True)))
    for term in term_shapes(key)["terms"]:
        assert [_value(term["written"], x, z) for x, z in PAIRS] == pytest.approx(told[term["key"]][0], abs=1e-5)


def test_no_line_is_left_over() -> None:
    used = {term.latex for loss in LOSSES.values() for player in ("d", "g") for term in game_terms(loss, player)}
    used |= {term.latex for item in AUXILIARIES.values() for term in item.terms if term.on_logits}
    assert set(WRITTEN) == used


def _told(loss: str, reals: list[float], fakes: list[float]) -> dict[str, tuple[list[float], dict[str, list[float]]]]:
    """Values and slopes of every term at these pairs, by the functions that train."""
    shapes = terms_at(with_logit_terms(LOSSES[loss]), np.array(reals), np.array(fakes))
    return {
        key: (shape.values.tolist(), {logit: slopes.tolist() for logit, slopes in shape.slopes.items()})
        for key, shape in shapes.items()
    }
