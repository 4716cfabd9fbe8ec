"""Taking in a model from elsewhere: its files become a model of ours only after our own network has drawn with them."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from aigc_demo.checkpoints.about import note_about
from aigc_demo.checkpoints.card import card
from aigc_demo.checkpoints.discriminator import Discriminator
from aigc_demo.checkpoints.finding import written_at
from aigc_demo.checkpoints.generator import Generator
from aigc_demo.checkpoints.parcel import FILES, SAMPLES, check_complete
from aigc_demo.checkpoints.reading import (
    DISCRIMINATOR,
    GENERATOR,
    read_config,
    read_tensors,
    source_of,
    trained_on,
    unusable,
)
from aigc_demo.checkpoints.writing import CARD
from aigc_demo.recipes import Plan
from aigc_demo.text import Text, VisitorError

STAGING = ".importing-"  # what the folder of a model is called while it is looked at
_TRIALS = 4  # images drawn, to see whether its numbers overflow

_NOT_TEXT = Text("它不是 UTF-8 文字", "it is not UTF-8 text")
_NOT_STORED = Text("无法写入模型的文件夹：{reason}。", "The models' folder cannot be written: {reason}.")


def stage(folder: Path, files: Mapping[str, bytes]) -> Generator:
    """Write the files of a model into the new `folder` and check every one of them; what is left out is drawn or written
    anew. Returns the generator, in a network of ours. Raises `VisitorError`, and then leaves no folder behind.
    """
    check_complete(files)
    try:
        folder.mkdir(parents=True)
        for name in FILES:
            if name in files and name != SAMPLES:  # a picture from elsewhere need not be of this model
                (folder / name).write_bytes(files[name])
        return _checked(folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise VisitorError(_NOT_STORED.format(reason=error.strerror or type(error).__name__)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _checked(folder: Path) -> Generator:
    config = read_config(folder)
    plan = Plan.from_json(config["plan"])
    weights = read_tensors(folder / GENERATOR)
    generator = Generator(plan, weights, config, source_of(folder / GENERATOR))
    z = np.random.default_rng(0).standard_normal((_TRIALS, generator.latent_size))
    generator.render(z, np.arange(_TRIALS) % len(generator.class_names))
    judged: dict[str, np.ndarray] = {}
    if (folder / DISCRIMINATOR).is_file():
        Discriminator.load(folder)
        judged = read_tensors(folder / DISCRIMINATOR)
    _check_card(folder, plan, config, weights, judged)
    note_about(folder, imported=time.time(), fingerprint=fingerprint_of(weights))
    return generator


def _check_card(folder: Path, plan: Plan, config: Mapping[str, object], *players: Mapping[str, np.ndarray]) -> None:
    """A card that came along must be text; where none did, one is written from what the configuration says."""
    path = folder / CARD
    if not path.is_file():
        sizes = [sum(int(np.size(value)) for value in tensors.values()) for tensors in players]
        path.write_text(card(plan, {**config, "trained_on": trained_on(config)}, *sizes), encoding="utf-8")
        return
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise unusable(source_of(path), _NOT_TEXT) from error


def fingerprint_of(weights: Mapping[str, np.ndarray]) -> str:
    """The SHA-256 of a generator's numbers by name, in hexadecimal: the same however its file is laid out."""
    digest = hashlib.sha256()
    for name, value in sorted(weights.items()):
        digest.update(json.dumps([name, str(value.dtype), list(value.shape)]).encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    return digest.hexdigest()


def fingerprint_in(folder: Path) -> str:
    """That of the checkpoint in `folder`; '' where it cannot be read."""
    return _fingerprint_at(folder, written_at(folder))


@lru_cache(maxsize=512)
def _fingerprint_at(folder: Path, version: int) -> str:
    try:
        return fingerprint_of(read_tensors(folder / GENERATOR))
    except VisitorError:
        return ""


@lru_cache(maxsize=512)
def sizes_at(folder: Path, version: int) -> tuple[int | None, int | None]:
    """How many numbers the generator and the discriminator in `folder` have, from the heads of their files alone.

    None where there is no such file, or it is damaged. `version` is `written_at(folder)`: with it the answer is kept.
    """
    return _size_of(folder / GENERATOR), _size_of(folder / DISCRIMINATOR)


def _size_of(path: Path) -> int | None:
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            head = json.loads(file.read(length)) if length <= 1_000_000 else {}
        shapes = [entry["shape"] for name, entry in head.items() if name != "__metadata__"]
        return sum(int(np.prod(shape, dtype=np.int64)) for shape in shapes) or None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


__all__ = ["STAGING", "fingerprint_in", "fingerprint_of", "sizes_at", "stage"]
