"""The README's tables of the models that ship and of the leaderboard, each from what was measured."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.readme_layout import Result, table


def shipped(configs: Mapping[str, Result], kilobytes: Mapping[str, float]) -> str:
    """Each shipped model by its config.json, and its size."""
    rows = []
    for name, config in configs.items():
        figures = config["figures"]
        accuracy = figures["label_accuracy"]
        rows.append(
            (
                f"`{name}`",
                f"`{config['plan']['recipe']['key']}`",
                f"{config['step']:,}",
                f"{config['seconds']:,.0f}",
                f"{figures['digit_fd']:.2f}",
                f"{100 * figures['coverage']:.1f} %",
                "–" if accuracy is None else f"{100 * accuracy:.1f} %",
                f"{figures['memorisation']:.2f}",
                f"{kilobytes[name]:,.0f} kB",
            )
        )
    floor = next(iter(configs.values()))["figures"]
    head = ("model", "recipe", "steps", "seconds", "digit-FD", "coverage", "label accuracy", "memorisation", "size")
    return (
        f"**The models that ship** (`benchmarks/train_shipped.py`, 49,000 digits, one seed; {floor['n']:,} images each, of "
        f"which as many real digits have a digit-FD of {floor['digit_fd_floor']:.2f}). Memorisation is the distance to the "
        f"nearest training digit, real held-out digits being 1; of a model that sorts itself the label accuracy is that of "
        f"the best matching.\n\n"
        f"{table(head, rows)}"
    )


def leaderboard(result: Result) -> str:
    """Every recipe after equal seconds and after equal steps, best first."""
    of_budget: dict[str, dict[tuple[str, str], Result]] = {}
    for row in result["rows"]:
        of_budget.setdefault(row["budget"], {})[row["recipe"], row["loss"]] = row
    (first, by_seconds), (second, by_steps) = of_budget.items()
    rows = []
    for (recipe, loss), row in sorted(by_seconds.items(), key=lambda item: item[1]["digit_fd"][1]):
        later = by_steps.get((recipe, loss))
        rows.append(
            (
                f"`{recipe}` (`{loss}`)",
                _three(row["digit_fd"], "{:.1f}"),
                "–" if later is None else _three(later["digit_fd"], "{:.1f}"),
                _three(row["kid"], "{:.1f}"),
                _three(row["coverage"], "{:.2f}"),
                _three(row["label_accuracy"], "{:.2f}"),
                _three(row["recognisable_seconds"], "{:.0f}"),
                f"{row['g_parameters']:,} / {row['d_parameters']:,}",
                _three(row["steps_per_second"], "{:.1f}"),
                f"{row['mmac']:.1f}",
            )
        )
    yardsticks = ", ".join(f"{item['title']['en']} {item['digit_fd']:.1f}" for item in result["yardsticks"])
    seeds = sorted({row["seeds"] for row in result["rows"]})
    head = ("recipe (loss)", f"digit-FD, {first}", f"digit-FD, {second}", f"KID, {first}", "coverage", "label accuracy",
            "recognisable after s", "parameters G / D", "steps/s", "MMAC")  # fmt: skip
    return (
        f"**Leaderboard** (`benchmarks/leaderboard.py`: every recipe with its own loss and, where another is better, "
        f"with that, on `digits5k` for {first} of training and for {second}; N = {result['n']:,}; median (least – most) over {' or '.join(map(str, seeds))} "
        f"{'seed' if seeds == [1] else 'seeds'}; "
        f"{result['machine']}). Yardsticks' "
        f"digit-FD: {yardsticks}. “–” under *recognisable* is not at all, or not from every seed.\n\n"
        f"{table(head, rows)}"
    )


def _three(values: list[float] | None, form: str) -> str:
    if values is None:
        return "–"
    least, middle, most = (form.format(value) for value in values)
    return middle if least == most else f"{middle} ({least} – {most})"


def best_loss(result: Result) -> str:
    """Each recipe with each of a few losses after equal steps."""
    losses = list(result["rows"][0]["digit_fd"])
    rows = []
    for row in sorted(result["rows"], key=lambda row: row["digit_fd"][row["own"]][0]):
        found = ("{:.1f} – {:.1f}".format(*row["digit_fd"][loss]) for loss in losses)
        rows.append((f"`{row['recipe']}`", *found, f"`{row['best']}`" if row["best"] != row["own"] else "its own"))
    own = " or ".join(f"`{loss}`" for loss in sorted({row["own"] for row in result["rows"]}))
    return (
        f"**Which loss serves a recipe best** (`benchmarks/best_loss.py`: digit-FD after {result['steps']} steps, least – most "
        f"of {result['seeds']} seeds; N = {result['n']:,}; {result['machine']}). Their own is "
        f"{own}; another is called best where its worst seed is better than the own one's best. A recipe that is about its "
        f"loss, or takes it from its paper, keeps it and is not asked.\n\n"
        f"{table(('recipe', *(f'`{loss}`' for loss in losses), 'best'), rows)}"
    )


MODEL_SECTIONS = {"leaderboard": leaderboard, "best_loss": best_loss}
