"""Models as things one has, over HTTP: import, names, deleting and having back, download, card, measurement, leaderboard."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from aigc_demo.checkpoints.parcel import gather
from aigc_demo.metrics import leaderboard
from aigc_demo.runs import Studio
from aigc_demo.ui import keeping_routes
from tests import models

ZIP = {"content-type": "application/zip"}
NAMES = ["<img src=x onerror=alert(1)>", "数字 😀", "שלום"]


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, _recipe: None) -> dict[str, bytes]:
    figures = {"digit_fd": 3.25, "digit_fd_floor": 0.5, "n": 200}
    return gather(models.save(tmp_path_factory.mktemp("model") / "m", facts={"figures": figures})).files


@pytest.fixture
def imported(client: httpx.Client, files: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    answer = client.post("/models/import", content=zipped(files), headers=ZIP)
    assert answer.status_code == 200, answer.text
    yield answer.json()
    client.post(f"/models/{answer.json()['id']}/delete", json={"token": answer.json()["token"]})


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def listed(client: httpx.Client, model_id: str, query: str = "") -> dict[str, Any] | None:
    found = client.get(f"/models{query}").json()["models"]
    return next((model for model in found if model["id"] == model_id), None)


def test_from_elsewhere_and_back_again(client: httpx.Client, imported: dict[str, Any], files: dict[str, bytes]) -> None:
    model = listed(client, imported["id"])
    assert model and (model["kind"], model["figures"], model["card_figures"]["digit_fd"]) == ("imported", None, 3.25)
    assert model["g_parameters"] > 0 and model["loss"] == "non_saturating"
    again = client.post("/models/import", content=zipped(files), headers=ZIP).json()
    assert again == {"id": imported["id"], "duplicate": True}
    answer = client.get(f"/models/{imported['id']}/download")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read("generator.safetensors") == files["generator.safetensors"]
        assert "about.json" not in archive.namelist()  # whose it is stays here
    assert answer.headers["content-disposition"].startswith('attachment; filename="aigc-demo-tiny-i-')
    assert client.get(f"/models/{imported['id']}/sheet.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", NAMES)
def test_names_come_back_as_they_are_and_are_no_addresses(
    client: httpx.Client, imported: dict[str, Any], name: str
) -> None:
    path = f"/models/{imported['id']}/rename"
    assert client.post(path, json={"name": f" {name} "}).json() == {"name": name}
    model = listed(client, imported["id"])
    assert model and model["title"] == {"zh": name, "en": name} and model["made"]["en"].startswith("tiny")
    assert client.get(f"/models/{imported['id']}/download").headers["content-disposition"].isascii()
    for bad in ("x" * 61, " ", 3, None, "\u202e"):
        assert client.post(path, json={"name": bad}).status_code == 400
    assert client.post(path, json={"name": ""}).json() == {"name": ""}


def test_deleting_and_having_back(client: httpx.Client, imported: dict[str, Any]) -> None:
    answer = client.post(f"/models/{imported['id']}/delete", json={}).json()
    assert answer["seconds"] > 60 and listed(client, imported["id"]) is None
    assert client.get(f"/models/{imported['id']}/card").status_code == 404
    assert client.post("/models/undo", json={"undo": answer["undo"]}).json() == {"id": imported["id"]}
    assert listed(client, imported["id"])
    assert client.post("/models/undo", json={"undo": answer["undo"]}).status_code == 409
    assert client.post("/models/fast/delete", json={}).status_code == 409
    assert client.post("/models/nothing/delete", json={}).status_code == 404


def test_what_is_no_model_is_refused_in_a_sentence(
    client: httpx.Client, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def status(content: bytes, **headers: str) -> int:
        answer = client.post("/models/import", content=content, headers={**ZIP, **headers})
        assert answer.json()["error"]
        return answer.status_code

    assert status(b"") == status(b"PK\3\4 nothing") == status(zipped({"config.json": b"{}"})) == 400
    assert status(b"x", **{"content-type": "text/plain"}) == 415
    assert status(b"x", origin="https://elsewhere.example") == 403
    assert status(b"x" * 2_000_000) == 400
    monkeypatch.setattr(studio, "limits", replace(studio.limits, import_megabytes=1))
    assert status(b"x" * 1_000_001) == 413
    assert client.post("/models/import", content=iter([b"x" * 400_000] * 3), headers=ZIP).status_code == 413


def test_on_a_public_server_only_who_has_the_token_acts(
    client: httpx.Client, imported: dict[str, Any], studio: Studio
) -> None:
    studio.owner_is_everyone = False
    model_id, token = imported["id"], imported["token"]
    assert listed(client, model_id) is None and listed(client, model_id, f"?runs={model_id}")
    for action in ("rename", "delete", "measure"):
        assert client.post(f"/models/{model_id}/{action}", json={"name": "x", "token": "wrong"}).status_code == 403
    assert client.post(f"/models/{model_id}/rename", json={"name": "x", "token": token}).status_code == 200


def test_the_card_in_the_visitors_language(client: httpx.Client, imported: dict[str, Any]) -> None:
    def card(model_id: str, lang: str) -> str:
        return client.get(f"/models/{model_id}/card", headers={"accept-language": lang}).json()["card"]

    assert "How it was made" in card("fast", "en") and "怎样得到的" in card("fast", "zh")
    assert "3.25" in card(imported["id"], "en")


def test_measuring_tells_its_progress_and_is_noted(client: httpx.Client, imported: dict[str, Any]) -> None:
    path = f"/models/{imported['id']}/measure"
    with client.stream("POST", path, json={"n": 200}) as answer:
        lines = [json.loads(line) for line in answer.iter_lines() if line]
    told = dict.fromkeys(line["drawn"] for line in lines if "drawn" in line)  # said again where it takes long
    assert list(told) == [0, 100, 200]
    figures = lines[-1]["figures"]
    assert lines[-1]["done"] and figures["n"] == 200 and figures["digit_fd"] > 0
    model = listed(client, imported["id"])
    assert model and model["figures"]["digit_fd"] == pytest.approx(figures["digit_fd"])
    assert model["card_figures"]["digit_fd"] == 3.25
    for bad in (99, 10_001, "x"):
        assert client.post(path, json={"n": bad}).status_code == 400
    assert client.post("/models/fast/measure", json={}).status_code == 409


def test_the_leaderboard_is_shown_where_there_is_one(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = {"rows": [{"recipe": "fast", "digit_fd": [1, 2, 3]}], "n": 1000}
    (tmp_path / "board.json").write_text(json.dumps(board))
    leaderboard.read_leaderboard.cache_clear()
    assert leaderboard.read_leaderboard(tmp_path / "board.json") == board
    leaderboard.read_leaderboard.cache_clear()
    for damaged in ("", "[]", "{}", '{"rows": []}'):
        (tmp_path / "board.json").write_text(damaged)
        assert leaderboard.read_leaderboard.__wrapped__(tmp_path / "board.json") is None
    monkeypatch.setattr(keeping_routes, "read_leaderboard", lambda: board)
    assert client.get("/leaderboard").json() == {"board": board}
