"""The recorded run that the page plays before anybody has started one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import orjson

from aigc_demo.home import SHIPPED, write_atomically
from aigc_demo.runs import record as records
from aigc_demo.runs.folder import FRAMES, METRICS, PROBES, RunFolder

RECORDED = "recorded"
MOST_FRAMES = 40  # enough to play by, and half a megabyte
FOLDER = SHIPPED / RECORDED
MODEL = SHIPPED / "fast"  # what plays where somebody plays against the recording


def open_recorded(folder: Path = FOLDER) -> RunFolder:
    """The recorded run, read-only. Raises `NotFound` where none was shipped."""
    return RunFolder.open(folder, read_only=True)


def make_recorded(run: Path, target: Path = FOLDER) -> None:
    """Copy what a page plays of the finished run in `run` to `target`: no weights, no owner, no resumable state.

    Of its frames at most `MOST_FRAMES` are copied, evenly spread, the first and the last among them.
    """
    record = replace(records.read(run), id=RECORDED, owner="", state="finished")
    (target / FRAMES).mkdir(parents=True, exist_ok=True)
    for old in (target / FRAMES).glob("*.png"):
        old.unlink()
    for frame in _evenly(sorted((run / FRAMES).glob("*.png"))):
        shutil.copyfile(frame, target / FRAMES / frame.name)
    shutil.copyfile(run / METRICS, target / METRICS)
    if (run / PROBES).exists():  # a run of a moment has none
        shutil.copyfile(run / PROBES, target / PROBES)
    write_atomically(target / records.FILE, orjson.dumps(record.to_json(), option=orjson.OPT_INDENT_2))


def _evenly(paths: list[Path]) -> list[Path]:
    last, most = len(paths) - 1, min(len(paths), MOST_FRAMES)
    return [paths[round(place * last / max(1, most - 1))] for place in range(most)]
