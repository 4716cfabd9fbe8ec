"""Where data lives, and writing a file so that no reader ever sees half of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aigc_demo.home import SHIPPED, cache_home, data_home, runs_home, write_atomically


def test_the_environment_decides_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AIGC_DEMO_HOME", str(tmp_path / "here"))
    assert data_home() == tmp_path / "here"
    assert runs_home() == tmp_path / "here" / "runs"
    assert cache_home() == tmp_path / "here" / "cache"
    assert not (tmp_path / "here").exists()  # asking creates nothing
    monkeypatch.setenv("AIGC_DEMO_HOME", "~/mine")
    assert data_home() == Path.home() / "mine"


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/data"}, Path("/data/aigc-demo")),
        ("linux", {}, Path.home() / ".local/share/aigc-demo"),
        ("darwin", {}, Path.home() / "Library/Application Support/aigc-demo"),
        ("win32", {"LOCALAPPDATA": "/appdata"}, Path("/appdata/aigc-demo")),
        ("win32", {}, Path.home() / "AppData/Local/aigc-demo"),
    ],
)
def test_otherwise_the_platforms_own_place(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: Path
) -> None:
    for name in ("AIGC_DEMO_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert data_home() == expected


def test_what_ships_is_beside_the_package() -> None:
    assert (SHIPPED / "features" / "config.json").is_file()


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "file.bin"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(path.parent) == ["file.bin"]


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.bin"
    write_atomically(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="Input/output"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file.bin"]
