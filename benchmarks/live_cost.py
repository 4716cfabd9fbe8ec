"""What being watched costs a run: live figures, an open page, and 1, 10 and 50 followers of its stream.

    python -m benchmarks.live_cost [--seconds 10] [--rounds 4] [--parts figures followers]

`figures`: two servers with the same run, one of them with `AIGC_DEMO_LIVE_FIGURES=0`; they train in turn, one paused
while the other is measured, in windows of twice the length. `followers`: one run on one server, windows of all conditions back and forth; the followers
are a separate process on this machine (`followers.py`), the page is in a real Chromium. Steps are counted by the clock
on the wall, so drawing frames, saving and serving are in them. The load and the browser share the cores with the
trainer: their CPU is reported, and on a machine with few cores much of what is lost goes to them and not to the server.

A condition's cost is 1 - its steps a second / those of the same round's baseline. `cost_by_cpu` compares the server's
CPU time a step instead, which says less about what a visitor sees but stands a busy machine. Goals: figures at most 10 %; 50
followers at most 10 %, with at least 5 frames a second for each.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.app_under_test import CHROMIUM_OPTIONS, Server, chromium, server
from benchmarks.client import Client, RunHandle
from benchmarks.process import load_average
from benchmarks.result import as_text, read, write
from benchmarks.spread import back_and_forth, costs, spread
from benchmarks.windows import Window, followers, measure, page

RESULT = Path(__file__).parent / "results" / "live_cost.json"
WITHOUT_FIGURES = {"AIGC_DEMO_LIVE_FIGURES": "0"}
CROWDS = (1, 10, 50)
SETTLE_SECONDS = 2.0
FIGURES_PATIENCE = 60.0
FIGURES_WINDOWS = 2  # times as long as the others: a measurement is made only every few seconds
MOST_COST, LEAST_FRAMES = 0.10, 5.0

Rounds = list[list[Window]]


def compare_figures(choices: dict[str, Any], seconds: float, rounds: int) -> tuple[Rounds, dict[str, Any]]:
    """Windows of a run with live figures and of the same without, and how many figures each made."""
    with server() as full, server(WITHOUT_FIGURES) as bare:
        runs = {"no figures": (bare, _begin(bare, choices)), "figures": (full, _begin(full, choices))}
        runs["no figures"][1].act("pause")
        _wait_for_figures(runs["figures"][1])
        runs["figures"][1].act("pause")

        def watch(condition: str) -> Window:
            place, run = runs[condition]
            window = Window(condition)
            run.act("resume")
            time.sleep(SETTLE_SECONDS)
            measure(place, run, window, seconds, frozenset({full.pid, bare.pid}))
            run.keep_going()
            run.act("pause")
            if condition == "no figures" and _figures_made(run):
                raise RuntimeError(f"{WITHOUT_FIGURES} has no effect: the two servers do not differ")
            return window

        measured = _rounds(tuple(runs), rounds, watch)
        made = {condition: _figures_made(run) for condition, (_, run) in runs.items()}
    return measured, made


def compare_followers(
    choices: dict[str, Any], seconds: float, rounds: int, crowds: Sequence[int], browser: Browser | None
) -> Rounds:
    """Windows of one run: watched by nobody, by a page (where there is a browser), by each crowd."""
    conditions = ["nobody", *(["page"] if browser else []), *map(crowd_name, crowds)]
    with server() as place:
        run = _begin(place, choices)
        run.edge()

        def watch(condition: str) -> Window:
            window = Window(condition)
            ours = {place.pid}
            with contextlib.ExitStack() as watching:
                if condition == "page":
                    assert browser is not None
                    watching.enter_context(page(browser, place, run))
                elif condition != "nobody":
                    number = int(condition.split()[0])
                    ours.add(watching.enter_context(followers(place, run, number, seconds + SETTLE_SECONDS, window)))
                time.sleep(SETTLE_SECONDS)
                measure(place, run, window, seconds, frozenset(ours))
            run.keep_going()
            return window

        return _rounds(conditions, rounds, watch)


def summarise(rounds: Rounds, baseline: str) -> dict[str, Any]:
    """Each condition's steps a second and cost, and what was delivered; CPU shares are of one core."""
    lost = costs([{w.condition: w.steps_per_second for w in windows} for windows in rounds], baseline)
    work = costs([{w.condition: 1.0 / w.server_cpu_ms_per_step for w in windows} for windows in rounds], baseline)
    of = {window.condition: [w for ws in rounds for w in ws if w.condition == window.condition] for window in rounds[0]}
    idle = spread([window.loop_cpu_share for window in of[baseline]])["median"]
    return {
        condition: _condition(windows)
        | ({"cost": lost[condition], "cost_by_cpu": work[condition]} if condition in lost else {})
        | ({"delivered": _delivered(windows, idle)} if windows[0].delivered else {})
        for condition, windows in of.items()
    }


def _condition(windows: list[Window]) -> dict[str, Any]:
    names = ("steps_per_second", "server_cpu_ms_per_step", "server_cpu_share", "loop_cpu_share", "browser_cpu_share")
    figures = {name: [getattr(window, name) for window in windows] for name in names}
    return {name: spread(values) for name, values in figures.items() if any(values)}


def _delivered(windows: list[Window], idle: float) -> dict[str, Any]:
    """What each follower got, by the worst of them and their median, and what it took; `idle` is what the server's loop
    takes when nobody watches, which is no message's cost.
    """
    counts = [window.delivered for window in windows]
    work = [
        1000 * (window.loop_cpu_share - idle) * window.delivered["seconds"] / max(1, window.delivered["messages"])
        for window in windows
    ]
    each = {
        name: {
            "least": min(found[name]["least"] for found in counts),
            "median": spread([found[name]["median"] for found in counts])["median"],
        }
        for name in ("frames_per_second", "messages_per_second", "arrivals_per_second")
    }
    taken = {name: spread([found[name] for found in counts]) for name in ("megabytes_per_second", "load_cpu_share")}
    return each | taken | {"server_cpu_ms_per_message": spread(work)}


def goals(figures: dict[str, Any], followers_: dict[str, Any]) -> dict[str, bool]:
    """Which of the goals are met, as far as they were measured: by medians, the frames by the worst follower."""
    met = {}
    if "cost" in figures.get("figures", {}):
        met["figures cost at most 10 %"] = figures["figures"]["cost"]["median"] <= MOST_COST
    crowd = followers_.get("50 followers")
    if crowd:
        met["50 followers cost at most 10 %"] = crowd["cost"]["median"] <= MOST_COST
        met["50 followers get 5 frames a second each"] = (
            crowd["delivered"]["frames_per_second"]["least"] >= LEAST_FRAMES
        )
    return met


def _rounds(conditions: Sequence[str], rounds: int, watch: Callable[[str], Window]) -> Rounds:
    measured: Rounds = []
    for order in back_and_forth(conditions, rounds):
        measured.append([watch(condition) for condition in order])
        for window in measured[-1]:
            print(f"{window.condition}: {window.steps_per_second:.2f} steps/s", flush=True)
    return measured


def _begin(place: Server, choices: dict[str, Any]) -> RunHandle:
    client = Client(place.address)
    client.device()  # its own compiling is over
    return client.start(**choices)


def crowd_name(number: int) -> str:
    return "1 follower" if number == 1 else f"{number} followers"


def _figures_made(run: RunHandle) -> int:
    return sum(1 for probe in run.snapshot().get("probes", ()) if probe.get("figures"))


def _wait_for_figures(run: RunHandle) -> None:
    until = time.monotonic() + FIGURES_PATIENCE
    while not _figures_made(run):
        if time.monotonic() > until:
            raise RuntimeError("no live figures are made: there is nothing to compare")
        time.sleep(1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="length of a window")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--parts", nargs="+", choices=("figures", "followers"), default=["figures", "followers"])
    parser.add_argument("--followers", nargs="*", type=int, default=list(CROWDS), help="numbers of followers")
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--recipe", default="fast")
    parser.add_argument("--loss")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    choices = {"recipe": arguments.recipe, "loss": arguments.loss, "seed": arguments.seed}
    choices = {key: value for key, value in choices.items() if value is not None}
    result: dict[str, Any] = read(arguments.out)
    result |= choices | {"machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores"}
    result |= {"window_seconds": arguments.seconds, "rounds": arguments.rounds}
    for part in arguments.parts:
        load = load_average()
        if part == "figures":
            rounds, made = compare_figures(choices, FIGURES_WINDOWS * arguments.seconds, arguments.rounds)
            found = {"conditions": summarise(rounds, "no figures"), "figures_made": made}
        else:
            with contextlib.ExitStack() as stack:
                browser = None
                if not arguments.no_browser:
                    playwright = stack.enter_context(sync_playwright())
                    browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
                    stack.callback(browser.close)
                rounds = compare_followers(choices, arguments.seconds, arguments.rounds, arguments.followers, browser)
            found = {"conditions": summarise(rounds, "nobody")}
        windows = [[asdict(window) for window in windows] for windows in rounds]
        result[part] = {"load_average_before": load, **found, "windows": windows}
        result["goals"] = goals(*(result.get(name, {}).get("conditions", {}) for name in ("figures", "followers")))
        write(arguments.out, result)
    print(as_text({part: result[part]["conditions"] for part in arguments.parts} | {"goals": result["goals"]}))


if __name__ == "__main__":
    main()
