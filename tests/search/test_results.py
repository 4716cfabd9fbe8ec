"""The Pareto front, giving up, and the command that repeats a trial: worked out by hand."""

from __future__ import annotations

import math
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.recipes import make_plan, value_of
from aigc_demo.search import Results, Trial, define, usual_ranges
from aigc_demo.search.hopeless import Rung, best_of, hopeless, read_rungs
from aigc_demo.search.results import pareto_front


def _trial(number: int, digit_fd: float, seconds: float) -> Trial:
    return Trial(number, "complete", {}, digit_fd=digit_fd, seconds=seconds, step=10)


def test_the_front_of_a_few_points() -> None:
    points = [(3.0, 5.0), (1.0, 9.0), (2.0, 6.0), (2.5, 7.0), (9.0, 1.0), (2.0, 8.0)]
    front = pareto_front(_trial(number, *point) for number, point in enumerate(points))
    assert [trial.number for trial in front] == [1, 2, 0, 4]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_the_front_is_what_nothing_dominates(points: list[tuple[int, int]]) -> None:
    front = pareto_front(_trial(number, *point) for number, point in enumerate(points))
    undominated = {
        point for point in points
        if not any(other != point and other[0] <= point[0] and other[1] <= point[1] for other in points)
    }  # fmt: skip
    assert [(trial.digit_fd, trial.seconds) for trial in front] == sorted(undominated)


FINISHED = [
    [Rung(10, fd, seconds), Rung(20, fd / 2, 2 * seconds)] for fd, seconds in ((10, 1), (20, 2), (30, 3), (40, 4))
]


@pytest.mark.parametrize(
    ("rung", "why"),
    [
        (Rung(10, 24.0, 9.0), None),  # better than the median of 25
        (Rung(10, 26.0, 2.4), None),  # worse, but quicker than the median of 2.5 seconds
        (Rung(10, 26.0, 2.6), "behind_and_slower"),
        (Rung(10, 50.1, 0.1), "far_behind"),
        (Rung(20, 26.0, 0.1), "far_behind"),  # the median is of the same step: 12.5 there
        (Rung(15, 1e9, 9.0), None),  # nobody has been measured there
        (Rung(10, math.nan, 1.0), "not_finite"),
    ],
)
def test_hopeless_means_behind_the_medians_of_the_same_step(rung: Rung, why: str | None) -> None:
    assert hopeless(rung, FINISHED) == why


def test_the_first_trials_are_never_behind() -> None:
    assert hopeless(Rung(10, 1e9, 1e9), FINISHED[:3]) is None


def test_a_trial_counts_where_it_was_best() -> None:
    assert best_of([Rung(1, 5.0, 1.0), Rung(2, 3.0, 2.0), Rung(3, 3.0, 3.0), Rung(4, 4.0, 4.0)]) == Rung(2, 3.0, 2.0)


@pytest.mark.parametrize("data", [None, "x", [1], [[1, 2]], [["a", 1, 2]], [[None, 1, 2]]])
def test_rungs_that_are_none_are_left_out(data: object) -> None:
    assert read_rungs(data) == ()


def test_the_command_repeats_the_trials_plan() -> None:
    definition = define("fast", usual_ranges(make_plan("fast")), steps=100, seed=3)
    settings = {"lr.g": 0.001234, "batch_size": 64, "beta_1.g": 0.25, "weight.d_class": 0.07}
    trial = Trial(4, "complete", settings, digit_fd=9.0, seconds=2.0, step=60)
    words = shlex.split(Results("my-study", definition, (trial,)).command(trial))
    assert words[:6] == ["python", "-m", "aigc_demo", "train", "--out", "my-study-4"]
    options = dict(zip(words[6::2], words[7::2], strict=True))
    assert (options["--steps"], options["--seed"]) == ("60", "3")
    given = dict(pair.split("=") for key, pair in zip(words[6::2], words[7::2], strict=True) if key == "--set")
    plan = make_plan(options["--recipe"], options["--loss"], options["--dataset"], settings=given)
    assert {key: value_of(plan, key) for key in settings} == settings
    assert plan.recipe == definition.plan(settings).recipe
