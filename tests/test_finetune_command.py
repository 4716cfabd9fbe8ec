"""The command `finetune`, from a folder of pictures to a model with one class more."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from aigc_demo import checkpoints
from aigc_demo.commands import main
from tests import models, tiny


@pytest.fixture(scope="module")
def glyphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve triangles on white paper, in a sub-folder that names their class."""
    folder = tmp_path_factory.mktemp("glyphs")
    (folder / "tri").mkdir()
    generator = np.random.default_rng(3)
    for place in range(12):
        picture = Image.new("L", (120, 120), 255)
        corners = [tuple(corner + generator.normal(0, 4, 2)) for corner in ((60, 18), (102, 96), (18, 96))]
        ImageDraw.Draw(picture).line([*corners, corners[0]], fill=0, width=9)
        picture.save(folder / "tri" / f"{place}.png")
    return folder


@pytest.fixture
def base(tmp_path: Path, session_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_HOME", str(tmp_path / "home"))
    with models.tiny_recipe():
        models.save(tmp_path / "base")
        yield tmp_path / "base"


def test_a_folder_of_pictures_becomes_a_class(
    base: Path, glyphs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["finetune", "--checkpoint", str(base), "--images", str(glyphs), "--steps", "3", "--out", str(out)]
    assert main([*arguments, "--json"]) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["steps"] == 3 and set(said["metrics"]["added"]) == {"tri"}
    assert said["metrics"]["label_accuracy_before"] is not None
    model = checkpoints.load(out)
    assert model.class_names == (*"0123456789", "tri")
    assert model.plan.base == "base" and model.plan.dataset.startswith("digits5k+own:")
    z = np.zeros((1, tiny.LATENT_SIZE), np.float32)
    assert model.render(z, np.array([10])).shape == (1, 28, 28)
    assert main([*arguments, "--json"]) == 2  # there is a run already
    assert "already holds a run" in capsys.readouterr().err
    picture = tmp_path / "tri.png"
    assert main(["generate", "--checkpoint", str(out), "--label", "10", "--n", "4", "--out", str(picture)]) == 0
    assert main(["generate", "--checkpoint", str(out), "--label", "11", "--n", "4", "--out", str(picture)]) == 2


def test_what_is_learnt_alone_may_forget_the_digits(base: Path, glyphs: Path, tmp_path: Path) -> None:
    """Without rehearsal the classes do not begin with those of the model: a sentence says what to do."""
    arguments = ["finetune", "--checkpoint", str(base), "--images", str(glyphs), "--no-keep", "--steps", "1"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2


@pytest.mark.parametrize(
    "more",
    [["--checkpoint", "nobody"], ["--steps", "0"], ["--steps", "1", "--seconds", "1"], ["--set", "freeze_d=9"]],
    ids=" ".join,
)
def test_bad_wishes_end_with_one_line(
    base: Path, glyphs: Path, tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["finetune", "--checkpoint", str(base), "--images", str(glyphs), "--out", str(tmp_path / "out"), *more]
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
