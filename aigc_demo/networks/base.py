"""How a network is called, whatever its inputs: a generator maps (z, labels) to images, a discriminator these to logits."""

from __future__ import annotations

from typing import Any, NamedTuple

from aigc_demo.backend import tf

Tensor = Any
CLASSES = 10  # of digits; a conditional network may be built for more


class DOutput(NamedTuple):
    """What a discriminator says about a batch: always logits; a sigmoid, where one is wanted, belongs to the loss."""

    logit: Tensor  # [B]
    class_logits: Tensor | None = None  # [B, classes]
    features: Tensor | None = None  # [B, F], the discriminator's last hidden layer
    category: Tensor | None = None  # [B, classes], InfoGAN's Q: logits of the category that was asked for
    codes: Tensor | None = None  # [B, k or 2k], its means of the k uniform codes, and logarithms of their deviations


def generate(model: Any, z: Tensor, labels: Tensor | None, training: bool) -> Tensor:
    """Images [B, 28, 28, 1] in [-1, 1] from z [B, latent_size]; labels [B] integers, for conditional models only."""
    if len(model.inputs) == 1:
        return model(z, training=training)
    return model([z, tf.one_hot(labels, model.inputs[1].shape[-1])], training=training)


def discriminate(model: Any, images: Tensor, labels: Tensor | None, training: bool) -> DOutput:
    """D's opinion of images [B, 28, 28, 1]; conditional models also look at labels [B]."""
    inputs = images if len(model.inputs) == 1 else [images, tf.one_hot(labels, model.inputs[1].shape[-1])]
    outputs = model(inputs, training=training)
    logit = tf.squeeze(outputs["logit"], axis=-1)
    return DOutput(logit, *(outputs.get(name) for name in DOutput._fields[1:]))
