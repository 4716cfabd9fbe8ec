"""`datasets add`, `rename`, `delete`, and `train --dataset PATH`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.commands import main, training
from aigc_demo.data import OwnStore, load
from aigc_demo.home import datasets_home
from aigc_demo.recipes import Plan
from tests.data.pictured import drawings, zipped


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _folder(path: Path, count: int = 12) -> Path:
    for name in ("a", "b"):
        (path / name).mkdir(parents=True)
        for file, content in drawings(count):
            (path / name / file).write_bytes(content)
    (path / "a" / "broken.png").write_bytes(b"no picture")
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main([str(argument) for argument in arguments]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_a_folder_is_added_listed_renamed_and_deleted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _folder(tmp_path / "pets")
    assert main(["datasets", "add", str(folder), "--name", "My pets", "--fit", "ink"]) == 0
    said = capsys.readouterr().out
    assert "24 × scaled" in said and "a/broken.png" in said and "My pets" in said
    listed = _json(capsys, "datasets", "--json")["datasets"]
    (key,) = [key for key in listed if key.startswith("own:")]
    assert listed[key]["class_names"] == ["a", "b"] and listed[key]["images"] == 22
    assert listed[key]["choices"]["fit"] == "ink" and "owner" not in listed[key]
    assert main(["datasets", "rename", key, "Others"]) == 0
    assert main(["datasets"]) == 0
    assert "Others" in capsys.readouterr().out
    assert main(["datasets", "delete", key]) == 0
    assert not [key for key in _json(capsys, "datasets", "--json")["datasets"] if key.startswith("own:")]
    assert main(["datasets", "delete", key]) == 2


def test_what_cannot_be_added_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    for arguments in ([tmp_path / "nothing"], [tmp_path / "notes.txt"], [tmp_path, "--invert", "maybe"]):
        assert main(["datasets", "add", *(str(part) for part in arguments)]) == 2
        captured = capsys.readouterr()
        assert len(captured.err.strip().splitlines()) == 1 and "Traceback" not in captured.err


def test_training_takes_a_folder_an_archive_and_any_npz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[Plan] = []
    monkeypatch.setattr(training, "run_plan", lambda folder, plan, *_, **__: plans.append(plan))
    _folder(tmp_path / "pets")
    zipped(tmp_path / "glyphs.zip", drawings(12))
    images = np.random.default_rng(0).integers(0, 256, (12, 28, 28), np.uint8)
    np.savez(tmp_path / "any.npz", x=images / 255.0)
    np.savez(tmp_path / "plain.npz", images=images, labels=np.arange(12) % 10)

    def trained_on(path: Path) -> Plan:
        assert main(["train", "--dataset", str(path), "--steps", "1", "--out", str(tmp_path / f"out{len(plans)}")]) == 0
        return plans[-1]

    assert trained_on(tmp_path / "pets").class_names == ("a", "b")
    assert trained_on(tmp_path / "glyphs.zip").class_names == ("glyphs",)
    anything = trained_on(tmp_path / "any.npz")
    assert len(load(anything.dataset).images) == 11
    assert trained_on(tmp_path / "any.npz").dataset == anything.dataset  # the same pictures are kept once
    assert trained_on(Path(anything.dataset)).dataset == anything.dataset
    assert trained_on(tmp_path / "plain.npz").dataset == str(tmp_path / "plain.npz")
    assert len(OwnStore(datasets_home()).listing()) == 3
