"""Our own frozen feature net: a LeNet-size digit classifier whose 64 penultimate units define digit-FD.

Called digit-FD and never FID: Inception's features mean nothing on 28x28 digits, and values of different feature nets
must not be compared. No generator is ever trained on it, or its figures would measure what was learnt from them.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from safetensors.numpy import load_file

from aigc_demo import backend
from aigc_demo.backend import tf
from aigc_demo.home import SHIPPED
from aigc_demo.metrics.distances import Moments, frechet_distance, moments

FOLDER = SHIPPED / "features"


class Reading(NamedTuple):
    """What the feature net makes of n images: features float32 [n, 64], and the predicted class int64 [n]."""

    features: np.ndarray
    predicted: np.ndarray


def build() -> Any:
    """The classifier, untrained: images [B, 28, 28, 1] in [0, 1] -> features [B, 64] and class logits [B, 10]."""
    backend.load()
    import keras
    from keras import layers

    image = keras.Input((28, 28, 1), name="image")
    x = layers.Conv2D(16, 5, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(name="pool1")(x)
    x = layers.Conv2D(32, 5, activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(name="pool2")(x)
    x = layers.Flatten(name="flatten")(x)
    features = layers.Dense(64, activation="relu", name="features")(x)
    return keras.Model(
        image, {"features": features, "logits": layers.Dense(10, name="logits")(features)}, name="digits"
    )


class FeatureNet:
    """The shipped classifier with its reference statistics."""

    def __init__(self, folder: Path = FOLDER) -> None:
        facts = json.loads((folder / "config.json").read_text())
        weights_path = folder / "features.safetensors"
        self.sha256 = hashlib.sha256(weights_path.read_bytes()).hexdigest()
        if self.sha256 != facts["sha256"]:
            raise ValueError(f"{weights_path} is not the file that {folder / 'config.json'} describes")
        tensors = load_file(weights_path)
        self.reference = Moments(tensors.pop("reference/mean"), tensors.pop("reference/covariance"))
        self._spread = float(np.sqrt(2.0 * np.trace(self.reference.covariance) / len(self.reference.mean)))
        self.floors: dict[int, float] = {int(n): value for n, value in facts["floors"].items()}
        self.yardsticks: dict[str, float] = facts["yardsticks"]
        self.accuracy: float = facts["accuracy"]
        self._model = build()
        for variable in self._model.variables:
            variable.assign(tensors[variable.path.removeprefix("digits/")])
        self._compiled = tf.function(
            self._forward, input_signature=[tf.TensorSpec([None, 28, 28], tf.uint8)], autograph=False
        )

    def _forward(self, images: Any) -> tuple[Any, Any]:
        outputs = self._model(tf.cast(images[..., None], tf.float32) / 255.0, training=False)
        return outputs["features"], tf.argmax(outputs["logits"], axis=-1)

    def read(self, images: np.ndarray) -> Reading:
        """Features and predicted classes of images uint8 [n, 28, 28]."""
        parts = [self._compiled(images[start : start + 1000]) for start in range(0, len(images), 1000)]
        return Reading(
            np.concatenate([part[0].numpy() for part in parts]), np.concatenate([part[1].numpy() for part in parts])
        )

    def look(self, images: Any) -> Any:
        """Tensors: features [n, 64] of images [n, 28, 28, 1] in [0, 1], in units in which two real digits differ by a mean
        square of 1. Differentiable: it guides the search for a point of the latent space.
        """
        return self._model(images, training=False)["features"] / self._spread

    def glance(self, images: np.ndarray) -> np.ndarray:
        """Features float32 [n, 64] of images uint8 [n, 28, 28], in the units of `look`."""
        return self.read(images).features / np.float32(self._spread)

    def digit_fd(self, features: np.ndarray) -> float:
        """Fréchet distance of features [n, 64] to the reserved real digits; biased up by about 1/n."""
        return frechet_distance(moments(features), self.reference)

    def floor(self, count: int) -> float:
        """What `count` real digits score, from the measured floors by the law a + b/n that the bias follows."""
        sizes = np.array(sorted(self.floors), np.float64)
        values = np.array([self.floors[int(size)] for size in sizes])
        if count in self.floors:
            return self.floors[count]
        slope, offset = np.polyfit(1.0 / sizes, values, 1)
        return float(max(0.0, offset + slope / count))


@lru_cache(maxsize=1)
def feature_net() -> FeatureNet:
    """The shipped feature net, loaded once a process."""
    return FeatureNet()
