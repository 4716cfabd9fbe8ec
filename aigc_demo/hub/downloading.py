"""One file from the Hub onto the disk: counted, checked against the Hub's own checksum, and resumed where it broke off."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from aigc_demo.hub.client import Hub, Located, RemoteFile
from aigc_demo.hub.trouble import OF_SETS, Words, is_of_disk, is_passing, said
from aigc_demo.text import Text, VisitorError

LARGEST = 200_000_000  # bytes: three times the largest file of the catalogue
TRIES = 5  # in a row without a new byte
WAITS = (0.5, 1.0, 2.0, 4.0)  # seconds before the second, third, ... of them

WRONG_SUM = Text(
    "{path} 的校验和与 Hub 公布的不符：文件在途中被改动或损坏，已删除。请再试一次；若仍不符，换一个 HF_ENDPOINT。",
    "{path} does not have the checksum that the Hub states: it was changed or damaged on the way, and is deleted. Try "
    "again; if it stays so, use another HF_ENDPOINT.",
)
NO_SUM = Text(
    "{endpoint} 没有公布 {path} 的校验和或大小，无法核对，因此不下载。",
    "{endpoint} states no checksum or size of {path}; what cannot be checked is not fetched.",
)
TOO_LARGE = Text(
    "{path} 有 {mb} MB，远大于这个数据集应有的大小，因此不下载。",
    "{path} has {mb} MB, far more than this set should have, and is not fetched.",
)


class Stopped(Exception):
    """Whoever asked no longer wants it."""


def check(hub: Hub, remote: RemoteFile) -> None:
    """Whether a file can be fetched and checked. Raises `VisitorError`."""
    if remote.size > LARGEST:
        raise VisitorError(TOO_LARGE.format(path=remote.path, mb=f"{remote.size / 1e6:.0f}"))
    if remote.size <= 0 or not (remote.sha256 or remote.blob_id):
        raise VisitorError(NO_SUM.format(path=remote.path, endpoint=hub.endpoint))


def download(
    hub: Hub, found: Located, remote: RemoteFile, to: Path, stop: threading.Event, words: Words = OF_SETS
) -> Iterator[int]:
    """Write the file to `to`, yielding how many bytes are there; a connection that breaks is taken up again.

    Raises `VisitorError` (the sentence that fits), `Stopped`, and `OSError` of the disk. What then lies at `to` is the
    caller's to remove.
    """
    with to.open("wb") as file:
        sums, failed = _Sums(remote), 0
        while (before := file.tell()) < remote.size:
            trouble = VisitorError(WRONG_SUM.format(path=remote.path))  # it ended too early
            try:
                yield from _receive(hub, found, remote, file, sums, stop)
            except (VisitorError, Stopped):
                raise
            except Exception as error:
                if is_of_disk(error):
                    raise
                trouble = said(error, hub, found.repo, words)
                if not is_passing(error):
                    raise trouble from None  # the library's words may repeat what it was told
            failed = 1 if file.tell() > before else failed + 1
            if file.tell() < remote.size:
                if failed >= TRIES:
                    raise trouble
                if stop.wait(WAITS[failed - 1]):
                    raise Stopped
    if not sums.fit():
        raise VisitorError(WRONG_SUM.format(path=remote.path))


def _receive(
    hub: Hub, found: Located, remote: RemoteFile, file: BinaryIO, sums: _Sums, stop: threading.Event
) -> Iterator[int]:
    """What one connection brings, from where the file ends. Never more than the Hub said that there is."""
    with hub.open(found, remote.path, file.tell()) as (begins, pieces):
        if begins != file.tell():  # the server sends all of it again
            file.seek(begins)
            file.truncate()
            sums.begin()
        for piece in pieces:
            if stop.is_set():
                raise Stopped
            if file.tell() + len(piece) > remote.size:
                raise VisitorError(WRONG_SUM.format(path=remote.path))
            file.write(piece)
            sums.add(piece)
            yield file.tell()


class _Sums:
    """The checksum that the Hub states, and the same of what has come: SHA-256 of an LFS file, else git's of a blob."""

    def __init__(self, remote: RemoteFile) -> None:
        self._remote = remote
        self.begin()

    def begin(self) -> None:
        if self._remote.sha256:
            self._sum = hashlib.sha256()
        else:
            self._sum = hashlib.sha1(f"blob {self._remote.size}\0".encode(), usedforsecurity=False)

    def add(self, piece: bytes) -> None:
        self._sum.update(piece)

    def fit(self) -> bool:
        return self._sum.hexdigest() == (self._remote.sha256 or self._remote.blob_id)
