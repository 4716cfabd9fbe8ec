"""Races over HTTP: start, one stream for all members, control."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from aigc_demo.runs import Studio
from tests.runs.conftest import wait_for
from tests.ui.talking import events

EXPERIMENTS = [
    {"recipe": "fast", "loss": "minimax", "title": {"zh": "甲", "en": "first"}},
    {"settings": {"lr.d": 0.001}},
]


def begin(client: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = client.post("/races", json={"experiments": EXPERIMENTS, "seconds": 60, "seed": 4, "lang": "en"} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_one_stream_tells_of_all_members(client: httpx.Client, studio: Studio) -> None:
    race = begin(client)
    assert [title["en"] for title in race["titles"]] == ["first", race["titles"][1]["en"]]
    seen: dict[str, set[str]] = {}
    with client.stream("GET", f"/races/{race['race']}/events") as stream:
        messages = (message for _, message in events(stream.iter_lines()))
        first = next(messages)
        assert (first["type"], first["runs"]) == ("race", race["runs"])
        for message in messages:
            seen.setdefault(message["run"], set()).add(message["type"])
            if len(seen) == 2 and all("points" in types for types in seen.values()):
                break
    assert all("snapshot" in types for types in seen.values())
    assert {studio.run(run).plan.seed for run in race["runs"]} == {4}
    facts = client.get(f"/races/{race['race']}").json()
    assert (facts["race"], facts["state"]) == (race["race"], "training")
    assert "token" not in facts


def test_a_race_is_controlled_as_one(client: httpx.Client, studio: Studio) -> None:
    race = begin(client)
    url, token = f"/races/{race['race']}", {"token": race["token"]}
    wait_for(lambda: all(studio.run(run).step > 3 for run in race["runs"]))
    assert client.post(f"{url}/pause", json=token).json()["state"] == "paused"
    assert client.post(f"{url}/resume", json=token).status_code == 200
    studio.owner_is_everyone = False
    assert client.post(f"{url}/stop", json={"token": "guess"}).status_code == 403
    assert client.post(f"{url}/stop", json=token).json()["state"] == "stopped"
    assert client.post(f"{url}/jump", json=token).status_code == 404


@pytest.mark.parametrize(
    "experiments",
    [
        None,
        [],
        [{}],
        [{}] * 5,
        ["fast", "fast"],
        [{"recipe": "cake"}, {}],
        [{"title": 3}, {}],
        [{"dataset": "/etc"}, {}],
    ],
)
def test_what_is_no_race_is_refused_with_a_sentence(client: httpx.Client, experiments: Any) -> None:
    answer = client.post("/races", json={"experiments": experiments, "lang": "zh"})
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]


def test_a_race_that_is_not_there(client: httpx.Client) -> None:
    for name in ("0" * 20, "x", "..%2f..%2fetc"):
        assert client.get(f"/races/{name}").status_code == 404
        assert client.get(f"/races/{name}/events").status_code == 404
