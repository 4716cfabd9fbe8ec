"""`invert`: from an image file to z, the label and a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aigc_demo.checkpoints import load
from aigc_demo.commands import main
from aigc_demo.data import load as load_dataset
from tests import models, tiny


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def saved(home: Path, tmp_path: Path) -> Path:
    return models.save(tmp_path / "model")


@pytest.fixture
def photo(saved: Path) -> Path:
    """A three, three times as large as MNIST's, dark on light."""
    digits = load_dataset("digits5k")
    image = digits.images[np.flatnonzero(digits.labels == 3)[0]]
    path = saved.parent / "photo.png"
    Image.fromarray(255 - np.pad(image.repeat(3, axis=0).repeat(3, axis=1), 20)).convert("RGB").save(path)
    return path


def test_json_says_what_was_found_and_the_picture_shows_it(
    saved: Path, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = saved.parent / "found.png"
    given = ["--checkpoint", str(saved), "--image", str(photo), "--out", str(out), "--json"]
    assert main(["invert", *given]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert len(found["z"]) == tiny.LATENT_SIZE
    assert sorted(each["label"] for each in found["by_label"]) == list(range(10))
    assert found["nearest"]["label"] == 3, "the digit itself is one of the training digits"
    assert found["nearest"]["error"] < 0.05 < found["error"]
    given_image, drawn, nearest = np.asarray(Image.open(out)).reshape(28, 3, 28).swapaxes(0, 1)
    np.testing.assert_array_equal(drawn, load(saved).render([found["z"]], [found["label"]])[0])
    error = np.sqrt(np.mean((drawn / 255.0 - given_image / 255.0) ** 2))
    assert found["error"] == pytest.approx(float(error))
    np.testing.assert_array_equal(nearest, load_dataset("digits5k").images[found["nearest"]["index"]])


def test_one_label_in_one_line(saved: Path, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--checkpoint", str(saved), "--image", str(photo), "--out", str(saved.parent / "o.png"), "--label", "8"]
    assert main(["invert", *given]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "8" in line
    assert "o.png" in line


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--image": "nothing.png"}, "nothing.png"),
        ({"--image": "blank.png"}, "draw a digit"),
        ({"--image": "text.png"}, "text.png"),
        ({"--out": "found.gif"}, "--out"),
        ({"--label": "10"}, "--label"),
        ({"--checkpoint": "nothing"}, "nothing"),
    ],
)
def test_mistakes_are_one_line(
    saved: Path, photo: Path, change: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = saved.parent
    Image.new("L", (30, 30), 255).save(folder / "blank.png")
    (folder / "text.png").write_text("no image")
    given = {"--checkpoint": str(saved), "--image": str(photo), "--out": str(folder / "o.png")}
    for name, value in change.items():
        given[name] = str(folder / value) if name in ("--image", "--out") else value
    assert main(["invert", *(word for pair in given.items() for word in pair)]) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
    assert not (folder / "o.png").exists()
