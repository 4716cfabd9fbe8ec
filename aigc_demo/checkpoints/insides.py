"""A generator looked into: its images as they leave the network, what its last layer is given, and its gradients."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.checkpoints.generator import Generator
from aigc_demo.latent.axes_finding import Look
from aigc_demo.networks import generate


class Insides:
    """What `latent.find_axes` asks of a network. Its weights must not change meanwhile; one thread at a time."""

    def __init__(self, generator: Generator) -> None:
        model = generator.network
        weighted = [layer for layer in model.layers if _kernel(layer) is not None]
        self.latent_size, self.conditional = generator.latent_size, generator.conditional
        self.multiplications = sum(map(_multiplications, weighted))
        self._first, last = weighted[0], weighted[-1]
        self._model = _opened(model, last.input)
        points = tf.TensorSpec([None, self.latent_size], tf.float32), tf.TensorSpec([None], tf.int32)
        vectors = tf.TensorSpec([None, 28, 28], tf.float32)
        self._drawing = tf.function(self._draw, autograph=False).get_concrete_function(*points)
        self._pulling = tf.function(self._pull, autograph=False).get_concrete_function(*points, vectors)

    def look(self, z: np.ndarray, labels: np.ndarray, v: np.ndarray | None = None) -> Look:
        """Images float32 [n, 28, 28] in [-1, 1] and hidden activations [n, units] of z [n, latent_size]; with images v
        also the products Jᵀv [n, latent_size], J = ∂x/∂z.
        """
        asked = tf.constant(z, tf.float32), tf.constant(labels, tf.int32)
        if v is None:
            images, hidden = self._drawing(*asked)
            return Look(images.numpy(), hidden.numpy(), None)
        images, hidden, pulled = self._pulling(*asked, tf.constant(v, tf.float32))
        return Look(images.numpy(), hidden.numpy(), pulled.numpy())

    def first_matrix(self) -> np.ndarray:
        """[latent_size, units]: what the first layer with weights multiplies z by, which comes before the label."""
        kernel = self._first.kernel.numpy()
        if kernel.ndim == 4:  # a transposed convolution of a single point: [height, width, units, inputs]
            kernel = kernel.reshape(-1, kernel.shape[-1]).T
        return kernel[: self.latent_size]

    def _draw(self, z: Any, labels: Any) -> tuple[Any, Any]:
        outputs = generate(self._model, z, labels, training=False)
        return outputs["image"][..., 0], tf.reshape(outputs["hidden"], [tf.shape(z)[0], -1])

    def _pull(self, z: Any, labels: Any, v: Any) -> tuple[Any, Any, Any]:
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(z)
            images, hidden = self._draw(z, labels)
        return images, hidden, tape.gradient(images, z, v, unconnected_gradients=tf.UnconnectedGradients.ZERO)


def _opened(model: Any, hidden: Any) -> Any:
    """The same layers in a model that also shows one of its own tensors."""
    import keras

    return keras.Model(model.input, {"image": model.outputs[0], "hidden": hidden})


def _kernel(layer: Any) -> Any:
    return getattr(layer, "kernel", None)


def _multiplications(layer: Any) -> int:
    """For one image: every number of a kernel is used once at each place of its output, or of its input if transposed."""
    shape = layer.kernel.shape
    places = layer.input.shape if type(layer).__name__.endswith("Conv2DTranspose") else layer.output.shape
    return int(np.prod(shape)) * (int(np.prod(places[1:3])) if len(shape) == 4 else 1)
