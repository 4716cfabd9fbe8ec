"""How busy a run keeps the page's main thread while it streams, in a real browser.

    python -m benchmarks.main_thread

Chromium's own count of the main thread's task time (`Performance.getMetrics`, TaskDuration) over windows of ten seconds
while the default recipe trains. Between them, as many are read by thread CPU time (`threadTicks`), which a busy machine
does not stretch. Goal: at most 15 %.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.app_under_test import CHROMIUM_OPTIONS, app, chromium
from benchmarks.client import Client
from benchmarks.process import load_average
from benchmarks.result import as_text, write
from benchmarks.spread import back_and_forth, spread

RESULT = Path(__file__).parent / "results" / "main_thread.json"
MOST_SHARE = 0.15
VIEWPORT: Any = {"width": 1440, "height": 900}


def task_seconds(session: CDPSession) -> tuple[float, float]:
    """The main thread's task time and the present time, in seconds by the session's clock."""
    figures = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return figures["TaskDuration"], figures["Timestamp"]


def share(session: CDPSession, wait: Callable[[float], None], window: float) -> float:
    """Busy share of the main thread over one window of so many seconds."""
    busy, then = task_seconds(session)
    wait(window * 1000)
    busy_after, now = task_seconds(session)
    return (busy_after - busy) / (now - then)


def measure(rounds: int, window: float, seed: int) -> dict[str, Any]:
    """Shares of `rounds` windows, by wall-clock task time and by CPU time of the thread, in turn."""
    shares: dict[str, list[float]] = {"timeTicks": [], "threadTicks": []}
    load = load_average()
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport=VIEWPORT)
        page.goto(f"{address}/en/?seconds=300&seed={seed}")
        page.wait_for_selector("body[data-aigc-ready]")
        Client(address).device()  # the warm-up is over: TensorFlow's import and the first compilation
        page.locator("#train-start").click()
        page.wait_for_function(
            "() => Number(document.querySelector('#train-status').dataset.step) > 100", timeout=60_000
        )
        session = page.context.new_cdp_session(page)
        for order in back_and_forth(tuple(shares), rounds):
            for domain in order:
                session.send("Performance.enable", {"timeDomain": domain})
                shares[domain].append(share(session, page.wait_for_timeout, window))
                session.send("Performance.disable")
        steps = int(page.locator("#train-status").get_attribute("data-step") or 0)
        browser.close()
    return {
        "machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores",
        "seed": seed,
        "window_seconds": window,
        "load_average_before": load,
        "steps": steps,
        "wall_share": spread(shares["timeTicks"]),
        "cpu_share": spread(shares["threadTicks"]),
        "goal_met": {
            "by the wall": spread(shares["timeTicks"])["median"] <= MOST_SHARE,
            "by CPU time": spread(shares["threadTicks"])["median"] <= MOST_SHARE,
        },
        "windows": {"wall_share": shares["timeTicks"], "cpu_share": shares["threadTicks"]},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10.0, help="length of a window")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    figures = measure(arguments.rounds, arguments.seconds, arguments.seed)
    write(arguments.out, figures)
    print(as_text(figures))


if __name__ == "__main__":
    main()
