"""Climbing in a process of its own, so that nothing the tutorial's code does can harm the server."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from aigc_demo.explain.ladder.rungs import RUNGS, Rung
from aigc_demo.text import Text, VisitorError

LINE_SECONDS = 120.0  # the longest wait for the next line; loading TensorFlow on a busy machine takes the most
_MODULE = "aigc_demo.explain.ladder"
_NO_ANSWER = Text(
    "运行教程代码的进程没有回应，请稍后再试。",
    "The process that runs the tutorial's code does not answer; please try again a little later.",
)


@dataclass(frozen=True)
class Result:
    """What happened on a rung. `type` is the exception's, empty where it ran through; `line` the line that failed.

    `losses` has the least and the most of every loss over the iterations of what ran through, by `g_least` and so on.
    """

    rung: Rung
    type: str
    message: str
    line: str
    iteration: int
    losses: Mapping[str, float] = field(default_factory=dict)

    @property
    def as_expected(self) -> bool:
        return self.type == self.rung.expected and (not self.type or self.iteration == self.rung.iteration)


def climb(tick: float = 0.25, patience: float = LINE_SECONDS) -> Generator[Result | None, None, None]:
    """Each rung's result as it comes, and None every `tick` seconds meanwhile.

    Whoever closes the iterator ends the process. Raises `VisitorError` when nothing is heard of it for `patience`
    seconds, or when it ends too soon.
    """
    rungs = {rung.key: rung for rung in RUNGS}
    process = _start()
    lines: queue.Queue[str | None] = queue.Queue()
    assert process.stdout is not None
    threading.Thread(target=_listen, args=(process.stdout, lines), name="ladder", daemon=True).start()
    try:
        heard = time.monotonic()
        while rungs:
            try:
                line = lines.get(timeout=tick)
            except queue.Empty:
                if time.monotonic() - heard > patience:
                    raise VisitorError(_NO_ANSWER) from None
                yield None
                continue
            heard = time.monotonic()
            entry = _entry(line)
            if "rung" in entry:
                yield Result(rungs.pop(entry.pop("rung")), **entry)
    finally:
        process.kill()
        process.wait()


def _start() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],  # where the package can be imported from
        env={**os.environ, "CUDA_VISIBLE_DEVICES": "", "PYTHONIOENCODING": "utf-8"},  # a GPU is for those who train
    )


def _listen(output: IO[str], lines: queue.Queue[str | None]) -> None:
    """Pass on every line, and None when there are no more; closes the pipe."""
    with output:
        for line in output:
            lines.put(line)
    lines.put(None)


def _entry(line: str | None) -> dict[str, Any]:
    """The entry of a line of JSON, empty for what is none of ours. Raises `VisitorError` at the end of all."""
    if line is None:
        raise VisitorError(_NO_ANSWER)
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
