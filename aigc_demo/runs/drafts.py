"""Pictures that visitors have sent and not yet decided upon: temporary files, a few a visitor, gone after half an hour."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from aigc_demo.data.conversion import Converted
from aigc_demo.data.opening import source_of
from aigc_demo.data.own import clean_title
from aigc_demo.data.sources import Source
from aigc_demo.text import NotFound, Refused, Text, VisitorError

EXPIRE_SECONDS = 1800.0  # after which nobody comes back to a draft
MOST_DRAFTS = 40
PER_VISITOR = 3  # the oldest gives way
MOST_PICTURES = 5_000  # sent one by one

Kind = Literal["file", "pictures", "drawn"]

GONE = Text("这份上传已过期；请重新添加图片。", "This upload has expired; please add the pictures again.")
FULL = Text(
    "现在有太多人在上传；请过几分钟再试。", "Too many people are uploading just now; try again in a few minutes."
)
TOO_LARGE = Text(
    "上传超过这里的上限 {mb} MB；请缩小图片或减少张数。",
    "The upload is larger than the {mb} MB allowed here; scale the pictures down or send fewer.",
)
TOO_MANY = Text(
    f"一张张地最多发送 {MOST_PICTURES:,} 张；更多请打包成 zip。",
    f"At most {MOST_PICTURES:,} pictures can be sent one by one; pack more into a zip.",
)
NO_ROOM = Text("服务器的临时空间写不进去了。", "The server has no room left for uploads.")
_NOT_FILE = Text("这份上传不接受这样的内容。", "This upload does not take such content.")


class Draft:
    """One visitor's pictures. `result` is what they became by the newest conversion that ended."""

    def __init__(self, path: Path, kind: Kind, name: str, visitor: str, most_bytes: int) -> None:
        self.id = path.name
        self.kind, self.name, self.visitor = kind, clean_title(name), visitor
        self.touched = time.monotonic()
        self.size = 0
        self.pictures = 0
        self.result: Converted | None = None
        self._path, self._most = path, most_bytes
        self._lock = threading.RLock()
        self._archive: zipfile.ZipFile | None = None
        self._source: Source | None = None

    def append(self, content: bytes) -> None:
        """More of a file. Raises `VisitorError`."""
        if self.kind != "file":
            raise VisitorError(_NOT_FILE)
        with self._lock, _writing():
            self._grow(len(content))
            with self._path.open("ab") as file:
                file.write(content)

    def add_picture(self, name: str, content: bytes) -> None:
        """A picture with its path, whose folder names its class. Raises `VisitorError`."""
        if self.kind == "file":
            raise VisitorError(_NOT_FILE)
        with self._lock, _writing():
            if self.pictures >= MOST_PICTURES:
                raise VisitorError(TOO_MANY)
            self._grow(len(content))
            if self._archive is None:
                self._archive = zipfile.ZipFile(self._path, "a", zipfile.ZIP_STORED)
            self._archive.writestr(zipfile.ZipInfo(self._free_name(name[-200:])), content)
            self.pictures += 1

    def _free_name(self, name: str) -> str:
        """`name`, or one like it that no picture has yet: files from two folders may be called the same."""
        assert self._archive is not None
        folder, _, last = name.rpartition("/")
        if name and name not in self._archive.NameToInfo:
            return name
        return f"{folder}/{self.pictures + 1}-{last}" if folder else f"{self.pictures + 1}-{last}"

    def source(self) -> Source:
        """The pictures, to be read. Raises `VisitorError` where there are none."""
        with self._lock:
            if self._archive is not None:
                self._archive.close()
                self._archive = None
            if self._source is None:
                self._source = source_of(self._path, self.name)
            return self._source

    def close(self) -> None:
        with self._lock, suppress(OSError):
            if self._archive is not None:
                self._archive.close()
            self._path.unlink(missing_ok=True)

    def _grow(self, more: int) -> None:
        if self.size + more > self._most:
            raise VisitorError(TOO_LARGE.format(mb=self._most // 1_000_000))
        self.size += more
        self._source, self.result = None, None


class _writing:
    """A disk that refuses speaks to the visitor."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: Any, error: BaseException | None, __: Any) -> None:
        if isinstance(error, OSError):
            raise Refused(NO_ROOM) from error


class Drafts:
    """All drafts of a program, in a temporary folder that goes with it. For any thread."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._drafts: dict[str, Draft] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def begin(self, kind: Kind, name: str, visitor: str) -> Draft:
        """An empty draft. Raises `Refused` where there are too many."""
        with self._lock:
            self._expire()
            mine = sorted((one for one in self._drafts.values() if one.visitor == visitor), key=lambda one: one.touched)
            for old in mine[: max(0, len(mine) - PER_VISITOR + 1)]:
                self._drafts.pop(old.id).close()
            if len(self._drafts) >= MOST_DRAFTS:
                raise Refused(FULL)
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="aigc-demo-", ignore_cleanup_errors=True)
            path = Path(self._folder.name) / secrets.token_hex(16)
            path.touch()
            draft = self._drafts[path.name] = Draft(path, kind, name, visitor, self._most_bytes)
            return draft

    def get(self, draft_id: str) -> Draft:
        """Raises `NotFound`."""
        with self._lock:
            self._expire()
            draft = self._drafts.get(draft_id)
            if draft is None:
                raise NotFound(GONE)
            draft.touched = time.monotonic()
            return draft

    def drop(self, draft_id: str) -> None:
        with self._lock:
            draft = self._drafts.pop(draft_id, None)
        if draft is not None:
            draft.close()

    def close(self) -> None:
        with self._lock:
            drafts, self._drafts = list(self._drafts.values()), {}
            folder, self._folder = self._folder, None
        for draft in drafts:
            draft.close()
        if folder is not None:
            folder.cleanup()

    def _expire(self) -> None:
        oldest = time.monotonic() - EXPIRE_SECONDS
        for draft in [one for one in self._drafts.values() if one.touched < oldest]:
            self._drafts.pop(draft.id).close()
