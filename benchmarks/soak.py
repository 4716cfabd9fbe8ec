"""A long run with one follower: does the server's memory stay flat, and its disk within bounds?

    python -m benchmarks.soak [--minutes 30] [--every 10] [--recipe fast]

Samples the server every few seconds: resident memory, threads, open files, the size of the runs folder by kind of file,
steps. A run may be started for ten minutes and extended to an hour of training, so this lasts at most `MOST_MINUTES`
and ends by itself. The slope is that of the straight line through the samples after the warm-up; beside it stands what
the run's own rows of figures, which stay in memory for its curves, must grow by. The result is written as it goes.

Goals: after the warm-up, memory rises by at most 2 % of itself; the file of figures takes at most so many bytes a step
as its columns can need, and everything else in the runs folder together stays below `MOST_REST_MB`.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.app_under_test import Server, server
from benchmarks.client import Client, RunHandle
from benchmarks.process import disk_mb, load_average, usage
from benchmarks.result import as_text, write
from benchmarks.spread import slope, thinned
from benchmarks.windows import Window, followers

RESULT = Path(__file__).parent / "results" / "soak.json"
MOST_MINUTES, MOST_SAMPLES = 55.0, 200
WARM_UP_SHARE = 0.2
MOST_RISE = 0.02
MOST_REST_MB, BYTES_A_COLUMN, BYTES_A_STEP = 20.0, 45, 60
FOLLOWER_MARGIN = 60.0  # the follower outlives the sampling, and is then ended

Sample = dict[str, float]


def sample(place: Server, run_id: str, step: int, seconds: float) -> Sample:
    """What the server holds at this moment, `seconds` after the beginning."""
    now, folder = usage(place.pid), place.home / "runs" / run_id
    figures = folder / "metrics.jsonl"
    return {
        "seconds": seconds,
        "step": step,
        "resident_mb": now.resident_mb,
        "threads": now.threads,
        "open_files": now.open_files,
        "disk_mb": disk_mb(place.home / "runs"),
        "frames_mb": disk_mb(folder / "frames"),
        "figures_mb": figures.stat().st_size / 1e6 if figures.is_file() else 0.0,
    }


def watch(
    place: Server, run: RunHandle, minutes: float, every: float, note: Callable[[Sequence[Sample]], None]
) -> tuple[list[Sample], str]:
    """Sample until the minutes are over, then stop the run, or until it has ended by itself; the samples, and how the
    run stood when the last one was taken. `note(samples)` is called after each.
    """
    begun, samples = time.monotonic(), list[Sample]()
    while (passed := time.monotonic() - begun) <= 60 * minutes + every / 2:
        try:
            samples.append(sample(place, run.id, run.keep_going(), passed))
        except RuntimeError:  # it is over
            return samples, run.snapshot()["state"]
        note(samples)
        time.sleep(max(0.0, begun + len(samples) * every - time.monotonic()))
    run.act("stop")
    return samples, "training"


def summarise(samples: Sequence[Sample], columns: int) -> dict[str, Any]:
    """Slopes a minute after the warm-up, extremes, and the curve itself, thinned. `columns` are the figures of a step."""
    last = samples[-1]["seconds"]
    settled = [item for item in samples if item["seconds"] >= WARM_UP_SHARE * last] or list(samples)
    minutes = [item["seconds"] / 60 for item in settled]
    most = {name: max(item[name] for item in settled) for name in settled[0] if name not in ("seconds", "step")}
    rest = max(item["disk_mb"] - item["figures_mb"] for item in samples)
    bytes_a_step = 1e6 * samples[-1]["figures_mb"] / max(1, samples[-1]["step"])

    def rise(name: str) -> float:
        return slope(minutes, [item[name] for item in settled])

    risen = rise("resident_mb") * (minutes[-1] - minutes[0])
    return {
        "minutes": last / 60,
        "warm_up_minutes": WARM_UP_SHARE * last / 60,
        "resident_mb_per_minute": rise("resident_mb"),
        "rows_mb_per_minute": rise("step") * (4 * columns + 8) / 1e6,
        "disk_mb_per_minute": rise("disk_mb"),
        "figures_bytes_per_step": bytes_a_step,
        "most_disk_mb_without_figures": rest,
        "memory_is_flat": risen <= MOST_RISE * settled[0]["resident_mb"],
        "disk_within_bound": rest <= MOST_REST_MB and bytes_a_step <= BYTES_A_COLUMN * columns + BYTES_A_STEP,
        "first": dict(settled[0]),
        "last": dict(settled[-1]),
        "most": most,
        "samples": {name: [item[name] for item in thinned(samples, MOST_SAMPLES)] for name in samples[0]},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=10.0)
    parser.add_argument("--recipe", default="fast")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    if not 0 < arguments.minutes <= MOST_MINUTES or arguments.every < 1:
        parser.error(f"at most {MOST_MINUTES:.0f} minutes, a sample a second at most")
    facts = {
        "machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores",
        "recipe": arguments.recipe,
        "seed": arguments.seed,
        "every_seconds": arguments.every,
        "followers": 1,
        "load_average_before": load_average(),
    }
    with server() as place:
        client = Client(place.address)
        client.device()
        run = client.start(recipe=arguments.recipe, seed=arguments.seed)
        run.edge()
        columns = len(run.snapshot()["keys"])

        def note(samples: Sequence[Sample]) -> None:
            write(arguments.out, facts | summarise(samples, columns))

        window = Window("soak")
        with followers(place, run, 1, 60 * arguments.minutes + FOLLOWER_MARGIN, window):
            samples, state = watch(place, run, arguments.minutes, arguments.every, note)
        content = facts | {"state": state, "follower": window.delivered} | summarise(samples, columns)
    write(arguments.out, content)
    print(as_text({key: value for key, value in content.items() if key != "samples"}))


if __name__ == "__main__":
    main()
