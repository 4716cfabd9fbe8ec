"""Experiments over HTTP: what they ask, what is heard while they run, and that leaving ends them."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from aigc_demo.explain.experiments import EXPERIMENTS
from tests.explain.experiments.made_up import REFUSAL, MadeUp, experiment
from tests.runs.conftest import wait_for


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeUp]:
    made = MadeUp()
    monkeypatch.setitem(EXPERIMENTS, "made_up", experiment(made))
    yield made
    made.go.set()


def lines(answer: httpx.Response) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in answer.iter_lines())


def test_a_run_from_the_first_frame_to_the_claims(client: httpx.Client, made_up: MadeUp) -> None:
    made_up.go.set()
    with client.stream("POST", "/experiments/made_up", json={"seed": 3}) as answer:
        first, last = lines(answer)
    frame = first["frame"]
    assert (frame["side"], frame["progress"], frame["step"], frame["count"]) == ("written", 0.5, 10, 2)
    assert frame["figures"] == {"loss": 1.5, "bad": None} and frame["rows"] == [["w", "None"]]
    assert base64.b64decode(frame["images"]) == bytes([7]) * 2 * 784
    assert last["done"] and [claim["holds"] for claim in last["claims"]] == [True, True, True]
    assert [claim["measured"] for claim in last["claims"]] == [2.0, 1.25, 3.0]


def test_a_prediction_that_fails_is_said(client: httpx.Client, made_up: MadeUp) -> None:
    made_up.go.set()
    with client.stream("POST", "/experiments/made_up", json={"seed": 9}) as answer:
        *_, last = lines(answer)
    assert {claim["key"]: claim["holds"] for claim in last["claims"]} == {"two": True, "near": True, "seed": False}


def test_leaving_ends_it_and_the_next_goes_on(client: httpx.Client, made_up: MadeUp) -> None:
    with client.stream("POST", "/experiments/made_up", json={}) as answer:
        next(lines(answer))
        assert made_up.begun.wait(20)
    wait_for(lambda: made_up.left == 1)
    made_up.go.set()
    with client.stream("POST", "/experiments/made_up", json={}) as answer:
        *_, last = lines(answer)
    assert last["done"]


def test_others_are_told_their_place(client: httpx.Client, made_up: MadeUp) -> None:
    with (
        client.stream("POST", "/experiments/made_up", json={}) as first,
        client.stream("POST", "/experiments/made_up", json={}) as second,
    ):
        next(lines(first))
        assert next(lines(second)) == {"waiting": 1}


def test_a_failure_is_a_sentence_in_the_asked_language(
    client: httpx.Client, made_up: MadeUp, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        for fault, said in ((REFUSAL, "This machine cannot do it."), (RuntimeError("x"), "实验运行时出了内部错误")):
            made_up.fault = fault
            with client.stream("POST", "/experiments/made_up", json={"lang": "zh"}) as answer:
                *_, last = lines(answer)
            assert said in last["error"]


@pytest.mark.parametrize("seed", [-1, 1.5, "a", True, 2**31])
def test_a_bad_seed_is_refused(client: httpx.Client, made_up: MadeUp, seed: object) -> None:
    answer = client.post("/experiments/made_up", json={"seed": seed})
    assert answer.status_code == 400 and answer.json()["error"]


def test_an_unknown_experiment_is_not_found(client: httpx.Client) -> None:
    assert client.post("/experiments/none", json={}).status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_catalogue_speaks_the_pages_language(client: httpx.Client, lang: str) -> None:
    answer = client.get("/experiments.json", headers={"referer": f"http://x/{lang}/"}).json()
    assert set(answer) == set(EXPERIMENTS)
    for key, told in answer.items():
        found = EXPERIMENTS[key]
        assert told["question"] == found.question(lang)  # type: ignore[arg-type]
        assert [claim["key"] for claim in told["claims"]] == [claim.key for claim in found.claims]
