"""The README's tables of what the benchmarks of the latent studio found, each from one result."""

from __future__ import annotations

from benchmarks.readme_layout import Result, spread, table


def axes(result: Result) -> str:
    """What finding axes costs in each recipe, and what those of the shipped model are worth."""
    rows = [
        (
            f"`{recipe}`",
            f"{found['multiplications'] / 1e6:.1f} M",
            f"{found['points']:,} / {found['pullbacks']:,}",
            spread(found["seconds"], "{:.1f} s"),
        )
        for recipe, found in result["recipes"].items()
    ]
    shipped = result["shipped"]
    named = [
        (f"{key} ({found['title']})" if found["title"].startswith("style") else found["title"],
         f"{found['r2']:.2f}", f"{100 * found['energy']:.1f} %", f"{found['again']:.2f}")
        for key, found in shipped["named"].items()
    ]  # fmt: skip
    energies = ", ".join(f"{100 * energy:.0f}" for energy in shipped["energies"])
    return (
        f"**Axes worth a slider** (`benchmarks/axes.py`, {result['machine']}): seconds from a generator's weights to all "
        f"four families of axes, {result['rounds']} rounds.\n\n"
        f"{table(('recipe', 'multiplications an image', 'points / pulled back', 'time'), rows)}\n\n"
        f"In the shipped model the first output-aware axes carry {energies} % of the pixels' movement, the first "
        f"{shipped['kept']} of {shipped['latent_size']} together {100 * shipped['energy_of_kept']:.0f} %; "
        f"{shipped['dead']} are dead (below 0.1 %). Named axes, with R² on points they were not fitted to and the cosine "
        f"to what a search from other points finds:\n\n"
        f"{table(('axis', 'R²', 'energy', 'found again'), named)}"
    )


LATENT_SECTIONS = {"axes": axes}
