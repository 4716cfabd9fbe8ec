"""Fetched files are read in a process of their own, with little memory: a file made to harm ends that process, not ours.

Also the way to stop halfway, and to keep the server's threads free while a hundred thousand images are decoded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.hub.downloading import Stopped
from aigc_demo.hub.reading import SIDE, UNEXPECTED, Part, read_part
from aigc_demo.text import Text, VisitorError

MOST_MEMORY = 4 << 30  # bytes of address space; EMNIST's letters take a quarter of it
_DIED = Text("读取它的进程出错退出", "the process that read it broke down")


def unpack(
    parts: tuple[tuple[Path, ...], ...], first_label: int, classes: int, to: Path, stop: threading.Event
) -> Iterator[int | tuple[Part, ...]]:
    """Yield how many rows have been read, at last the `Part`s; each is the files that `read_part` takes.

    `to` is a folder to write into. Raises `VisitorError` for files that are not as expected, whatever they do to their
    reader, and `Stopped`.
    """
    files = [[str(path) for path in paths] for paths in parts]
    job = {"parts": files, "first_label": first_label, "classes": classes, "to": str(to)}
    package = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-m", "aigc_demo.hub.unpacking", json.dumps(job)]
    last: dict[str, Any] = {}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if stop.is_set():
                    raise Stopped
                last = _heard(line)
                if "rows" in last:
                    yield int(last["rows"])
        finally:
            process.kill()
    if "error" in last:
        raise VisitorError(Text(last["error"][0], last["error"][1]))
    yield tuple(_result(to, place, last, paths) for place, paths in enumerate(parts))


def _heard(line: str) -> dict[str, Any]:
    """A line of the process; nothing where it broke off in the middle of one."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _result(to: Path, place: int, last: dict[str, Any], paths: tuple[Path, ...]) -> Part:
    """What the process wrote of one part, looked at once more; a `VisitorError` where it broke down before."""
    if "greyed" in last:
        with _file(to, place).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            images, labels = stored["images"], stored["labels"]
        if images.dtype == np.uint8 and images.shape == (len(labels), SIDE, SIDE) and labels.dtype == np.int64:
            return Part(images, labels, int(last["greyed"][place]))
    name = paths[0].name
    raise VisitorError(
        Text(UNEXPECTED.zh.format(path=name, why=_DIED.zh), UNEXPECTED.en.format(path=name, why=_DIED.en))
    )


def _file(folder: Path, place: int) -> Path:
    return folder / f"part-{place}.npz"


def _work(job: dict[str, Any]) -> None:
    """The process itself: one JSON object a line to the one that started it."""
    try:
        import resource
    except ImportError:  # not on Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    greyed, before = [], 0
    try:
        for place, paths in enumerate(job["parts"]):
            files = tuple(map(Path, paths))
            part = read_part(files, job["first_label"], job["classes"], partial(_say_rows, before))
            before += len(part.images)
            greyed.append(part.greyed)
            with _file(Path(job["to"]), place).open("wb") as file:
                np.savez(file, images=part.images, labels=part.labels)
        _say({"greyed": greyed})
    except VisitorError as error:
        _say({"error": [error.text.zh, error.text.en]})


def _say_rows(before: int, rows: int) -> None:
    _say({"rows": before + rows})


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    _work(json.loads(sys.argv[1]))
