"""What the benchmark of the sliders makes of its windows."""

from __future__ import annotations

import pytest

from benchmarks.slider_latency import Window, goals, percentile, summarise

WINDOWS = [
    Window("idle", "page", [8.0, 9.0], 24.0),
    Window("idle", "server", [30.0, 31.0], 9.0),
    Window("training", "page", [12.0, 18.0], 14.0),
    Window("idle", "page", [7.0, 16.0], 26.0),
]


def result(**other: object) -> dict[str, object]:
    sizes = {"network file": 470_000, "scripts that draw": 60_000, "the rest of the page": 2_000_000}
    return {"conditions": summarise(WINDOWS), "bytes": sizes, "parity": {"shipped": 1, "fast": 2}, **other}


@pytest.mark.parametrize(("share", "value"), [(0.95, 19.0), (0.5, 10.0), (0.0, 1.0), (1.0, 20.0)])
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(share: float, value: float) -> None:
    assert percentile([float(each) for each in range(20, 0, -1)], share) == value


def test_all_inputs_of_a_condition_count_together_and_grids_by_window() -> None:
    found = summarise(WINDOWS)
    assert found["idle"]["page"]["inputs"] == 4
    assert found["idle"]["page"]["input_to_painted_ms"] == {"median": 8.5, "p95": 16.0, "most": 16.0}
    assert found["idle"]["page"]["grids_per_second"] == {"median": 25.0, "least": 24.0, "most": 26.0}
    assert found["idle"]["server"]["inputs"] == 2
    assert list(found["training"]) == ["page"]


def test_goals_are_those_of_the_page_and_the_rest_of_its_bytes_does_not_count() -> None:
    met = goals(result())
    assert met == {
        **{"one digit, idle": True, "one digit, while training": False},
        **{"grid, idle": True, "grid, while training": False, "bytes": True, "parity": True},
    }
    assert not goals(result(parity={"shipped": 3}))["parity"]
    assert not goals(result(bytes={"network file": 590_000, "scripts that draw": 60_000}))["bytes"]
