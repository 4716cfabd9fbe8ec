"""The routes of data: the list, images of each set, and a visitor's pictures from the first byte to a run."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from aigc_demo.data import DATASETS, Dataset
from aigc_demo.data.own import OwnStore
from aigc_demo.home import datasets_home
from aigc_demo.runs import Studio
from tests.data.pictured import drawings, zipped


@pytest.fixture(autouse=True)
def own_folder(home: Path, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """The studio's sets lie where the rest of the program looks for them, and no other test's lie there."""
    monkeypatch.setattr(studio.own, "store", OwnStore(datasets_home()))


def _lines(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


def _sent(client: httpx.Client, count: int = 12, folder: str = "") -> str:
    draft = client.post("/data/drafts", json={"kind": "pictures", "name": "mine"}).json()["draft"]
    for name, content in drawings(count, folder):
        answer = client.post(f"/data/drafts/{draft}/pictures", params={"name": name}, content=content)
        assert answer.status_code == 200, answer.text
    return draft


def _kept(client: httpx.Client, **options: Any) -> dict[str, Any]:
    draft = _sent(client)
    assert _lines(client.post(f"/data/drafts/{draft}/convert", json={}))[-1]["done"]
    answer = client.post(f"/data/drafts/{draft}/keep", json=options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _image(answer: httpx.Response) -> np.ndarray:
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/png"
    return np.asarray(Image.open(io.BytesIO(answer.content)))


def test_every_set_is_listed_once(client: httpx.Client) -> None:
    listed = client.get("/datasets").json()
    keys = [entry["key"] for entry in listed["datasets"]]
    assert set(keys) == set(DATASETS) and len(keys) == len(set(keys))
    for entry in listed["datasets"]:
        assert entry["title"] and entry["about"] and entry["class_names"]
        assert {"kind", "ready", "count", "held_out", "is_digits"} <= set(entry)
    assert listed["limits"]["megabytes"] > 0
    zh = client.get("/datasets", headers={"referer": "http://x/zh/"}).json()
    assert zh["datasets"][0]["title"] != listed["datasets"][0]["title"]


def test_some_real_images_of_a_set_all_classes_in_turn(client: httpx.Client, digits: Dataset) -> None:
    sheet = _image(client.get("/datasets/three_digits/sample.png"))
    assert sheet.shape == (2 * 28, 12 * 28)
    real = {image.tobytes(): label for image, label in zip(digits.images, digits.labels, strict=True)}
    cells = [sheet[:28, column * 28 : column * 28 + 28].tobytes() for column in range(12)]
    assert [real[cell] for cell in cells] == [0, 1, 7] * 4
    for unknown in ("nothing", "own:" + "0" * 20, "%2Fetc%2Fpasswd", "x.npz"):
        assert client.get(f"/datasets/{unknown}/sample.png").status_code == 404


def test_from_pictures_to_a_run(client: httpx.Client, studio: Studio) -> None:
    draft = _sent(client, folder="glyph/")
    shown = _lines(client.post(f"/data/drafts/{draft}/preview", json={"choices": {"fit": "ink"}}))[-1]
    assert shown["total"] == 12 and len(shown["pairs"]) == 12 and shown["class_names"] == ["glyph"]
    assert all(pair["before"].startswith("data:image/png;base64,") and pair["done"] for pair in shown["pairs"])
    early = client.post(f"/data/drafts/{draft}/keep", json={})
    assert early.status_code == 409 and early.json()["error"]
    lines = _lines(client.post(f"/data/drafts/{draft}/convert", json={"choices": {"invert": "yes"}}))
    assert lines[0]["total"] == 12
    assert lines[-1]["report"]["images"] == 12 and not lines[-1]["can_be_digits"]
    kept = client.post(f"/data/drafts/{draft}/keep", json={"name": "Glyphs", "digits": True}).json()
    assert kept["title"] == "Glyphs" and kept["count"] == 11 and kept["held_out"] == 1 and not kept["is_digits"]
    assert kept["key"] in [entry["key"] for entry in client.get("/datasets").json()["datasets"]]
    assert _image(client.get(f"/datasets/{kept['key']}/sample.png")).shape == (28, 12 * 28)
    assert client.post("/plan", json={"dataset": kept["key"]}).json()["dataset"] == kept["key"]
    run = client.post("/runs", json={"dataset": kept["key"], "seconds": 5}).json()["run"]
    plan = studio.run(run).plan
    assert plan.dataset == kept["key"] and plan.class_names == ("glyph",)
    client.post(f"/datasets/{kept['key']}/delete", json={})
    refused = client.post("/runs", json={"dataset": kept["key"]})
    assert refused.status_code == 404 and "no longer here" in refused.json()["error"]


def test_an_archive_is_taken_in_whole(client: httpx.Client, tmp_path: Path) -> None:
    content = zipped(tmp_path / "x.zip", drawings(4)).read_bytes()
    draft = client.post("/data/drafts", json={"kind": "file", "name": "x"}).json()["draft"]
    assert client.post(f"/data/drafts/{draft}/content", content=content).json() == {"bytes": len(content)}
    assert _lines(client.post(f"/data/drafts/{draft}/convert", json={}))[-1]["report"]["images"] == 4


def test_on_a_server_for_others_only_owners_see_and_change_their_sets(client: httpx.Client, studio: Studio) -> None:
    kept = _kept(client, name="mine")
    studio.owner_is_everyone = False
    key, own_id = kept["key"], kept["key"].removeprefix("own:")

    def own_keys(query: str) -> list[str]:
        listed = client.get(f"/datasets{query}").json()["datasets"]
        return [entry["key"] for entry in listed if entry["kind"] == "own"]

    assert own_keys("") == [] and own_keys(f"?own={own_id},{'0' * 20}") == [key]
    for action in ("rename", "delete"):
        refused = client.post(f"/datasets/{key}/{action}", json={"name": "x", "token": "wrong"})
        assert refused.status_code == 409 and refused.json()["error"]
    named = client.post(f"/datasets/{key}/rename", json={"name": "new", "token": kept["token"]})
    assert named.json()["title"] == "new"
    assert client.post(f"/datasets/{key}/delete", json={"token": kept["token"]}).status_code == 200
    assert own_keys(f"?own={own_id}") == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/data/drafts", {"kind": "x"}, 400), ("/data/drafts", {"kind": 3}, 400), ("/data/drafts/x/convert", {}, 404),
        ("/data/drafts/x/preview", {}, 404), ("/data/drafts/x/keep", {}, 404), ("/data/drafts/x/drop", {}, 200),
        ("/datasets/digits5k/rename", {"name": "x"}, 404), ("/datasets/digits5k/delete", {}, 404),
        ("/datasets/own:../delete", {}, 404), ("/datasets/own:..%2F..%2Fruns/delete", {}, 404),
    ],
)  # fmt: skip
def test_wrong_requests_get_one_sentence(client: httpx.Client, path: str, body: dict, status: int) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == status
    assert status == 200 or "\n" not in answer.json()["error"]


def test_wrong_choices_are_named(client: httpx.Client) -> None:
    draft = _sent(client, 2)
    for choices in ({"invert": "maybe"}, {"fit": 3}):
        answer = client.post(f"/data/drafts/{draft}/convert", json={"choices": choices})
        assert answer.status_code == 400 and next(iter(choices)) in answer.json()["error"]


def test_pictures_that_other_sites_send_are_refused(client: httpx.Client) -> None:
    draft = _sent(client, 1)
    for path in ("/data/drafts", f"/data/drafts/{draft}/pictures", f"/data/drafts/{draft}/content"):
        answer = client.post(path, content=b"x", headers={"origin": "http://elsewhere.example"})
        assert answer.status_code == 403


def test_a_file_that_is_too_large_leaves_nothing(client: httpx.Client, studio: Studio, monkeypatch: Any) -> None:
    monkeypatch.setattr(studio.own.drafts, "_most_bytes", 1_000_000)
    draft = client.post("/data/drafts", json={"kind": "file"}).json()["draft"]
    answer = client.post(f"/data/drafts/{draft}/content", content=bytes(3_000_000))
    assert answer.status_code == 400 and "1 MB" in answer.json()["error"]
    assert client.post(f"/data/drafts/{draft}/content", content=b"x").status_code == 404


def test_names_are_never_markup(client: httpx.Client) -> None:
    kept = _kept(client, name="<img src=x onerror=alert(1)>")
    assert kept["title"] == "<img src=x onerror=alert(1)>"  # words: scripts of the page set them as text
    assert client.get("/datasets").headers["content-type"] == "application/json"
