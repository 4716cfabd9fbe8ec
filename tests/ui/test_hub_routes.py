"""The routes that fetch a set from the Hub, over a Hub on this machine."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from aigc_demo.hub import fetching
from aigc_demo.runs import Studio
from aigc_demo.runs.limits import PUBLIC
from tests.hub.fake_hub import FakeHub
from tests.hub.made_sets import put_kana, unpack_here


@pytest.fixture
def fake(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setattr(fetching, "unpack", unpack_here)
    hub = FakeHub()
    put_kana(hub)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    yield hub
    hub.close()


def entry(client: httpx.Client, lang: str = "en") -> dict:
    listed = client.get("/datasets", headers={"referer": f"http://127.0.0.1/{lang}/"}).json()["datasets"]
    return next(item for item in listed if item["key"] == "kmnist")


def test_a_set_is_listed_fetched_and_can_then_be_trained_on(client: httpx.Client, fake: FakeHub) -> None:
    before = entry(client)
    assert (before["ready"], before["going"], before["kind"]) == (False, False, "hub") and before["bytes"] > 1e6
    refused = client.post("/runs", json={"dataset": "kmnist", "lang": "zh"})
    assert refused.status_code == 400 and "datasets get kmnist" in refused.json()["error"]

    answer = client.post("/datasets/kmnist/fetch", json={"lang": "zh"})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert lines[-1] == {"done": True, "count": 40, "held_out": 12, "changes": []}
    assert {"download", "unpack", "store"} <= {line.get("stage") for line in lines}
    after = entry(client)
    assert (after["ready"], after["count"], after["held_out"]) == (True, 40, 12)
    assert client.get("/datasets/kmnist/sample.png").headers["content-type"] == "image/png"
    started = client.post("/runs", json={"dataset": "kmnist"})
    assert started.status_code == 200, started.text


def test_a_failure_is_a_line_in_the_pages_language(client: httpx.Client, fake: FakeHub) -> None:
    fake.faults.status = 500
    for lang, word in (("zh", "稍后再试"), ("en", "try again later")):
        answer = client.post("/datasets/kmnist/fetch", json={"lang": lang})
        assert word in json.loads(answer.text.splitlines()[-1])["error"]


def test_there_is_nothing_to_cancel_and_no_other_set(client: httpx.Client, fake: FakeHub) -> None:
    assert client.post("/datasets/kmnist/cancel", json={}).json() == {"cancelled": False}
    for action in ("fetch", "cancel"):
        assert client.post(f"/datasets/imagenet/{action}", json={}).status_code == 404
        assert client.get(f"/datasets/kmnist/{action}").status_code in (404, 405)


def test_a_page_from_elsewhere_may_not_fetch(client: httpx.Client, fake: FakeHub) -> None:
    answer = client.post("/datasets/kmnist/fetch", json={}, headers={"origin": "http://elsewhere.example"})
    assert answer.status_code == 403 and not fake.asked


def test_on_a_public_server_fetching_is_the_owners_to_allow(tmp_path: Path, fake: FakeHub) -> None:
    from starlette.testclient import TestClient

    from aigc_demo.ui import application

    studio = Studio(tmp_path, owner_is_everyone=False, warm=False, live_figures=False)
    try:
        with TestClient(application.create_api(studio)) as client:
            answer = client.post("/datasets/kmnist/fetch", json={"lang": "en"})
            assert answer.status_code == 409 and "AIGC_DEMO_FETCH=1" in answer.json()["error"]
            assert client.post("/datasets/kmnist/cancel", json={}).status_code == 409
            assert client.get("/datasets").json()["limits"]["fetch"] is False
    finally:
        studio.close()
    assert not fake.asked
    assert dataclasses.replace(PUBLIC, fetch=1).check_fetching() is None
