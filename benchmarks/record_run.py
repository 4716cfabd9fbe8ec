"""Make the recorded run that the page plays before anybody has pressed Start.

    python -m benchmarks.record_run --seconds 12

Trains the default recipe through the same studio that serves the page, with its live figures, and copies what a page
plays of it to `checkpoints/recorded`. Run it on a machine that has nothing else to do: the recording shows its pace.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from aigc_demo.recipes import make_plan
from aigc_demo.runs import Studio
from aigc_demo.runs.recorded import FOLDER, make_recorded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home))
        warm, _ = studio.start(make_plan(seconds=8.0))  # compiles the step and the feature net
        warm.wait_until(lambda: warm.feed.ended, 300)
        run, _ = studio.start(make_plan(seconds=options.seconds, seed=options.seed))
        run.wait_until(lambda: run.feed.ended, 600)
        studio.close()
        make_recorded(run.folder.path, options.out)
        measured = [probe for probe in run.folder.probes.list() if probe.figures]
        print(f"{run.step} steps, {len(run.frames)} frames, {len(measured)} measurements -> {options.out}")


if __name__ == "__main__":
    main()
