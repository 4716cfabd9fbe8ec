"""A generator as SavedModel and as ONNX, by Keras's own exporters, and read back by the libraries that others will use."""

from __future__ import annotations

import importlib
import logging
import re
import warnings
import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.exports.model_readme import readme
from aigc_demo.exports.model_subject import Subject
from aigc_demo.text import Text, VisitorError

ROOT = "savedmodel"  # the folder inside the zip: unpacking it spills nothing
_OPSET = 18

_NOT_ONNX = Text("这个模型写不成 ONNX：{why}。", "This model cannot be written as ONNX: {why}.")


def saved_model(subject: Subject) -> bytes:
    """A zip of the SavedModel and a README: `serve` takes z and, where the model is conditional, label."""
    with subject.workshop() as folder:
        subject.generator.network.export(str(folder / ROOT), format="tf_saved_model", verbose=False)
        (folder / ROOT / "README.md").write_text(readme(subject, "savedmodel"), encoding="utf-8")
        return _zipped(folder / ROOT)


def draw_saved_model(subject: Subject, content: bytes, inputs: dict[str, np.ndarray]) -> np.ndarray:
    """Images float32 [n, 28, 28, 1] that the SavedModel in `content` draws."""
    with subject.workshop() as folder:
        unpack(content, folder)
        serve = tf.saved_model.load(str(folder)).signatures["serving_default"]
        (images,) = serve(**{name: tf.constant(value) for name, value in inputs.items()}).values()
        return images.numpy()


def unpack(content: bytes, folder: Path) -> None:
    """What lies in the zip of `saved_model`, into `folder`."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            target = folder.joinpath(*PurePosixPath(entry.filename).parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(entry))


def onnx_file(subject: Subject) -> bytes:
    """An ONNX model: inputs `z` and, where it is conditional, `label`; output `image`; any number of rows.

    Raises `VisitorError` where a layer has no counterpart in ONNX.
    """
    onnx = importlib.import_module("onnx")
    with subject.workshop() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the converter speaks of NumPy's old names
        logging.getLogger("tf2onnx").setLevel(logging.CRITICAL)
        path = folder / "model.onnx"
        try:
            subject.generator.network.export(str(path), format="onnx", verbose=False, opset_version=_OPSET)
            model = onnx.load(str(path))
            onnx.checker.check_model(model)  # the converter leaves in what it does not know
        except Exception as error:  # it raises whatever it stumbles over
            raise VisitorError(_NOT_ONNX.format(why=_said(error))) from error
        _name(model)
        _describe(onnx, model, subject)
        return model.SerializeToString(deterministic=True)


def draw_onnx(subject: Subject, content: bytes, inputs: dict[str, np.ndarray]) -> np.ndarray:
    """Images float32 [n, 28, 28, 1] that ONNX Runtime draws with `content`."""
    runtime = importlib.import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the trainer wants the rest
    options.log_severity_level = 3
    session = runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    (images,) = session.run(["image"], inputs)
    return images


def _name(model: Any) -> None:
    """What the converter calls `Identity:0` is the image, and what it numbers anew is the batch."""
    (output,) = model.graph.output
    old = output.name
    for node in model.graph.node:
        node.output[:] = ["image" if name == old else name for name in node.output]
        node.input[:] = ["image" if name == old else name for name in node.input]
    output.name = "image"
    for value in (*model.graph.input, output):
        value.type.tensor_type.shape.dim[0].dim_param = "n"


def _describe(onnx: Any, model: Any, subject: Subject) -> None:
    model.producer_name, model.graph.name = "AIGC Demo", "generator"
    model.doc_string = readme(subject, "onnx")
    info = subject.info
    facts = {"recipe": info.recipe, "loss": info.loss, "step": info.step, "classes": " ".join(info.class_names)}
    onnx.helper.set_model_props(model, {key: str(value) for key, value in facts.items()})


def _zipped(folder: Path) -> bytes:
    """The same files give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{ROOT}/{path.relative_to(folder).as_posix()}")
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _said(error: Exception) -> str:
    """The first line of what a library complains of, short enough for a sentence."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return re.sub(r"\s+", " ", lines[0] if lines else type(error).__name__)[:160].rstrip(".")
