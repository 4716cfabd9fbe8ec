"""How busy a run keeps the page's main thread while it streams, in a real browser.

    python -m benchmarks.main_thread

Chromium's own count of the main thread's task time (`Performance.getMetrics`, TaskDuration) over windows of ten seconds
while the default recipe trains. The same windows are read by thread CPU time (`threadTicks`), which a busy machine
does not stretch. Goal: at most 15 %.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.app_under_test import CHROMIUM_OPTIONS, app, chromium

RESULT = Path(__file__).parent / "results" / "main_thread.json"
WINDOW = 10.0
VIEWPORT: Any = {"width": 1440, "height": 900}


def task_seconds(session: CDPSession) -> tuple[float, float]:
    """The main thread's task time and the present time, in seconds by the session's clock."""
    figures = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return figures["TaskDuration"], figures["Timestamp"]


def share(session: CDPSession, wait: Any) -> float:
    """Busy share of the main thread over one window."""
    busy, then = task_seconds(session)
    wait(WINDOW * 1000)
    busy_after, now = task_seconds(session)
    return (busy_after - busy) / (now - then)


def measure(rounds: int) -> dict[str, Any]:
    """Shares of `rounds` windows, by wall-clock task time and by CPU time of the thread."""
    shares: dict[str, list[float]] = {"timeTicks": [], "threadTicks": []}
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page(viewport=VIEWPORT)
        page.goto(f"{address}/en/?seconds=300")
        page.wait_for_selector("body[data-aigc-ready]")
        page.wait_for_timeout(20_000)  # the warm-up: TensorFlow's import and the first compilation
        page.locator("#train-start").click()
        page.wait_for_function(
            "() => Number(document.querySelector('#train-status').dataset.step) > 100", timeout=60_000
        )
        for domain in shares:
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": domain})
            shares[domain] = [share(session, page.wait_for_timeout) for _ in range(rounds)]
            session.send("Performance.disable")
        steps = int(page.locator("#train-status").get_attribute("data-step") or 0)
        browser.close()
    return {
        "machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores",
        "window_seconds": WINDOW,
        "steps": steps,
        "wall_share": shares["timeTicks"],
        "cpu_share": shares["threadTicks"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    figures = measure(parser.parse_args().rounds)
    RESULT.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
