"""The model that is exported: its generator, what is known of it, and what TensorFlow draws with it."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from aigc_demo import checkpoints
from aigc_demo.checkpoints import Generator
from aigc_demo.checkpoints.card_reading import read_card
from aigc_demo.exports.model_reference import Reference
from aigc_demo.home import SHIPPED
from aigc_demo.runs.model_info import Kind, ModelInfo, info_of_folder
from aigc_demo.text import LANGUAGES, Lang

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
STALE_SECONDS = 3600.0  # what is left from a process that was killed may go after this


def file_stem(recipe: str, model_id: str) -> str:
    """The name of a file about a model: letters, digits, `-` and `_`."""
    parts = ("aigc-demo", _UNSAFE.sub("", recipe), _UNSAFE.sub("", model_id[:14]))
    return "-".join(dict.fromkeys(filter(None, parts)))


@dataclass(frozen=True)
class Subject:
    """`cache` is the folder for what is derived: the axes of models whose folders are not written to, and what is in the
    making.
    """

    folder: Path
    cache: Path
    generator: Generator
    reference: Reference
    info: ModelInfo
    cards: dict[Lang, str]

    @classmethod
    def read(cls, folder: Path, cache: Path) -> Subject:
        """The checkpoint in `folder` as it lies there. Raises `VisitorError`, or `NotFound`."""
        generator = checkpoints.load(folder)
        kind: Kind = "imported" if checkpoints.is_imported(folder.name) else "run"
        info = info_of_folder(folder, folder.name, kind)
        assert info is not None  # it has just been read
        if folder.resolve().is_relative_to(SHIPPED):
            info = replace(info, date=None)  # that of its file is when the program was installed
        cards = {lang: read_card(folder, lang) for lang in LANGUAGES}
        return cls(folder, cache, generator, Reference.of(generator), info, cards)

    @property
    def name(self) -> str:
        """What its files are called: letters, digits, `-` and `_`."""
        return file_stem(self.info.recipe, self.folder.name)

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder for files in the making, gone afterwards; as is, later, that of a process that was killed."""
        place = self.cache / "exports"
        place.mkdir(parents=True, exist_ok=True)
        for left in place.iterdir():
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > STALE_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=place) as folder:
            yield Path(folder)
