"""The README's tables of what the device could do and what a step makes of it."""

from __future__ import annotations

from benchmarks.readme_layout import Result, spread, table

_CHANGES = {
    "nothing": "nothing",
    "rounding": "rounding",
    "rounding and draws": "rounding, and the numbers drawn",
    "precision": "8 significant bits instead of 24",
}


def cpu_peak(result: Result) -> str:
    """The fraction of the convolution peak of each recipe, before and after each optimisation tried."""
    rows, bounds = [], []
    for recipe, found in result["recipes"].items():
        for title, row in found["variants"].items():
            rows.append(
                (
                    f"`{recipe}`",
                    title,
                    spread(row["steps_per_second"], "{:.2f}" if recipe == "dcgan_tf" else "{:.1f}"),
                    spread(row["times_as_fast"], "{:.2f}"),
                    f"{100 * row['fraction_of_peak']:.0f} %",
                    _CHANGES[row["changes"]],
                )
            )
        bounds.append(f"`{recipe}` {found['gmac_a_step']:.3g} GMAC in {found['operations_a_step']:,} operations")
    peak = max(found["peak_gflops"] for found in result["recipes"].values())
    head = ("recipe", "tried", "steps/s", "times as fast", "of the peak", "what it changes in a run")
    return (
        f"**The fraction of the CPU’s convolution peak** (`benchmarks/cpu_peak.py`, {result['machine']}; the peak is "
        f"{peak:.0f} GFLOP/s in float32, measured in the same minutes; processes take turns; goal: "
        f"{100 * result['goal']:.0f} % for `dcgan_tf`). A step is: {'; '.join(bounds)}. Fused updates can be written so that "
        f"they are the same to the last bit (`FlatAdam`, held against Keras’s Adam by a test); they are not the default, being "
        f"no faster where several rounds were measured. One shared pass of D sums in another order, draws another dropout "
        f"where D has any (`dcgan_tf`), and would be another game with batch normalisation in D.\n\n"
        f"{table(head, rows)}"
    )


def gpu(result: Result) -> str:
    """Steps a second and the fraction of the peak by recipe, batch size and arithmetic; several runs at once."""
    rows = []
    for recipe, found in result["recipes"].items():
        for row in found:
            if row.get("refused"):
                continue
            steps, rate = max(row["steps_per_second"].items(), key=lambda item: item[1])
            rows.append(
                (
                    f"`{recipe}`",
                    str(row["batch_size"]),
                    row["arithmetic"],
                    f"{rate:,.0f} (at {steps} a call)",
                    f"{100 * row['fraction_of_peak']:.1f} %",
                    f"{row['compile_seconds']:.0f} s",
                )
            )
    sooner = result.get("recognisable")
    together = "; ".join(
        f"`{recipe}` " + ", ".join(f"{count}: {rate:,.0f}" for count, rate in rates.items())
        for recipe, rates in result.get("together", {}).items()
    )
    peaks = ", ".join(
        f"{found['convolution_gflops']:,.0f} GFLOP/s in {name}" for name, found in result["peaks"].items()
    )
    first = f" `fast` is recognisable after {spread(sooner['seconds'], '{:.2f}')} s of training." if sooner else ""
    what = "a GPU" if result["is_gpu"] else "no GPU, but a CPU"
    return (
        f"**On {result['device']}** (`benchmarks/gpu.py`; {what}; convolution peak {peaks}).{first} Steps a second of so "
        f"many runs at once, together: {together}.\n\n"
        f"{table(('recipe', 'batch', 'arithmetic', 'steps/s', 'of the peak', 'to compile'), rows)}"
    )


def cpu_profile(result: Result) -> str:
    """What a step on the CPU is spent on, by recipe."""
    rows = []
    for recipe, found in result["recipes"].items():
        shares = {name: {end: 100 * value for end, value in share.items()} for name, share in found["shares"].items()}
        rows.append(
            (
                f"`{recipe}`",
                f"{spread(found['milliseconds_a_step'], '{:.2f}')} ms",
                f"{found['operations_a_step']:.0f} ({found['products_a_step']:.0f})",
                *(f"{spread(shares[name], '{:.0f}')} %" for name in ("products", "others", "between")),
                f"{100 * found['products_reach']:.0f} %",
                f"{100 * found['updates']:.0f} %",
                ", ".join(f"`{kind}`" for kind, _ in found["dearest_others"]),
            )
        )
    slower = [
        found["milliseconds_a_step_profiled"]["median"] / found["milliseconds_a_step"]["median"]
        for found in result["recipes"].values()
    ]
    head = ("recipe", "a step", "operations (products)", "in products", "in others alone", "between operations")
    head += ("products reach", "Adam's part", "dearest others")
    return (
        f"**What a step on the CPU is spent on** (`benchmarks/cpu_profile.py`, {result['machine']}; seen by TensorFlow's "
        f"profiler, under which a step takes {min(slower):.2f} to {max(slower):.2f} times as long). Products are convolutions, "
        f"their gradients and matrix products; a moment counts as theirs while at least one runs, and what they reach then is "
        f"a part of the peak. Adam's part is of all operations' time: no fusing of updates can save more.\n\n{table(head, rows)}"
    )


DEVICE_SECTIONS = {"cpu_peak": cpu_peak, "cpu_profile": cpu_profile, "gpu": gpu}
