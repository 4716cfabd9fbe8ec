"""How soon a slider's digit is on the screen, drawn by the page itself and by the server, in a real browser.

    python -m benchmarks.slider_latency [--rounds 6] [--inputs 40] [--seconds 4]

`input to painted`: from the `input` event of the Generate tab's first slider, which a mouse drags, to the animation frame
after its picture was painted. `grid`: 36 digits that move together on one 6×6 canvas, the next picture asked for when the last is painted.
Both with the shipped model, by the page and by the server in turn, while a run of the default recipe is paused and while
it trains on all cores; rounds go back and forth. `bytes` are those of everything that was fetched until the first digit
had been drawn: the network file and the scripts that draw are held against the goal, the rest of the page is not. `parity`:
the most by which a pixel differs from TensorFlow's, of 255, over 1,000 random points of every recipe's generator.

Goals: 95 % of the digits within 16.7 ms, 20 grids a second, 600 kB, a difference of 2.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import random
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from aigc_demo.home import SHIPPED
from aigc_demo.recipes import RECIPES
from benchmarks.app_under_test import CHROMIUM_OPTIONS, Server, chromium, server
from benchmarks.client import Client, RunHandle
from benchmarks.page_parity import largest_difference, write_untrained
from benchmarks.page_scripts import run
from benchmarks.process import load_average
from benchmarks.result import as_text, write
from benchmarks.spread import back_and_forth, spread

RESULT = Path(__file__).parent / "results" / "slider_latency.json"
VIEWPORT: Any = {"width": 1440, "height": 900}
SETTLE_MS = 2_000
POINTS = 1000
MOST_MS, LEAST_GRIDS, MOST_BYTES, MOST_DIFFERENCE = 16.7, 20.0, 600_000, 2

# The visitor's page draws with `state.renderer`; who that is changes between windows.
_USE = """
  const { state } = m;
  state.renderer.close();
  state.renderer = m.openRenderer(state.model, { server: asked.path === 'server' });
  for (let i = 0; i < 30; i++) await state.draw(draws(1)); // compiled, and nobody counts
  return state.renderer.where;
"""

# Notes, for each `input` event as the browser delivers it to the page, when its picture had been painted.
_WATCH = """
  const input = document.querySelector('#generate-slider-0 input');
  const canvas = document.querySelector('#generate-image');
  window.aigcMoves = [];
  input.addEventListener('input', () => {
    const moved = performance.now();
    const observer = new MutationObserver(() => {
      observer.disconnect();
      requestAnimationFrame(() => window.aigcMoves?.push(performance.now() - moved));
    });
    observer.observe(canvas, { attributes: true, attributeFilter: ['data-frame'] });
  }, { capture: true });
"""
_TAKE = "const found = window.aigcMoves; window.aigcMoves = []; return found;"

_GRID = """
  const { state } = m;
  const canvas = document.body.appendChild(document.createElement('canvas'));
  canvas.style.cssText = 'position:fixed;inset:0 auto auto 0;width:336px;z-index:99';
  const points = draws(36);
  const begun = performance.now();
  let frames = 0;
  while (performance.now() - begun < 1000 * asked.seconds) {
    const turn = (performance.now() - begun) / 1000;
    const moved = points.map((point) => point.map((value, k) => value + Math.sin(turn + k)));
    m.paintDigits(canvas, await state.draw(moved), 0, 36, 6);
    frames += 1;
  }
  const passed = (performance.now() - begun) / 1000;
  canvas.remove();
  return frames / passed;
"""


class Window(NamedTuple):
    """One measurement: whether a run trains meanwhile, who draws, and what came of it."""

    condition: str
    path: str
    milliseconds: list[float]
    grids_per_second: float


def percentile(values: Sequence[float], share: float) -> float:
    """The least of `values` that so large a share of them does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def open_page(browser: Browser, address: str) -> tuple[Page, dict[str, int]]:
    """The Generate tab with its first digit, and the bytes that were fetched until then by kind."""
    page = browser.new_page(viewport=VIEWPORT)
    fetched: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    names: dict[str, str] = {}
    session.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
    session.on("Network.loadingFinished", lambda event: _count(fetched, names, event))
    session.send("Network.enable")
    page.goto(f"{address}/en/?tab=generate")
    page.wait_for_selector("body[data-aigc-ready]", state="attached", timeout=60_000)
    page.locator("#tab-generate-button").click()
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0", timeout=60_000)
    until_then = dict(fetched)
    page.wait_for_selector("#generate-slider-0 input", timeout=60_000)
    run(page, _WATCH)
    return page, until_then


def _count(fetched: dict[str, int], names: dict[str, str], event: dict[str, Any]) -> None:
    name = names.get(event["requestId"], "").rpartition("/")[2]
    drawing = name.startswith(("net", "render", "pixels")) and name.endswith(".js")
    kind = "network file" if name == "generator.net" else "scripts that draw" if drawing else "the rest of the page"
    fetched[kind] = fetched.get(kind, 0) + int(event["encodedDataLength"])


def measure_window(page: Page, condition: str, path: str, inputs: int, seconds: float) -> Window:
    where = run(page, _USE, path=path)
    if where != path:
        raise RuntimeError(f"asked for the {path}, but {where or 'nobody'} draws")
    return Window(condition, path, drag(page, inputs), run(page, _GRID, seconds=seconds))


def drag(page: Page, inputs: int) -> list[float]:
    """Milliseconds from each of so many inputs to its picture, as a hand drags the slider and pauses in between."""
    box = page.locator("#generate-slider-0 input").bounding_box()
    if box is None:
        raise RuntimeError("the slider is not to be seen")
    run(page, _TAKE)
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, height)
    page.mouse.down()
    for number in range(inputs):
        page.mouse.move(box["x"] + box["width"] * (0.5 + 0.3 * math.sin(1.0 + number)), height)
        page.wait_for_timeout(random.uniform(60, 100))
    page.mouse.up()
    page.wait_for_timeout(500)
    found: list[float] = run(page, _TAKE)
    return found


def measure_windows(page: Page, training: RunHandle, rounds: int, inputs: int, seconds: float) -> list[Window]:
    """All conditions and paths, `rounds` times back and forth; `training` trains or is paused as a condition wants."""
    windows = []
    conditions = [("idle", "page"), ("idle", "server"), ("training", "page"), ("training", "server")]
    for order in back_and_forth(conditions, rounds):
        for condition, path in order:
            if condition == "training":
                training.keep_going()
            else:
                training.act("pause")
            page.wait_for_timeout(SETTLE_MS)
            windows.append(measure_window(page, condition, path, inputs, seconds))
    return windows


def summarise(windows: Sequence[Window]) -> dict[str, Any]:
    """By condition and path: milliseconds over all windows, and grids a second by window."""
    found: dict[str, Any] = {}
    for condition, path in dict.fromkeys((window.condition, window.path) for window in windows):
        ours = [window for window in windows if (window.condition, window.path) == (condition, path)]
        times = [each for window in ours for each in window.milliseconds]
        found.setdefault(condition, {})[path] = {
            "inputs": len(times),
            "input_to_painted_ms": {
                "median": statistics.median(times),
                "p95": percentile(times, 0.95),
                "most": max(times),
            },
            "grids_per_second": spread([window.grids_per_second for window in ours]),
        }
    return found


def parity(page: Page, running: Server, points: int) -> dict[str, int]:
    """The largest difference of the shipped model and of every recipe's generator."""
    found = {"shipped": largest_difference(page, SHIPPED / "fast", points)}
    for recipe in RECIPES:
        folder = running.home / "runs" / f"untrained-{recipe}"
        write_untrained(recipe, folder)
        found[recipe] = largest_difference(page, folder, points)
    return found


def goals(result: dict[str, Any]) -> dict[str, bool]:
    idle = result["conditions"]["idle"]["page"]
    training = result["conditions"]["training"]["page"]
    to_start = sum(size for kind, size in result["bytes"].items() if kind != "the rest of the page")
    return {
        "one digit, idle": idle["input_to_painted_ms"]["p95"] <= MOST_MS,
        "one digit, while training": training["input_to_painted_ms"]["p95"] <= MOST_MS,
        "grid, idle": idle["grids_per_second"]["median"] >= LEAST_GRIDS,
        "grid, while training": training["grids_per_second"]["median"] >= LEAST_GRIDS,
        "bytes": to_start <= MOST_BYTES,
        "parity": max(result["parity"].values()) <= MOST_DIFFERENCE,
    }


def measure(rounds: int, inputs: int, seconds: float, points: int) -> dict[str, Any]:
    load = load_average()
    with server() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        client = Client(running.address)
        client.device()  # the warm-up is over: TensorFlow's import and the first compilation
        page, fetched = open_page(browser, running.address)
        windows = measure_windows(page, client.start(), rounds, inputs, seconds)
        page.close()
        page, _ = open_page(browser, running.address)
        differences = parity(page, running, points)
        browser.close()
    result = {
        "machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores",
        "load_average_before": load,
        "rounds": rounds,
        "grid_seconds": seconds,
        "points": points,
        "conditions": summarise(windows),
        "bytes": fetched,
        "parity": differences,
    }
    return {**result, "goal_met": goals(result)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--inputs", type=int, default=40, help="slider movements in a window")
    parser.add_argument("--seconds", type=float, default=4.0, help="length of a grid's window")
    parser.add_argument("--points", type=int, default=POINTS, help="random z for the comparison with TensorFlow")
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    figures = measure(arguments.rounds, arguments.inputs, arguments.seconds, arguments.points)
    write(arguments.out, figures)
    print(as_text(figures))


if __name__ == "__main__":
    main()
