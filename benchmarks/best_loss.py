"""Which loss serves a recipe best: each of `CANDIDATES` for as many steps, and what is drawn then.

    python -m benchmarks.best_loss [--only dcgan] [--seeds 2] [--only-table]

Asked of the recipes that any loss fits. Others are about their loss (WGAN-GP, R3GAN, the tutorial as written) or take it
from the paper that they follow (SNGAN, SAGAN, progressive growing), and keep it. Another loss than the recipe's own is
called its best where every seed of it comes closer to real digits than every seed of the own one; the leaderboard
(benchmarks/leaderboard.py) then trains both. A stopped benchmark goes on where it was: runs are kept in `--lines`, and
those of the recipe's own loss are the leaderboard's. Steps are counted, not seconds, so a busy machine does not matter.
"""

from __future__ import annotations

import argparse
import platform
from pathlib import Path
from typing import Any

from aigc_demo.recipes import RECIPES
from aigc_demo.training import describe
from benchmarks.leaderboard import LEFT_OUT, LINES, MEASURED, Line, keep, read_lines, runs
from benchmarks.result import write

RESULT = Path(__file__).parent / "results" / "best_loss.json"
OTHERS = RESULT.with_suffix(".jsonl")
CANDIDATES = ("non_saturating", "hinge", "lsgan", "r3gan")
STEPS = 500
KEEP_THEIRS = ("wgan_gp", "r3gan", "sngan", "sagan", "progressive", "tutorial_4_3", "tutorial_5_2")
FREE = tuple(key for key in RECIPES if key not in (*KEEP_THEIRS, *LEFT_OUT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=FREE)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--lines", type=Path, default=OTHERS)
    parser.add_argument("--only-table", action="store_true")
    arguments = parser.parse_args()
    budgets = {f"{STEPS} steps": float(STEPS)}
    if not arguments.only_table:
        for loss in CANDIDATES:
            for recipe in arguments.only or FREE:
                for seed in range(arguments.seeds):
                    known = read_lines(LINES) + read_lines(arguments.lines)
                    for line in runs(recipe, loss, seed, budgets, known):
                        keep(line, arguments.lines)
    write(RESULT, table(read_lines(LINES) + read_lines(arguments.lines), arguments.seeds))


def table(lines: list[Line], seeds: int) -> dict[str, Any]:
    """Of each recipe that was tried: its own loss, its best one, and [least, most] digit-FD by loss."""
    rows = []
    for recipe in FREE:
        tried = {
            loss: [line for line in lines if (line.recipe, line.loss, line.budget) == (recipe, loss, f"{STEPS} steps")]
            for loss in CANDIDATES
        }
        found = {
            loss: sorted(line.figures["digit_fd"] for line in members if line.seed < seeds)
            for loss, members in tried.items()
        }
        if all(found.values()):
            own = RECIPES[recipe].loss
            spread = {loss: [values[0], values[-1]] for loss, values in found.items()}
            rows.append({"recipe": recipe, "own": own, "best": best_of(spread, own), "digit_fd": spread})
    machine = f"{platform.machine()}, {describe().name}"
    return {"machine": machine, "steps": STEPS, "seeds": seeds, "n": MEASURED, "rows": rows}


def best_of(spread: dict[str, list[float]], own: str) -> str:
    """The loss with the least largest digit-FD among those all of whose seeds are better than all of the own one's."""
    better = {loss: most for loss, (_, most) in spread.items() if most < spread[own][0]}
    return min(better, key=lambda loss: better[loss], default=own)


if __name__ == "__main__":
    main()
