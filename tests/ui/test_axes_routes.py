"""Axes over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import pytest

from aigc_demo.checkpoints import Generator
from aigc_demo.latent.axes import FAMILIES, Axes
from aigc_demo.latent.axes_finding import OVERFLOWS
from aigc_demo.runs import Studio
from aigc_demo.runs.axes_shelf import AxesShelf
from aigc_demo.text import VisitorError
from tests import models
from tests.checkpoints.test_axes_file import some_axes


@pytest.fixture
def saved(tmp_path: Path) -> Iterator[Path]:
    with models.tiny_recipe():
        yield models.save(tmp_path / "tiny")


def use(studio: Studio, monkeypatch: pytest.MonkeyPatch, folder: Path, find: object) -> None:
    shelf = AxesShelf(folder.parent, lambda name: None, folder.parent / "cache", find)  # type: ignore[arg-type]
    monkeypatch.setattr(studio, "axes", shelf)


def test_the_axes_of_the_shipped_model(client: httpx.Client) -> None:
    answer = client.get("/models/fast/axes.json")
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert (body["model"], body["latent_size"]) == ("fast", 64)
    assert body["step"] > 0 and body["seconds"] > 0
    assert set(body["families"]) == set(FAMILIES)
    for family, axes in body["families"].items():
        directions = np.array([axis["direction"] for axis in axes])
        np.testing.assert_allclose(directions @ directions.T, np.eye(len(axes)), atol=1e-3)
        for axis in axes:
            assert set(axis) == {"key", "title", "direction", "r2", "energy", "dead"}
            assert axis["key"].startswith(f"{family}.")
            assert set(axis["title"]) == {"zh", "en"}
            assert 0 <= axis["energy"] <= 1
            assert (axis["r2"] is None) == (family != "named")
    energies = [axis["energy"] for axis in body["families"]["output"]]
    assert energies == sorted(energies, reverse=True)


def test_models_that_are_not_there(client: httpx.Client) -> None:
    for name in ("nothing", "0" * 20, "%2e%2e"):
        answer = client.get(f"/models/{name}/axes.json")
        assert answer.status_code == 404
        assert answer.json()["error"]


def test_a_model_that_has_none_is_answered_by_a_sentence(
    client: httpx.Client, studio: Studio, monkeypatch: pytest.MonkeyPatch, saved: Path
) -> None:
    def overflow(generator: Generator) -> Axes:
        raise VisitorError(OVERFLOWS)

    use(studio, monkeypatch, saved, overflow)
    answer = client.get("/models/tiny/axes.json", headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["error"]) == (400, OVERFLOWS.en)


def test_who_waits_holds_nobody_up(
    client: httpx.Client, studio: Studio, monkeypatch: pytest.MonkeyPatch, saved: Path
) -> None:
    """A hundred phones that wait for axes must leave threads for whoever wants something else."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(generator: Generator) -> Axes:
        begun.set()
        go_on.wait(30)
        return some_axes()

    use(studio, monkeypatch, saved, slow)
    with ThreadPoolExecutor(60) as pool:
        waiting = [pool.submit(client.get, "/models/tiny/axes.json") for _ in range(60)]
        assert begun.wait(10)
        assert client.get("/explain/wgan/curves.json").status_code == 200
        assert not any(answer.done() for answer in waiting)
        go_on.set()
        assert {answer.result().status_code for answer in waiting} == {200}
