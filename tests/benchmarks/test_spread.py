"""Small statistics on which the benchmarks rest."""

from __future__ import annotations

import pytest

from benchmarks.spread import back_and_forth, costs, slope, spread, thinned


def test_a_spread_is_the_median_and_the_range() -> None:
    assert spread([3.0, 1.0, 10.0]) == {"median": 3.0, "least": 1.0, "most": 10.0}


def test_every_second_round_goes_back_so_that_drift_falls_on_all_alike() -> None:
    rounds = back_and_forth("abc", 4)
    assert rounds == [list("abc"), list("cba"), list("abc"), list("cba")]
    places = {name: sum(i * 3 + order.index(name) for i, order in enumerate(rounds)) for name in "abc"}
    assert len(set(places.values())) == 1  # on average each is measured at the same moment


def test_a_cost_is_against_the_baseline_of_its_own_round() -> None:
    rounds = [{"alone": 100.0, "watched": 90.0}, {"alone": 10.0, "watched": 8.0}]  # the machine became slower
    (name, cost), *rest = costs(rounds, "alone").items()
    assert (name, rest) == ("watched", [])
    assert [cost[key] for key in ("least", "median", "most")] == pytest.approx([0.1, 0.15, 0.2])


def test_the_slope_is_that_of_the_line_and_0_where_there_is_none() -> None:
    assert slope([0, 1, 2, 3], [5, 7, 9, 11]) == pytest.approx(2.0)
    assert slope([4.0, 4.0], [1.0, 9.0]) == 0.0
    assert slope([], []) == 0.0


def test_thinning_keeps_both_ends_and_the_order() -> None:
    kept = thinned(range(1000), 7)
    assert len(kept) == 7
    assert (kept[0], kept[-1]) == (0, 999)
    assert kept == sorted(set(kept))
    assert thinned([1, 2], 7) == [1, 2]
