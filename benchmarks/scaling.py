"""How training scales: one process against two that share a batch, each on one core; and, from that, a model on paper.

    python -m benchmarks.scaling [--seconds 10] [--recipes fast dcgan_tf]

For each recipe three cases: one worker, two with twice the batch (weak scaling), two with the same batch (strong). What
is in the result already is not measured again unless `--fresh` is given. About five minutes on two quiet cores. The two
workers talk over loopback, so what a network costs is not in these figures; `benchmarks/scaling_model.py` adds it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from aigc_demo.recipes import RECIPES
from benchmarks.process import load_average
from benchmarks.result import as_text, read, write
from benchmarks.spread import spread

RESULT = Path(__file__).parent / "results" / "scaling.json"
DEFAULT_RECIPES = ("fast", "dcgan_tf")
CASES = {"one": (1, 1.0), "weak": (2, 2.0), "strong": (2, 1.0)}  # workers, and the batch in batches of the recipe
LONGEST = 240.0  # seconds for one case


def configs(workers: int) -> list[str | None]:
    """A `TF_CONFIG` for each worker, on free ports of this machine; none where there is but one.

    The ports are not those that systems give to outgoing connections (from 32768 on), which may take any at any time.
    """
    if workers == 1:
        return [None]
    places = random.SystemRandom().sample(range(21_000, 29_000), 200)
    ports = [port for port in places if _is_free(port)][:workers]
    cluster = {"worker": [f"127.0.0.1:{port}" for port in ports]}
    return [json.dumps({"cluster": cluster, "task": {"type": "worker", "index": place}}) for place in range(workers)]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def measure(recipe: str, workers: int, batch: int, seconds: float) -> dict[str, Any]:
    """What the leading one of so many workers measured; raises RuntimeError with its last words where it failed."""
    processes = []
    for place, config in enumerate(configs(workers)):
        environment = {key: value for key, value in os.environ.items() if key != "TF_CONFIG"}
        words = [sys.executable, "-m", "benchmarks.scaling_worker", "--recipe", recipe, "--batch", str(batch)]
        words += ["--seconds", str(seconds), "--core", str(place)]
        processes.append(
            subprocess.Popen(
                words,
                env=environment | ({"TF_CONFIG": config} if config else {}),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    try:
        outputs = [process.communicate(timeout=LONGEST) for process in processes]
    finally:
        for process in processes:
            process.kill()
    if any(process.returncode for process in processes):
        raise RuntimeError("\n".join(errors[-600:] for _, errors in outputs))
    told: dict[str, Any] = json.loads(outputs[0][0].splitlines()[-1])
    rates = told.pop("steps_per_second")
    return {"workers": workers, "batch": batch, "steps_per_second": spread(rates), **told}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="of measuring, a case")
    parser.add_argument("--recipes", nargs="+", choices=RECIPES, default=list(DEFAULT_RECIPES))
    parser.add_argument("--fresh", action="store_true", help="measure again what is there already")
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    if (os.cpu_count() or 1) < max(workers for workers, _ in CASES.values()):
        parser.error("two workers need two cores")
    result = {} if arguments.fresh else read(arguments.out)
    result |= {"machine": f"{platform.machine()}, CPU · one core a worker", "recipes": result.get("recipes", {})}
    for recipe in arguments.recipes:
        found = result["recipes"].setdefault(recipe, {})
        for case, (workers, batches) in CASES.items():
            if case in found:
                continue
            load_before = load_average()
            batch = round(RECIPES[recipe].batch_size * batches)
            found[case] = measure(recipe, workers, batch, arguments.seconds) | {"load_average_before": load_before}
            write(arguments.out, result)
            print(recipe, case, as_text(found[case]), flush=True)


if __name__ == "__main__":
    main()
