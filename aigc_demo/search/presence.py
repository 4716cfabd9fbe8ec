"""Who works on a study now: of this machine by a lock, of another by a sign of life.

The lock frees itself when its process ends, however that ends; across machines it may not be seen. So whoever works
renews a file now and then, and on another machine counts as gone once that file is `GONE_SECONDS` old. For that the
machines' clocks have to agree within minutes.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from aigc_demo.runs.claim import Claim, is_claimed

WORKERS, HOST = "workers", "host"
SIGN_SECONDS, GONE_SECONDS = 20.0, 600.0  # compiling, during which there is no sign, may take minutes
NAME = re.compile(r"[0-9a-f]{12}")


class Worker:
    """A process at work, and the name it goes by. `sign` is to be called often; it costs nothing most of the time."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(6)
        self._signed = time.monotonic()

    def sign(self) -> None:
        if time.monotonic() - self._signed >= SIGN_SECONDS:
            self._signed = time.monotonic()
            self.show()

    def show(self) -> None:
        """Give a sign of life now."""


class _InFolder(Worker):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.folder = path / WORKERS / self.name

    def show(self) -> None:
        with contextlib.suppress(OSError):  # a full disk ends no search
            (self.folder / HOST).write_text(socket.gethostname(), encoding="utf-8")


@contextlib.contextmanager
def at_work(path: Path) -> Iterator[Worker]:
    """This process at work on the study in `path`; its name is free again when the process ends."""
    worker = _InFolder(path)
    worker.folder.mkdir(parents=True)
    claim = Claim(worker.folder)
    claim.take()
    worker.show()
    try:
        yield worker
    finally:
        claim.release()
        shutil.rmtree(worker.folder, ignore_errors=True)


def is_at_work(path: Path, name: str) -> bool:
    """Whether the process that called itself `name` still works on the study in `path`."""
    if not NAME.fullmatch(name):
        return False
    folder = path / WORKERS / name
    try:
        host, signed = (folder / HOST).read_text(encoding="utf-8"), (folder / HOST).stat().st_mtime
    except (OSError, ValueError):
        host, signed = socket.gethostname(), 0.0
    if host == socket.gethostname():
        return is_claimed(folder)
    return time.time() - signed < GONE_SECONDS


def workers(path: Path) -> int:
    """How many searches, of whatever process, work on the study in `path` now."""
    return sum(is_at_work(path, folder.name) for folder in (path / WORKERS).glob("*"))
