"""`storage`: what uses the data folder, on the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from aigc_demo import commands

OLD = 1_000_000_000.0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_HOME", str(tmp_path))
    monkeypatch.setenv("AIGC_DEMO_DISK_MEGABYTES", "1")
    for place, name in enumerate(("a" * 20, "b" * 20)):
        (tmp_path / "runs" / name).mkdir(parents=True)
        for file in ("run.json", "metrics.jsonl"):
            (tmp_path / "runs" / name / file).write_bytes(b"x" * 400_000)
        for path in (*(tmp_path / "runs" / name).iterdir(), tmp_path / "runs" / name):
            os.utime(path, (OLD + place, OLD + place))
    return tmp_path


def said(capsys: pytest.CaptureFixture, *arguments: str) -> dict:
    assert commands.main(["storage", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_it_lists_the_oldest_first(folder: Path, capsys: pytest.CaptureFixture) -> None:
    report = said(capsys)
    assert [item["id"] for item in report["items"]] == ["a" * 20, "b" * 20]
    assert (report["budget"], report["used"], report["removed"]) == (1_000_000, 1_600_000, [])
    assert commands.main(["storage"]) == 0
    assert "1.6 MB" in capsys.readouterr().out


def test_it_brings_the_folder_within_its_budget(folder: Path, capsys: pytest.CaptureFixture) -> None:
    assert [item["id"] for item in said(capsys, "--free")["removed"]] == ["a" * 20]
    assert (folder / "runs" / ("b" * 20)).exists()
    assert [item["id"] for item in said(capsys, "--free", "--down-to", "0")["removed"]] == ["b" * 20]


def test_what_was_removed_comes_back_or_goes_for_good(folder: Path, capsys: pytest.CaptureFixture) -> None:
    first, second = "a" * 20, "b" * 20
    report = said(capsys, "--remove", first, "--remove", second)
    assert [item["id"] for item in report["removed"]] == [first, second]
    assert not list((folder / "runs").iterdir()) and (report["used"], report["kept"]) == (1_600_000, 0)
    assert commands.main(["storage", "--undo", second]) == 0
    assert "Brought back: 1." in capsys.readouterr().out
    assert [path.name for path in (folder / "runs").iterdir()] == [second]
    assert commands.main(["storage", "--empty"]) == 0
    assert "can be had back" not in capsys.readouterr().out
    assert commands.main(["storage", "--undo", first]) == 2
    assert "not among what was just deleted" in capsys.readouterr().err
    assert commands.main(["storage", "--remove", second]) == 0
    assert "--undo ID" in capsys.readouterr().out


def test_a_pin_holds(folder: Path, capsys: pytest.CaptureFixture) -> None:
    report = said(capsys, "--pin", "a" * 20, "--free")
    assert [item["id"] for item in report["removed"]] == ["b" * 20]
    assert report["items"][0]["guard"] == "pinned"
    assert said(capsys, "--unpin", "a" * 20)["items"][0]["guard"] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--down-to", "1"],
        ["--free", "--down-to", "-1"],
        ["--pin", "../x"],
        ["--free", "--down-to", "much"],
        ["--remove", "../x"],
        ["--undo", "../x"],
    ],
)
def test_wrong_wishes_are_one_line(folder: Path, capsys: pytest.CaptureFixture, arguments: list[str]) -> None:
    assert commands.main(["storage", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(list((folder / "runs").iterdir())) == 2
