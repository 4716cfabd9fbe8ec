"""A page that fits into a pocket: one HTML file with a generator in it, which draws without a server and a network.

It holds the page's own scripts (`exports.modules`) and the generator as the page evaluates it (`generator.net`). What
TensorFlow has drawn at sixteen points is in it too: the file draws them again wherever it is opened, and says how far off it is.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Any

import numpy as np

from aigc_demo.checkpoints import GENERATOR_NET, NotPortable, pack_generator
from aigc_demo.checkpoints.portable_numpy import NumpyNetwork
from aigc_demo.exports.model_subject import Subject
from aigc_demo.exports.one_file import Page, data_of, one_file
from aigc_demo.home import LICENCE
from aigc_demo.runs.axes_shelf import ModelAxes, kept_axes
from aigc_demo.text import Lang, Refused, Text, VisitorError

_NOT_A_PAGE = Text("这个模型不能做成网页文件：{why}", "This model cannot become a page of its own: {why}")


def pocket(subject: Subject, page: Page, lang: Lang) -> bytes:
    """The file, in `lang` to begin with. Raises `Refused` for a network that no page can evaluate."""
    generator, address = subject.generator, f"models/{subject.name}"
    try:
        # Packed anew: a network file that came with a model from elsewhere may say anything.
        network = pack_generator(generator.plan, generator.weights(), subject.info.step)
    except NotPortable as error:
        raise Refused(
            Text(_NOT_A_PAGE.zh.format(why=error.text.zh), _NOT_A_PAGE.en.format(why=error.text.en))
        ) from error
    facts = {**asdict(subject.info), "id": subject.name, "cards": subject.cards}
    axes = _axes(subject)
    data = {
        "networks": {f"{address}/{GENERATOR_NET}": _coded(network.content)},
        "answers": {f"{address}/axes.json": axes} if axes else {},
        "check": _check(subject),
        "licence": LICENCE.read_text(encoding="utf-8"),
    }
    return one_file(page, facts, data, lang)


def draw_pocket(content: bytes, inputs: dict[str, np.ndarray]) -> np.ndarray:
    """Images [n, 28, 28, 1] of the network in the file, as its numbers say: evaluated here by NumPy and not by a page."""
    (network,) = data_of(content)["networks"].values()
    return NumpyNetwork(base64.b64decode(network)).run(**inputs)["image"]


def _axes(subject: Subject) -> dict[str, Any] | None:
    """Its axes, found now where nobody has asked for them before; None where they cannot be had: z itself will do."""
    try:
        axes = kept_axes(subject.folder, subject.cache / "axes")
    except VisitorError:
        return None
    return ModelAxes(subject.name, subject.info.step, axes).to_json()


def _check(subject: Subject) -> dict[str, Any]:
    reference = subject.reference
    labels = None if reference.classes is None else reference.classes.argmax(axis=1).tolist()
    return {"z": reference.z.tolist(), "labels": labels, "pixels": _coded(reference.pixels.tobytes())}


def _coded(content: bytes) -> str:
    return base64.b64encode(content).decode()
