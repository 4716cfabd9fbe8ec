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


def stacked_mnist(result: Result) -> str:
    """PacGAN's Table 3 on stacked digits: each game beside its published row, a perfect sampler and real digits."""
    rows: list[tuple[str, ...]] = [
        (
            row["title"],
            str(row["runs"]),
            _found(row, "modes", "{:.0f}"),
            _found(row, "kl", "{:.2f}"),
            _found(row, "digit_fd", "{:.0f}"),
            _published(row),
        )
        for row in result["rows"].values()
    ]
    perfect, real = result["perfect"], result["real"]
    rows += [
        ("a perfect sampler", "–", f"{perfect['modes']}", f"{perfect['kl']:.4f}", "–", "–"),
        ("real held-out digits", "–", f"{real['modes']}", f"{real['kl']:.4f}", f"{real['digit_fd']:.1f}", "–"),
    ]
    unfinished = result["runs_wanted"] - result["runs_done"]
    note = f" {unfinished} of {result['runs_wanted']} runs are still to be made." if unfinished else ""
    return (
        f"**PacGAN's Table 3**, D a quarter of G (`benchmarks/stacked_mnist.py`, {result['machine']}): three of "
        f"{result['digits']:,} digits in the channels of a picture make 1,000 modes. Our own classifier reads "
        f"{result['samples']:,} pictures of each run after {result['steps']:,} steps of {result['batch']}, by Adam at {result['rates']['d']:g} (D) and {result['rates']['g']:g} (G); "
        f"KL is that of the triples' shares to even ones. The published figures are of {result['published_steps']:,} steps of "
        f"{result['published_batch']} at {result['published_rates']['d']:g} and {result['published_rates']['g']:g}, so ours are "
        f"those of a far shorter race.{note} {_blots(result)}\n\n"
        f"{table(('game', 'runs', 'modes', 'KL', 'digit-FD of the channels', 'published'), rows)}"
    )


def _blots(result: Result) -> str:
    """Whose modes are not yet those of digits."""
    gaussian, noise = (result["digit_fd_yardsticks"][name] for name in ("per_class_gaussian", "noise"))
    known = (row for row in result["rows"].values() if row["runs"])
    early = [row["title"] for row in known if row["digit_fd"]["median"] > gaussian]
    scale = f"A Gaussian of pixels per class has a digit-FD of {gaussian:.0f}, noise one of {noise:.0f}"
    if not early:
        return f"{scale}."
    return (
        f"{scale}. Above the former, and so without digits yet: {', '.join(early)}; what is counted there are the names that "
        f"the classifier has for blots."
    )


def _published(row: Result) -> str:
    if row["published"]:
        return "{modes:g} ± {plus_minus:g} / {kl:g}".format(**row["published"])
    return "{modes:g} / {kl:g}, networks that are far larger".format(**row["published_larger_networks"])


def _found(cell: Result, key: str, form: str, times: float = 1.0) -> str:
    """Median and range over the runs, or a dash where there are none."""
    values = cell.get(key)
    return "–" if not values else spread({name: times * value for name, value in values.items()}, form)


def experiments(result: Result) -> str:
    """In how many seeds the claims of each experiment held, and its seconds."""
    rows = [
        (
            key,
            str(len(found["claims"])),
            f"{sum(claim['held'] for claim in found['claims'].values())} of {len(found['claims']) * result['seeds']}",
            f"{found['first_seconds']:.1f} s",
            spread(found["again_seconds"], "{:.1f} s"),
        )
        for key, found in result["experiments"].items()
    ]
    claims = [claim for found in result["experiments"].values() for claim in found["claims"].values()]
    held = sum(claim["held"] for claim in claims)
    return (
        f"**The experiments of the Explain tab** (`benchmarks/experiments.py`, {result['machine']}): {len(rows)} experiments, "
        f"{result['seeds']} seeds each; {held} of {len(claims) * result['seeds']} predictions held. They run "
        f"in turn and eight compiled trainers are kept, so most runs compile anew.\n\n"
        f"{table(('experiment', 'claims', 'held', 'first seed', 'other seeds'), rows)}"
    )


def plane(result: Result) -> str:
    """How fast the laboratory goes, and in how many seeds its presets did what they say."""
    speed = result["speed"]
    rates = [
        (f"`{loss}`", *(spread(found[key], "{:.0f}") for key in ("opens", "frames", "steps")))
        for loss, found in speed["chromium_per_second"].items()
    ]
    presets = [
        (
            key,
            f"{found['steps']:,}",
            "; ".join(f"{figure} {_bounds(claim)}" for figure, claim in found["claims"].items()),
            "; ".join(spread(claim["measured"], "{:.3g}") for claim in found["claims"].values()),
            "; ".join(f"{claim['held']} of {found['seeds']}" for claim in found["claims"].values()),
        )
        for key, found in result["presets"].items()
    ]
    goal = "met" if speed["goal_met"] else "missed"
    return (
        f"**The two-dimensional laboratory** (`benchmarks/plane.py`, {result['machine']}, Chromium, {speed['runs']} runs): a "
        f"batch of {speed['batch']}, two hidden layers of {speed['hidden'][0]}. A frame is one step of both and "
        f"D's field on 50 × 50 places, as the page opens; with everything on there are D's slope and G's grid of 20 × 20 as well. "
        f"The goal of 20 frames a second as it opens is {goal}.\n\n"
        f"{table(('loss', 'frames a second', 'with everything on', 'steps a second without pictures'), rates)}\n\n"
        f"What its presets claim, after so many steps, and what was measured:\n\n"
        f"{table(('preset', 'steps', 'claim', 'measured', 'held'), presets)}"
    )


def _bounds(claim: Result) -> str:
    least, most = claim["least"], claim["most"]
    if least is None or most is None:
        return f"≥ {least:g}" if most is None else f"≤ {most:g}"
    return f"{least:g} to {most:g}"


EXPLAIN_SECTIONS = {"pacgan": pacgan, "stacked_mnist": stacked_mnist, "experiments": experiments, "plane": plane}
