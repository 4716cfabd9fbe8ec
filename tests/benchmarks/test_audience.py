"""The played audience: against a small server of ours, within its bounds, and as the README tells of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from aigc_demo.runs import Run, Studio
from aigc_demo.runs.limits import LOCAL
from aigc_demo.ui import application
from aigc_demo.ui.assets import static_path
from benchmarks import audience, audience_visitors
from benchmarks.readme_tables_audience import audience as table_of
from tests.loops import in_a_loop
from tests.runs.conftest import plan
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket

PLACES = 4


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    studio = fake_studio(tmp_path_factory.mktemp("audience"), limits=replace(LOCAL, followers=PLACES))
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def address(studio: Studio) -> Iterator[str]:
    with on_a_socket(application.create_api(studio)) as address:
        yield address


@pytest.fixture(scope="module")
def run(studio: Studio) -> Run:
    return studio.start(plan(seconds=60)).run


@pytest.mark.parametrize(
    ("address", "visitors", "seconds"),
    [
        *(("http://example.org", 5, 5.0), ("http://10.0.0.1:7860", 5, 5.0), ("http://127.0.0.1.example.org", 5, 5.0)),
        *(("http://127.0.0.1", 2001, 5.0), ("http://127.0.0.1", 0, 5.0), ("http://127.0.0.1", 5, 121.0)),
    ],
)
def test_only_this_machine_is_loaded_and_within_bounds(address: str, visitors: int, seconds: float) -> None:
    with pytest.raises(ValueError, match=r"on this machine|at most"):
        audience_visitors.check(address, visitors, seconds)
    audience_visitors.check("http://127.0.0.1:7860", 500, 15.0)


def test_what_visitors_see_is_counted(address: str, run: Run) -> None:
    """Without Gradio's page: that is one error a visitor, which is told by its status."""
    said: list[str] = []
    files = [f"/{static_path()}/main.js", "/device", "/nothing"]
    found = in_a_loop(lambda: audience_visitors.play(address, run.id, 3, 0, files, 1.0, said.append))
    assert said == ["ready"]
    assert found["followers"] == 3 and not found["not_followed"]
    assert found["messages"] >= found["frames"] >= 0 and found["messages"] > 0
    assert found["latency_ms"]["snapshot"]["count"] == 3
    assert found["errors"] == {"page: 404": 3}
    json.dumps(found)


def test_files_are_fetched_after_the_page_and_errors_are_no_latency(address: str) -> None:
    notes = audience_visitors.Notes()

    async def files() -> None:
        async with audience_visitors.Connection(address) as connection:
            for path in ("/device", "/device", "/nothing", f"/{static_path()}/main.js"):
                await notes.timed("file", lambda path=path: connection.ask(path))  # type: ignore[misc]

    in_a_loop(files)
    assert len(notes.latencies["file"]) == 3
    assert notes.errors == {"file: 404": 1}


def test_those_beyond_the_places_are_told_so_and_nobody_else(address: str, run: Run) -> None:
    found = in_a_loop(lambda: audience_visitors.crowd_at_the_door(address, run.id, PLACES + 3, 0.3))
    assert (found["asked"], found["have_a_place"]) == (PLACES + 3, PLACES)
    [(told, count)] = found["told"]
    assert count == 3 and told.startswith('503 {"error":"4 pages are watching already')
    met = audience.goals([], found | {"places": PLACES})
    assert list(met.values()) == [True]


def crowd(visitors: int, **changed: Any) -> dict[str, Any]:
    latency = {"count": 10, "p50": 12.4, "p95": 40.0, "p99": 1250.0, "most": 2000.0}
    seen: dict[str, Any] = {
        **{
            "visitors": visitors,
            "followers": visitors,
            "latency_ms": {"open": latency},
            "frames": 12_345,
            "seconds": 15.0,
        },
        **{"errors": {}, "refused": {}, "megabytes_per_second": 9.94, "load_cpu_share": 0.21},
        "frames_per_second": {"least": 5.91, "median": 6.0, "most": 6.1},
        "server": {
            **{"serving_cpu_ms_per_frame": 0.31, "loop_cpu_ms_per_frame": 0.151, "cpu_share": 1.62},
            "resident_mb": 1040.4,
        },
    }
    return seen | changed


def test_the_goals_are_those_of_two_hundred() -> None:
    door = {"have_a_place": 5, "places": 5, "told": [("503 {…}", 3)]}
    assert all(audience.goals([crowd(50, errors={"x": 1}), crowd(200)], door).values())
    wrong = audience.goals([crowd(200, errors={"render: 500": 1}, followers=200)], door | {"have_a_place": 4})
    assert list(wrong.values()) == [False, False, True]


def test_the_readme_tells_of_it() -> None:
    beyond = {
        **{"asked": 1050, "have_a_place": 1000, "places": 1000, "told": []},
        **{"answers_ms_before": 2.2, "answers_ms_after": 2.4},
    }
    facts = {"machine": "a machine", "recipe": "fast", "seconds": 15.0, "api_users": 20, "files_of_a_page": 351}
    text = table_of(facts | {"crowds": [crowd(50), crowd(200)], "beyond": beyond})
    more = [crowd(50, frames=1500), crowd(200, frames=6000)]  # 100 and 400 a second
    for one, milliseconds in zip(more, (3.0, 1.5), strict=True):  # 300 and 600 of serving: 200 without any, 1 a frame
        one["server"]["serving_cpu_ms_per_frame"] = milliseconds
    assert "one frame more costs 1.00 ms of serving" in table_of(facts | {"crowds": more, "beyond": None})
    assert "20 % of a core in all" in table_of(facts | {"crowds": more, "beyond": None})
    assert "| the page and its 351 files | 12 ms / 40 ms / 1.2 s | 12 ms / 40 ms / 1.2 s |" in text
    assert "| CPU of serving a frame | 0.31 ms | 0.31 ms |" in text
    assert "| errors / refused | 0 / 0 | 0 / 0 |" in text
    assert "Of 1,050 who ask to follow at once, 1,000 have a place and 50 are told why not" in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {4}
