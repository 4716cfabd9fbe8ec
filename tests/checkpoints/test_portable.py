"""Network files: what they compute is what TensorFlow computes, and what cannot be put into one is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_demo import checkpoints
from aigc_demo.backend import tf
from aigc_demo.checkpoints import GENERATOR, GENERATOR_NET, NotPortable, portable
from aigc_demo.checkpoints.portable_file import NetworkFile, pack
from aigc_demo.checkpoints.portable_folding import fold
from aigc_demo.checkpoints.portable_model import read_model
from aigc_demo.checkpoints.portable_numpy import NumpyNetwork, facts_of
from aigc_demo.data import Dataset
from aigc_demo.home import SHIPPED
from aigc_demo.latent import draw
from aigc_demo.metrics.features import FOLDER, build
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, build_discriminator, build_generator, discriminate, generate
from aigc_demo.networks.initialise import initialise
from aigc_demo.networks.layers import PixelUnshuffle
from aigc_demo.recipes import make_plan
from aigc_demo.text import VisitorError
from aigc_demo.training.players import named_weights
from tests import models, tiny

PIXEL = 2 / 255 * 2  # two grey levels of 255, of images in [-1, 1]


def disturb(model: Any, seed: int = 0) -> Any:
    """Give every weight something that only a right evaluation can undo: moving statistics, biases, all of them."""
    generator = np.random.default_rng(seed)
    initialise(model, seed, 1)
    for variable in model.variables:
        shape = tuple(variable.shape)
        if "seed" in variable.name:
            continue
        if variable.name in ("gamma", "moving_variance"):
            variable.assign(generator.uniform(0.3, 3.0, shape))
        elif len(shape) == 1:
            variable.assign(generator.normal(0.0, 0.5, shape))
        elif not np.any(variable.numpy()):  # a projection begins at zero
            variable.assign(generator.normal(0.0, 0.05, shape))
    return model


def file_of(model: Any, *outputs: str) -> NetworkFile:
    return pack(fold(read_model(model, outputs)), named_weights(model), 0)


def labels_for(count: int) -> tuple[np.ndarray, np.ndarray]:
    labels = np.arange(count) % 10
    return labels, np.eye(10)[labels]


def taken_by(network: NumpyNetwork, **inputs: np.ndarray) -> dict[str, np.ndarray]:
    """Of `inputs` those that the network takes."""
    return {name: value for name, value in inputs.items() if name in network.graph["inputs"]}


# ---- parity ----


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_every_generator_draws_the_same(name: str) -> None:
    model = disturb(build_generator(name))
    network = NumpyNetwork(file_of(model, "image").content)
    z, (labels, rows) = draw(0, 40, GENERATORS[name].latent_size), labels_for(40)
    exact = generate(model, tf.constant(z), tf.constant(labels), training=False).numpy()
    image = network.run(**taken_by(network, z=z, label=rows))["image"]
    assert exact.std() > 0.02
    assert np.abs(image - exact).max() <= PIXEL


@pytest.mark.parametrize("dropout", [0.0, 0.4])
@pytest.mark.parametrize("name", sorted(DISCRIMINATORS))
def test_every_discriminator_judges_the_same(name: str, dropout: float, digits: Dataset) -> None:
    model = disturb(build_discriminator(name, dropout=dropout))
    network = NumpyNetwork(file_of(model, "logit", "class_logits").content)
    images, (labels, rows) = digits.images[:40, ..., None] / 127.5 - 1.0, labels_for(40)
    exact = discriminate(model, tf.constant(images, tf.float32), tf.constant(labels), training=False)
    told = network.run(**taken_by(network, image=images, label=rows))
    assert set(told) == {"logit", "class_logits"} if DISCRIMINATORS[name].class_head else {"logit"}
    for logits, right in ((told["logit"][:, 0], exact.logit), (told.get("class_logits"), exact.class_logits)):
        if right is not None:
            assert np.abs(logits - right.numpy()).max() <= 2e-3 * max(1.0, np.abs(right.numpy()).max())


def test_the_classifier_reads_the_same(digits: Dataset) -> None:
    network = NumpyNetwork(checkpoints.classifier_file().content)
    images = digits.images[:200, ..., None] / 255.0
    model = build()
    stored = checkpoints.read_tensors(FOLDER / "features.safetensors")
    for variable in model.variables:
        variable.assign(stored[variable.path.removeprefix("digits/")])
    exact = model(tf.constant(images, tf.float32), training=False)
    told = network.run(image=images)
    assert np.abs(told["logits"] - exact["logits"].numpy()).max() <= 0.02
    assert np.abs(told["features"] - exact["features"].numpy()).max() <= 0.02
    assert (told["logits"].argmax(axis=1) == digits.labels[:200]).mean() > 0.95


def test_what_we_ship_draws_what_its_server_draws() -> None:
    """The page's digits and the server's, over a thousand points, mixtures among them."""
    network, server = NumpyNetwork((SHIPPED / "fast" / GENERATOR_NET).read_bytes()), checkpoints.load(SHIPPED / "fast")
    z, (_, rows) = draw(5, 1000, 64), labels_for(1000)
    rows[::3] = np.random.default_rng(0).dirichlet(np.ones(10), len(rows[::3]))
    pixels = np.round(np.clip(network.run(z=z, label=rows)["image"] * 127.5 + 127.5, 0, 255))[..., 0]
    assert np.abs(pixels - server.render(z, rows)).max() <= 2


# ---- folding ----


def keras_model(make: Callable[[Any, Any], Any], shape: tuple[int, ...] = (6, 6, 3)) -> Any:
    """A model of one input called z, of the layers that `make` puts on it."""
    import keras

    z = keras.Input(shape, name="z")
    return disturb(keras.Model(z, make(keras.layers, z)))


def same_as_keras(model: Any) -> NumpyNetwork:
    """The file of `model`, after it has been seen to compute what Keras does."""
    network = NumpyNetwork(file_of(model, "image").content)
    (size,) = network.graph["inputs"].values()
    z = draw(1, 8, int(np.prod(size))).reshape(8, *np.atleast_1d(size))
    exact = model(tf.constant(z), training=False).numpy()
    assert np.abs(network.run(z=z)["image"] - exact).max() <= 5e-3 * max(1.0, np.abs(exact).max())
    return network


def operations(network: NumpyNetwork) -> list[str]:
    return [node["op"] + (f"+{node['activation']}" if "activation" in node else "") for node in network.graph["nodes"]]


def test_norms_and_activations_go_into_the_layer_before_them() -> None:
    def make(layers: Any, z: Any) -> Any:
        x = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(z)
        x = layers.BatchNormalization()(layers.BatchNormalization(center=False)(x))
        x = layers.Dropout(0.5)(layers.LeakyReLU(negative_slope=0.1)(x))
        x = layers.Conv2DTranspose(5, 3, strides=2, padding="same")(x)
        return layers.Activation("tanh")(layers.BatchNormalization(scale=False)(x))

    assert operations(same_as_keras(keras_model(make))) == ["conv+leaky", "conv_transposed+tanh"]


def test_a_norm_behind_an_activation_stays_a_norm() -> None:
    def make(layers: Any, z: Any) -> Any:
        x = layers.BatchNormalization()(layers.Conv2D(4, 3, activation="relu")(z))
        return layers.ReLU()(layers.BatchNormalization()(x))

    assert operations(same_as_keras(keras_model(make))) == ["conv+relu", "norm+relu"]


def test_what_is_read_twice_is_not_changed() -> None:
    """A residual block: the sum needs the map as it was before the norm."""

    def make(layers: Any, z: Any) -> Any:
        x = layers.Conv2D(3, 3, padding="same")(z)
        y = layers.ReLU()(layers.BatchNormalization()(x))
        return layers.ReLU()(layers.Add()([x, layers.Dropout(0.2)(y)]))

    assert operations(same_as_keras(keras_model(make))) == ["conv", "norm+relu", "add+relu"]


def test_what_leaves_the_network_is_not_changed() -> None:
    import keras

    z = keras.Input((5,), name="z")
    first = keras.layers.Dense(4)(z)
    model = disturb(keras.Model(z, {"logit": first, "class_logits": keras.layers.ReLU()(first)}))
    network = NumpyNetwork(file_of(model, "logit", "class_logits").content)
    assert operations(network) == ["dense", "activation+relu"]
    told = network.run(z=draw(0, 3, 5))
    assert told["logit"].min() < 0 and (told["class_logits"] == np.maximum(told["logit"], 0)).all()


def test_what_no_output_needs_is_left_out() -> None:
    network = NumpyNetwork(file_of(build_discriminator("fast"), "class_logits").content)
    assert {"logit", "projection"}.isdisjoint(node["name"] for node in network.graph["nodes"])


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_convolutions_of_any_size_lie_where_keras_lays_them(size: int, stride: int, padding: str) -> None:
    options = {"strides": stride, "padding": padding}
    same_as_keras(keras_model(lambda layers, z: layers.Conv2D(2, size, **options)(z), (7, 6, 3)))
    same_as_keras(keras_model(lambda layers, z: layers.Conv2DTranspose(2, size, **options)(z), (4, 3, 3)))


def test_a_layer_may_join_maps_and_pool_them() -> None:
    def make(layers: Any, z: Any) -> Any:
        x = layers.MaxPooling2D(2)(layers.Concatenate()([z, layers.Rescaling(2.0, offset=-1.0)(z)]))
        return layers.Dense(3)(layers.Flatten()(layers.Reshape((3, 9, 2))(x)))

    expected = ["scale", "concat", "max_pool", "reshape", "flatten", "dense"]
    assert operations(same_as_keras(keras_model(make))) == expected


def test_maps_may_be_enlarged_cut_and_averaged() -> None:
    """Rows and columns of different number, so that neither is taken for the other."""

    def make(layers: Any, z: Any) -> Any:
        x = layers.Cropping2D(((1, 2), (2, 0)))(layers.UpSampling2D(3)(z))
        x = layers.AveragePooling2D(2)(x)
        return layers.Dense(3)(layers.GlobalAveragePooling2D()(PixelUnshuffle(2)(layers.Cropping2D(1)(x))))

    expected = ["upsample", "crop", "avg_pool", "crop", "unshuffle", "mean", "dense"]
    assert operations(same_as_keras(keras_model(make, (5, 6, 2)))) == expected


def test_multiplications_are_counted() -> None:
    def count(name: str) -> int:
        return read_model(build_generator(name), ("image",)).multiplications

    assert count("tutorial_4_3") == 100 * 256 + 256 * 784
    assert count("fast") == 74 * 1568 + 49 * 9 * 32 * 64 + 196 * 9 * 16 * 4
    assert count("tutorial_cnn") == 100 * 49 * 128 + 49 * 16 * 128 * 64 + 196 * 16 * 64


# ---- what is refused ----

UNKNOWN: dict[str, Callable[[Any, Any], Any]] = {
    "another layer": lambda layers, z: layers.ZeroPadding2D(name="culprit")(z),
    "a smooth enlargement": lambda layers, z: layers.UpSampling2D(interpolation="bilinear", name="culprit")(z),
    "an uneven enlargement": lambda layers, z: layers.UpSampling2D((2, 1), name="culprit")(z),
    "overlapping means": lambda layers, z: layers.AveragePooling2D(3, strides=1, name="culprit")(z),
    "a mean that stays a map": lambda layers, z: layers.GlobalAveragePooling2D(keepdims=True, name="culprit")(z),
    "another activation": lambda layers, z: layers.Conv2D(2, 3, activation="sigmoid", name="culprit")(z),
    "an activation of its own": lambda layers, z: layers.Activation("gelu", name="culprit")(z),
    "a clipped activation": lambda layers, z: layers.ReLU(max_value=6.0, name="culprit")(z),
    "groups": lambda layers, z: layers.Conv2D(3, 3, groups=3, name="culprit")(z),
    "holes": lambda layers, z: layers.Conv2D(3, 2, dilation_rate=2, name="culprit")(z),
    "a dense layer on a map": lambda layers, z: layers.Dense(3, name="culprit")(z),
    "a norm of rows": lambda layers, z: layers.BatchNormalization(axis=1, name="culprit")(z),
    "a join of rows": lambda layers, z: layers.Concatenate(axis=1, name="culprit")([z, z]),
    "overlapping pools": lambda layers, z: layers.MaxPooling2D(3, strides=1, name="culprit")(z),
    "padded pools": lambda layers, z: layers.MaxPooling2D(4, padding="same", name="culprit")(z),
    "a bare operation": lambda layers, z: z * 2.0,
}


@pytest.mark.parametrize("make", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_layer_that_is_not_known_is_named(make: Callable[[Any, Any], Any]) -> None:
    with pytest.raises(NotPortable) as caught:
        read_model(keras_model(make), ("image",))
    name = "multiply" if make is UNKNOWN["a bare operation"] else "culprit"
    assert name in caught.value.text.en and name in caught.value.text.zh
    assert "server" in caught.value.text.en


def test_a_layer_in_two_places_is_refused() -> None:
    def make(layers: Any, z: Any) -> Any:
        twice = layers.Conv2D(3, 3, padding="same", name="culprit")
        return twice(twice(z))

    with pytest.raises(NotPortable, match="culprit"):
        read_model(keras_model(make), ("image",))


def test_a_class_of_the_same_name_is_not_the_same() -> None:
    import keras

    @keras.saving.register_keras_serializable("elsewhere")
    class PixelShuffle(keras.layers.Layer):
        def call(self, inputs: Any) -> Any:
            return inputs

    with pytest.raises(NotPortable, match="elsewhere>PixelShuffle"):
        read_model(keras_model(lambda layers, z: PixelShuffle()(z)), ("image",))


def test_a_network_is_read_once_also_where_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def builder(name: str, classes: int) -> Any:
        built.append(name)
        return keras_model(UNKNOWN["another layer"])

    monkeypatch.setitem(portable._KINDS, "generator", (builder, ("image",)))
    for _ in range(2):
        with pytest.raises(NotPortable, match="culprit"):
            portable._graph("generator", "of a test alone")
    assert built == ["of a test alone"]


# ---- the file ----


def weights_of(name: str) -> dict[str, np.ndarray]:
    return named_weights(disturb(build_generator(name)))


def test_kernels_are_halves_and_vectors_are_not() -> None:
    stored = NumpyNetwork(checkpoints.pack_generator(make_plan("fast"), weights_of("fast"), 7).content).stored
    assert {name: value.dtype.name for name, value in stored.items()} == {
        f"{layer}/{role}": "float16" if role == "kernel" else "float32"
        for layer in ("dense", "conv1", "conv2")
        for role in ("kernel", "bias")
    }


@pytest.mark.parametrize("factor", [1e7, 1e-12])
def test_a_kernel_that_no_half_can_hold_stays_whole(factor: float) -> None:
    weights = weights_of("tutorial_4_3")
    weights["dense1/kernel"] *= np.float32(factor)
    stored = NumpyNetwork(checkpoints.pack_generator(make_plan("tutorial_4_3"), weights, 0).content).stored
    assert (stored["dense1/kernel"].dtype, stored["dense2/kernel"].dtype) == (np.float32, np.float16)
    np.testing.assert_array_equal(stored["dense1/kernel"], weights["dense1/kernel"])


def test_a_file_tells_what_it_is_and_guards_its_numbers() -> None:
    weights = weights_of("fast")
    file = checkpoints.pack_generator(make_plan("fast"), weights, 7)
    facts = facts_of(file.content)
    head = 8 + int.from_bytes(file.content[:8], "little")
    assert (facts["format"], facts["step"], file.step, head % 8) == ("aigc-net-1", "7", 7, 0)
    assert facts["sha256"] == hashlib.sha256(file.content[head:]).hexdigest()
    assert file.tag == f'"7-{facts["seal"][:16]}"'
    assert file == checkpoints.pack_generator(make_plan("fast"), weights, 7)
    weights["conv2/bias"] = weights["conv2/bias"] + 1
    assert file.tag != checkpoints.pack_generator(make_plan("fast"), weights, 7).tag


def test_numbers_that_overflow_make_no_file() -> None:
    weights = weights_of("fast")
    weights["norm0/gamma"][:] = weights["norm0/beta"][:] = 3e38
    with pytest.raises(NotPortable, match="overflow"):
        checkpoints.pack_generator(make_plan("fast"), weights, 0)


def test_weights_of_another_network_are_refused() -> None:
    weights = weights_of("fast")
    for wrong in (
        {"conv2/bias": weights["conv1/kernel"]},
        {"conv2/bias": np.full(4, np.nan, np.float32)},
        {"x": weights},
    ):
        with pytest.raises(VisitorError):
            checkpoints.pack_generator(make_plan("fast"), weights | wrong, 0)
    with pytest.raises(VisitorError, match="lacks dense/kernel"):
        checkpoints.pack_generator(make_plan("fast"), {}, 0)


def test_a_judge_of_packs_has_no_opinion_of_one_image() -> None:
    plan = make_plan("tutorial_4_3", settings={"pac": 2})
    with pytest.raises(NotPortable, match="2 images together"):
        checkpoints.pack_discriminator(plan, {}, 0)


# ---- in a checkpoint's folder ----


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    tf.constant(0)  # a process that trains has loaded TensorFlow
    with models.tiny_recipe():
        yield models.save(tmp_path_factory.mktemp("saved") / "good")


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(saved, tmp_path / "mine"))


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one whenever a generator is packed."""
    made: list[str] = []
    real = portable.pack_generator

    def counting(*arguments: Any) -> NetworkFile:
        made.append("one")
        return real(*arguments)

    monkeypatch.setattr(portable, "pack_generator", counting)
    return made


def test_a_checkpoint_keeps_its_network_file(folder: Path, packed: list[str]) -> None:
    file = checkpoints.generator_file(folder)
    assert not packed
    assert file.content == (folder / GENERATOR_NET).read_bytes()
    (folder / GENERATOR_NET).unlink()
    assert checkpoints.generator_file(folder) == file
    assert packed == ["one"]


def set_facts(content: bytes, **changes: str) -> bytes:
    head = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:head])
    header["__metadata__"].update(changes)
    written = json.dumps(header).encode()
    return len(written).to_bytes(8, "little") + written + content[head:]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "seven bytes": lambda content: content[:7],
    "half a header": lambda content: content[:50],
    "cut short": lambda content: content[:-1],
    "a flipped bit": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
    "a huge header": lambda content: b"\xff" * 8 + content[8:],
    "text": lambda content: b"network " * 1000,
    "another format": lambda content: set_facts(content, format="aigc-net-2"),
    "another seal": lambda content: set_facts(content, seal="0" * 64),
    "another activation": lambda content: content.replace(rb"\"tanh\"", rb"\"relu\""),
    "another step": lambda content: set_facts(content, step="8"),
    "no graph": lambda content: set_facts(content, graph="[]"),
    "nested deep": lambda content: set_facts(content, graph="[" * 100_000),
    "another size": lambda content: set_facts(content, graph='{"inputs": {"z": 5, "label": 10}}'),
}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_gets_into_a_page(saved: Path, folder: Path, data: st.DataObject) -> None:
    """Bytes changed, cut or put in anywhere: what is sent is what was written at first."""
    good = (saved / GENERATOR_NET).read_bytes()
    content = bytearray(good)
    header = 8 + int.from_bytes(content[:8], "little")
    place = data.draw(st.one_of(st.integers(0, header), st.integers(0, len(content) - 1)))
    content[place : place + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    (folder / GENERATOR_NET).write_bytes(content)
    sent = checkpoints.generator_file(folder)
    assert NumpyNetwork(sent.content).graph == NumpyNetwork(good).graph
    assert sent.tag == checkpoints.generator_file(saved).tag


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_network_file_that_is_not_right_is_made_anew(
    folder: Path, packed: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    good = (folder / GENERATOR_NET).read_bytes()
    (folder / GENERATOR_NET).write_bytes(spoil(good))
    assert checkpoints.generator_file(folder).content == good
    assert packed == ["one"]


def test_a_network_file_of_earlier_weights_is_not_taken(folder: Path, saved: Path) -> None:
    models.save(folder, seed=1)
    newer = (folder / GENERATOR_NET).read_bytes()
    shutil.copy(saved / GENERATOR_NET, folder / GENERATOR_NET)
    assert checkpoints.generator_file(folder).content == newer != (saved / GENERATOR_NET).read_bytes()


def test_a_damaged_checkpoint_has_no_network_file(folder: Path) -> None:
    content = (folder / GENERATOR).read_bytes()
    (folder / GENERATOR).write_bytes(content[:-1])
    with pytest.raises(VisitorError, match=r"mine/generator\.safetensors cannot be used"):
        checkpoints.generator_file(folder)


def test_a_folder_is_written_without_one_where_there_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that do not fit, an unknown layer: the old file goes, and the rest is written all the same."""
    model = models.weights(tiny.generator())
    checkpoints.write(folder, models.plan(), {"x": np.zeros(1, np.float32)}, model, {"step": 1, "seconds": 0})
    assert not (folder / GENERATOR_NET).exists()
    models.save(folder)
    assert (folder / GENERATOR_NET).exists()
    monkeypatch.setattr("aigc_demo.backend.is_loaded", lambda: False)
    models.save(folder)
    assert not (folder / GENERATOR_NET).exists()
    assert checkpoints.load(folder).config["step"] == 7


def test_the_shipped_network_file_is_of_the_shipped_weights(packed: list[str]) -> None:
    """After a change of the format: python -m benchmarks.network_files."""
    folder = SHIPPED / "fast"
    kept = checkpoints.generator_file(folder)
    assert not packed
    config = checkpoints.read_config(folder)
    plan = make_plan(config["plan"]["recipe"]["key"])
    assert kept == checkpoints.pack_generator(plan, checkpoints.read_tensors(folder / GENERATOR), config["step"])
    assert len(kept.content) < 600_000
