"""Measuring a training run in windows of a few seconds: its steps a second, and the CPU that everybody takes meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

from benchmarks.app_under_test import ROOT, Server
from benchmarks.client import RunHandle, rate
from benchmarks.process import family_cpu_seconds, usage


@dataclass
class Window:
    """What one window brought. `delivered` is what the followers counted; shares are of one core."""

    condition: str
    steps_per_second: float = 0.0
    server_cpu_ms_per_step: float = 0.0
    server_cpu_share: float = 0.0
    loop_cpu_share: float = 0.0  # the web server's own thread
    browser_cpu_share: float = 0.0
    delivered: dict[str, Any] = field(default_factory=dict)


def measure(server: Server, run: RunHandle, window: Window, seconds: float, others: frozenset[int]) -> None:
    """Fill `window` with the next `seconds` of `run`; `others` are processes of ours that are no browser."""
    first = run.edge()
    clock, before, browser = time.monotonic(), usage(server.pid), family_cpu_seconds(os.getpid(), others)
    time.sleep(seconds)
    passed, after = time.monotonic() - clock, usage(server.pid)
    window.browser_cpu_share = (family_cpu_seconds(os.getpid(), others) - browser) / passed
    window.server_cpu_share = (after.cpu_seconds - before.cpu_seconds) / passed
    window.loop_cpu_share = (after.loop_seconds - before.loop_seconds) / passed
    window.steps_per_second = rate(first, run.edge())
    window.server_cpu_ms_per_step = 1000 * window.server_cpu_share / window.steps_per_second


@contextlib.contextmanager
def followers(server: Server, run: RunHandle, number: int, seconds: float, window: Window) -> Iterator[int]:
    """Followers of the run in a process of their own, whose id this gives; what they counted is in `window` after."""
    where = ["--address", server.address, "--run", run.id, "--count", str(number), "--seconds", str(seconds)]
    command = [sys.executable, "-m", "benchmarks.followers", *where]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the followers could not follow")
        yield process.pid
        window.delivered = json.loads(process.communicate(timeout=seconds + 60)[0])
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


@contextlib.contextmanager
def page(browser: Browser, server: Server, run: RunHandle) -> Iterator[None]:
    """The run's page, open and drawing."""
    view = browser.new_page(viewport={"width": 1440, "height": 900})
    try:
        view.goto(f"{server.address}/en/?run={run.id}")
        view.wait_for_selector("body[data-aigc-ready]", timeout=60_000)
        view.wait_for_function("() => Number(document.querySelector('#train-status').dataset.step) > 0", timeout=60_000)
        yield
    finally:
        view.close()
