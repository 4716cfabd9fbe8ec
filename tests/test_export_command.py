"""`export`: what it writes where, and one line for everything that is wrong, before any work is done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo.commands import main
from aigc_demo.exports.one_file import data_of
from tests import models


@pytest.fixture(autouse=True, scope="module")
def _recipe(session_home: Path) -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(models.save(tmp_path_factory.mktemp("exported") / "model"))


Printed = pytest.CaptureFixture[str]


def export(model: str, kind: str, out: Path, *more: str) -> int:
    return main(["export", "--checkpoint", model, "--format", kind, "--out", str(out), *more])


@pytest.mark.parametrize(("kind", "name"), [("html", "m.html"), ("onnx", "m.onnx"), ("savedmodel", "m.zip")])
def test_a_file_and_how_exact_it_is(model: str, kind: str, name: str, tmp_path: Path, capsys: Printed) -> None:
    assert export(model, kind, tmp_path / name, "--json") == 0
    told = capsys.readouterr()
    facts = json.loads(told.out.splitlines()[-1])
    assert facts["out"] == str(tmp_path / name)
    assert facts["bytes"] == (tmp_path / name).stat().st_size > 1000
    assert 0 <= facts["difference"] <= facts["tolerance"]
    assert (facts["format"], facts["points"]) == (kind, 16)
    assert told.err == ""
    if kind == "html":
        content = data_of((tmp_path / name).read_bytes())
        assert set(content["catalogues"]) == {"zh", "en"}
        assert "pocket.checked" in content["catalogues"]["zh"]["strings"]
        assert content["catalogues"]["en"]["model"]["title"] == "tiny · 7 steps"


def test_a_saved_model_is_a_folder_and_replaces_only_its_like(model: str, tmp_path: Path, capsys: Printed) -> None:
    out = tmp_path / "saved"
    out.mkdir()  # empty: nothing is lost
    assert export(model, "savedmodel", out) == 0
    assert "16 pictures differ" in capsys.readouterr().out
    assert {path.name for path in out.iterdir()} >= {"saved_model.pb", "variables", "README.md"}
    assert export(model, "savedmodel", out) == 2
    assert "--force" in capsys.readouterr().err
    (out / "left").write_text("from before")
    assert export(model, "savedmodel", out, "--force") == 0
    assert not (out / "left").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]


@pytest.mark.parametrize(
    ("kind", "out", "words"),
    [
        ("tflite", "m.tflite", "html, savedmodel, onnx"),
        ("html", "m.htm", "must end in .html"),
        ("onnx", "m", "must end in .onnx"),
        ("html", "there.html", "--force"),
        ("savedmodel", "full", "--force"),
    ],
)
def test_mistakes_are_told_in_one_line(
    kind: str, out: str, words: str, model: str, tmp_path: Path, capsys: Printed
) -> None:
    (tmp_path / "there.html").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    assert export(model, kind, tmp_path / out) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert words in line
    assert (tmp_path / "there.html").read_text() == (tmp_path / "full" / "mine").read_text() == "mine"


def test_force_does_not_reach_what_is_no_export(model: str, tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "m.html").mkdir()
    assert export(model, "savedmodel", tmp_path / "full", "--force") == 2
    assert export(model, "html", tmp_path / "m.html", "--force") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all("left alone" in line for line in lines)
    assert (tmp_path / "full" / "mine").read_text() == "mine"


def test_an_unknown_model_is_one_line_too(tmp_path: Path, capsys: Printed) -> None:
    assert export("nobody", "html", tmp_path / "m.html") == 2
    assert "nobody" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
