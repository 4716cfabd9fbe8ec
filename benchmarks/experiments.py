"""How often each claim of the Explain tab's experiments holds, over seeds, and how long an experiment takes.

    python -m benchmarks.experiments [--seeds 5] [--only F1 C3 …]

Every experiment runs with every seed, all of them once before any runs again, in one process: the first seed's seconds
contain compiling, as a visitor's first run does, and the others re-use what is compiled, as a second visitor's does.
"""

from __future__ import annotations

import argparse
import platform
import time
from pathlib import Path
from typing import Any

from aigc_demo.explain.experiments import EXPERIMENTS, Bench, Experiment, Outcome
from aigc_demo.explain.experiments.desk import conclude
from aigc_demo.training import describe
from benchmarks.process import load_average
from benchmarks.result import as_text, read, write
from benchmarks.spread import spread

RESULT = Path(__file__).parent / "results" / "experiments.json"


def run(experiment: Experiment, bench: Bench, seed: int) -> dict[str, Any]:
    """What one run measured, which claims held, and its seconds."""
    started = time.perf_counter()
    bench.clear()
    for news in experiment.run(bench, seed):
        if isinstance(news, Outcome):
            concluded = conclude(experiment, news, time.perf_counter() - started)
            return {"measured": concluded.measured, "holds": concluded.holds, "seconds": concluded.seconds}
    raise RuntimeError(f"{experiment.key} ended without an outcome")


def table(experiment: Experiment, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Each claim's prediction, what was measured over the seeds, and in how many it held."""
    claims = {
        claim.key: {
            "side": claim.side,
            "predicted": f"{claim.relation} {claim.value:.6g}",
            "measured": spread([each["measured"][claim.key] for each in runs]),
            "held": sum(each["holds"][claim.key] for each in runs),
        }
        for claim in experiment.claims
    }
    seconds = [each["seconds"] for each in runs]
    return {"claims": claims, "first_seconds": seconds[0], "again_seconds": spread(seconds[1:] or seconds)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=list(EXPERIMENTS))
    options = parser.parse_args()
    bench = Bench()
    runs: dict[str, list[dict[str, Any]]] = {key: [] for key in options.only}
    for seed in range(options.seeds):
        for key in options.only:
            runs[key].append(run(EXPERIMENTS[key], bench, seed))
            failed = [claim for claim, holds in runs[key][-1]["holds"].items() if not holds]
            print(f"seed {seed} {key}: {runs[key][-1]['seconds']:.1f} s {failed or 'all hold'}", flush=True)
    found = {key: table(EXPERIMENTS[key], each) for key, each in runs.items()}
    earlier = read(RESULT).get("experiments", {}) if set(options.only) != set(EXPERIMENTS) else {}
    result = {
        "machine": f"{platform.machine()}, {describe().name}",
        "load_average": load_average(),
        "seeds": options.seeds,
        "experiments": {key: value for key, value in ({**earlier, **found}).items() if key in EXPERIMENTS},
    }
    write(RESULT, result)
    print(as_text({key: value for key, value in result.items() if key != "experiments"}))


if __name__ == "__main__":
    main()
