"""Who may act, and what no sensible page would send."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from aigc_demo.runs import Studio
from tests.ui.talking import start


def test_strangers_watch_but_do_not_control(client: httpx.Client, studio: Studio) -> None:
    studio.owner_is_everyone = False
    begun = start(client)
    for token in (None, "", "0" * 32):
        answer = client.post(f"/runs/{begun['run']}/stop", json={"token": token, "lang": "zh"})
        assert answer.status_code == 403
        assert "观看" in answer.json()["error"]
    assert client.post(f"/runs/{begun['run']}/stop", json={"token": begun["token"]}).status_code == 200


def test_a_name_that_was_made_to_point_here_has_no_owners_rights(client: httpx.Client) -> None:
    begun = start(client)
    headers = {"host": "evil.example", "origin": "http://evil.example"}
    assert client.post(f"/runs/{begun['run']}/stop", json={}, headers=headers).status_code == 403
    assert client.post(f"/runs/{begun['run']}/stop", json={}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_sites_page_may_not_act(client: httpx.Client, origin: str) -> None:
    answer = client.post("/runs", json={"lang": "en"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "error" in answer.json()


def test_our_own_page_may_act_also_behind_a_proxy(client: httpx.Client) -> None:
    own = str(client.base_url).rstrip("/")
    assert client.post("/explain", json={}, headers={"origin": own}).status_code != 403
    proxied = {"origin": "https://demo.example", "x-forwarded-host": "demo.example"}
    assert client.post("/explain", json={}, headers=proxied).status_code != 403


def test_reading_never_acts(client: httpx.Client, studio: Studio) -> None:
    before = studio.runs()
    acts = [f"/runs/recorded/{action}" for action in ("stop", "step", "change", "slow", "again", "game/round")]
    for path in (*acts, "/races", "/plan", "/explain", "/models/fast/render"):
        assert client.get(path).status_code in (404, 405), path
    assert client.get("/runs", params={"recipe": "fast", "seconds": 20}).status_code == 200, "a list, whatever is asked"
    assert studio.runs() == before


def test_every_answer_carries_the_security_headers(client: httpx.Client) -> None:
    for path in ("/models", "/nothing", "/catalogue/en.json"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "huggingface.co" in headers["content-security-policy"]
        assert "referrer-policy" in headers


BAD_BODIES: list[dict[str, Any]] = [
    {"seconds": 4},
    {"seconds": 601},
    {"seconds": 1e308},
    {"seconds": "soon"},
    {"seconds": True},
    {"seconds": [5]},
    {"seed": -1},
    {"seed": 2**31},
    {"seed": 1.5},
    {"seed": {}},
    {"recipe": "nothing"},
    {"recipe": 7},
    {"recipe": "x" * 10_000},
    {"loss": "nothing"},
    {"loss": ["wgan"]},
    {"dataset": "/etc/passwd"},
    {"dataset": "some.npz"},
    {"weights": {"g_recon_x": -1}},
    {"weights": {"g_recon_x": 1e9}},
    {"weights": {"g_recon_x": "much"}},
    {"weights": {"nothing": 1}},
    {"weights": [1]},
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=lambda body: str(body)[:40])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bad_start_is_one_sentence_in_the_visitors_language(
    client: httpx.Client, studio: Studio, body: dict[str, Any], lang: str
) -> None:
    before = studio.runs()
    answer = client.post("/runs", json=body | {"lang": lang})
    assert 400 <= answer.status_code < 500
    sentence = answer.json()["error"]
    assert any("一" <= character <= "鿿" for character in sentence) == (lang == "zh")
    assert len(sentence) < 400
    assert studio.runs() == before


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"seconds": NaN}', "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"seed": 1' + b"0" * 400 + b"}", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "application/x-www-form-urlencoded", 415),
        (b'{"a": "' + b"x" * 1_000_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_are_no_sensible_json(client: httpx.Client, content: bytes, kind: str, status: int) -> None:
    answer = client.post("/runs", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize("run_id", ["nothing", "0" * 20, "..", "%2e%2e%2f", "a" * 300])
def test_an_unknown_run_is_404_with_a_sentence(client: httpx.Client, run_id: str) -> None:
    for path in ("events", "metrics", "frames", "frames/0.png"):
        answer = client.get(f"/runs/{run_id}/{path}", headers={"referer": "http://host/p/zh/?run=1"})
        assert answer.status_code == 404
        assert any("一" <= character <= "鿿" for character in answer.json()["error"])
    assert client.post(f"/runs/{run_id}/stop", json={}).status_code in (404, 405)


@pytest.mark.parametrize("seconds", [0, -1, 601, "x", True, [1], 1e300])
def test_bad_extensions(client: httpx.Client, seconds: Any) -> None:
    begun = start(client)
    answer = client.post(f"/runs/{begun['run']}/extend", json={"token": begun["token"], "seconds": seconds})
    assert answer.status_code == 400


def test_a_token_of_another_type_is_refused(client: httpx.Client) -> None:
    begun = start(client)
    assert client.post(f"/runs/{begun['run']}/stop", json={"token": 7}).status_code == 400
