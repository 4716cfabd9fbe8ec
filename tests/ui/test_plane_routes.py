"""The laboratory's routes: presets in the page's language, graphs with a tag, and refusals in a sentence."""

from __future__ import annotations

import httpx
import pytest

PATIENCE = 120.0  # seconds for the first graph of a server, which waits for TensorFlow


def test_presets_in_both_languages(client: httpx.Client) -> None:
    chinese, english = (
        client.get("/plane/presets.json", headers={"Accept-Language": lang}).json() for lang in ("zh", "en")
    )
    assert [preset["key"] for preset in chinese] == [preset["key"] for preset in english]
    assert english[0]["key"] == "healthy" and english[0]["title"] != chinese[0]["title"]


def test_a_graph_comes_once(client: httpx.Client) -> None:
    address = "/plane/hinge.json?latent=1&width_d=8&width_g=8&batch=16&auxiliaries=r1"
    answer = client.get(address, timeout=PATIENCE)
    graph = answer.json()
    assert graph["shapes"]["g"][0] == [1, 8] and graph["batch"] == 16
    assert [term["key"] for term in graph["terms"]] == ["d_real", "d_fake", "d_r1", "g_adversarial"]
    assert "term:d_r1" in graph["d"]["outputs"] and "arrows" in graph["g"]["outputs"]
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_what_another_loss_carried_is_left_out(client: httpx.Client) -> None:
    graph = client.get(
        "/plane/wgan_gp.json?width_d=8&width_g=8&batch=16&auxiliaries=gp,acgan,smooth,drift", timeout=PATIENCE
    ).json()
    assert graph["auxiliaries"] == ["drift"]


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/plane/nothing.json", 404, "nothing"),
        ("/plane/hinge.json?auxiliaries=nothing", 404, "nothing"),
        ("/plane/hinge.json?width_d=100000", 400, "width"),
        ("/plane/hinge.json?latent=x", 400, "size of z"),
        ("/plane/hinge.json?activation=x", 400, "activation"),
    ],
)
def test_what_cannot_be_traced_is_refused(client: httpx.Client, address: str, status: int, word: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert word in answer.json()["error"]
