"""The networks, by name. A file here is imported only when a recipe first builds from it, because that imports Keras.

To add a network, write a builder that returns a functional `keras.Model` whose layers are named, and add its line to
`GENERATORS` or `DISCRIMINATORS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from aigc_demo import backend
from aigc_demo.networks.base import CLASSES, DOutput, discriminate, generate
from aigc_demo.text import NotFound, Text

GENERATORS: dict[str, str] = {
    "fast": "aigc_demo.networks.fast:generator",
    "fast_deep": "aigc_demo.networks.fast:generator_deep",
    "tutorial_4_3": "aigc_demo.networks.tutorial:generator_4_3",
    "tutorial_4_3_repaired": "aigc_demo.networks.tutorial:generator_4_3_repaired",
    "tutorial_5_2": "aigc_demo.networks.tutorial:generator_5_2",
    "tutorial_5_2_repaired": "aigc_demo.networks.tutorial:generator_5_2_repaired",
    "tutorial_cnn": "aigc_demo.networks.tutorial:generator_cnn",
    "dcgan_tf": "aigc_demo.networks.dcgan:generator_tf",
}

DISCRIMINATORS: dict[str, str] = {
    "fast": "aigc_demo.networks.fast:discriminator",
    "fast_wide": "aigc_demo.networks.fast:discriminator_wide",
    "tutorial_4_3": "aigc_demo.networks.tutorial:discriminator_4_3",
    "tutorial_4_3_repaired": "aigc_demo.networks.tutorial:discriminator_4_3_repaired",
    "tutorial_5_2": "aigc_demo.networks.tutorial:discriminator_5_2",
    "tutorial_5_2_repaired": "aigc_demo.networks.tutorial:discriminator_5_2_repaired",
    "tutorial_cnn": "aigc_demo.networks.tutorial:discriminator_cnn",
    "dcgan_tf": "aigc_demo.networks.dcgan:discriminator_tf",
}


def build_generator(name: str) -> Any:
    """The generator called `name`, a fresh `keras.Model` with Keras's default initial values (see `initialise`)."""
    return _build(GENERATORS, name)


def build_discriminator(name: str) -> Any:
    """The discriminator called `name`; its outputs are a dict with `logit` and, where it has them, `class_logits`
    and `features`."""
    return _build(DISCRIMINATORS, name)


def _build(registry: dict[str, str], name: str) -> Any:
    if not isinstance(name, str) or name not in registry:
        raise NotFound(
            Text("没有名为“{name}”的网络。", "There is no network called “{name}”.").format(name=str(name)[:80])
        )
    backend.load()
    module, function = registry[name].split(":")
    return getattr(import_module(module), function)()


__all__ = [
    "CLASSES",
    "DISCRIMINATORS",
    "GENERATORS",
    "DOutput",
    "build_discriminator",
    "build_generator",
    "discriminate",
    "generate",
]
