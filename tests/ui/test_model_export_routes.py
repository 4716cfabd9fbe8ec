"""Exported models over HTTP: a stream of stages that ends with the file, and refusals in one sentence."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from aigc_demo.exports.model_export import MODEL_FORMATS
from aigc_demo.exports.one_file import data_of
from aigc_demo.runs import Studio
from tests import models


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def model(studio: Studio) -> str:
    name = "e" * 20
    folder: Path = studio.home / "runs" / name
    if not folder.exists():
        models.save(folder)
    return name


def lines_of(client: httpx.Client, model: str, kind: Any, lang: str = "en") -> list[dict[str, Any]]:
    answer = client.post(f"/models/{model}/export", json={"format": kind, "lang": lang})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_stages_and_at_last_the_file(client: httpx.Client, model: str, studio: Studio) -> None:
    *stages, last = lines_of(client, model, "html", "zh")
    assert [line["share"] for line in stages] == sorted(line["share"] for line in stages)
    assert all("TensorFlow" in line["stage"] or "写" in line["stage"] for line in stages)
    assert (last["done"], last["name"]) == (True, "aigc-demo-tiny-eeeeeeeeeeeeee.html")
    assert 0 <= last["difference"] <= 1.5
    data = data_of(base64.b64decode(last["file"]))
    assert data["lang"] == "zh"
    assert data["catalogues"]["en"]["model"]["step"] == 7
    place = studio.home / "cache" / "exports"
    assert not place.exists() or not list(place.iterdir())


def test_refusals(client: httpx.Client, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(name: str, body: Any) -> tuple[int, str]:
        answer = client.post(f"/models/{name}/export", json=body)
        return answer.status_code, answer.json()["error"]

    assert asked("nobody", {"format": "html"})[0] == 404
    status, sentence = asked(model, {"format": "../../etc/passwd"})
    assert status == 404 and "html, savedmodel, onnx" in sentence
    assert asked(model, {"format": ["html"]})[0] == 400
    assert asked(model, {})[0] == 404
    monkeypatch.setitem(MODEL_FORMATS, "onnx", replace(MODEL_FORMATS["onnx"], needs=("no_such_package",)))
    status, sentence = asked(model, {"format": "onnx"})
    assert status == 409 and "pip install no_such_package" in sentence


def test_what_goes_wrong_on_the_way_ends_the_stream(
    client: httpx.Client, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    far_off = replace(MODEL_FORMATS["html"], draw=lambda subject, content, inputs: subject.reference.images + 1.0)
    monkeypatch.setitem(MODEL_FORMATS, "html", far_off)
    *_, last = lines_of(client, model, "html")
    assert last["error"].startswith("Nothing was exported")


def test_the_page_knows_the_formats(client: httpx.Client) -> None:
    listed = client.get("/catalogue/en.json").json()["model_exports"]
    assert [item["key"] for item in listed] == ["html", "savedmodel", "onnx"]
    assert all(item["title"] and item["about"] and item["missing"] == "" for item in listed)
