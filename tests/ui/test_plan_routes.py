"""Judging a form: what is kept, what is refused, and the sentence for it."""

from __future__ import annotations

from typing import Any

import httpx

from aigc_demo.recipes import DEFAULT_SECONDS


def ask(client: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = client.post("/plan", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_nothing_asked_gives_the_defaults(client: httpx.Client) -> None:
    plan = ask(client)
    assert (plan["recipe"], plan["loss"], plan["seed"]) == ("fast", "non_saturating", 0)
    assert plan["seconds"] == DEFAULT_SECONDS
    assert plan["settings"] == plan["refused"] == {}
    assert plan["values"] == plan["defaults"]
    assert plan["additions"]["acgan"] == {"on": True, "own": False, "why_not": None}


def test_settings_that_differ_are_kept_and_read_as_numbers(client: httpx.Client) -> None:
    plan = ask(client, settings={"lr.g": "0.001", "lr.d": 0.003, "weight.d_r1": 2})
    assert plan["settings"] == {"lr.g": 0.001, "weight.d_r1": 2.0}
    assert plan["additions"]["r1"]["on"]
    assert plan["defaults"]["lr.g"] == 0.003


def test_what_is_bad_is_named_and_the_rest_is_kept(client: httpx.Client) -> None:
    plan = ask(client, recipe="nope", seed=-1, seconds=7, settings={"lr.g": 0.001, "foo": 1, "lang": "zh"})
    assert set(plan["refused"]) == {"recipe", "seed", "foo", "lang"}
    assert (plan["recipe"], plan["seconds"], plan["settings"]) == ("fast", 7, {"lr.g": 0.001})


def test_of_two_that_clash_the_newer_is_refused_with_the_reason(client: httpx.Client) -> None:
    penalty_last = ask(client, settings={"discriminator": "fast_bn", "weight.d_gp": 10})
    assert set(penalty_last["refused"]) == {"weight.d_gp"}
    assert penalty_last["additions"]["gp"]["why_not"] == penalty_last["refused"]["weight.d_gp"]
    network_last = ask(client, settings={"weight.d_gp": 10, "discriminator": "fast_bn"})
    assert set(network_last["refused"]) == {"discriminator"}
    assert "batch normalisation" in network_last["refused"]["discriminator"]


def test_two_networks_that_only_go_together_are_taken_together(client: httpx.Client) -> None:
    both = {"generator": "tutorial_cnn", "discriminator": "tutorial_cnn"}
    plan = ask(client, settings={**both, "foo": 1})
    assert plan["settings"].items() >= both.items()
    assert set(plan["refused"]) == {"foo"}


def test_the_sentences_are_in_the_pages_language(client: httpx.Client) -> None:
    assert "种子" in ask(client, seed=-1, lang="zh")["refused"]["seed"]


def test_settings_without_end_are_refused(client: httpx.Client) -> None:
    answer = client.post("/plan", json={"settings": {f"x{n}": 1 for n in range(61)}})
    assert answer.status_code == 400
    assert answer.json()["error"]
