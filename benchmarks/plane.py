"""The laboratory in the plane: whether its presets do what they say, over seeds, and how fast it goes.

    python -m benchmarks.plane [--seeds 3] [--only collapse blur …] [--no-speed]

Presets are played by Node. Speed is measured in Node and, through the page's own engine, in Chromium: frames a second with
a training step and D's field of 50 × 50 in each, as the laboratory opens, and with D's slope and the grid of 20 × 20 as well.
Goal: at least 20 frames a second of the first at B = 256 with two hidden layers of 64.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from aigc_demo.explain.plane.presets import PRESETS, Preset
from benchmarks.app_under_test import CHROMIUM_OPTIONS, app, chromium
from benchmarks.plane_node import milliseconds, play
from benchmarks.process import load_average
from benchmarks.result import as_text, read, write
from benchmarks.spread import spread

RESULT = Path(__file__).parent / "results" / "plane.json"
LEAST_FRAMES = 20.0
LOSSES = ("non_saturating", "wgan_gp", "r3gan")

_RACE = """async ({ loss, frames }) => {
  const base = document.querySelector('script[src$="/main.js"]').src;
  const { PlaneEngine } = await import(new URL('plane-engine.js', base));
  const engine = await PlaneEngine.create({ loss });
  const rate = async (wish, times, steps) => {
    await engine.advance(wish);
    const started = performance.now();
    for (let k = 0; k < times; k++) await engine.advance(wish);
    return (1000 * times * steps) / (performance.now() - started);
  };
  const opens = await rate({ count: 1, field: 50, slope: false }, frames, 1);
  const found = { opens, frames: await rate({ count: 1, field: 50, manifold: 20 }, frames, 1), steps: await rate({ count: 20 }, 5, 20) };
  engine.close();
  return found;
}"""


def claims_of(preset: Preset, ends: list[dict[str, float | None]]) -> dict[str, Any]:
    """Each claim's bounds, what was measured over the seeds, and in how many it held."""
    return {
        claim.figure: {
            "least": claim.least,
            "most": claim.most,
            "measured": spread([-1.0 if value is None else value for value in (end[claim.figure] for end in ends)]),
            "held": sum(claim.holds(end[claim.figure]) for end in ends),
        }
        for claim in preset.claims
    }


def presets(keys: list[str], seeds: int) -> dict[str, Any]:
    found = {}
    for preset in PRESETS:
        if preset.key in keys:
            ends = [play(preset, seed) for seed in range(seeds)]
            found[preset.key] = {"steps": preset.steps, "seeds": seeds, "claims": claims_of(preset, ends), "ends": ends}
            print(preset.key, as_text(found[preset.key]["claims"]), flush=True)
    return found


def speed(runs: int) -> dict[str, Any]:
    """Milliseconds in Node and rates in Chromium, for a few losses, each measured `runs` times."""
    node = {loss: [milliseconds({"loss": loss}) for _ in range(runs)] for loss in LOSSES}
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        page = browser.new_page()
        page.goto(f"{address}/en/")
        page.wait_for_selector("body[data-aigc-ready]")
        browsed = {loss: [_race(page, loss) for _ in range(runs)] for loss in LOSSES}
        browser.close()
    frames = spread([one["opens"] for one in browsed["non_saturating"]])
    return {
        "runs": runs,
        "batch": 256,
        "hidden": [64, 64],
        "node_ms": {
            loss: {
                part: {clock: spread([one[part][clock] for one in each]) for clock in ("wall", "cpu")}
                for part in each[0]
            }
            for loss, each in node.items()
        },
        "chromium_per_second": {
            loss: {name: spread([one[name] for one in each]) for name in each[0]} for loss, each in browsed.items()
        },
        "goal_met": frames["median"] >= LEAST_FRAMES,
    }


def _race(page: Page, loss: str) -> dict[str, float]:
    rates: dict[str, float] = page.evaluate(_RACE, {"loss": loss, "frames": 60})
    return rates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[preset.key for preset in PRESETS])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    result = read(RESULT)
    result |= {"machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores"}
    result["presets"] = result.get("presets", {}) | presets(options.only, options.seeds)
    if not options.no_speed:
        result["load_average_before_speed"] = load_average()
        result["speed"] = speed(options.runs)
    write(RESULT, result)
    print(as_text({key: value for key, value in result.items() if key != "presets"}))


if __name__ == "__main__":
    main()
