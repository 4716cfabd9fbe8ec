"""Tiny networks that grow from 14x14 to 28x28, so that a test of growing takes milliseconds a step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from aigc_demo import networks
from aigc_demo.networks import Network
from aigc_demo.recipes import Plan
from aigc_demo.text import plain
from tests import tiny

STEPS = 3  # of each phase: the second stage begins after the third step and is wholly there after the sixth


def generator(classes: int = 10) -> Any:
    import keras
    from keras import layers

    from aigc_demo.networks.equalised import EqualisedConv2D, Fade

    z = keras.Input((tiny.LATENT_SIZE,), name="z")
    coarse = layers.Reshape((14, 14, 1), name="coarse")(layers.Dense(196, "tanh", name="old")(z))
    old = layers.UpSampling2D(2, name="up")(coarse)
    new = EqualisedConv2D(1, 3, name="new")(old)
    model = keras.Model(z, Fade(1, name="image")([old, new]), name="generator_growing")
    model.stages = lambda: [keras.Model(z, old)]
    return model


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    import keras
    from keras import layers

    from aigc_demo.networks.equalised import Fade

    image = keras.Input((28, 28, channels), name="image")
    coarse = layers.Flatten(name="pixels14")(layers.AveragePooling2D(2, name="half")(image))
    old = layers.Dense(5, name="old")(coarse)
    new = layers.Dense(5, name="new")(layers.Flatten(name="pixels28")(image))
    act, judge = layers.Activation("tanh", name="act"), layers.Dense(1, name="logit")

    def judged(x: Any) -> Any:
        features = act(x)
        return keras.Model(image, {"logit": judge(features), "features": features}, name="discriminator_growing")

    model = judged(Fade(1, name="fade")([old, new]))
    model.stages = lambda: [judged(old)]
    return model


def plan(**choices: Any) -> Plan:
    """The critic's game with its gradient penalty and the drift term."""
    made = tiny.plan("wgan_gp", generator="tiny_plain", discriminator="tiny_plain", auxiliaries=("drift",), **choices)
    recipe = replace(made.recipe, generator="tiny_growing", discriminator="tiny_growing", growth_steps=STEPS)
    return replace(made, recipe=recipe)


@contextmanager
def known() -> Iterator[None]:
    """The two networks, known by name."""
    facts: dict[str, Any] = {"title": plain("tiny"), "stages": (14, 28)}
    with pytest.MonkeyPatch.context() as patch:
        for registry, function in ((networks.GENERATORS, "generator"), (networks.DISCRIMINATORS, "discriminator")):
            size = tiny.LATENT_SIZE if function == "generator" else 0
            network = Network(
                "tiny_growing", f"tests.tiny_growing:{function}", latent_size=size, features=True, **facts
            )
            patch.setitem(registry, "tiny_growing", network)  # type: ignore[arg-type]
        yield
