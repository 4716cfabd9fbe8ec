"""Networks for the page: any generator, discriminator or the digit classifier as one file that needs no Keras.

The graph of a network is read once, since it depends on nothing but the network's name; a file of new weights then
takes milliseconds, and TensorFlow is not asked. A checkpoint's folder keeps its generator's file, which is taken as it
is while it fits the weights beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.checkpoints.generator import check_weights
from aigc_demo.checkpoints.portable_file import NetworkFile, pack, read_kept
from aigc_demo.checkpoints.portable_folding import fold
from aigc_demo.checkpoints.portable_graph import Graph, NotPortable
from aigc_demo.checkpoints.portable_model import read_model
from aigc_demo.checkpoints.reading import (
    DISCRIMINATOR,
    GENERATOR,
    MAX_FILE_BYTES,
    read_config,
    read_file,
    read_tensors,
    source_of,
)
from aigc_demo.metrics import features
from aigc_demo.networks import CLASSES, build_discriminator, build_generator
from aigc_demo.recipes import Plan
from aigc_demo.text import Text, VisitorError

GENERATOR_NET = "generator.net"  # in a checkpoint's folder, beside the generator's weights

# How each kind of network is built by name, and which of its outputs are wanted.
_KINDS: dict[str, tuple[Callable[[str, int], Any], tuple[str, ...]]] = {
    "generator": (build_generator, ("image",)),
    "discriminator": (lambda name, classes: build_discriminator(name, classes=classes), ("logit", "class_logits")),
    "classifier": (lambda name, classes: features.build(), ("logits", "features")),
}
_PACKS = Text(
    "这个判别器一次判别 {n} 张图像，不能只看一张。",
    "This discriminator judges {n} images together: it has no opinion of a single one.",
)


def pack_generator(plan: Plan, weights: Mapping[str, np.ndarray], step: int, source: str = GENERATOR) -> NetworkFile:
    """The network file of `plan`'s generator with `weights`.

    Raises `NotPortable`, or `VisitorError`, naming `source`, where the weights are not this network's.
    """
    graph = _graph("generator", plan.recipe.generator, plan.classes)
    check_weights(source, graph.weights, weights)
    return pack(graph, weights, step)


def pack_discriminator(
    plan: Plan, weights: Mapping[str, np.ndarray], step: int, source: str = DISCRIMINATOR
) -> NetworkFile:
    """As `pack_generator`, of the discriminator: its logit and, where it has them, its class logits."""
    if plan.pac > 1:
        raise NotPortable(_PACKS.format(n=plan.pac))
    graph = _graph("discriminator", plan.recipe.discriminator, plan.classes)
    check_weights(source, graph.weights, weights)
    return pack(graph, weights, step)


def generator_file(folder: Path) -> NetworkFile:
    """The network file of the checkpoint in `folder`: its own if that is whole and of these weights, else a new one.

    Raises `NotPortable`, and `VisitorError` or `NotFound` as loading the checkpoint does.
    """
    config = read_config(folder)
    path = folder / GENERATOR
    weights = read_tensors(path)
    stored = _stored(folder / GENERATOR_NET, weights, config)
    return stored or pack_generator(Plan.from_json(config["plan"]), weights, config["step"], source_of(path))


def discriminator_file(folder: Path) -> NetworkFile:
    """The network file of the discriminator in `folder`. Raises as `generator_file`."""
    config = read_config(folder)
    path = folder / DISCRIMINATOR
    return pack_discriminator(Plan.from_json(config["plan"]), read_tensors(path), config["step"], source_of(path))


def classifier_file() -> NetworkFile:
    """The network file of the shipped digit classifier: images [28, 28, 1] in [0, 1] -> class logits and features."""
    path = features.FOLDER / "features.safetensors"
    tensors = read_tensors(path)
    weights = {name: value for name, value in tensors.items() if not name.startswith("reference/")}
    graph = _graph("classifier", "")
    check_weights(source_of(path), graph.weights, weights)
    return pack(graph, weights, 0)


def _stored(path: Path, weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> NetworkFile | None:
    """The network file at `path`; None unless it is whole, made of `weights`, and as `config` says."""
    try:
        file, graph = read_kept(read_file(path, MAX_FILE_BYTES), weights, config["step"])
        inputs = graph["inputs"]
        fits = (inputs["z"], "label" in inputs) == (config["latent_size"], config["conditional"])
        return file if fits else None
    except (VisitorError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _graph(kind: str, name: str, classes: int = CLASSES) -> Graph:
    graph = _graph_or_refusal(kind, name, classes)
    if isinstance(graph, Text):
        raise NotPortable(graph)
    return graph


@lru_cache(maxsize=64)
def _graph_or_refusal(kind: str, name: str, classes: int) -> Graph | Text:
    """The folded graph of a network, or why there is none: building one only to learn that again would take seconds."""
    build, outputs = _KINDS[kind]
    try:
        return fold(read_model(build(name, classes), outputs))
    except NotPortable as error:
        return error.text
