"""The networks as data: what stands in a diagram is what Keras counts, and what multiplying by hand gives."""

from __future__ import annotations

import pytest

from aigc_demo.explain.diagrams import Drawn, NetworkDiagram, diagram_of
from aigc_demo.recipes import RECIPES
from aigc_demo.text import NotFound


def layer(network: NetworkDiagram, name: str) -> Drawn:
    return next(each for each in network.layers if each.name == name)


@pytest.mark.parametrize("key", RECIPES)
def test_the_layers_add_up_to_what_keras_counts(key: str) -> None:
    for network in diagram_of(key).networks:
        assert sum(each.parameters for each in network.layers) == network.counted > 0
        assert sum(each.trainable for each in network.layers) == network.counted_trainable
        names = [each.name for each in network.layers]
        assert set(network.outputs.values()) <= set(names)
        for place, each in enumerate(network.layers):
            assert set(each.inputs) <= set(names[:place])  # so that a diagram may be read from top to bottom


@pytest.mark.parametrize(
    ("key", "total", "trainable"),
    [
        ("tutorial_4_3", (227_344, 201_217), (227_344, 201_217)),
        ("tutorial_cnn", (760_065, 13_633), (759_681, 13_633)),
        ("dcgan_tf", (2_330_944, 212_865), (2_305_472, 212_865)),
    ],
)
def test_known_sums(key: str, total: tuple[int, int], trainable: tuple[int, int]) -> None:
    networks = diagram_of(key).networks
    assert tuple(network.counted for network in networks) == total
    assert tuple(network.counted_trainable for network in networks) == trainable


def test_layers_by_hand() -> None:
    generator, discriminator = diagram_of("fast").networks
    conv = layer(discriminator, "conv2")
    assert (conv.kind, conv.inputs, conv.shape) == ("Conv2D", ("leaky1",), (7, 7, 32))
    assert conv.weights == (("kernel", (4, 4, 16, 32), True), ("bias", (32,), True))
    assert conv.parameters == 4 * 4 * 16 * 32 + 32
    assert conv.multiplications == 7 * 7 * 4 * 4 * 16 * 32
    assert conv.options["strides"] == [2, 2] and "activation" not in conv.options
    norm = layer(generator, "norm1")
    assert (norm.parameters, norm.trainable, norm.multiplications) == (4 * 64, 2 * 64, 7 * 7 * 64)
    assert layer(generator, "conv2").options["activation"] == "tanh"
    assert layer(generator, "code").inputs == ("z", "loud")
    assert layer(discriminator, "projection").multiplications == 10 * 1568 + 1568
    assert discriminator.outputs == {"logit": "sum", "class_logits": "classes", "features": "features"}


def test_a_transposed_convolution_costs_its_kernel_at_each_place_of_its_input() -> None:
    generator = diagram_of("dcgan_tf").networks[0]
    assert layer(generator, "conv3").multiplications == 14 * 14 * 5 * 5 * 64


@pytest.mark.parametrize(
    ("key", "generator", "discriminator"),
    [
        ("dcgan", 1.91, 1.71),
        ("mlp", 0.55, 0.53),
        ("r3gan", 7.5, 2.6),
        ("half", 1.08, 0.98),
    ],
)
def test_known_costs(key: str, generator: float, discriminator: float) -> None:
    """Millions of multiplications of one image, by matrices and kernels alone."""
    for network, millions in zip(diagram_of(key).networks, (generator, discriminator), strict=True):
        kernels = sum(each.multiplications for each in network.layers if each.kind != "BatchNormalization")
        assert kernels / 1e6 == pytest.approx(millions, abs=0.051 if millions > 2 else 0.0051)


def test_what_only_moves_or_averages_costs_nothing() -> None:
    generator, discriminator = diagram_of("r3gan").networks
    up, down = layer(generator, "up2"), layer(discriminator, "down2")
    assert (up.kind, up.shape, up.parameters, up.multiplications) == ("UpSampling2D", (14, 14, 48), 0, 0)
    assert (down.kind, down.shape, down.options["pool_size"]) == ("AveragePooling2D", (14, 14, 16), [2, 2])


def test_no_such_recipe() -> None:
    with pytest.raises(NotFound):
        diagram_of("nothing")
