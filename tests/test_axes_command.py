"""`axes`: its table, its JSON and its strips."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aigc_demo.checkpoints.axes_file import AXES
from aigc_demo.commands import main
from tests import models, tiny


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def saved(home: Path, tmp_path: Path) -> Path:
    return models.save(tmp_path / "model")


def test_a_table_with_what_each_axis_does(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["axes", "--checkpoint", str(saved)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + 4 * tiny.LATENT_SIZE
    assert "2,048" in lines[0] and "1,024" in lines[0]
    named = [line.split() for line in lines if line.startswith("named.")]
    assert len(named) == tiny.LATENT_SIZE
    assert all(0 <= float(words[1]) <= 1 and words[2].endswith("%") for words in named)
    output = [float(line.split()[2].rstrip("%")) for line in lines if line.startswith("output.")]
    assert output == sorted(output, reverse=True)
    assert sum(output) == pytest.approx(100, abs=0.5)


def test_json_strips_and_a_file_that_serves_the_next_time(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = saved.parent / "strips.png"
    assert main(["axes", "--checkpoint", str(saved), "--json", "--out", str(sheet)]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["out"] == str(sheet)
    kept = (saved / AXES).read_bytes()
    assert json.loads(kept)["families"] == found["families"]
    assert main(["axes", "--checkpoint", str(saved), "--json"]) == 0
    again = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (again["families"], again["seconds"]) == (found["families"], found["seconds"])
    assert (saved / AXES).read_bytes() == kept
    pixels = np.asarray(Image.open(sheet))
    assert pixels.shape == (28 * 4 * tiny.LATENT_SIZE, 28 * 13)
    first = pixels[:28]
    assert (first[:, :28] != first[:, -28:]).any(), "an axis moves something"


def test_the_shipped_model_is_shown_with_the_digit_asked_for(home: Path, tmp_path: Path) -> None:
    sheets = []
    for digit in ("0", "1"):
        sheet = tmp_path / f"{digit}.png"
        assert main(["axes", "--checkpoint", "fast", "--out", str(sheet), "--label", digit]) == 0
        sheets.append(np.asarray(Image.open(sheet), np.float64))
    assert sheets[0].mean() > 1.3 * sheets[1].mean(), "a nought takes more ink than a one"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--checkpoint", "nothing"],
        ["--checkpoint", "fast", "--out", "strips.jpg"],
        ["--checkpoint", "fast", "--out", "folder.png"],
        ["--checkpoint", "fast", "--label", "10"],
        [],
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: list[str],
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.png").mkdir()
    assert main(["axes", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
