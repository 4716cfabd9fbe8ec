"""Searches and neighbours over HTTP."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_demo.data import load
from aigc_demo.runs import Studio
from aigc_demo.runs.inverting import Inversions
from tests.runs.conftest import wait_for
from tests.runs.fake_inverters import FakeGenerator, FakeInverters

INK = [200] * 784


@pytest.fixture
def fake(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeInverters]:
    inverters = FakeInverters()
    inversions = Inversions(inverters)  # type: ignore[arg-type]
    monkeypatch.setattr(studio, "inversions", inversions)
    monkeypatch.setattr(studio, "generator", lambda name: FakeGenerator())
    yield inverters
    inverters.finish.set()
    inversions.close()


def lines(answer: httpx.Response) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in answer.iter_lines())


def test_a_search_from_the_first_line_to_the_last(client: httpx.Client, fake: FakeInverters) -> None:
    fake.finish.set()
    with client.stream("POST", "/models/any/invert", json={"image": INK}) as answer:
        assert answer.headers["content-type"] == "application/x-ndjson"
        *earlier, last = lines(answer)
    assert earlier == [{"progress": 0.5, "z": [0.5, -1.5], "label": 4, "error": 0.25}]
    assert (last["done"], last["z"], last["label"], last["seconds"]) == (True, [0.5, -1.5], 4, 1.5)
    assert (last["error"], last["mse"]) == (pytest.approx(0.1), pytest.approx(0.01))
    assert base64.b64decode(last["image"]) == bytes([9]) * 784
    assert [each["label"] for each in last["by_label"]] == list(range(10))
    assert min(last["by_label"], key=lambda each: each["error"])["label"] == 4
    ten = load("ten_digits").images
    nearest = last["nearest"]
    errors = [float(np.sqrt(np.mean((image / 255.0 - 200 / 255.0) ** 2))) for image in ten]
    assert nearest["index"] == int(np.argmin(errors))
    assert nearest["error"] == pytest.approx(min(errors))
    assert base64.b64decode(nearest["image"]) == ten[nearest["index"]].tobytes()


def test_only_one_label_is_tried_where_it_is_given(client: httpx.Client, fake: FakeInverters) -> None:
    fake.finish.set()
    answer = client.post("/models/any/invert", json={"image": INK, "label": 7})
    assert json.loads(answer.text.splitlines()[-1])["label"] == 7
    assert fake.searched == [(200, 7)]


def test_others_wait_and_who_leaves_ends_the_search(client: httpx.Client, fake: FakeInverters) -> None:
    with client.stream("POST", "/models/any/invert", json={"image": INK}) as first:
        heard = lines(first)
        assert next(heard)["progress"] == 0.5
        with client.stream("POST", "/models/any/invert", json={"image": INK}) as second:
            assert next(lines(second)) == {"waiting": 1}
        with client.stream("POST", "/models/any/invert", json={"image": [99] * 784}) as third:
            told = lines(third)
            assert next(told)["waiting"] in (1, 2)
            first.close()
            wait_for(lambda: fake.abandoned == 1)
            fake.finish.set()
            assert [line for line in told if "done" in line]
    assert [pixel for pixel, _ in fake.searched] == [200, 99], "the second had left while it waited"


def test_a_failure_is_a_sentence_in_the_stream(
    client: httpx.Client, fake: FakeInverters, caplog: pytest.LogCaptureFixture
) -> None:
    fake.error = RuntimeError("a secret")
    fake.finish.set()
    with caplog.at_level("CRITICAL"):
        answer = client.post("/models/any/invert", json={"image": INK, "lang": "zh"})
    last = json.loads(answer.text.splitlines()[-1])
    assert any("一" <= character <= "鿿" for character in last["error"])
    assert "secret" not in answer.text


def test_a_full_line_is_said(client: httpx.Client, studio: Studio, fake: FakeInverters) -> None:
    studio.inversions.close()
    answer = client.post("/models/any/invert", json={"image": INK, "lang": "en"})
    assert json.loads(answer.text) == {"error": "The server is shutting down."}


def test_an_image_without_ink_is_refused_with_what_to_do(client: httpx.Client, fake: FakeInverters) -> None:
    answer = client.post("/models/any/invert", json={"image": [0] * 784, "lang": "en"})
    assert answer.status_code == 400
    assert "draw a digit" in answer.json()["error"]
    assert client.post("/models/any/invert", json={"image": [0] * 784, "lang": "zh"}).json()["error"].startswith("这张")
    assert fake.searched == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@settings(max_examples=60)
@given(image=VALUES, label=VALUES)
def test_whatever_is_sent_the_answer_is_a_sentence(served: str, image: Any, label: Any) -> None:
    body = {"image": image, "label": label}
    answer = httpx.post(f"{served}/models/fast/invert", json=body, trust_env=False)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


@pytest.mark.parametrize("label", [-1, 10, 1.0, True, "3", [3]])
def test_labels_that_are_none(client: httpx.Client, fake: FakeInverters, label: Any) -> None:
    assert client.post("/models/any/invert", json={"image": INK, "label": label}).status_code == 400
    assert fake.searched == []


def test_unknown_models(client: httpx.Client) -> None:
    for name in ("nothing", "0" * 20):
        assert client.post(f"/models/{name}/invert", json={"image": INK}).status_code == 404
        assert client.post(f"/models/{name}/neighbours", json={"image": INK}).status_code == 404


def test_the_neighbours_of_a_drawing(client: httpx.Client, fake: FakeInverters) -> None:
    ten = load("ten_digits")
    body = {"image": ten.images[6].ravel().tolist(), "count": 3}
    found = client.post("/models/any/neighbours", json=body).json()
    assert found["dataset"] == "ten_digits"
    assert found["typical"] > 1
    nearest, *others = found["neighbours"]
    assert (nearest["index"], nearest["label"], nearest["distance"]) == (6, 6, 0.0)
    assert base64.b64decode(nearest["image"]) == ten.images[6].tobytes()
    assert len(others) == 2
    assert 0 < others[0]["distance"] <= others[1]["distance"]


@pytest.mark.parametrize("wish", [{"classes": 3}, {"labels": [3]}, {"classes": [0.5, 0.5, *[0] * 8]}, {}])
def test_the_neighbours_of_a_point(client: httpx.Client, fake: FakeInverters, wish: dict[str, Any]) -> None:
    point = client.post("/models/any/neighbours", json={"z": [100, 0], "truncation": 2, **wish}).json()
    drawing = client.post("/models/any/neighbours", json={"image": [200] * 784}).json()
    assert point == drawing
    assert len(point["neighbours"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"z": []},
        {"z": "x"},
        {"z": {}},
        {"image": [1]},
        *({"image": INK, "count": count} for count in (0, 9, 1.5, "2")),
    ],
    ids=lambda body: str(body)[-20:],
)
def test_bad_requests_for_neighbours(client: httpx.Client, fake: FakeInverters, body: dict[str, Any]) -> None:
    answer = client.post("/models/any/neighbours", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
