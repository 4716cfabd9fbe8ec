"""What a process takes of this machine, as Linux counts it in /proc; other systems have no such files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Usage(NamedTuple):
    """`loop_seconds` is the CPU time of the main thread alone, which in the app under test is the web server's loop."""

    cpu_seconds: float
    loop_seconds: float
    resident_mb: float
    threads: int
    open_files: int


def usage(pid: int) -> Usage:
    """What `pid` has used up to now and holds at the moment; raises OSError when it has ended."""
    folder = PROC / str(pid)
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    return Usage(
        cpu_seconds=_cpu_seconds(folder),
        loop_seconds=_cpu_seconds(folder / "task" / str(pid)),
        resident_mb=int(status["VmRSS"].split()[0]) / 1024,
        threads=int(status["Threads"]),
        open_files=len(list((folder / "fd").iterdir())),
    )


def most_resident_mb(pid: int) -> float:
    """The most memory that `pid` has held at any moment; raises OSError when it has ended."""
    status = dict(line.split(":", 1) for line in (PROC / str(pid) / "status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def family_cpu_seconds(root: int, without: frozenset[int] = frozenset()) -> float:
    """CPU time of all living descendants of `root`; not of those in `without`, nor of what these have begun."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        parent = _parent(folder)
        if parent is not None:
            children.setdefault(parent, []).append(int(folder.name))
    total, waiting = 0.0, list(children.get(root, ()))
    while waiting:
        pid = waiting.pop()
        if pid in without:
            continue
        waiting += children.get(pid, ())
        try:
            total += _cpu_seconds(PROC / str(pid))
        except OSError:  # it has just ended
            continue
    return total


def disk_mb(folder: Path) -> float:
    """The size of all files below `folder`; those that vanish meanwhile are passed over."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total / 1e6


def load_average() -> float:
    """How many threads of this machine wanted a core in the last minute: a benchmark wants this near 0 beforehand."""
    return os.getloadavg()[0]


def _fields(folder: Path) -> list[str]:
    """The fields of `stat` after the program's name, which may itself hold spaces and brackets."""
    return (folder / "stat").read_text().rpartition(")")[2].split()


def _cpu_seconds(folder: Path) -> float:
    user, system = _fields(folder)[11:13]
    return (int(user) + int(system)) / TICKS


def _parent(folder: Path) -> int | None:
    try:
        return int(_fields(folder)[1])
    except (OSError, IndexError):
        return None
