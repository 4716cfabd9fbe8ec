"""Films over HTTP: every frame in the file, and a sentence where there can be none."""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from aigc_demo.runs import Studio
from aigc_demo.ui import animation_routes
from tests.runs.conftest import wait_for

ROUTE = "/models/any/animation"


class FakeGenerator:
    """The first number of z is the colour, in tenths of white."""

    latent_size, conditional = 2, False

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.may = threading.Event()
        self.may.set()
        self.batches = 0

    def render(self, z: Any, labels: Any = None, truncation: float = 1.0, styles: Any = None) -> np.ndarray:
        self.asked.set()
        assert self.may.wait(20)
        self.batches += 1
        shade = np.round(25.5 * np.asarray(z, np.float64)[:, 0] * truncation).clip(0, 255)
        return np.broadcast_to(shade[:, None, None], (len(shade), 28, 28)).astype(np.uint8)


@pytest.fixture
def generator(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> FakeGenerator:
    fake = FakeGenerator()
    monkeypatch.setattr(studio, "generator", lambda name: fake)
    return fake


def film(**other: Any) -> dict[str, Any]:
    """From black to white in five pictures."""
    keys = [{"z": [0, 0]}, {"z": [10, 0]}]
    return {"keys": keys, "frames_between": 3, "speed": 40, "loop": False, "format": "gif", "size": 2} | other


def shades(content: bytes) -> tuple[list[int], list[int], Image.Image]:
    """Grey level and milliseconds of every frame."""
    greys, times = [], []
    picture = Image.open(io.BytesIO(content))
    for place in range(picture.n_frames):  # type: ignore[attr-defined]
        picture.seek(place)
        picture.load()
        greys.append(int(np.asarray(picture.convert("L"))[5, 5]))
        times.append(int(picture.info["duration"]))
    return greys, times, picture


@pytest.mark.parametrize("kind", ["gif", "webp"])
@pytest.mark.parametrize("loop", [False, True])
def test_every_frame_is_in_the_file(client: httpx.Client, generator: FakeGenerator, kind: str, loop: bool) -> None:
    answer = client.post(ROUTE, json=film(format=kind, loop=loop))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"image/{kind}"
    assert answer.headers["content-disposition"] == f'attachment; filename="latent-path.{kind}"'
    greys, times, picture = shades(answer.content)
    assert picture.format == kind.upper() and picture.size == (56, 56)
    up = [0, 64, 128, 191, 255]
    assert greys == pytest.approx(up + up[3:0:-1] if loop else up, abs=3)  # 64 greys
    assert times == [40] * len(greys)
    endless = {"gif": None, "webp": 1}[kind] if not loop else 0
    assert picture.info.get("loop") == endless


def test_progress_comes_in_lines_and_the_film_in_the_last(client: httpx.Client, generator: FakeGenerator) -> None:
    generator.may.clear()
    with client.stream("POST", ROUTE, json=film(progress=True)) as answer:
        lines = answer.iter_lines()
        assert json.loads(next(lines)) == {"progress": 0.0}
        assert json.loads(next(lines)) == {"progress": 0.0}  # it says so again while nothing happens
        generator.may.set()
        last = json.loads(list(lines)[-1])
    assert last["done"] is True
    assert len(shades(base64.b64decode(last["file"]))[0]) == 5


def test_a_visitor_who_leaves_ends_the_work(
    client: httpx.Client, generator: FakeGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled = threading.Event()
    cancel = animation_routes.Work.cancel
    monkeypatch.setattr(animation_routes.Work, "cancel", lambda work: (cancel(work), cancelled.set()))
    long = film(keys=film()["keys"] * 4, frames_between=60, progress=True)  # 428 frames, many batches
    generator.may.clear()
    with client.stream("POST", ROUTE, json=long) as answer:
        lines = answer.iter_lines()  # whose end would close the answer
        next(lines)
        assert generator.asked.wait(20)
    assert cancelled.wait(20)
    generator.may.set()
    assert client.post(ROUTE, json=film()).status_code == 200  # which waited for its turn
    assert generator.batches == 2  # one of each


def test_what_is_no_film_is_answered_by_a_sentence(client: httpx.Client, generator: FakeGenerator) -> None:
    for wrong in ({"keys": []}, {"keys": [{"z": [1]}] * 2}, {"size": 40}, {"format": "exe"}, {"speed": -1}):
        for more in ({}, {"progress": True}):
            answer = client.post(ROUTE, json=film(**wrong, **more, lang="en"))
            assert answer.status_code == 400
            assert answer.json()["error"].endswith(".")
    assert client.post(ROUTE, content=b"{").status_code == 415
    assert generator.batches == 0


def test_no_model_no_film(client: httpx.Client) -> None:
    assert client.post("/models/nothing/animation", json=film()).status_code == 404


def test_what_goes_wrong_while_drawing_is_said_in_a_line_too(
    client: httpx.Client, studio: Studio, generator: FakeGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*asked: Any) -> None:
        raise animation_routes.VisitorError(animation_routes._GONE)

    monkeypatch.setattr(generator, "render", refuse)
    assert client.post(ROUTE, json=film(lang="en")).json() == {"error": "Cancelled."}
    answer = client.post(ROUTE, json=film(progress=True, lang="zh"))
    assert json.loads(answer.text.splitlines()[-1]) == {"error": "已取消。"}


def test_too_many_at_once_are_asked_to_come_back(
    client: httpx.Client, generator: FakeGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation_routes, "MOST_WAITING", 1)
    generator.may.clear()
    answers: list[int] = []

    def ask() -> None:
        """Until it is let in: what the test itself asks for below may be waiting first, for a moment."""
        while (status := client.post(ROUTE, json=film()).status_code) == 409:
            time.sleep(0.05)
        answers.append(status)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    threads[0].start()
    assert generator.asked.wait(20)
    threads[1].start()
    refused: list[int] = []

    def is_refused() -> bool:
        with client.stream("POST", ROUTE, json=film(progress=True)) as answer:
            refused.append(answer.status_code)
        return refused[-1] == 409

    wait_for(is_refused)
    generator.may.set()
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
