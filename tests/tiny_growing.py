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


def generator_with_category(classes: int = 10) -> Any:
    """Told a category, which an InfoGAN's Q has to find in the image; its codes are the last coordinates of z."""
    import keras
    from keras import layers

    from aigc_demo.networks.equalised import EqualisedConv2D, Fade

    z, label = keras.Input((tiny.LATENT_SIZE,), name="z"), keras.Input((classes,), name="label")
    code = layers.Concatenate(name="code")([z, label])
    coarse = layers.Reshape((14, 14, 1), name="coarse")(layers.Dense(196, "tanh", name="old")(code))
    old = layers.UpSampling2D(2, name="up")(coarse)
    model = keras.Model([z, label], Fade(1, name="image")([old, EqualisedConv2D(1, 3, name="new")(old)]))
    model.stages = lambda: [keras.Model([z, label], old)]
    return model


def discriminator_with_q(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    """Grows, and reads the category and two codes from the layer that judges."""
    import keras
    from keras import layers

    from aigc_demo.networks.equalised import Fade

    image = keras.Input((28, 28, channels), name="image")
    coarse = layers.Flatten(name="pixels14")(layers.AveragePooling2D(2, name="half")(image))
    old = layers.Dense(5, name="old")(coarse)
    new = layers.Dense(5, name="new")(layers.Flatten(name="pixels28")(image))
    act = layers.Activation("tanh", name="act")
    heads = {"logit": layers.Dense(1, name="logit"), "category": layers.Dense(classes, name="category")}
    heads |= {"codes": layers.Dense(2, name="codes")}

    def judged(x: Any) -> Any:
        features = act(x)
        return keras.Model(image, {**{key: head(features) for key, head in heads.items()}, "features": features})

    model = judged(Fade(1, name="fade")([old, new]))
    model.stages = lambda: [judged(old)]
    return model


def plan_with_q(**choices: Any) -> Plan:
    """An InfoGAN whose players grow, with a penalty that draws nothing at random."""
    made = tiny.plan(discriminator="tiny_q", auxiliaries=("infogan", "r1"), **choices)
    recipe = replace(
        made.recipe,
        generator="tiny_growing_category",
        discriminator="tiny_growing_q",
        growth_steps=STEPS,
        class_head=False,
    )
    return replace(made, recipe=recipe)


def plan(**choices: Any) -> Plan:
    """The critic's game with its gradient penalty and the drift term."""
    made = tiny.plan("wgan_gp", generator="tiny_plain", discriminator="tiny_plain", auxiliaries=("drift",), **choices)
    recipe = replace(made.recipe, generator="tiny_growing", discriminator="tiny_growing", growth_steps=STEPS)
    return replace(made, recipe=recipe)


@contextmanager
def known() -> Iterator[None]:
    """The two networks, known by name."""
    facts: dict[str, Any] = {"title": plain("tiny"), "stages": (14, 28), "features": True}
    g: dict[str, Any] = {"latent_size": tiny.LATENT_SIZE}
    with pytest.MonkeyPatch.context() as patch:
        for registry, key, function, more in (
            (networks.GENERATORS, "tiny_growing", "generator", g),
            (networks.DISCRIMINATORS, "tiny_growing", "discriminator", {}),
            (
                networks.GENERATORS,
                "tiny_growing_category",
                "generator_with_category",
                {**g, "conditional": True, "codes": 2},
            ),
            (networks.DISCRIMINATORS, "tiny_growing_q", "discriminator_with_q", {"codes": 2}),
        ):
            network = Network(key, f"tests.tiny_growing:{function}", **facts, **more)
            patch.setitem(registry, key, network)  # type: ignore[arg-type]
        yield
