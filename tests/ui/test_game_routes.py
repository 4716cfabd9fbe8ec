"""The game's routes: a round, its answers, the standing, and what is refused."""

from __future__ import annotations

import httpx
import pytest

ROUND = "/runs/recorded/game/round"
ANSWER = "/runs/recorded/game/answer"


def test_a_round_can_be_played(client: httpx.Client) -> None:
    before = client.get("/runs/recorded/game").json()
    hand = client.post(ROUND, json={}).json()
    answer = client.post(ANSWER, json={"round": hand["round"], "player": "p", "answers": [True] * len(hand["images"])})
    assert answer.status_code == 200
    assert answer.json()["right"] == sum(answer.json()["truth"])
    after = client.get("/runs/recorded/game").json()
    assert after["human"]["asked"] == before["human"]["asked"] + len(hand["images"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"round": "x", "answers": "yes"}, 400),
        ({"round": "x", "answers": []}, 400),
        ({"round": "x", "answers": [True] * 10}, 404),
        ({"round": "x", "answers": [True] * 11}, 400),
        ({"round": 3, "answers": [True] * 10}, 400),
    ],
)
def test_bad_answers_get_a_sentence(client: httpx.Client, body: dict, status: int) -> None:
    answer = client.post(ANSWER, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_an_unknown_run_has_no_game(client: httpx.Client) -> None:
    assert client.get("/runs/0123456789abcdef0123/game").status_code == 404
    assert client.post("/runs/0123456789abcdef0123/game/round", json={}).status_code == 404
