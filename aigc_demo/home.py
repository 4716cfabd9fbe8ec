"""Where things live on disk: what we ship (read-only), and the visitor's own data folder."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from contextlib import suppress
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "checkpoints"
LICENCE = SHIPPED.parent / "LICENSE"


HALF_FOLDER = ".writing-"  # how a folder's name begins that is being filled, to be moved into its place
_HALF = re.compile(rf"\..+\.[0-9a-f]{{8}}|{re.escape(HALF_FOLDER)}.+")


def data_home() -> Path:
    """The data folder: `AIGC_DEMO_HOME`, else the user's folder for application data. Not created here."""
    chosen = os.environ.get("AIGC_DEMO_HOME")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "aigc-demo"


def runs_home() -> Path:
    return data_home() / "runs"


def datasets_home() -> Path:
    return data_home() / "datasets"


def cache_home() -> Path:
    return data_home() / "cache"


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step, so that a reader or a crash never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not a `tempfile`: those are readable by their owner only, and `path` would inherit that.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sweep_halves(folder: Path) -> None:
    """Remove what a killed process has left of files that it was writing into `folder` itself.

    Only for whoever is alone in writing there; what cannot be removed stays.
    """
    try:
        halves = [path for path in folder.iterdir() if _HALF.fullmatch(path.name)]
    except OSError:
        return
    for path in halves:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
