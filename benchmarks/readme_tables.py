"""The README's tables of what the benchmarks found, each from one result; text alone, so that a test can call them."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.readme_layout import Result, spread, table
from benchmarks.readme_tables_audience import audience
from benchmarks.readme_tables_device import DEVICE_SECTIONS
from benchmarks.readme_tables_explain import EXPLAIN_SECTIONS
from benchmarks.readme_tables_latent import LATENT_SECTIONS
from benchmarks.readme_tables_models import MODEL_SECTIONS
from benchmarks.readme_tables_scaling import SCALING_SECTIONS
from benchmarks.readme_tables_search import SEARCH_SECTIONS


def speed(result: Result) -> str:
    """Each recipe: its steps a second with the slowest and the fastest loss."""
    rows, refusals = [], []
    for recipe, found in result["recipes"].items():
        rates = {loss: values["median"] for loss, values in found["steps_per_second"].items()}
        if not rates:
            continue
        slow, fast = min(rates, key=rates.__getitem__), max(rates, key=rates.__getitem__)
        ends = (f"{_rate(rates[loss])} (`{loss}`)" for loss in (slow, fast))
        rows.append((f"`{recipe}`", str(found["batch_size"]), str(len(rates)), *ends))
        refusals += [f"`{recipe}` × `{loss}`" for losses in found["refused"].values() for loss in losses]
    refused = f" Refused: {', '.join(refusals)}." if refusals else ""
    return (
        f"**Steps a second**, the trainer alone, of every recipe with every loss (`benchmarks/speed.py`, "
        f"{result['machine']}).{refused}\n\n"
        f"{table(('recipe', 'batch', 'losses', 'slowest', 'fastest'), rows)}"
    )


def live_cost(result: Result) -> str:
    """What figures, the page and followers cost, and what followers get."""
    rows = []
    for part, baseline in (("figures", "no figures"), ("followers", "nobody")):
        for condition, found in result.get(part, {}).get("conditions", {}).items():
            got = found.get("delivered")
            rows.append(
                (
                    {"figures": "live figures", "page": "the page, open", "nobody": "nobody watches"}.get(
                        condition, condition
                    ),
                    spread(found["steps_per_second"], "{:.0f}"),
                    "–" if condition == baseline else _percent(found["cost"]),
                    f"{got['frames_per_second']['least']:.1f} / {got['messages_per_second']['least']:.1f}"
                    if got
                    else "–",
                    f"{got['server_cpu_ms_per_message']['median']:.2f} ms" if got else "–",
                    f"{100 * got['load_cpu_share']['median']:.0f} %" if got else _browser(found),
                )
            )
    head = ("watching", "steps/s", "cost", "frames / messages a second, worst follower", "server CPU a message")
    return (
        f"**What watching costs** (`benchmarks/live_cost.py`, `{result['recipe']}`, windows of "
        f"{result['window_seconds']:g} s back and forth; followers and browser share the cores with the trainer; "
        f"{result['machine']}).\n\n"
        f"{table((*head, 'CPU of the watchers'), rows)}"
    )


def main_thread(result: Result) -> str:
    shares = {
        what: spread({name: 100 * value for name, value in result[key].items()}, "{:.1f}")
        for what, key in (("wall", "wall_share"), ("cpu", "cpu_share"))
    }
    return (
        f"**The page** keeps its main thread busy for {shares['wall']} % of the time while a run streams, by its own CPU "
        f"time {shares['cpu']} % (`benchmarks/main_thread.py`, {result['machine']})."
    )


def soak(result: Result) -> str:
    first, last = result["first"], result["last"]
    return (
        f"**A long run** (`benchmarks/soak.py`, {result['minutes']:.0f} minutes, {last['step']:,} steps, one follower): "
        f"the server's memory goes from {first['resident_mb']:.0f} MB after the warm-up to {last['resident_mb']:.0f} MB "
        f"({result['resident_mb_per_minute']:+.2f} MB a minute, of which {result['rows_mb_per_minute']:.2f} are the run's "
        f"own curves), at most {result['most']['threads']} threads and {result['most']['open_files']} open files. On disk "
        f"a step takes {result['figures_bytes_per_step']:.0f} bytes, everything else at most "
        f"{result['most_disk_mb_without_figures']:.1f} MB."
    )


def verdicts(result: Result) -> str:
    """The confusion table: each condition, and what the verdict called its runs."""
    rows = [
        (
            f"`{condition}`",
            ", ".join(f"`{key}`" for key in result["expected"][condition]),
            ", ".join(f"`{key}` × {count}" for key, count in sorted(said.items(), key=lambda item: -item[1])),
        )
        for condition, said in result["confusion"].items()
    ]
    return (
        f"**The verdict**, on runs that really show each condition (`benchmarks/verdicts.py`): as expected in "
        f"{result['as_expected']} of {result['of']} runs.\n\n"
        f"{table(('what happens', 'expected', 'said'), rows)}\n\n{result.get('note', '')}".rstrip()
    )


def cold_start(result: Result) -> str:
    """What stands between a fresh clone and the first digits."""
    rows = [
        (
            {"first": "first start after installing", "again": "every further start"}[name],
            *(f"{found[key]:.1f} s" for key in ("page", "ready")),
            f"{found['most_mb']:,.0f} MB",
        )
        for name, found in result["starts"].items()
    ]
    changed = f"these files into it: {', '.join(result['written'])}" if result["written"] else "nothing into it"
    return (
        f"**From a fresh clone** (`benchmarks/cold_start.py`, Python {result['python']}, {result['machine']}; load "
        f"{result['load_before']:.1f} beforehand): {result['checkout_mb']:.0f} MB of checkout, and {result['installed_mb']:,.0f} MB "
        f"installed in {result['install_seconds']:.0f} s, which is mostly the network's doing. The checkout is read-only "
        f"and the data folder elsewhere; the program wrote {changed}.\n\n"
        f"{table(('from the start of `app.py`', 'page answered', 'a run has trained a step', 'most memory'), rows)}"
    )


SECTIONS = {
    **MODEL_SECTIONS,
    "cold_start": cold_start,
    **{
        "speed": speed,
        "live_cost": live_cost,
        "audience": audience,
        "main_thread": main_thread,
        "soak": soak,
        "verdicts": verdicts,
    },
    **LATENT_SECTIONS,
    **EXPLAIN_SECTIONS,
    **SEARCH_SECTIONS,
    **SCALING_SECTIONS,
    **DEVICE_SECTIONS,
}


def _rate(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _percent(values: Mapping[str, float]) -> str:
    return spread({name: 100 * value for name, value in values.items()}, "{:.1f}") + " %"


def _browser(found: Result) -> str:
    return f"{100 * found['browser_cpu_share']['median']:.0f} %" if "browser_cpu_share" in found else "–"
