"""The axes beside the weights, and those that the shipped model comes with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from aigc_demo import checkpoints
from aigc_demo.checkpoints import axes_file
from aigc_demo.checkpoints.axes_file import AXES, read_axes, write_axes
from aigc_demo.home import SHIPPED
from aigc_demo.latent import draw
from aigc_demo.latent.attributes import NAMED, shape_of
from aigc_demo.latent.axes import Axes, along, make_family
from aigc_demo.text import NotFound
from tests import models, tiny


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return models.save(tmp_path / "model")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def some_axes(size: int = tiny.LATENT_SIZE) -> Axes:
    eye, energies = np.eye(size)[:2], np.array([0.7, 0.2])
    families = {name: make_family(name, ["0", "1"], eye, energies) for name in ("output", "pca", "sefa")}
    return Axes(size, 20, 10, 0, 0.5, {"named": make_family("named", ["slant", "width"], eye, energies, [0.9, 0.1]), **families})  # fmt: skip


def test_axes_are_kept_beside_the_weights(folder: Path, cache: Path) -> None:
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is None
    assert write_axes(folder, some_axes(), cache) == folder / AXES
    kept = read_axes(folder, tiny.LATENT_SIZE, cache)
    assert kept is not None and kept.to_json() == some_axes().to_json()
    assert not cache.exists()
    assert sorted(path.name for path in folder.glob(".*")) == []


def test_other_weights_have_other_axes(folder: Path, cache: Path) -> None:
    write_axes(folder, some_axes(), cache)
    models.save(folder, seed=1)
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is None


def test_a_folder_that_cannot_be_written_has_its_axes_in_the_cache(folder: Path, cache: Path) -> None:
    (folder / AXES).mkdir()
    kept_in = write_axes(folder, some_axes(), cache)
    assert kept_in is not None and kept_in.parent == cache
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is not None
    copied = models.save(folder.parent / "the same weights elsewhere")
    assert read_axes(copied, tiny.LATENT_SIZE, cache) is not None


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path, cache: Path) -> None:
    (folder / AXES).mkdir()
    cache.write_text("no folder")
    assert write_axes(folder, some_axes(), cache) is None
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is None


def test_what_ships_is_not_written_to(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(axes_file, "SHIPPED", folder.parent.resolve())
    kept_in = write_axes(folder, some_axes(), cache)
    assert kept_in is not None and kept_in.parent == cache
    assert not (folder / AXES).exists()
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is not None


def test_the_cache_does_not_grow_for_ever(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(axes_file, "MOST_CACHED", 2)
    for seed in range(4):
        models.save(folder, seed=seed)
        (folder / AXES).mkdir(exist_ok=True)
        write_axes(folder, some_axes(), cache)
    assert len(list(cache.iterdir())) == 2
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is not None, "the newest is there"


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _with(name: str, value: object) -> Callable[[str], str]:
    return lambda text: json.dumps({**json.loads(text), name: value})


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        lambda text: "",
        lambda text: "[]",
        lambda text: "[" * 100_000,
        lambda text: text.replace("1.0", "NaN", 1),
        _with("format", "aigc-axes-2"),
        _with("generator", "0" * 64),
        _with("latent_size", 4),
        _with("families", {}),
    ],
)
def test_a_damaged_or_foreign_file_counts_as_none(folder: Path, cache: Path, damage: Callable[[str], str]) -> None:
    write_axes(folder, some_axes(), cache)
    text = (folder / AXES).read_text()
    (folder / AXES).write_text(damage(text))
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is None
    write_axes(folder, some_axes(), cache)
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is not None


def test_a_file_that_is_far_too_large_is_not_read(folder: Path, cache: Path) -> None:
    write_axes(folder, some_axes(), cache)
    with (folder / AXES).open("a") as file:
        file.write(" " * axes_file.MAX_BYTES)
    assert read_axes(folder, tiny.LATENT_SIZE, cache) is None


def test_without_a_generator_there_is_nothing_to_have_axes(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(NotFound):
        read_axes(tmp_path, tiny.LATENT_SIZE, cache)


# ---- what comes with the program ----


@pytest.fixture(scope="module")
def shipped() -> Axes:
    axes = read_axes(SHIPPED / "fast", 64, Path("/nonexistent"))
    assert axes is not None, "python -m benchmarks.network_files"
    return axes


def test_the_shipped_model_comes_with_axes_of_its_weights(shipped: Axes) -> None:
    titles = {axis.title.en for axis in shipped.families["named"]}
    assert {"slant", "stroke weight", "width"} <= titles
    assert sum(axis.energy for axis in shipped.families["output"][:8]) > 0.7
    assert 0 < shipped.dead < 64


def test_a_named_axis_changes_what_it_is_named_after(shipped: Axes) -> None:
    """On points that it was not found with, from −2 to +2, in nearly all of a hundred digits."""
    model = checkpoints.load(SHIPPED / "fast")
    measure = {attribute.key: attribute.of for attribute in NAMED}
    bases, labels = draw(77, 100, model.latent_size), np.arange(100) % 10
    for axis in shipped.families["named"]:
        if not axis.title.en.startswith("style"):
            ends = [
                np.concatenate([along(axis.direction, base, np.array([side])) for base in bases])
                for side in (-2.0, 2.0)
            ]
            low, high = (measure[axis.key.removeprefix("named.")](shape_of(model.render(z, labels))) for z in ends)
            assert (high > low).mean() > 0.9, axis.key
