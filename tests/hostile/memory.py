"""How much memory a process of this user holds, as Linux tells it; elsewhere nothing is known, and all is 0."""

from __future__ import annotations

import contextlib
from pathlib import Path


def megabytes(process: int | str) -> float:
    """What it holds now; `process` is its number, or "self"."""
    return _status(process, "VmRSS")


def peak(process: int | str) -> float:
    """What it has held at most since `forget_peak`."""
    return _status(process, "VmHWM")


def forget_peak(process: int | str) -> None:
    with contextlib.suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5")


def _status(process: int | str, name: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / 1000 for line in lines if line.startswith(f"{name}:")), 0.0)
