"""Where a model of a given name lies."""

from __future__ import annotations

import re
from pathlib import Path

from aigc_demo.checkpoints.reading import CONFIG, GENERATOR
from aigc_demo.home import SHIPPED
from aigc_demo.text import NotFound, Text, VisitorError

DEFAULT_MODEL = "fast"  # the shipped model that is taken where none is named
BEST = "best"  # the folder inside a run's that holds its best generator so far
BEST_SUFFIX = f"-{BEST}"  # what its name ends in, after the run's id
IMPORTED = "models"  # the folder of those that came from elsewhere, beside that of the runs
_RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_IMPORTED_ID = re.compile(r"i-[0-9a-f]{20}")


def is_imported(name: object) -> bool:
    """Whether `name` is that of a model from elsewhere, there or not."""
    return isinstance(name, str) and bool(_IMPORTED_ID.fullmatch(name))


def shipped() -> tuple[str, ...]:
    """Names of the models that come with the program, the default one first."""
    return tuple(
        sorted(
            (path.parent.name for path in SHIPPED.glob(f"*/{GENERATOR}")),
            key=lambda name: (name != DEFAULT_MODEL, name),
        )
    )


def find_named(name: str, runs: Path) -> Path:
    """The folder of a shipped model, of a run in `runs`, of a run's best or of a model that was imported beside them,
    and of nothing else. Safe for names that strangers send.
    """
    if isinstance(name, str) and name in shipped():
        return SHIPPED / name
    if is_imported(name) and (runs.parent / IMPORTED / name / CONFIG).is_file():
        return runs.parent / IMPORTED / name
    if isinstance(name, str) and _RUN_ID.fullmatch(name):
        run = name.removesuffix(BEST_SUFFIX)
        folder = runs / name if run == name else runs / run / BEST
        if (folder / CONFIG).is_file():
            return folder
    raise NotFound(
        Text(
            "没有名为“{name}”的模型。随软件附带：{known}。", "There is no model called “{name}”. Shipped: {known}."
        ).format(name=str(name)[:80], known=", ".join(shipped()) or "–")
    )


def find(name: str, runs: Path) -> Path:
    """The folder of a checkpoint: a shipped model's name, a run's or an imported model's id, or a path.

    For names from this machine's user.
    """
    kind = _kind_of_path(name)
    if kind == "folder" and name not in shipped():
        return Path(name).expanduser()
    if kind == "file":
        raise VisitorError(
            Text("{name} 是一个文件；检查点是一个文件夹。", "{name} is a file; a checkpoint is a folder.").format(
                name=name
            )
        )
    return find_named(name, runs)


def _kind_of_path(name: str) -> str:
    """'folder', 'file' or '' for what is no path at all: too long, with a NUL in it, or of an unknown user."""
    try:
        path = Path(name).expanduser()
        return "folder" if path.is_dir() else "file" if path.exists() else ""
    except (OSError, ValueError, RuntimeError):
        return ""


def written_at(folder: Path) -> int:
    """When the checkpoint in `folder` was last written, in nanoseconds: its config is what is written last. 0 without."""
    try:
        return (folder / CONFIG).stat().st_mtime_ns
    except OSError:
        return 0
