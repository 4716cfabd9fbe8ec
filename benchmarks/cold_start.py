"""From nothing to digits: how long a fresh clone takes to install, to show its page and to train, and how much memory.

    python -m benchmarks.cold_start [--out FILE]

Clones this checkout's last commit into a temporary folder, makes a virtual environment beside it and installs
`requirements.txt` as the README says, which depends on the network and on what pip has kept, so it stands apart. Then the
checkout is made read-only, the data folder is another, and `app.py` is started twice: `first` compiles every Python file
of what was installed that pip did not, `again` is what a restart costs.

Of each start: `page` is the seconds until the page in English has been answered whole; `ready` those until a run, started
at that moment, has made its first step, which takes TensorFlow's import and compiling; `most_mb` the most resident memory
up to `SETTLE` seconds of training. `written` names what has changed in the checkout, which should be nothing: an
ordinary user cannot write there, while root can, so the checkout is compared as well.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.app_under_test import ROOT, server
from benchmarks.client import Client
from benchmarks.process import load_average, most_resident_mb
from benchmarks.result import as_text, write

RESULT = Path(__file__).parent / "results" / "cold_start.json"
SETTLE = 5.0
PATIENCE = 300.0


def clone(place: Path) -> str:
    """The last commit of this checkout in `place`; its name."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(place)], check=True)
    name = subprocess.run(["git", "rev-parse", "HEAD"], cwd=place, check=True, capture_output=True, text=True)
    return name.stdout.strip()


def install(place: Path, environment: Path) -> float:
    """Seconds until `requirements.txt` is in a new virtual environment."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip = [str(environment / "bin" / "pip"), "install", "--quiet", "-r", str(place / "requirements.txt")]
    subprocess.run(pip, check=True)
    return time.monotonic() - begun


def contents(place: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file and folder in the checkout, apart from git's own."""
    found = (path for path in place.rglob("*") if ".git" not in path.relative_to(place).parts)
    return {str(path.relative_to(place)): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def set_writable(place: Path, is_writable: bool) -> None:
    """Folders and files of the checkout, for their owner; others could not write them anyway."""
    for path in (place, *place.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode | stat.S_IWUSR if is_writable else mode & ~0o222)


def start(place: Path, environment: Path) -> dict[str, float]:
    """One start of the program, up to some seconds of training."""
    python = str(environment / "bin" / "python")
    begun = time.monotonic()
    with server({"PYTHONDONTWRITEBYTECODE": "1"}, program=[python, "app.py"], folder=place, patience=PATIENCE) as app:
        page = time.monotonic() - begun
        run = Client(app.address).start(seed=0)
        run.edge()
        ready = time.monotonic() - begun
        time.sleep(SETTLE)
        most = most_resident_mb(app.pid)
        run.act("stop")
    return {"page": page, "ready": ready, "most_mb": most}


def measure(work: Path) -> dict[str, Any]:
    place, environment = work / "checkout", work / "venv"
    load = load_average()
    commit = clone(place)
    seconds = install(place, environment)
    before = contents(place)
    set_writable(place, False)
    try:
        starts = {name: start(place, environment) for name in ("first", "again")}
    finally:
        set_writable(place, True)
    after = contents(place)
    return {
        "machine": f"{platform.machine()}, CPU · {os.cpu_count()} cores",
        "python": platform.python_version(),
        "commit": commit,
        "load_before": load,
        "is_root": os.geteuid() == 0,
        "install_seconds": seconds,
        "installed_mb": sum(path.stat().st_size for path in environment.rglob("*") if path.is_file()) / 1e6,
        "checkout_mb": sum(size for path, (size, _) in before.items() if (place / path).is_file()) / 1e6,
        "starts": starts,
        "written": sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=RESULT)
    arguments = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="aigc-cold-"))
    try:
        result = measure(work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    write(arguments.out, result)
    print(as_text(result))


if __name__ == "__main__":
    main()
