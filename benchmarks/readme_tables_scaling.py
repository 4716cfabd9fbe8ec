"""The README's tables of training on several devices: what two workers did here, and the model for many."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.readme_layout import Result, spread, table
from benchmarks.scaling_model import DEVICES, NETWORKS, SPEEDS, STRONG_BATCH, Scaled, Work, scaled

_CASES = {"one": "1 worker", "weak": "2 workers, twice the batch", "strong": "2 workers, the same batch"}


def scaling(result: Result) -> str:
    """What was measured, then what follows from it for many devices."""
    rows, paper = [], []
    for recipe, found in result["recipes"].items():
        alone = found["one"]
        for case, title in _CASES.items():
            if case not in found:
                continue
            one = found[case]
            images = {name: rate * one["batch"] for name, rate in one["steps_per_second"].items()}
            ratio = images["median"] / (alone["steps_per_second"]["median"] * alone["batch"])
            rows.append(
                (
                    f"`{recipe}`, {title}",
                    str(one["batch"]),
                    spread(one["steps_per_second"], "{:.3g}"),
                    f"{images['median']:,.0f}",
                    f"{ratio:.2f}",
                    "–" if one["workers"] == 1 else f"{1000 * one['meeting_seconds']:.1f} ms",
                )
            )
        paper += _on_paper(recipe, alone)
    head = ("", "batch", "steps a second", "images a second", "of one worker's", "all-reduce a step")
    networks = "; ".join(f"{n.name}: {n.bandwidth / 1e9:g} GB/s, {1e6 * n.latency:g} µs a message" for n in NETWORKS)
    devices = " / ".join(map(str, DEVICES))
    paper_head = ("gradients a step", "device", "network", "all-reduce a step", "weak: efficiency", "strong: speed-up")
    return (
        f"**Two workers** (`benchmarks/scaling.py`, {result['machine']}, over loopback): each has a core and half of the batch.\n\n"
        f"{table(head, rows)}\n\n"
        f"**On paper**, for {devices} devices (`benchmarks/scaling_model.py`, which has all assumptions): gradients in float32 "
        f"round a ring, 2(n−1)/n of their bytes and 2(n−1) messages one after another, nothing overlapping ({networks}). Weak: "
        f"every device has the recipe's whole batch; strong: all share {STRONG_BATCH:,} images. Only the step on one core was "
        f"measured.\n\n{table(paper_head, paper)}"
    )


def _on_paper(recipe: str, alone: Result) -> list[tuple[str, ...]]:
    work = Work(1.0 / alone["steps_per_second"]["median"], alone["batch"], alone["gradient_bytes"], alone["rounds"] + 2)
    rows = []
    for device, speed in SPEEDS.items():
        for network in NETWORKS:
            points = [scaled(work, devices, network, speed) for devices in DEVICES]
            rows.append(
                (
                    f"`{recipe}`, {work.gradient_bytes / 1e6:.2g} MB",
                    device,
                    network.name,
                    _each(points, lambda point: f"{1000 * point.meeting_seconds:.3g}") + " ms",
                    _each(points, lambda point: f"{100 * point.weak_efficiency:.0f}") + " %",
                    _each(points, lambda point: f"{point.strong_speed_up:.3g}"),
                )
            )
    return rows


def _each(points: list[Scaled], form: Callable[[Scaled], str]) -> str:
    return " / ".join(map(form, points))


SCALING_SECTIONS = {"scaling": scaling}
