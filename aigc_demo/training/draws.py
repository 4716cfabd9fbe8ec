"""All that chance decides in a step: which digits, which z, which shifts. Every draw is keyed by (seed, step, stream), so
a resumed run goes on with the same ones, and the coming step's batch can be looked at beforehand.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.training.replicas import ALONE, Replicas

_ROWS, _LATENT, _TERMS, _SHIFTS, _CATEGORIES = 0, 1, 2, 3, 4
_STREAMS = 8  # room for more kinds of draw without changing those above
_EXTRA_ROUNDS = 64  # D-only rounds of one step draw from streams of their own


class Batch(NamedTuple):
    """What one round is played with."""

    real: Any  # [B, 28, 28, 1] in [-1, 1]
    labels: Any  # [B]: the class of each real image, and the class asked of each fake one; see `Draws`
    z: Any  # [B, latent_size]
    seed: Any  # [2], for terms that draw
    shift_seed: Any  # [2], for the shifts of what D sees


class Draws:
    """The data on the device, the seed and the step, and the batches that follow from them."""

    def __init__(
        self,
        dataset: Dataset,
        batch_size: int,
        latent_size: int,
        categories: int = 0,
        replicas: Replicas = ALONE,
        host: str | None = None,
    ) -> None:
        """With `categories` the labels are drawn from so many at random, and those of the data are never looked at.

        `batch_size` is that of all `replicas` together; each is given its part of it. `host`: the device of seed and step.
        """
        with tf.device(host):
            self.seed = tf.Variable(0, dtype=tf.int32, trainable=False)
            self.step = tf.Variable(0, dtype=tf.int32, trainable=False)
        self.dataset = dataset
        self._images = tf.Variable(dataset.images, trainable=False)
        self._labels = tf.Variable(dataset.labels, trainable=False)
        self._batch_size, self._latent_size, self._categories = batch_size, latent_size, categories
        self._replicas = replicas

    def use(self, dataset: Dataset) -> None:
        """Draw from `dataset`, which must have as many images as the one before."""
        if dataset is not self.dataset:
            self.dataset = dataset
            self._images.assign(dataset.images)
            self._labels.assign(dataset.labels)

    def batch(self, round_number: Any, back: Any = 0) -> Batch:
        """The batch of one round (0: the one both players play) of the step that comes next, or of `back` steps before."""

        def seed(stream: int) -> Any:
            place = (self.step - back) * (_STREAMS * _EXTRA_ROUNDS) + round_number * _STREAMS + stream
            return tf.stack([self.seed, place])

        part, own = self._replicas.part, self._replicas.own
        rows = tf.random.stateless_uniform([self._batch_size], seed(_ROWS), 0, len(self.dataset.images), dtype=tf.int32)
        rows = part(rows)
        images = tf.cast(tf.gather(self._images, rows)[..., None], tf.float32) / 127.5 - 1.0
        z = part(tf.random.stateless_normal([self._batch_size, self._latent_size], seed(_LATENT)))
        labels = tf.gather(self._labels, rows)
        if self._categories:
            drawn = tf.random.stateless_uniform(
                [self._batch_size], seed(_CATEGORIES), 0, self._categories, dtype=labels.dtype
            )
            labels = part(drawn)
        return Batch(images, labels, z, own(seed(_TERMS)), own(seed(_SHIFTS)))
