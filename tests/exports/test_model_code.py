"""A network written out as the Python that builds it: run, it is the same network."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from aigc_demo.backend import tf
from aigc_demo.exports.model_code import custom_layers, model_code
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, build_discriminator, build_generator
from aigc_demo.networks.initialise import initialise
from aigc_demo.networks.layers import ICNR


def _rebuilt(model: Any) -> Any:
    names = {"keras": keras, "layers": layers, **{kind.__name__: kind for kind in custom_layers(model)}}
    exec(model_code(model, "make", "It makes a network."), names)
    return names["make"]()


def _assert_same(model: Any, wanted: Any, inputs: Any) -> None:
    assert model.name == wanted.name
    assert [layer.name for layer in model.layers] == [layer.name for layer in wanted.layers]
    for network in (model, wanted):
        initialise(network, 3, 0)
    for mine, theirs in zip(model.variables, wanted.variables, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    for training in (False, True):
        found, expected = (tf.nest.flatten(network(inputs, training=training)) for network in (model, wanted))
        for mine, theirs in zip(found, expected, strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=1e-6, atol=1e-6)


def _noise(*shape: int) -> Any:
    return tf.constant(np.random.default_rng(0).standard_normal(shape).astype(np.float32))


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_is_written_out_whole(name: str) -> None:
    model = build_generator(name)
    z = _noise(3, GENERATORS[name].latent_size)
    _assert_same(_rebuilt(model), model, [z, tf.one_hot([1, 2, 3], 10)] if GENERATORS[name].conditional else z)


@pytest.mark.parametrize("name", DISCRIMINATORS)
@pytest.mark.parametrize(("channels", "dropout"), [(1, 0.0), (2, 0.4)])
def test_a_discriminator_is_written_out_whole(name: str, channels: int, dropout: float) -> None:
    model = build_discriminator(name, channels, dropout)
    images = _noise(3, 28, 28, channels)
    inputs = [images, tf.one_hot([1, 2, 3], 10)] if DISCRIMINATORS[name].conditional else images
    _assert_same(_rebuilt(model), model, inputs)


def test_only_what_differs_from_the_defaults_is_said() -> None:
    image = keras.Input((4, 4, 1), name="image")
    x = layers.Conv2D(2, 3, padding="same", name="conv")(image)
    model = keras.Model(image, layers.Flatten(name="flat")(x), name="small")
    code = model_code(model, "make", "")
    assert 'layers.Conv2D(2, 3, padding="same", name="conv")(image)' in code
    assert "kernel_initializer" not in code


def test_names_that_python_needs_for_itself_are_changed() -> None:
    first = keras.Input((2,), name="sum")
    second = keras.Input((2,), name="in")
    model = keras.Model([first, second], layers.Add(name="add")([first, second]), name="clash")
    inputs = [_noise(3, 2), _noise(3, 2)]
    _assert_same(_rebuilt(model), model, inputs)


def test_how_a_layer_begins_is_written_out() -> None:
    start = keras.Input((2, 2, 3), name="start")
    own = layers.Conv2D(8, 1, kernel_initializer=ICNR(4), bias_initializer="ones", name="own")(start)
    end = layers.Conv2D(1, 1, kernel_initializer=keras.initializers.RandomNormal(stddev=0.5), name="end")(own)
    model = keras.Model(start, end, name="begun")
    assert custom_layers(model) == [ICNR]
    assert "kernel_initializer=ICNR(4)" in model_code(model, "make", "")
    _assert_same(_rebuilt(model), model, _noise(3, 2, 2, 3))


def test_what_cannot_be_written_out_is_said_to_be_so() -> None:
    start = keras.Input((2,), name="start")
    odd = layers.Dense(2, kernel_regularizer=keras.regularizers.L2(3.0), name="odd")(start)
    with pytest.raises(ValueError, match="cannot be written out"):
        model_code(keras.Model(start, odd, name="odd_one"), "make", "")
