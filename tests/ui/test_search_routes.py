"""The routes of searches on a real socket: begin, watch, stop, go on; runs go first; strangers are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from aigc_demo.recipes import RECIPES, make_plan
from aigc_demo.runs import Studio
from aigc_demo.search import Searches, StudyFolder
from aigc_demo.ui import search_routes
from tests.runs.conftest import wait_for, wait_until_over
from tests.search.fakes import digit_fd

ASKED = {"recipe": "fast", "steps": 10, "trials": 3, "ranges": [{"key": "lr.g", "least": "1e-3", "most": 1e-2}]}


@pytest.fixture(autouse=True)
def _no_feature_net(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is measured is the sample's own grey: nothing of the network that reads digits is loaded."""
    monkeypatch.setattr("aigc_demo.metrics.features.feature_net", _FeatureNet)
    yield


class _FeatureNet:
    def read(self, images: Any) -> Any:
        return type("Reading", (), {"features": images})

    def digit_fd(self, features: Any) -> float:
        return 300.0 - float(features[0, 0, 0])  # a fake trainer draws the number of its step


def _over(client: httpx.Client, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def is_over() -> bool:
        found.update(client.get(f"/studies/{name}").json())
        return bool(found["search"] and found["search"]["over"])

    wait_for(is_over, 60)
    return found


def test_a_study_from_its_start_to_its_front(client: httpx.Client) -> None:
    name = client.post("/studies", json=ASKED | {"study": "one"}).json()["study"]
    study = _over(client, name)
    assert study["error"] is None
    assert study["counts"]["complete"] + study["counts"]["pruned"] == 3
    first = study["trials"][0]
    assert (first["is_default"], first["settings"], first["digit_fd"]) == (True, {"lr.g": 0.003}, 290.0)
    assert study["front"]
    assert "--set lr.g=0.003" in study["commands"]["0"]
    assert [line["study"] for line in client.get("/studies").json()["studies"]] == ["one"]
    assert client.post("/studies/one/resume", json={"trials": 1}).status_code == 200
    assert len(_over(client, name)["trials"]) == 4


def test_a_free_name_is_found_and_a_search_can_be_stopped(client: httpx.Client) -> None:
    asked = ASKED | {"steps": 20_000, "trials": 50}
    first = client.post("/studies", json=asked).json()["study"]
    assert first == "fast-non_saturating"
    wait_for(lambda: client.get(f"/studies/{first}").json()["search"]["step"] > 0, 60)
    refused = client.post("/studies", json=asked)
    assert refused.status_code == 409
    assert first in refused.json()["error"]
    assert client.post(f"/studies/{first}/stop", json={}).status_code == 200
    study = _over(client, first)
    assert [trial["state"] for trial in study["trials"]] == ["failed", "waiting"]
    assert "interrupted" in study["trials"][0]["why"]
    second = client.post("/studies", json=ASKED).json()["study"]
    assert second == "fast-non_saturating-2"
    _over(client, second)


def test_a_run_goes_first(client: httpx.Client, studio: Studio) -> None:
    name = client.post("/studies", json=ASKED | {"study": "long", "steps": 20_000}).json()["study"]
    wait_for(lambda: client.get("/studies/long").json()["search"]["step"] > 0, 60)
    run = studio.start(make_plan("fast", steps=5)).run
    wait_until_over(run)  # although the trial has seconds to go
    assert run.state == "finished"
    study = client.get(f"/studies/{name}").json()
    assert not study["search"]["over"]
    before = study["search"]["step"]
    wait_for(lambda: client.get("/studies/long").json()["search"]["step"] > before, 60)  # and goes on after it
    client.post("/studies/long/stop", json={})
    _over(client, name)


@pytest.mark.parametrize("recipe", RECIPES)
def test_what_can_be_searched_is_told(client: httpx.Client, recipe: str) -> None:
    space = client.post("/search-space", json={"recipe": recipe}).json()
    assert {"lr.g", "lr.d", "batch_size"} <= {item["key"] for item in space["ranges"] if item["usual"]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/studies", {"recipe": "none"}),
        ("/studies", {"study": "../x"}),
        ("/studies", {"trials": 0}),
        ("/studies", {"trials": 10**6}),
        ("/studies", {"steps": "many"}),
        ("/studies", {"sampler": "grid"}),
        ("/studies", {"ranges": []}),
        ("/studies", {"ranges": "lr.g"}),
        ("/studies", {"ranges": [{"key": "generator"}]}),
        ("/studies", {"ranges": [{"key": "lr.g"}, {"key": "lr.g"}]}),
        ("/studies", {"ranges": [{"key": "lr.g", "least": 1, "most": 0.1}]}),
        ("/studies", {"ranges": [{"key": "lr.g", "least": {}, "most": []}]}),
        ("/studies", {"ranges": [{"key": "batch_size", "choices": "8"}]}),
        ("/studies", {"loss": 7}),
        ("/search-space", {"recipe": 7}),
    ],
)
def test_bad_wishes_get_one_sentence(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code in (400, 404)
    assert len(answer.json()["error"].splitlines()) == 1
    assert client.get("/studies/..%2Fx").status_code in (400, 404)


def test_strangers_do_not_search(client: httpx.Client, open_studio: Studio) -> None:
    open_studio.owner_is_everyone = False
    for answer in (
        client.get("/studies"),
        client.get("/studies/one"),
        client.post("/studies", json=ASKED),
        client.post("/search-space", json={}),
        client.post("/studies/one/stop", json={}),
    ):
        assert answer.status_code == 409


def test_studies_of_another_program_are_seen_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    from tests.runs.fake_trainer import FakeTrainer, tiny_dataset
    from tests.search.fakes import search, study

    search(study(tmp_path, "theirs"), 1)
    searches = Searches(tmp_path, lambda work: None, tiny_dataset, FakeTrainer, digit_fd)
    assert searches.results("theirs").counts()["complete"] == 1
    search(StudyFolder.open(tmp_path, "theirs"), 1)
    assert len(searches.results("theirs").trials) == 2  # what has been written since
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "journal.log").write_text("{")
    lines = {name: search_routes._line(searches, name) for name in searches.names()}
    assert lines["bad"] == {"study": "bad", "damaged": True}
    assert lines["theirs"]["counts"]["complete"] == 2
