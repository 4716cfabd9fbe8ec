"""The forms in which a trained generator can leave the program. To add one, write its `write` and `draw`, and name it in
`MODEL_FORMATS`.

Whatever is written is read back from its own bytes and held against TensorFlow before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.exports.model_keras import draw_onnx, draw_saved_model, onnx_file, saved_model
from aigc_demo.exports.model_reference import POINTS, check
from aigc_demo.exports.model_subject import Subject
from aigc_demo.exports.one_file import Page
from aigc_demo.exports.pocket import draw_pocket, pocket
from aigc_demo.text import Lang, NotFound, Refused, Text

# In grey levels of 255. Other libraries sum single-precision numbers in another order: that is worth some 0.001 of one, so
# that a hundred times as much is a mistake. A page's kernels have half precision, eleven bits: that is worth up to one,
# and what is more could be seen as two once it is rounded.
_SINGLE, _HALF = 0.1, 1.5

_READING = Text("正在读取模型，用 TensorFlow 画参考图…", "Reading the model and drawing with TensorFlow…")
_WRITING = Text("正在写出…", "Writing…")
_CHECKING = Text("正在重新读入，与 TensorFlow 对照…", "Reading it back and comparing it with TensorFlow…")
_MISSING = Text(
    "导出 {title} 需要还没有安装的软件包；先运行 {command}。",
    "Exporting {title} needs packages that are not installed: run {command} first.",
)
_UNKNOWN = Text("没有名为“{name}”的格式。可用：{known}。", "There is no format called “{name}”. Choose one of {known}.")


@dataclass(frozen=True)
class Options:
    """`page` gives the page's own parts for an HTML file, which speaks `lang` to begin with."""

    page: Callable[[], Page]
    lang: Lang = "en"


@dataclass(frozen=True)
class ModelFormat:
    """`needs` are packages beside requirements.txt; `most` is how far its images may be off, in grey levels of 255."""

    key: str
    ending: str
    media_type: str
    title: Text
    about: Text
    write: Callable[[Subject, Options], bytes]
    draw: Callable[[Subject, bytes, dict[str, np.ndarray]], np.ndarray]
    most: float
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """The command that installs what it lacks; '' where it lacks nothing."""
        return "" if all(map(find_spec, self.needs)) else f"pip install {' '.join(self.needs)}"


MODEL_FORMATS: dict[str, ModelFormat] = {
    item.key: item
    for item in (
        ModelFormat(
            "html",
            ".html",
            "text/html; charset=utf-8",
            Text("网页（HTML）", "Web page (HTML)"),
            Text(
                "一个文件，不用服务器也不用网络：从 U 盘打开，拖动滑块就画。",
                "One file, no server, no network: open it from a memory stick, and its sliders draw.",
            ),
            lambda subject, options: pocket(subject, options.page(), options.lang),
            lambda subject, content, inputs: draw_pocket(content, inputs),
            _HALF,
        ),
        ModelFormat(
            "savedmodel",
            ".zip",
            "application/zip",
            Text("SavedModel（zip）", "SavedModel (zip)"),
            Text(
                "给 TensorFlow、TF Serving 用；不需要本软件。", "For TensorFlow and TF Serving; needs none of our code."
            ),
            lambda subject, options: saved_model(subject),
            draw_saved_model,
            _SINGLE,
        ),
        ModelFormat(
            "onnx",
            ".onnx",
            "application/octet-stream",
            Text("ONNX", "ONNX"),
            Text("给 ONNX Runtime 和许多别的语言、设备用。", "For ONNX Runtime: many other languages and devices."),
            lambda subject, options: onnx_file(subject),
            draw_onnx,
            _SINGLE,
            ("tf2onnx", "onnx", "onnxruntime"),
        ),
    )
}


@dataclass(frozen=True)
class Stage:
    """What goes on now; `share` 0..1 of the work is behind."""

    text: Text
    share: float


@dataclass(frozen=True)
class Exported:
    """A file, its name, and the most by which its images differ from TensorFlow's at so many points, in grey levels."""

    format: ModelFormat
    file: str
    content: bytes
    difference: float
    points: int = POINTS


def find_model_format(name: Any) -> ModelFormat:
    """The format of this key. Raises `NotFound` with the list, and `Refused` with a command where packages are missing."""
    found = MODEL_FORMATS.get(name) if isinstance(name, str) else None
    if found is None:
        raise NotFound(_UNKNOWN.format(name=str(name)[:40], known=", ".join(MODEL_FORMATS)))
    if found.missing:
        raise Refused(
            Text(
                _MISSING.zh.format(title=found.title.zh, command=found.missing),
                _MISSING.en.format(title=found.title.en, command=found.missing),
            )
        )
    return found


def export_model(folder: Path, cache: Path, chosen: ModelFormat, options: Options) -> Iterator[Stage | Exported]:
    """Export the generator of the checkpoint in `folder`; the last thing told is the file. `cache` is the folder for what
    is derived.

    Raises `VisitorError`: what loading the checkpoint does, for a network that has no such form, and where what was
    written draws something else than TensorFlow.
    """
    yield Stage(_READING, 0.0)
    subject = Subject.read(folder, cache)
    yield Stage(_WRITING, 0.3)
    content = chosen.write(subject, options)
    yield Stage(_CHECKING, 0.8)
    reference = subject.reference
    counts = (POINTS, 1)  # alone as well: a batch must not matter
    found = [reference.compare(chosen.draw(subject, content, reference.inputs(count))) for count in counts]
    yield Exported(chosen, f"{subject.name}{chosen.ending}", content, check(found, chosen.most))
