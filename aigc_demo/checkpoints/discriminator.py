"""A discriminator that judges: checked weights in a network of ours, images in, logits out."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.checkpoints.generator import check_weights
from aigc_demo.checkpoints.reading import DISCRIMINATOR, read_config, read_tensors, source_of
from aigc_demo.data import to_unit_range
from aigc_demo.networks import build_discriminator, discriminate
from aigc_demo.recipes import Plan


class Discriminator:
    """A discriminator with its weights, as it judges outside training. Any number of threads may ask it."""

    def __init__(self, plan: Plan, weights: Mapping[str, np.ndarray], source: str = DISCRIMINATOR) -> None:
        """Build the network that `plan` names and give it `weights`; raises `VisitorError` where they do not fit."""
        model = build_discriminator(plan.recipe.discriminator, channels=plan.pac, classes=plan.classes)
        self.plan = plan
        self.pack = plan.pac  # images it judges together
        # A dropout's source of randomness is a variable too, but nobody learns or saves it.
        learnt = (variable for variable in model.variables if "seed" not in variable.name)
        self._variables = {variable.path.removeprefix(f"{model.name}/"): variable for variable in learnt}
        check_weights(source, self._variables, weights)
        for name, variable in self._variables.items():
            variable.assign(weights[name])
        self._model = model
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path) -> Discriminator:
        """The discriminator in `folder`. Raises `VisitorError`, or `NotFound`."""
        path = folder / DISCRIMINATOR
        return cls(Plan.from_json(read_config(folder)["plan"]), read_tensors(path), source_of(path))

    @property
    def network(self) -> Any:
        """The `keras.Model` itself, for whoever looks inside."""
        return self._model

    def logits(self, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Raw logits float32 [n] of images uint8 [n, 28, 28]; labels int [n] are what a conditional D is told they show.

        A discriminator that judges packs of m images takes them in order and gives [n // m] logits.
        """
        count = len(images) // self.pack * self.pack
        shown: Any = to_unit_range(images[:count])
        if self.pack > 1:
            shown = shown.reshape(-1, self.pack, 28, 28).transpose(0, 2, 3, 1)
        with self._lock:
            return discriminate(
                self._model, tf.constant(shown), tf.constant(labels[: count : self.pack]), training=False
            ).logit.numpy()
