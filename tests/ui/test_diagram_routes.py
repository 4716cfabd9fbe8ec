"""Diagrams and studies over HTTP, and the distance of two Gaussians; what is not there is refused in a sentence."""

from __future__ import annotations

import base64

import httpx
import numpy as np
import pytest

from aigc_demo.explain.studies import STUDIES


def test_a_diagram(client: httpx.Client) -> None:
    answer = client.get("/recipes/fast/diagram.json")
    generator, discriminator = answer.json()["networks"]
    assert (generator["player"], discriminator["player"]) == ("g", "d")
    assert sum(layer["parameters"] for layer in generator["layers"]) == generator["counted"]
    assert client.get("/recipes/nothing/diagram.json").status_code == 404


@pytest.mark.parametrize("study", STUDIES)
def test_a_study_of_the_shipped_model(client: httpx.Client, study: str) -> None:
    found = client.post(f"/networks/{study}", json={"seed": 3}).json()
    assert found["claims"] and all(claim["holds"] for claim in found["claims"])
    for picture in found["pictures"]:
        assert len(base64.b64decode(picture["data"])) == 4 * np.prod(picture["shape"])


def test_feature_maps(client: httpx.Client) -> None:
    found = client.post("/networks/maps", json={"labels": [3, 8]}).json()
    assert len(base64.b64decode(found["maps"])) == 4 * np.prod(found["shape"])
    assert len(base64.b64decode(found["images"])) == 2 * 784


def test_what_is_not_there_is_refused(client: httpx.Client) -> None:
    english = {"Accept-Language": "en"}
    for path, body, status in (
        ("/networks/nothing", {}, 404),
        ("/networks/norm", {"model": "nothing"}, 404),
        ("/networks/norm", {"seed": -1}, 400),
        ("/networks/maps", {"labels": [10]}, 400),
        ("/networks/maps", {"labels": [1] * 5}, 400),
        ("/networks/maps", {}, 400),
    ):
        answer = client.post(path, json=body, headers=english)
        assert answer.status_code == status, path
        assert answer.json()["error"]


def gaussian(mean: list[float], covariance: list[list[float]]) -> dict[str, object]:
    return {"mean": mean, "covariance": covariance}


def test_the_distance_of_two_gaussians(client: httpx.Client) -> None:
    body = {"first": gaussian([0, 0], [[1, 0], [0, 4]]), "second": gaussian([3, 4], [[4, 0], [0, 1]])}
    # Of diagonal covariances each axis counts for itself: 9 + 16 + (1 - 2)^2 + (2 - 1)^2.
    assert client.post("/papers/frechet", json=body).json()["distance"] == pytest.approx(27.0)


@pytest.mark.parametrize(
    "bad",
    [{}, gaussian([0], [[1, 0], [0, 1]]), gaussian([0, 0], [[1, 0]]), gaussian([0, 0], [[1, 2], [2, 1]]),
     gaussian([0, 0], [[1, 0.5], [0, 1]]), {"mean": "ab", "covariance": "cd"}, gaussian([0, 1e9], [[1, 0], [0, 1]])],
)  # fmt: skip
def test_what_is_no_gaussian_is_refused(client: httpx.Client, bad: dict[str, object]) -> None:
    answer = client.post("/papers/frechet", json={"first": gaussian([0, 0], [[1, 0], [0, 1]]), "second": bad})
    assert answer.status_code == 400 and answer.json()["error"]
