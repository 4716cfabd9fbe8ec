"""Networks, data and plans small enough that a test of the training loop takes milliseconds, not seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from aigc_demo.data import Dataset
from aigc_demo.networks import Network
from aigc_demo.recipes import Optimiser, Plan, Recipe, Updates
from aigc_demo.text import plain

LATENT_SIZE = 3

# What the catalogue of networks would say of those below.
GENERATOR = Network("tiny", "tests.tiny:generator", plain("tiny"), LATENT_SIZE, conditional=True, batch_norm=True)
DISCRIMINATOR = Network(
    "tiny", "tests.tiny:discriminator", plain("tiny"), conditional=True, class_head=True, features=True
)
DISCRIMINATOR_WITH_DROPOUT = replace(DISCRIMINATOR, key="tiny_dropout", builder="tests.tiny:discriminator_with_dropout")
DISCRIMINATOR_WITH_NORM = replace(
    DISCRIMINATOR, key="tiny_norm", builder="tests.tiny:discriminator_with_norm", batch_norm=True
)
DISCRIMINATOR_WITH_Q = replace(DISCRIMINATOR, key="tiny_q", builder="tests.tiny:discriminator_with_q", codes=2)
SPECTRAL_GENERATOR = Network("tiny_spectral", "tests.tiny:spectral_generator", plain("tiny"), LATENT_SIZE)
SPECTRAL_DISCRIMINATOR = Network("tiny_spectral", "tests.tiny:spectral_discriminator", plain("tiny"), features=True)
STYLE_GENERATOR = Network("tiny_style", "tests.tiny:style_generator", plain("tiny"), LATENT_SIZE, styles=2)
PLAIN_GENERATOR = Network("tiny_plain", "tests.tiny:plain_generator", plain("tiny"), LATENT_SIZE)
PLAIN_DISCRIMINATOR = Network("tiny_plain", "tests.tiny:plain_discriminator", plain("tiny"), features=True)


def generator(classes: int = 10) -> Any:
    """Conditional, with batch normalisation, whose moving statistics also belong to the moving average."""
    import keras
    from keras import layers

    z, label = keras.Input((LATENT_SIZE,), name="z"), keras.Input((classes,), name="label")
    x = layers.Concatenate(name="code")([z, label])
    x = layers.Dense(6, use_bias=False, name="dense1")(x)  # a bias here would have no gradient but noise
    x = layers.BatchNormalization(momentum=0.9, name="norm1")(x)
    x = layers.LeakyReLU(negative_slope=0.2, name="leaky1")(x)
    x = layers.Dense(784, "tanh", name="dense2")(x)
    return keras.Model([z, label], layers.Reshape((28, 28, 1), name="image")(x), name="generator_tiny")


def discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    return _discriminator("discriminator_tiny", channels, dropout, classes=classes)


def discriminator_with_dropout(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    return _discriminator("discriminator_tiny_dropout", channels, dropout or 0.3)


def discriminator_with_norm(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    return _discriminator("discriminator_tiny_norm", channels, dropout, norm=True)


def discriminator_with_q(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    """InfoGAN's Q reads the category and the codes from the same layer."""
    import keras
    from keras import layers

    model = discriminator(channels, dropout, classes)
    x = model.output["features"]
    read = {"category": layers.Dense(classes, name="category")(x), "codes": layers.Dense(2, name="codes")(x)}
    return keras.Model(model.inputs, {**model.output, **read}, name="discriminator_tiny_q")


def plain_generator(classes: int = 10) -> Any:
    """Sees no label."""
    import keras
    from keras import layers

    z = keras.Input((LATENT_SIZE,), name="z")
    x = layers.Dense(784, "tanh", name="dense1")(z)
    return keras.Model(z, layers.Reshape((28, 28, 1), name="image")(x), name="generator_tiny_plain")


def plain_discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    """Sees no label, so it may judge packs; smooth, so that its slope varies with the pixels."""
    import keras
    from keras import layers

    image = keras.Input((28, 28, channels), name="image")
    x = layers.Dense(5, "tanh", name="dense1")(layers.Flatten(name="pixels")(image))
    if dropout:
        x = layers.Dropout(dropout, name="dropout1")(x)
    return keras.Model(
        image, {"logit": layers.Dense(1, name="logit")(x), "features": x}, name="discriminator_tiny_plain"
    )


def style_generator(classes: int = 10) -> Any:
    """Mixes styles, adds noise and follows the mean w in training; sees no label."""
    import keras
    from keras import layers

    from aigc_demo.networks import style_layers as style

    z = keras.Input((LATENT_SIZE,), name="z")
    styles = style.StyleMixing(2, seed=1, name="styles")(style.StyleAverage(name="w")(z))
    x = style.LearnedConstant((7, 7, 4), name="constant")(styles)
    for place in (0, 1):
        x = x if place == 0 else style.SmoothUp(name="up")(x)
        x = style.ScaledNoise(name=f"noisy{place}")([x, style.NoiseMap(place, seed=place, name=f"noise{place}")(x)])
        w = style.PickStyle(place, name=f"w{place}")(styles)
        x = style.AdaIN(name=f"adain{place}")([x, layers.Dense(8, name=f"style{place}")(w)])
    x = layers.Dense(1, "tanh", name="to_grey")(style.SmoothUp(name="last")(x))
    return keras.Model(z, x, name="generator_tiny_style")


def spectral_generator(classes: int = 10) -> Any:
    """Every matrix is spectrally normalised, those of its attention too; sees no label."""
    import keras
    from keras import layers

    from aigc_demo.networks.attention import SelfAttention
    from aigc_demo.networks.spectral import SpectralDense

    z = keras.Input((LATENT_SIZE,), name="z")
    x = layers.Reshape((1, 3, 16), name="maps")(SpectralDense(48, name="dense1")(z))
    x = layers.Flatten(name="flat")(SelfAttention(spectral=True, name="attention")(x))
    x = SpectralDense(784, activation="tanh", name="dense2")(x)
    return keras.Model(z, layers.Reshape((28, 28, 1), name="image")(x), name="generator_tiny_spectral")


def spectral_discriminator(channels: int = 1, dropout: float = 0.0, classes: int = 10) -> Any:
    """Its passes in training move the vectors of its power iterations on."""
    import keras
    from keras import layers

    from aigc_demo.networks.spectral import SpectralDense

    image = keras.Input((28, 28, channels), name="image")
    x = SpectralDense(5, activation="tanh", name="dense1")(layers.Flatten(name="pixels")(image))
    logit = SpectralDense(1, name="logit")(x)
    return keras.Model(image, {"logit": logit, "features": x}, name="discriminator_tiny_spectral")


def _discriminator(name: str, channels: int, dropout: float, norm: bool = False, classes: int = 10) -> Any:
    import keras
    from keras import layers

    image, label = keras.Input((28, 28, channels), name="image"), keras.Input((classes,), name="label")
    x = layers.Concatenate(name="both")([layers.Flatten(name="pixels")(image), label])
    x = layers.Dense(5, name="dense1")(x)
    if norm:
        x = layers.BatchNormalization(momentum=0.9, name="norm1")(x)
    x = layers.LeakyReLU(negative_slope=0.2, name="leaky1")(x)
    if dropout:
        x = layers.Dropout(dropout, name="dropout1")(x)
    heads = {"logit": layers.Dense(1, name="logit")(x), "class_logits": layers.Dense(classes, name="classes")(x)}
    return keras.Model([image, label], {**heads, "features": x}, name=name)


def dataset(count: int = 40, seed: int = 0) -> Dataset:
    """Random strokes on black: `count` images, all ten classes, nothing held out."""
    generator = np.random.default_rng(seed)
    images = np.zeros((count, 28, 28), np.uint8)
    labels = np.arange(count) % 10
    for image, label in zip(images, labels, strict=True):
        image[4 + label : 8 + label, 4:24] = generator.integers(100, 256, (4, 20))
    return Dataset("tiny", images, labels.astype(np.int64), images[:0], labels[:0].astype(np.int64))


def plan(
    loss: str = "non_saturating",
    updates: Updates = "alternating",
    seed: int = 0,
    weights: Mapping[str, float] | None = None,
    auxiliaries: tuple[str, ...] = ("acgan",),
    generator: str = "tiny",
    discriminator: str = "tiny",
    discriminator_steps: int = 1,
    learning_rate: float = 1e-2,
    ema_decay: float = 0.99,
    batch_size: int = 6,
    optimiser: str = "adam",
    **more: Any,
) -> Plan:
    """A plan on the tiny networks; the fixture `tiny_networks` must be in force when a Trainer is built from it.

    `more` fills other fields of the Plan.
    """
    adam = Optimiser(learning_rate, 0.5, 0.9, optimiser)  # type: ignore[arg-type]
    recipe = Recipe(
        key="tiny",
        title=plain("tiny"),
        story=plain("tiny"),
        generator=generator,
        discriminator=discriminator,
        latent_size=LATENT_SIZE,
        loss=loss,
        batch_size=batch_size,
        g_optimiser=adam,
        d_optimiser=adam,
        conditional=generator not in ("tiny_plain", "tiny_spectral"),
        class_head=discriminator not in ("tiny_plain", "tiny_spectral"),
        auxiliaries=auxiliaries,
        updates=updates,
        ema_decay=ema_decay,
    )
    made = Plan(recipe, loss, auxiliaries, {}, "tiny", seed, discriminator_steps)
    terms = made.loss_object().d_terms + made.loss_object().g_terms
    defaults = {term.key: term.weight for term in terms if term.symbol}
    return replace(made, weights={**defaults, **(weights or {})}, **more)


SPECTRAL_PLAN = plan(  # one for all tests, which then share what is compiled for it
    "hinge", generator="tiny_spectral", discriminator="tiny_spectral", auxiliaries=()
)
STYLE_PLAN = plan(generator="tiny_style", discriminator="tiny_plain", auxiliaries=("r1",))
