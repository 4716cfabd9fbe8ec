"""The README's table of what a hall of visitors gets, and what it costs the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.audience_visitors import ARRIVALS
from benchmarks.readme_layout import Result, table
from benchmarks.spread import slope

_KINDS = {
    "open": "the page and its {files} files",
    "snapshot": "the run until now",
    "render": "a slider, drawn by the server",
    "generate": "API: /generate",
    "explain": "API: /explain",
}


def audience(result: Result) -> str:
    """Latencies by kind and crowd, then what was delivered and what it took."""
    crowds = result["crowds"]
    head = ("", *(f"{crowd['visitors']} visitors" for crowd in crowds))
    latencies = [
        (name.format(files=result["files_of_a_page"]), *(_latency(crowd["latency_ms"].get(kind)) for crowd in crowds))
        for kind, name in _KINDS.items()
    ]
    rows: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "frames a second, worst follower": lambda crowd: f"{crowd['frames_per_second']['least']:.1f}",
        "frames delivered, and MB a second": lambda crowd: f"{crowd['frames']:,}, {crowd['megabytes_per_second']:.1f}",
        "CPU of serving a frame": lambda crowd: f"{crowd['server']['serving_cpu_ms_per_frame']:.2f} ms",
        "of it, the web server's thread": lambda crowd: f"{crowd['server']['loop_cpu_ms_per_frame']:.2f} ms",
        "CPU of the server, training included": lambda crowd: _share(crowd["server"]["cpu_share"]),
        "CPU of the load": lambda crowd: _share(crowd["load_cpu_share"]),
        "memory": lambda crowd: f"{crowd['server']['resident_mb']:,.0f} MB",
        "errors / refused": lambda crowd: f"{_total(crowd['errors'])} / {_total(crowd['refused'])}",
    }
    counted = [(name, *map(cell, crowds)) for name, cell in rows.items()]
    return (
        f"**An audience** (`benchmarks/audience.py`, `{result['recipe']}` training; {ARRIVALS:g} visitors a second "
        f"open the page, {result['api_users']} of them ask the API and a tenth slide; they share the cores with the server; {result['machine']}): p50 / p95 / p99, then what "
        f"{result['seconds']:g} s of following brought.{_more(crowds)}{_door(result.get('beyond'))}\n\n"
        f"{table(head, latencies + counted)}"
    )


def _more(crowds: Sequence[Mapping[str, Any]]) -> str:
    """What one frame more costs, and what remains without any: the straight line through the crowds, by least squares."""
    frames = [crowd["frames"] / crowd["seconds"] for crowd in crowds]
    cpu = [crowd["server"]["serving_cpu_ms_per_frame"] * rate for crowd, rate in zip(crowds, frames, strict=True)]
    if len(crowds) < 2:
        return ""
    each = slope(frames, cpu)
    rest = (sum(cpu) - each * sum(frames)) / len(crowds)
    return (
        f" Over the crowds, one frame more costs {each:.2f} ms of serving; what a small crowd’s frames cost beyond that is "
        f"the API's users and whoever slides, {rest / 10:.0f} % of a core in all."
    )


def _door(found: Result | None) -> str:
    if found is None:
        return ""
    refused = found["asked"] - found["have_a_place"]
    return (
        f" Of {found['asked']:,} who ask to follow at once, {found['have_a_place']:,} have a place and {refused} are told "
        f"why not; a simple answer takes {found['answers_ms_before']:.0f} ms before and {found['answers_ms_after']:.0f} ms "
        "afterwards."
    )


def _latency(found: Mapping[str, float] | None) -> str:
    """In ms up to a second, in seconds beyond."""
    if found is None:
        return "–"
    return " / ".join(
        f"{found[name]:.0f} ms" if found[name] < 1000 else f"{found[name] / 1000:.1f} s"
        for name in ("p50", "p95", "p99")
    )


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"


def _total(counts: Mapping[str, int]) -> int:
    return sum(counts.values())
