"""Network files over HTTP: whole, not sent twice, and refused in a sentence."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from aigc_demo.checkpoints import GENERATOR_NET, NetworkFile, NotPortable
from aigc_demo.checkpoints.portable_numpy import NumpyNetwork
from aigc_demo.home import SHIPPED
from aigc_demo.runs import Studio
from aigc_demo.runs.networks import Networks
from aigc_demo.text import Text
from tests.runs.conftest import wait_for
from tests.ui.talking import start

PATHS = ("/models/fast/generator.net", "/models/fast/discriminator.net", "/classifier.net")


@pytest.mark.parametrize("path", PATHS)
def test_a_network_is_sent_once(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/octet-stream")
    assert answer.headers["cache-control"] == "no-cache"
    facts = NumpyNetwork(answer.content).facts
    assert answer.headers["x-step"] == facts["step"]
    tag = answer.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["x-step"]) == (tag, facts["step"])
    for unknown in ("", '"other"', tag[:-1], "*, *"):
        assert client.get(path, headers={"If-None-Match": unknown}).content == answer.content


def test_the_shipped_generator_is_sent_as_it_lies_there(client: httpx.Client) -> None:
    assert client.get(PATHS[0]).content == (SHIPPED / "fast" / GENERATOR_NET).read_bytes()


def test_networks_that_are_not_there(client: httpx.Client) -> None:
    for name in ("nothing", "features", "0" * 20, "%2e%2e", "a%00b"):
        for kind in ("generator", "discriminator"):
            answer = client.get(f"/models/{name}/{kind}.net", headers={"Accept-Language": "en"})
            assert answer.status_code == 404
            assert answer.json()["error"]


def test_a_network_that_cannot_be_sent_is_refused_in_a_sentence(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: Any) -> NetworkFile:
        raise NotPortable(Text("只能在服务器上计算。", "It can only be computed on the server."))

    for kind in ("generator", "discriminator"):
        monkeypatch.setattr(Networks, kind, refuse)
        for lang, said in (("en", "It can only be computed on the server."), ("zh", "只能在服务器上计算。")):
            answer = client.get(f"/models/fast/{kind}.net", headers={"Accept-Language": lang})
            assert (answer.status_code, answer.json()) == (409, {"error": said})


def test_weights_that_fit_no_network_are_refused_in_a_sentence(client: httpx.Client, studio: Studio) -> None:
    """Such are the fake trainer's."""
    begun = start(client)
    run = studio.run(begun["run"])
    wait_for(lambda: run.folder.weights)
    answer = client.get(f"/models/{run.id}/generator.net", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("generator.safetensors cannot be used: dense/kernel should be")


def test_a_run_that_learns_is_followed(client: httpx.Client, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(plan: Any, weights: Any, step: int) -> NetworkFile:
        return NetworkFile(str(step).encode(), step, f'"{step}"')

    monkeypatch.setattr("aigc_demo.checkpoints.pack_generator", pack)
    begun = start(client)
    run = studio.run(begun["run"])
    wait_for(lambda: run.folder.weights)
    path = f"/models/{run.id}/generator.net"
    first = client.get(path)
    wait_for(lambda: client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 200)
    newer = client.get(path)
    assert int(newer.headers["x-step"]) > int(first.headers["x-step"])
    assert newer.content == newer.headers["x-step"].encode()
