"""What the endpoints do, by name, for whoever asks: Gradio's queue and MCP are two doors to the same room."""

from __future__ import annotations

import math
import secrets
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from PIL import Image

from aigc_demo.checkpoints import Generator
from aigc_demo.data import check_name
from aigc_demo.data.arrays import images_given
from aigc_demo.explain.logits import explain
from aigc_demo.latent import draw
from aigc_demo.metrics.report import evaluate_images
from aigc_demo.networks import CLASSES
from aigc_demo.recipes import make_plan, whole_number
from aigc_demo.runs import Run, Started, Studio
from aigc_demo.runs.record import OVER
from aigc_demo.text import Lang, Text, VisitorError
from aigc_demo.ui.endpoints.meter import Meter

_HALF_A_MIX = Text(
    "混合两个数字需要同时给出 label 和 label_b。", "A mixture of two digits needs both label and label_b."
)
_UNCONDITIONAL = Text("这个模型不按类别生成，label 应为 null。", "This model is unconditional: its label must be null.")
_BAD_Z = Text("z 应为 {n} 个数。", "z must be {n} numbers.")


class Work:
    """The work of one server; its methods take arguments that their `Endpoint` has read, and raise `VisitorError`.

    `meter` counts the calls of all doors together.
    """

    def __init__(self, studio: Studio, meter: Meter) -> None:
        self.studio, self.meter = studio, meter
        self._measuring = threading.Lock()

    def train(self, given: Mapping[str, Any], visitor: str) -> Started:
        """Start a run."""
        dataset = check_name(given["dataset"])  # the server's own files are not a client's to name
        plan = make_plan(given["recipe"], given["loss"], dataset, given["seed"], given["seconds"])
        return self.studio.start(plan, visitor)

    def finetune(self, given: Mapping[str, Any], visitor: str) -> Started:
        """Start a run that teaches a model one more class; its images become a set of own data."""
        own = self.studio.own.store
        info = own.add(images_given(given["images"], given["name"]), token=secrets.token_hex(16))
        own.prune(self.studio.limits.kept_datasets)
        try:
            keep = given["keep"] is not False
            plan = self.studio.adapt_plan(given["model"], info.key, keep, given["seed"], given["seconds"], {})
            return self.studio.start(plan, visitor)
        except VisitorError:
            own.delete(info.id)  # nobody will train on it
            raise

    def generate(self, given: Mapping[str, Any]) -> Image.Image:
        """One 28x28 greyscale digit."""
        generator = self.studio.generator(given["model"])
        last = len(generator.class_names) - 1
        digit = _label(given["label"], last, Text("数字", "The label"))
        other = _label(given["label_b"], last, Text("另一个数字", "label_b"))
        if digit is not None and not generator.conditional:
            raise VisitorError(_UNCONDITIONAL)
        if (other is not None and digit is None) or (given["mix"] > 0 and other is None):
            raise VisitorError(_HALF_A_MIX)
        seed, z = given["seed"], given["z"]
        point = draw(seed, 1, generator.latent_size) if z is None else _point(z, generator)
        every = np.eye(generator.classes)
        classes = every[[seed % (last + 1) if digit is None else digit]]
        if other is not None:
            classes = (1.0 - given["mix"]) * classes + given["mix"] * every[[other]]
        return Image.fromarray(generator.render(point, classes, given["truncation"])[0], "L")

    def evaluate(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All figures of so many images of a model, one call at a time, whichever doors they come through."""
        generator = self.studio.generator(given["model"])
        count, seed = given["n"], given["seed"]
        labels = np.arange(count, dtype=np.int64) % CLASSES
        with self._measuring:
            images = generator.render(draw(seed, count, generator.latent_size), labels)
            asked = labels if generator.conditional else None
            return evaluate_images(images, asked, seed, generator.plan.sorts_itself)

    def explain(self, given: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
        """Every term of a loss at two logits, worded in `lang`."""
        return explain(given["loss"], given["s_real"], given["s_fake"], lang)


def follow(run: Run, lang: Lang) -> Iterator[dict[str, Any]]:
    """A dict for each thing that happens to `run`, until it is over and measured."""
    for message in run.follow():
        yield told(run, message, lang)


def told(run: Run, message: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """One message of a run as clients of the API get it."""
    update = {key: message[key] for key in ("run", "state", "step", "seconds")}
    update["terms"] = _terms_at(run, message["step"])
    if message.get("error"):
        update["error"] = message["error"][lang]
    if message["state"] in OVER and message.get("measuring") is False:
        update |= {"metrics": message["metrics"], "checkpoint": message["checkpoint"]}
    return update


def _terms_at(run: Run, step: int) -> dict[str, float | None]:
    """The exact figures of one step by key; none at step 0, and None for what is no finite number."""
    if step < 1 or not len(rows := run.rows(step, step)):
        return {}
    return {key: value if math.isfinite(value) else None for key, value in zip(run.keys, rows[0].tolist(), strict=True)}


def _label(value: object, last: int, what: Text) -> int | None:
    return None if value is None else whole_number(value, 0, last, what)


def _point(z: object, generator: Generator) -> list[list[Any]]:
    """z as the one row that `render` takes, which checks its numbers."""
    if not isinstance(z, list) or len(z) != generator.latent_size:
        raise VisitorError(_BAD_Z.format(n=generator.latent_size))
    return [z]
