"""The disk as the page sees it: for the owner of the machine alone."""

from __future__ import annotations

import httpx
import pytest

from aigc_demo.runs import Studio
from aigc_demo.runs.trash import UNDO_SECONDS
from tests.runs.conftest import wait_for
from tests.ui.talking import start


def finished(client: httpx.Client, studio: Studio) -> str:
    run_id = start(client)["run"]
    client.post(f"/runs/{run_id}/stop", json={})
    wait_for(lambda: studio.run(run_id).feed.ended, 20)
    return run_id


def line_of(report: dict, run_id: str) -> dict:
    return next(item for item in report["items"] if item["id"] == run_id)


def test_what_uses_the_disk_is_listed_with_what_becomes_of_it(client: httpx.Client, studio: Studio) -> None:
    run_id = finished(client, studio)
    report = client.get("/storage").json()
    line = line_of(report, run_id)
    assert line["kind"] == "run" and line["bytes"] > 0 and line["title"] and line["order"] is not None
    assert report["budget"] == 5_000_000_000 and report["used"] >= line["bytes"]
    assert report["kinds"]["run"]["count"] >= 1


def test_a_pin_is_set_and_taken_away_and_said_in_the_pages_language(client: httpx.Client, studio: Studio) -> None:
    run_id = finished(client, studio)
    wish = {"kind": "run", "id": run_id, "lang": "zh"}
    line = line_of(client.post("/storage/pin", json=wish | {"pinned": True}).json(), run_id)
    assert line["pinned"] and line["order"] is None and line["why"] == "已固定"
    answer = client.post("/storage/remove", json=wish)
    assert answer.status_code == 409 and "已固定" in answer.json()["error"]
    assert not line_of(client.post("/storage/pin", json=wish | {"pinned": False}).json(), run_id)["pinned"]


def test_room_is_made(client: httpx.Client, studio: Studio) -> None:
    first, second = finished(client, studio), finished(client, studio)
    report = client.post("/storage/remove", json={"kind": "run", "id": first}).json()
    assert first not in [item["id"] for item in report["items"]]
    assert client.get(f"/runs/{first}/metrics").status_code == 404
    ((key,), seconds) = report["undo"], report["seconds"]
    assert [item["undo"] for item in report["items"] if item["kind"] == "trash"] == [key] and seconds == UNDO_SECONDS
    client.post("/storage/undo", json={"keys": [key]})
    assert client.get(f"/runs/{first}/metrics").status_code == 200
    assert client.post("/storage/undo", json={"keys": [key]}).status_code == 409
    (key,) = client.post("/storage/remove", json={"kind": "run", "id": first}).json()["undo"]
    client.post("/storage/empty", json={"keys": [key]})
    assert client.post("/storage/undo", json={"keys": [key]}).status_code == 409
    report = client.post("/storage/free", json={"target": 0}).json()
    assert second not in [item["id"] for item in report["items"]]


@pytest.mark.parametrize("target", [None, -1, "x", 1.5, True, 10**20, [0]])
def test_a_target_that_is_none(client: httpx.Client, target: object) -> None:
    assert client.post("/storage/free", json={"target": target}).status_code == 400


def test_strangers_neither_see_nor_clear_it(client: httpx.Client, studio: Studio) -> None:
    run_id = finished(client, studio)
    for everyone, headers in ((False, {}), (True, {"host": "evil.example"})):
        studio.owner_is_everyone = everyone
        assert client.get("/storage", headers=headers).status_code == 403
        for action in ("pin", "remove", "free", "undo", "empty"):
            body = {"kind": "run", "id": run_id, "pinned": True, "target": 0, "keys": ["0" * 32]}
            assert client.post(f"/storage/{action}", json=body, headers=headers).status_code == 403
    assert studio.run(run_id).folder.path.exists()


@pytest.mark.parametrize(("keys", "status"), [(None, 400), ([], 400), (["../runs"], 409), ([5, None], 409), ("x", 400)])
def test_keys_that_are_none(client: httpx.Client, keys: object, status: int) -> None:
    for action in ("undo", "empty"):
        assert client.post(f"/storage/{action}", json={"keys": keys}).status_code == status


@pytest.mark.parametrize("item", ["..", "../models", "", "/etc", "nothing", "\x00"])
def test_only_what_is_listed_can_be_named(client: httpx.Client, item: str) -> None:
    for kind in ("run", "other", "x"):
        assert client.post("/storage/remove", json={"kind": kind, "id": item}).status_code == 404
