"""The README's tables of what was reproduced for the Explain tab, each from one result."""

from __future__ import annotations

from benchmarks.readme_layout import Result, spread, table

_NAMES = {1: "GAN", 2: "PacGAN2"}


def pacgan(result: Result) -> str:
    """PacGAN's Table 1: ours beside the published rows, with how many runs ours are of."""
    rows: list[tuple[str, ...]] = []
    for name, cell in result["cells"].items():
        data, pac = name.split("/")
        published = cell["published"]
        rows.append(
            (
                f"{data}, {_NAMES[int(pac)]}",
                str(cell["runs"]),
                _found(cell, "modes", "{:.0f}"),
                _found(cell, "modes_20", "{:.0f}"),
                _found(cell, "quality", "{:.1f} %", 100),
                _found(cell, "reverse_kl", "{:.2f}"),
                f"{published['modes']:g} / {100 * published['quality']:.1f} % / {published['reverse_kl']:.2f}",
            )
        )
    head = ("data", "runs", "modes hit", "modes with 20 points", "high quality", "reverse KL", "published (mean)")
    unfinished = result["runs_wanted"] - result["runs_done"]
    note = f" {unfinished} of {result['runs_wanted']} runs are still to be made." if unfinished else ""
    return (
        f"**PacGAN's Table 1**, rows GAN and PacGAN2 (`benchmarks/pacgan.py`, {result['machine']}): ring of 8 and grid of 25 "
        f"Gaussians, 2,500 points of each run after {result['steps']:,} steps. The published figures are of "
        f"{result['published_steps']:,} steps and {result['published_runs']} runs, so ours are those of a shorter race; a "
        f"perfect sampler has {100 * result['perfect_quality']:.2f} % high quality.{note}\n\n{table(head, rows)}"
    )


def _found(cell: Result, key: str, form: str, times: float = 1.0) -> str:
    """Median and range over the runs, or a dash where there are none."""
    values = cell.get(key)
    return "–" if not values else spread({name: times * value for name, value in values.items()}, form)


EXPLAIN_SECTIONS = {"pacgan": pacgan}
