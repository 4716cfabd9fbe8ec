"""The networks, by name. A file here is imported only when a recipe first builds from it, because that imports Keras.

To add a network, write a builder that returns a functional `keras.Model` whose layers are named, and add its line to
`GENERATORS` or `DISCRIMINATORS` in `registry.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from aigc_demo import backend
from aigc_demo.networks.base import CLASSES, DOutput, discriminate, generate
from aigc_demo.networks.registry import DISCRIMINATORS, GENERATORS, Network, go_together
from aigc_demo.text import NotFound, Text


def build_generator(name: str, classes: int = CLASSES) -> Any:
    """The generator called `name`, a fresh `keras.Model` with Keras's default initial values (see `initialise`).

    A conditional one takes the label as one-hot [B, `classes`].
    """
    return _builder(GENERATORS, name)(classes=classes)


def build_discriminator(name: str, channels: int = 1, dropout: float = 0.0, classes: int = CLASSES) -> Any:
    """The discriminator called `name`; its outputs are a dict with `logit` and, where it has them, `class_logits`
    and `features`.

    It looks at images [B, 28, 28, `channels`]: more than one channel is for a pack of images judged together. `dropout`
    (0 to 0.9) is the share of units left out after every hidden activation; 0 leaves the network as it is. `classes` is
    how many it knows, where it reads labels or tells classes apart.
    """
    return _builder(DISCRIMINATORS, name)(channels=channels, dropout=dropout, classes=classes)


def _builder(registry: Mapping[str, Network], name: str) -> Any:
    if not isinstance(name, str) or name not in registry:
        raise NotFound(
            Text("没有名为“{name}”的网络。", "There is no network called “{name}”.").format(name=str(name)[:80])
        )
    backend.load()
    module, function = registry[name].builder.split(":")
    return getattr(import_module(module), function)


__all__ = [
    "CLASSES",
    "DISCRIMINATORS",
    "GENERATORS",
    "DOutput",
    "Network",
    "build_discriminator",
    "build_generator",
    "discriminate",
    "generate",
    "go_together",
]
