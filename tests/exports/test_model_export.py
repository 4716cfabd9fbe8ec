"""Exported models: read back by others' libraries they draw what TensorFlow draws, and what does not is not handed out."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from aigc_demo import checkpoints, networks
from aigc_demo.backend import tf
from aigc_demo.checkpoints import Generator
from aigc_demo.checkpoints.portable_numpy import NumpyNetwork
from aigc_demo.exports import Page
from aigc_demo.exports.model_export import MODEL_FORMATS, Exported, Options, Stage, export_model, find_model_format
from aigc_demo.exports.model_keras import draw_onnx
from aigc_demo.exports.model_reference import POINTS, Reference
from aigc_demo.exports.model_subject import Subject, file_stem
from aigc_demo.exports.one_file import data_of
from aigc_demo.networks import Network
from aigc_demo.recipes import Plan
from aigc_demo.text import NotFound, Refused, VisitorError, plain
from tests import models, tiny

TOLERANCE = 1e-5  # of an image's numbers, which reach from -1 to 1: single precision, other orders of summing

HOSTILE = "# Card </script><script>alert(1)</script>\n"


def odd_generator(classes: int = 10) -> Any:
    """With a layer that neither a page nor ONNX knows: the singular values of a matrix."""
    import keras
    from keras import layers

    @keras.saving.register_keras_serializable("tests")
    class Singular(layers.Layer):
        def call(self, x: Any) -> Any:
            return tf.linalg.svd(tf.reshape(x, (-1, 28, 28)), compute_uv=False)

        def compute_output_shape(self, shape: Any) -> Any:
            return (shape[0], 28)

    z = keras.Input((tiny.LATENT_SIZE,), name="z")
    x = Singular(name="odd")(layers.Dense(784, name="dense1")(z))
    x = layers.Dense(784, "tanh", name="dense2")(x)
    return keras.Model(z, layers.Reshape((28, 28, 1), name="image")(x), name="generator_tiny_odd")


ODD = Network("tiny_odd", f"{__name__}:odd_generator", plain("tiny"), tiny.LATENT_SIZE)


@pytest.fixture(scope="module")
def _known(tiny_networks: None) -> Iterator[None]:
    with models.tiny_recipe(), pytest.MonkeyPatch.context() as patch:
        patch.setitem(networks.GENERATORS, "tiny_odd", ODD)
        yield


def unconditional(plan: Plan) -> Plan:
    return replace(plan, recipe=replace(plan.recipe, conditional=False))


@pytest.fixture(scope="module")
def conditional(tmp_path_factory: pytest.TempPathFactory, _known: None) -> Path:
    """A conditional checkpoint with batch normalisation and a card that means harm."""
    folder = models.save(tmp_path_factory.mktemp("export") / "m 1<b>")
    (folder / "README.md").write_text(HOSTILE)
    return folder


@pytest.fixture(scope="module")
def styled(tmp_path_factory: pytest.TempPathFactory, _known: None) -> Path:
    """With styles, noise, AdaIN and smooth enlargement, and an input less."""
    folder = tmp_path_factory.mktemp("styled") / "s"
    weights = models.weights(tiny.style_generator())
    noise = {name: np.full_like(value, 0.3) for name, value in weights.items() if name.endswith("/scale")}
    d_weights = models.weights(tiny.plain_discriminator(), player=0)
    checkpoints.write(
        folder, unconditional(tiny.STYLE_PLAN), {**weights, **noise}, d_weights, {"step": 7, "seconds": 1.5}
    )
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """A page of one script; what it says of the model is all that is known of it."""
    (tmp_path / "start.js").write_text("export {};\n")
    return Page(
        tmp_path, "start.js", (), lambda facts, lang: facts["title"][lang], lambda: "", lambda facts, lang: {**facts},
        lambda facts: {},
    )  # fmt: skip


def made(folder: Path, cache: Path, key: str, page: Page | None = None) -> Exported:
    def no_page() -> Page:
        raise AssertionError("only an HTML file has a page")

    *stages, exported = export_model(folder, cache, MODEL_FORMATS[key], Options(lambda: page or no_page()))
    assert isinstance(exported, Exported)
    shares = [stage.share for stage in stages if isinstance(stage, Stage)]
    assert shares == sorted(shares)
    assert list((cache / "exports").iterdir()) == [] if (cache / "exports").exists() else True
    return exported


def drawn(folder: Path, count: int, seed: int = 5) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Inputs that the export has not been checked with, and what TensorFlow draws."""
    generator = checkpoints.load(folder)
    z = np.random.default_rng(seed).standard_normal((count, generator.latent_size)).astype(np.float32)
    label = np.eye(10, dtype=np.float32)[(3 * np.arange(count)) % 10]
    images = generator.forward(tf.constant(z), tf.constant(label)).numpy()
    return {"z": z, **({"label": label} if generator.conditional else {})}, images


READ_BACK = """
import sys, numpy as np, tensorflow as tf
given = np.load(sys.argv[2])
model = tf.saved_model.load(sys.argv[1])
images = model.serve([given["z"], given["label"]])
named = model.signatures["serving_default"](z=tf.constant(given["z"]), label=tf.constant(given["label"]))
(same,) = named.values()
print(float(np.abs(images - given["images"]).max()), float(np.abs(same - given["images"]).max()), "keras" in sys.modules)
"""


def test_a_saved_model_needs_nothing_of_ours(conditional: Path, cache: Path, tmp_path: Path) -> None:
    """A fresh process that knows TensorFlow alone draws the same images with it, at points of its own choice."""
    exported = made(conditional, cache, "savedmodel")
    assert exported.difference <= 0.1
    assert exported.file == f"{file_stem('tiny', conditional.name)}.zip" == "aigc-demo-tiny-m1b.zip"
    with zipfile.ZipFile(io.BytesIO(exported.content)) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"savedmodel"}
        archive.extractall(tmp_path)
    readme = (tmp_path / "savedmodel" / "README.md").read_text()
    assert "one-hot" in readme and "独热" in readme and HOSTILE.strip() in readme
    inputs, images = drawn(conditional, 3)
    np.savez(tmp_path / "given.npz", images=images, **inputs)
    environment = {**os.environ, "PYTHONPATH": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", READ_BACK, "savedmodel", "given.npz"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240)
    assert result.returncode == 0, result.stderr[-500:]
    by_call, by_name, _ = result.stdout.split()
    assert float(by_call) <= TOLERANCE
    assert float(by_name) <= TOLERANCE


@pytest.mark.parametrize("which", ["conditional", "styled"])
def test_onnx_runtime_draws_what_tensorflow_draws(which: str, cache: Path, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    exported = made(folder, cache, "onnx")
    assert exported.difference <= 0.1
    model = onnx.load_from_string(exported.content)
    inputs, images = drawn(folder, 3)
    assert [value.name for value in model.graph.input] == list(inputs)
    assert [value.name for value in model.graph.output] == ["image"]
    sizes = [value.type.tensor_type.shape.dim[0].dim_param for value in (*model.graph.input, *model.graph.output)]
    assert set(sizes) == {"n"}
    assert {item.key: item.value for item in model.metadata_props}["recipe"] == "tiny"
    assert "onnxruntime" in model.doc_string
    for count in (3, 1, 2):  # any number of rows
        some = {name: value[:count] for name, value in inputs.items()}
        assert np.abs(draw_onnx(None, exported.content, some) - images[:count]).max() <= TOLERANCE  # type: ignore[arg-type]


def test_the_network_in_the_page_is_the_model(conditional: Path, cache: Path, page: Page) -> None:
    exported = made(conditional, cache, "html", page)
    data = data_of(exported.content)
    name = exported.file.removesuffix(".html")
    network = NumpyNetwork(base64.b64decode(data["networks"][f"models/{name}/generator.net"]))
    inputs, images = drawn(conditional, 3)
    assert np.abs(network.run(**inputs)["image"] - images).max() * 127.5 <= 1.5
    check, generator = data["check"], checkpoints.load(conditional)
    pixels = np.frombuffer(base64.b64decode(check["pixels"]), np.uint8).reshape(-1, 28, 28)
    again = generator.render(check["z"], check["labels"])
    assert np.abs(pixels.astype(int) - again).max() <= 1  # compiled, and one by one
    assert len(pixels) == POINTS
    axes = data["answers"][f"models/{name}/axes.json"]
    assert len(axes["families"]["output"][0]["direction"]) == tiny.LATENT_SIZE
    assert "MIT" in data["licence"]


def test_what_a_card_says_stays_data(conditional: Path, cache: Path, page: Page) -> None:
    exported = made(conditional, cache, "html", page)
    text = exported.content.decode()
    assert text.count("<script") == text.count("</script>") == 4
    assert "alert(1)" in data_of(exported.content)["catalogues"]["en"]["cards"]["en"]
    assert "default-src 'none'" in text
    assert "connect-src" not in text
    with pytest.raises(ValueError, match="no file of ours"):
        data_of(b"<!doctype html>")


def _wrong(factor: float, offset: float = 0.0) -> Any:
    """A reader whose images are not quite TensorFlow's."""

    def draw(subject: Subject, content: bytes, inputs: dict[str, np.ndarray]) -> np.ndarray:
        return subject.reference.images[: len(inputs["z"])] * factor + offset

    return draw


@pytest.mark.parametrize(
    "draw", [_wrong(1.0, 0.01), _wrong(float("nan")), lambda subject, content, inputs: np.zeros((3, 2))]
)
def test_what_draws_something_else_is_not_handed_out(conditional: Path, cache: Path, draw: Any) -> None:
    chosen = replace(MODEL_FORMATS["onnx"], write=lambda subject, options: b"", draw=draw)
    with pytest.raises(VisitorError, match="Nothing was exported"):
        list(export_model(conditional, cache, chosen, Options(lambda: None)))  # type: ignore[arg-type,return-value]


def test_the_difference_is_told_in_grey_levels() -> None:
    images = np.zeros((2, 28, 28, 1), np.float32)
    reference = Reference(np.zeros((2, 3), np.float32), None, images)
    assert reference.compare(images + 0.01) == pytest.approx(1.275, abs=1e-5)
    assert reference.compare(images[:1]) == 0.0
    assert reference.compare(images[..., 0]) == float("inf")


def test_an_unknown_layer_is_named_in_one_sentence(
    tmp_path: Path, cache: Path, page: Page, _known: None, caplog: pytest.LogCaptureFixture
) -> None:
    plan = unconditional(tiny.plan(generator="tiny_odd", discriminator="tiny_plain", auxiliaries=()))
    weights, d_weights = models.weights(odd_generator()), models.weights(tiny.plain_discriminator(), player=0)
    checkpoints.write(tmp_path / "odd", plan, weights, d_weights, {"step": 1, "seconds": 1.0})
    with pytest.raises(Refused) as refusal:
        made(tmp_path / "odd", cache, "html", page)
    assert "odd" in refusal.value.text.en and "odd" in refusal.value.text.zh
    with pytest.raises(VisitorError) as refusal:
        made(tmp_path / "odd", cache, "onnx")
    assert refusal.value.text.en.startswith("This model cannot be written as ONNX:")
    assert "\n" not in refusal.value.text.en
    assert not caplog.records
    assert list((cache / "exports").iterdir()) == []


def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODEL_FORMATS, "onnx", replace(MODEL_FORMATS["onnx"], needs=("onnx", "no_such_package")))
    with pytest.raises(Refused) as refusal:
        find_model_format("onnx")
    assert "pip install onnx no_such_package" in refusal.value.text.en
    assert "pip install onnx no_such_package" in refusal.value.text.zh
    with pytest.raises(NotFound, match="html, savedmodel, onnx"):
        find_model_format(["tflite"])


def test_what_a_killed_process_left_goes_with_the_next_export(conditional: Path, tmp_path: Path) -> None:
    old, young = tmp_path / "exports" / "old", tmp_path / "exports" / "young"
    for left in (old, young):
        left.mkdir(parents=True)
        (left / "model.onnx").write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    generator = checkpoints.load(conditional)
    subject = Subject(conditional, tmp_path, generator, _reference(generator), None, {})  # type: ignore[arg-type]
    with subject.workshop() as folder:
        assert folder.parent == tmp_path / "exports"
        assert not old.exists()
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == ["young"]


def _reference(generator: Generator) -> Reference:
    return Reference(np.zeros((0, generator.latent_size), np.float32), None, np.zeros((0, 28, 28, 1), np.float32))
