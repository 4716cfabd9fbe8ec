"""Trained models on disk: written whole or not at all, and read as data that anybody may have made.

A checkpoint is a folder with `config.json`, `generator.safetensors`, `discriminator.safetensors` and a card. Reading
one runs no code from it: numbers are copied into a network that this program builds itself.
"""

from __future__ import annotations

from pathlib import Path

from aigc_demo.checkpoints.discriminator import Discriminator
from aigc_demo.checkpoints.finding import (
    BEST,
    BEST_SUFFIX,
    DEFAULT_MODEL,
    IMPORTED,
    find,
    find_named,
    is_imported,
    shipped,
    written_at,
)
from aigc_demo.checkpoints.generator import MAX_TRUNCATION, MAX_Z, Generator, check_truncation
from aigc_demo.checkpoints.parcel import SAMPLES
from aigc_demo.checkpoints.portable import (
    GENERATOR_NET,
    classifier_file,
    discriminator_file,
    generator_file,
    pack_discriminator,
    pack_generator,
)
from aigc_demo.checkpoints.portable_file import NetworkFile
from aigc_demo.checkpoints.portable_graph import NotPortable
from aigc_demo.checkpoints.reading import (
    CONFIG,
    DISCRIMINATOR,
    GENERATOR,
    read_config,
    read_tensors,
    source_of,
    trained_on,
)
from aigc_demo.checkpoints.writing import make_config, write
from aigc_demo.recipes import Plan


def load(folder: Path) -> Generator:
    """The generator in `folder`, every byte of which is checked. Raises `VisitorError`, or `NotFound`."""
    config = read_config(folder)
    path = folder / GENERATOR
    return Generator(Plan.from_json(config["plan"]), read_tensors(path), config, source_of(path))


__all__ = [
    "BEST",
    "BEST_SUFFIX",
    "CONFIG",
    "DEFAULT_MODEL",
    "DISCRIMINATOR",
    "GENERATOR",
    "GENERATOR_NET",
    "IMPORTED",
    "MAX_TRUNCATION",
    "MAX_Z",
    "SAMPLES",
    "Discriminator",
    "Generator",
    "NetworkFile",
    "NotPortable",
    "check_truncation",
    "classifier_file",
    "discriminator_file",
    "find",
    "find_named",
    "generator_file",
    "is_imported",
    "load",
    "make_config",
    "pack_discriminator",
    "pack_generator",
    "read_config",
    "read_tensors",
    "shipped",
    "trained_on",
    "write",
    "written_at",
]
