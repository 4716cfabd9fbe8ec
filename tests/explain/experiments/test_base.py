"""Claims, and holding an outcome against them."""

from __future__ import annotations

import math

import pytest

from aigc_demo.explain.experiments import EXPERIMENTS, Claim, Experiment, Outcome, find_experiment
from aigc_demo.explain.experiments.desk import conclude
from aigc_demo.text import LANGUAGES, NotFound, plain
from tests.explain.experiments.made_up import MadeUp, experiment


@pytest.mark.parametrize(
    ("relation", "measured", "holds"),
    [
        ("=", 2.0, True),
        ("=", 2.0000001, False),
        ("<", 1.9, True),
        ("<", 2.0, False),
        (">", 2.1, True),
        (">", 2.0, False),
    ],
)
def test_a_claim_is_a_comparison(relation: str, measured: float, holds: bool) -> None:
    assert Claim("k", "written", plain("n"), relation, 2.0).holds(measured) is holds  # type: ignore[arg-type]


def test_about_means_within_the_tolerance() -> None:
    claim = Claim("k", "written", plain("n"), "≈", 2.0, tolerance=0.125)
    assert claim.holds(2.125) and claim.holds(1.875) and not claim.holds(2.13)


@pytest.mark.parametrize("relation", ["=", "≈", "<", ">"])
@pytest.mark.parametrize("measured", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_fulfils_nothing(relation: str, measured: float) -> None:
    assert not Claim("k", "written", plain("n"), relation, 0.0, tolerance=9.0).holds(measured)  # type: ignore[arg-type]


def test_a_claim_that_was_not_measured_does_not_hold() -> None:
    concluded = conclude(experiment(MadeUp()), Outcome({"two": 2.0, "near": 3.0}), 1.0)
    assert concluded.holds == {"two": True, "near": False, "seed": False}
    assert math.isnan(concluded.measured["seed"])


@pytest.mark.parametrize("item", EXPERIMENTS.values(), ids=list(EXPERIMENTS))
def test_every_experiment_asks_first_and_claims_something(item: Experiment) -> None:
    assert [choice.is_right for choice in item.choices].count(True) == 1 and len(item.choices) >= 2
    keys = [claim.key for claim in item.claims]
    assert keys and len(keys) == len(set(keys)) and 0 < item.seconds <= 20
    for text in (item.question, *(claim.text for claim in item.claims), *(choice.text for choice in item.choices)):
        assert all(text(lang).strip() for lang in LANGUAGES)
        assert text.zh.count("$") % 2 == 0 and text.en.count("$") % 2 == 0


def test_an_unknown_experiment_is_not_found() -> None:
    with pytest.raises(NotFound):
        find_experiment("Z9")
