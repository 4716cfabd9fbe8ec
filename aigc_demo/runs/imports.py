"""Models from elsewhere, each in a folder of its own: checked before they are taken in, and never kept twice."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from aigc_demo import checkpoints
from aigc_demo.checkpoints.about import About, check_name, note_about, read_about
from aigc_demo.checkpoints.importing import STAGING, fingerprint_in, stage
from aigc_demo.checkpoints.parcel import SAMPLES
from aigc_demo.home import write_atomically
from aigc_demo.runs.limits import Limits
from aigc_demo.runs.record import changed_at
from aigc_demo.runs.sheets import sheet_png
from aigc_demo.text import Refused, Text

STALE_SECONDS = 3600.0
MOST_WAITING = 4  # a check builds networks, which takes a second or two of a processor

BUSY = Text(
    "现在有好几个模型在等待检查，请过几秒再试。", "Several models wait to be checked; try again in a few seconds."
)

logger = logging.getLogger(__name__)


class Taken(NamedTuple):
    """What became of a model: its id, and whether that is one that was there before."""

    id: str
    is_duplicate: bool


class Imports:
    """For any thread. `folder` holds a folder for each imported model."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self._limits = limits
        self._checking = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._visitors: dict[str, str] = {}  # model id -> who imported it, since this server began
        for left in folder.glob(f"{STAGING}*"):  # by a program that was killed; another one may be checking now
            if time.time() - changed_at(left) > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)

    def check_visitor(self, visitor: str) -> None:
        """Raises `Refused` when this visitor may not import another model."""
        with self._counting:
            self._visitors = {key: who for key, who in self._visitors.items() if (self.folder / key).is_dir()}
            self._limits.check_imports(sum(who == visitor for who in self._visitors.values()))

    def take(
        self,
        files: Mapping[str, bytes],
        known: Iterable[tuple[str, Path]] = (),
        *,
        name: str = "",
        owner: str = "",
        visitor: str = "",
        origin: Mapping[str, str] | None = None,
    ) -> Taken:
        """Check a model's files and keep them; where `known` (ids and folders) has a model of the same weights, that one
        stands for it. `owner` is the hash of the owner's token, `origin` what `About` has of a place on the Hub.
        Raises `VisitorError`, `Refused` when too many wait.
        """
        title = check_name(name) if name else ""
        self.check_visitor(visitor)
        with self._counting:
            if self._waiting >= MOST_WAITING:
                raise Refused(BUSY)
            self._waiting += 1
        try:
            with self._checking:
                return self._take(files, known, visitor, {"name": title, "owner": owner, **(origin or {})})
        finally:
            with self._counting:
                self._waiting -= 1

    def _take(
        self, files: Mapping[str, bytes], known: Iterable[tuple[str, Path]], visitor: str, about: Mapping[str, str]
    ) -> Taken:
        staging = self.folder / f"{STAGING}{secrets.token_hex(6)}"
        try:
            checked = staging / "import"  # what error messages call it
            generator = stage(checked, files)
            same = _same(read_about(checked), known)
            if same:
                return Taken(same, True)
            write_atomically(checked / SAMPLES, sheet_png(generator))
            note_about(checked, **about)
            model_id = f"i-{secrets.token_hex(10)}"
            os.rename(checked, self.folder / model_id)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        with self._counting:
            self._visitors[model_id] = visitor
        self.prune()
        return Taken(model_id, False)

    def models(self) -> list[Path]:
        """The folders of all imported models, the newest first."""
        found = [path for path in self.folder.glob("i-*") if checkpoints.is_imported(path.name)]
        return sorted(found, key=lambda path: read_about(path).imported, reverse=True)

    def prune(self) -> None:
        """Remove the oldest beyond the number kept."""
        if self._limits.kept_imports:
            for path in self.models()[self._limits.kept_imports :]:
                shutil.rmtree(path, ignore_errors=True)
                logger.info("the imported model %s was removed to make room", path.name)


def _same(about: About, known: Iterable[tuple[str, Path]]) -> str:
    """The id of a known model with the same weights, or ''."""
    return next((key for key, folder in known if fingerprint_in(folder) == about.fingerprint), "")
