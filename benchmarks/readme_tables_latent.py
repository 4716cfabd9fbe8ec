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


def inversion(result: Result) -> str:
    """How well and how fast z is found for held-out digits, beside the nearest real digits."""
    names = list(result["nearest"])  # the first are the digits that the app shows
    errors = {
        "what the model draws": result["error"],
        **{f"nearest of {name}": result["nearest"][name] for name in names},
    }
    rows = [
        (what, f"{found['median']:.3f}", f"{found['lower']:.3f} – {found['upper']:.3f}", f"{found['p95']:.3f}")
        for what, found in errors.items()
    ]
    by_class = [
        (
            label,
            f"{found['error']:.3f}",
            f"{found['nearest'][names[0]]:.3f}",
            f"{100 * found['label_found']:.0f} %",
        )
        for label, found in result["by_class"].items()
    ]
    seconds = result["seconds"]
    closer = ", ".join(f"{100 * share:.0f} % (of {name})" for name, share in result["closer_than_nearest"].items())
    return (
        f"**Finding z for {result['digits']} held-out digits** in the shipped model (`benchmarks/inversion.py`, "
        f"{result['machine']}): {seconds['median']:.2f} s each (95 % within {seconds['p95']:.2f} s). Root mean squared "
        f"error of pixels in [0, 1]:\n\n"
        f"{table(('', 'median', 'quartiles', '95 %'), rows)}\n\n"
        f"The model comes closer than the nearest real digit for {closer}. The label that fits best is the digit's own in "
        f"{100 * result['label_found']:.1f} % (the classifier reads {100 * result['classifier_right']:.1f} % of them "
        f"rightly). Median errors by class:\n\n"
        f"{table(('digit', 'what the model draws', f'nearest of {names[0]}', 'label found'), by_class)}"
    )


def slider_latency(result: Result) -> str:
    """How soon a slider's digit is on the screen, and how many grids a second, by who draws and what else goes on."""
    names = {"page": "the page", "server": "the server", "idle": "nothing else", "training": "a run trains"}
    rows = []
    for condition, paths in result["conditions"].items():
        for path, found in paths.items():
            times = found["input_to_painted_ms"]
            rows.append(
                (
                    f"{names[path]}, {names[condition]}",
                    *(f"{times[key]:.1f} ms" for key in ("median", "p95", "most")),
                    spread(found["grids_per_second"], "{:.1f}"),
                )
            )
    sizes = ", ".join(f"{what} {size / 1000:.0f} kB" for what, size in result["bytes"].items())
    most = max(result["parity"].values())
    return (
        f"**A slider in the hand** (`benchmarks/slider_latency.py`, the shipped model in headless Chromium, browser and "
        f"server on the same cores; {result['machine']}): from input to painted, and 6×6 grids of moving digits a "
        f"second.\n\n"
        f"{table(('who draws, and what else goes on', 'median', '95 %', 'most', 'grids a second'), rows)}\n\n"
        f"Fetched until the first digit was drawn: {sizes}. The page's pixels differ from TensorFlow's by at most {most} of "
        f"255, over {result['points']:,} random z of each of {len(result['parity'])} generators."
    )


LATENT_SECTIONS = {"axes": axes, "inversion": inversion, "slider_latency": slider_latency}
