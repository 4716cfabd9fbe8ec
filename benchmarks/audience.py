"""A hall of visitors on one server: latencies, frames delivered, CPU, memory, errors, and what those beyond the limit hear.

    python -m benchmarks.audience [--visitors 50 200 500] [--seconds 15] [--recipe fast]

Starts the app, lets a run train, and plays crowds of visitors one after the other (`audience_visitors.py`, a process
of its own on the same cores, whose CPU is reported apart): each opens the page with every file that Chromium asks for,
follows the run, a tenth slide with the server's help, 20 ask the API. At the end more ask to follow than there are places, and
afterwards the server must answer as it did before. Only this machine is asked, for less than six minutes.

CPU of serving is the server's CPU in the window less what its steps cost when nobody is there; the loop's is that of the web
server's thread alone. Goals: 200 followers and 20 users of the API without an error, at most 1 ms of serving a delivered
frame, and everybody beyond the limit refused in a sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from benchmarks.app_under_test import CHROMIUM_OPTIONS, ROOT, Server, chromium, server
from benchmarks.client import Client, RunHandle, rate
from benchmarks.process import load_average, most_resident_mb, usage
from benchmarks.result import as_text, write

RESULT = Path(__file__).parent / "results" / "audience.json"
API_USERS, ASKED_AFTERWARDS, BEYOND = 20, 20, 50
GOAL_FOLLOWERS, GOAL_MS_A_FRAME = 200, 1.0


def files_of_a_page(address: str) -> list[str]:
    """The paths that a browser asks for when it opens the page, in its order."""
    found: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page()
        page.on("requestfinished", lambda request: found.append(request.url) if request.method == "GET" else None)
        page.goto(f"{address}/en/")
        page.wait_for_selector("body[data-aigc-ready]", timeout=60_000)
        page.wait_for_timeout(1000)
        browser.close()
    paths = [url.removeprefix(address) for url in found if url.startswith(address)]
    return [path for path in paths if not path.startswith("/en/?") and path != "/en/" and "/events" not in path]


@contextmanager
def visitors(place: Server, run: RunHandle, number: int, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A process that plays `number` visitors; ended on leaving."""
    where = ["--address", place.address, "--run", run.id, "--visitors", str(number), *more]
    command = [sys.executable, "-m", "benchmarks.audience_visitors", *where]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def alone(place: Server, run: RunHandle, seconds: float) -> dict[str, float]:
    """CPU of a step, and of the web server's loop, when nobody is there."""
    first, before, began = run.edge(), usage(place.pid), time.monotonic()
    time.sleep(seconds)
    passed, after, last = time.monotonic() - began, usage(place.pid), run.edge()
    steps = rate(first, last) * passed
    return {
        "steps_per_second": rate(first, last),
        "cpu_ms_per_step": 1000 * (after.cpu_seconds - before.cpu_seconds) / steps,
        "loop_cpu_share": (after.loop_seconds - before.loop_seconds) / passed,
        "resident_mb": after.resident_mb,
    }


def play(
    place: Server, run: RunHandle, number: int, seconds: float, files: Path, idle: dict[str, float]
) -> dict[str, Any]:
    """One crowd: what it saw, and what it cost the server."""
    began, opening = time.monotonic(), usage(place.pid)
    options = ("--api", str(API_USERS), "--seconds", str(seconds), "--files", str(files))
    with visitors(place, run, number, *options) as process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the visitors could not open the page and follow")
        arrived, before, first = time.monotonic() - began, usage(place.pid), run.act("resume")["step"]
        at = time.monotonic()
        time.sleep(seconds)
        passed, after, last = time.monotonic() - at, usage(place.pid), run.act("resume")["step"]
        seen = json.loads(process.communicate(timeout=60)[0])
    run.keep_going()
    steps = max(1, last - first)
    cpu = after.cpu_seconds - before.cpu_seconds
    serving = max(0.0, cpu - steps * idle["cpu_ms_per_step"] / 1000)
    frames = max(1.0, seen["frames"] * passed / seen["seconds"])
    return {
        "visitors": number,
        **seen,
        "server": {
            "arriving_seconds": arrived,
            "arriving_cpu_share": (before.cpu_seconds - opening.cpu_seconds) / arrived,
            "steps_per_second": steps / passed,
            "cpu_share": cpu / passed,
            "loop_cpu_share": (after.loop_seconds - before.loop_seconds) / passed,
            "serving_cpu_ms_per_frame": 1000 * serving / frames,
            "loop_cpu_ms_per_frame": 1000 * (after.loop_seconds - before.loop_seconds) / frames,
            "all_cpu_ms_per_frame": 1000 * cpu / frames,
            "resident_mb": after.resident_mb,
            "most_mb": most_resident_mb(place.pid),
            "threads": after.threads,
            "open_files": after.open_files,
        },
    }


def beyond(place: Server, run: RunHandle, places: int) -> dict[str, Any]:
    """More ask to follow than there are places; afterwards the server answers as before."""
    before = answering(place)
    with visitors(place, run, places + BEYOND, "--door", "--seconds", "3") as process:
        seen = json.loads(process.communicate(timeout=300)[0])
    return {**seen, "places": places, "answers_ms_before": before, "answers_ms_after": answering(place)}


def answering(place: Server) -> float:
    """The median time of a simple answer in ms; raises where there is none."""
    client, times = Client(place.address), []
    for _ in range(ASKED_AFTERWARDS):
        began = time.perf_counter()
        client.get("/device")
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[len(times) // 2]


def goals(crowds: Sequence[dict[str, Any]], door: dict[str, Any]) -> dict[str, bool]:
    """Which of the goals are met, as far as they were measured."""
    met = {
        "all beyond the limit are refused in a sentence, and the server answers afterwards": door["have_a_place"]
        == door["places"]
        and all(told.startswith("503 {") for told, _ in door["told"])
    }
    for crowd in crowds:
        if crowd["visitors"] == GOAL_FOLLOWERS:
            met["200 followers and 20 users of the API without an error"] = (
                crowd["followers"] == GOAL_FOLLOWERS and not crowd["errors"] and not crowd["refused"]
            )
            met["at most 1 ms of serving a delivered frame"] = (
                crowd["server"]["serving_cpu_ms_per_frame"] <= GOAL_MS_A_FRAME
            )
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", nargs="+", type=int, default=[50, 200, 500])
    parser.add_argument("--seconds", type=float, default=15.0, help="how long each crowd is watched")
    parser.add_argument("--recipe", default="fast")
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores",
        "recipe": arguments.recipe,
        "seconds": arguments.seconds,
        "api_users": API_USERS,
        "load_average_before": load_average(),
    }
    with server() as place, tempfile.TemporaryDirectory() as folder:
        assert urlsplit(place.address).hostname == "127.0.0.1"
        client = Client(place.address)
        client.device()
        asked = files_of_a_page(place.address)
        files = Path(folder) / "files.json"
        files.write_text(json.dumps(asked))
        places = int(client.get("/device")["limits"]["followers"])
        run = client.start(recipe=arguments.recipe)
        run.edge()
        idle = alone(place, run, arguments.seconds)
        result |= {"files_of_a_page": len(asked), "alone": idle, "crowds": []}
        for number in arguments.visitors:
            result["crowds"].append(play(place, run, number, arguments.seconds, files, idle))
            write(arguments.out, result)
        result["beyond"] = beyond(place, run, places)
        run.act("stop")
    result["goals"] = goals(result["crowds"], result["beyond"])
    write(arguments.out, result)
    print(as_text(result))


if __name__ == "__main__":
    main()
