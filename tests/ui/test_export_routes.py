"""Taking a run away: every file with its type and a safe name, and a sentence where there is nothing to take."""

from __future__ import annotations

import csv
import io
import re
import threading
from dataclasses import replace

import httpx
import pytest

from aigc_demo.exports import FORMATS, Format
from aigc_demo.recipes import make_plan
from aigc_demo.runs import Run, Studio
from aigc_demo.ui import export_routes
from aigc_demo.ui.export_routes import AT_ONCE, MOST_WAITING, file_name
from tests.runs.conftest import wait_for, wait_until_over

# What a file of each kind begins with.
BEGINNINGS = {
    "gif": b"GIF89a",
    "webp": b"RIFF",
    "csv": b"step,seconds,",
    "json": b"{",
    "html": b"<!doctype html>",
    "script": b'"""',
    "tensorboard": b"PK",
}


@pytest.fixture(scope="module")
def run(open_studio: Studio) -> Run:
    """A finished run of 30 steps."""
    started = open_studio.start(make_plan("fast", steps=30, seed=2)).run
    wait_until_over(started)
    return started


@pytest.mark.parametrize("key", FORMATS)
def test_every_file_comes_with_its_type_and_a_safe_name(client: httpx.Client, run: Run, key: str) -> None:
    answer = client.get(f"/runs/{run.id}/export/{FORMATS[key].file}", params={"lang": "en"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[key].media_type
    assert answer.content.startswith(BEGINNINGS[key])
    assert len(answer.content) < 4_000_000
    named = re.fullmatch(r'attachment; filename="([\w-]+\.[a-z]+)"', answer.headers["content-disposition"])
    assert named
    assert run.id[:8] in named[1]
    assert named[1].endswith(FORMATS[key].file.rpartition(".")[2])
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_figures_are_those_of_the_run(client: httpx.Client, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/runs/{run.id}/export/metrics.csv").text, newline="")))
    assert len(rows) == 30
    assert {row["run"] for row in rows} == {run.id}
    content = client.get(f"/runs/{run.id}/export/metrics.json").json()
    assert content["plan"]["seed"] == 2


def test_a_script_can_be_shown_in_the_page_but_nothing_else_can(client: httpx.Client, run: Run) -> None:
    answer = client.get(f"/runs/{run.id}/export/script.py", params={"inline": "1", "lang": "zh"})
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "content-disposition" not in answer.headers
    compile(answer.text, "script.py", "exec")
    page = client.get(f"/runs/{run.id}/export/replay.html", params={"inline": "1"})
    assert page.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"params": {"lang": "zh"}}, "运行："),
        ({"params": {"lang": "en"}, "headers": {"accept-language": "zh"}}, "To run it:"),
        ({"params": {"lang": "xx"}, "headers": {"accept-language": "zh"}}, "运行："),
        ({"headers": {"referer": "http://127.0.0.1/zh/?run=1"}}, "运行："),
    ],
)
def test_the_words_are_in_the_language_asked_for(client: httpx.Client, run: Run, options: dict, word: str) -> None:
    assert word in client.get(f"/runs/{run.id}/export/script.py", **options).text


def test_a_faster_animation_is_shorter(client: httpx.Client, run: Run) -> None:
    from PIL import Image

    times = []
    for speed in ("0.5", "2"):
        answer = client.get(f"/runs/{run.id}/export/animation.gif", params={"speed": speed})
        with Image.open(io.BytesIO(answer.content)) as picture:
            times.append(picture.info["duration"])
    assert times[0] > times[1]


@pytest.mark.parametrize("speed", ["0", "100", "fast", "nan"])
def test_what_is_no_speed_gets_a_sentence(client: httpx.Client, run: Run, speed: str) -> None:
    answer = client.get(f"/runs/{run.id}/export/animation.gif", params={"speed": speed})
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("path", ["secret.txt", "animation.avi", "..%2f..%2frun.json", "%00", "training.safetensors"])
def test_another_file_does_not_exist(client: httpx.Client, run: Run, path: str) -> None:
    answer = client.get(f"/runs/{run.id}/export/{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]


def test_an_unknown_run_has_no_exports(client: httpx.Client) -> None:
    assert client.get("/runs/0123456789abcdef0123/export/metrics.csv").status_code == 404


@pytest.mark.parametrize("key", ["gif", "webp", "csv", "json", "html"])
def test_a_run_that_waits_for_its_turn_says_so(client: httpx.Client, studio: Studio, key: str) -> None:
    studio.start(make_plan("fast", seconds=600))
    waiting = studio.start(make_plan("fast", seconds=5)).run
    answer = client.get(f"/runs/{waiting.id}/export/{FORMATS[key].file}", params={"lang": "en"})
    assert answer.status_code == 409
    assert answer.json()["error"]
    assert client.get(f"/runs/{waiting.id}/export/script.py").status_code == 200  # its code is known beforehand


def test_a_run_that_is_going_can_be_taken_away(client: httpx.Client, studio: Studio) -> None:
    going = studio.start(make_plan("fast", seconds=600)).run
    wait_for(lambda: going.told > 5 and len(going.frames) > 1)
    assert client.get(f"/runs/{going.id}/export/metrics.csv").status_code == 200
    assert client.get(f"/runs/{going.id}/export/replay.html").status_code == 200


def test_a_name_holds_nothing_that_a_disk_or_a_header_would_mind(run: Run) -> None:
    odd = type("Odd", (), {"id": '../"\r\n x;é', "plan": run.plan})()
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", file_name(odd, FORMATS["gif"]))


def test_only_a_few_are_made_at_a_time_and_not_all_may_wait(
    client: httpx.Client, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, most, total = 0, 0, AT_ONCE + MOST_WAITING
    lock, gate = threading.Lock(), threading.Event()

    def slow(*_: object) -> bytes:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        gate.wait(30)
        with lock:
            going -= 1
        return b"done"

    held: Format = replace(FORMATS["json"], make=slow)
    monkeypatch.setattr(export_routes, "find_format", lambda name: held)
    address = f"/runs/{run.id}/export/metrics.json"
    answers: list[int] = []

    def ask() -> None:
        answers.append(client.get(address).status_code)

    threads = [threading.Thread(target=ask) for _ in range(total)]
    for thread in threads:
        thread.start()
    wait_for(lambda: going == AT_ONCE)
    refused = None

    def is_full() -> bool:
        nonlocal refused
        with httpx.Client(base_url=client.base_url, timeout=0.5, trust_env=False) as one_more:
            try:
                refused = one_more.get(address, headers={"accept-language": "en"})
            except httpx.TimeoutException:
                return False
        return True

    wait_for(is_full, 20)
    gate.set()
    for thread in threads:
        thread.join(30)
    assert refused is not None
    assert refused.status_code == 409
    assert "few seconds" in refused.json()["error"]
    assert answers.count(200) >= AT_ONCE
    assert most == AT_ONCE
    assert client.get(address).status_code == 200
