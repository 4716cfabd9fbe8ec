"""Files are read in a process of their own: what kills it, or says nonsense there, is a sentence here."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from aigc_demo.hub import unpacking
from aigc_demo.hub.downloading import Stopped
from aigc_demo.text import VisitorError
from tests.hub.made_files import parquet, some_images


def test_what_the_process_reads_arrives_here(tmp_path: Path) -> None:
    train, test = some_images(2500), some_images(9, seed=1)
    paths = [tmp_path / "train", tmp_path / "test"]
    for path, (images, labels) in zip(paths, (train, test), strict=True):
        path.write_bytes(parquet(images, labels))
    *rows, parts = unpacking.unpack(tuple((path,) for path in paths), 0, 10, tmp_path, threading.Event())
    assert isinstance(parts, tuple)
    for part, (images, labels) in zip(parts, (train, test), strict=True):
        assert (part.images == images).all() and (part.labels == labels).all()
    assert rows == sorted(map(int, rows)) and rows[-1] == 2509 and len(rows) >= 3  # told while it reads


def test_a_file_that_ends_its_reader_is_a_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The end of the file says that its description is longer than all of memory."""
    whole = parquet(*some_images(20))
    (tmp_path / "file").write_bytes(whole[:-8] + b"\xff\xff\xff\x7f" + whole[-4:])
    with pytest.raises(VisitorError) as refused:
        list(unpacking.unpack(((tmp_path / "file",),), 0, 10, tmp_path, threading.Event()))
    assert "file does not hold what was expected" in refused.value.text.en
    assert capfd.readouterr().err == ""  # the reader's last words are nobody's business


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for a broken one is a shell's")
@pytest.mark.parametrize("does", ["echo nonsense", "kill -9 $$", 'echo "[]"', "echo '{\"rows\": 5}'"])
def test_a_process_that_breaks_down_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setattr(unpacking.sys, "executable", str(program))
    with pytest.raises(VisitorError) as refused:
        list(unpacking.unpack(((tmp_path / "file",),), 0, 10, tmp_path, threading.Event()))
    assert "broke down" in refused.value.text.en and "file" in refused.value.text.zh


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for a slow one is a shell's")
def test_stopping_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nwhile true; do echo '{\"rows\": 1}'; done\n")
    program.chmod(0o755)
    monkeypatch.setattr(unpacking.sys, "executable", str(program))
    stop = threading.Event()
    going = unpacking.unpack(((tmp_path / "file",),), 0, 10, tmp_path, stop)
    assert next(going) == 1
    stop.set()
    with pytest.raises(Stopped):
        next(going)
