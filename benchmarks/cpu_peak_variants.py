"""The optimisations that `cpu_peak.py` tries, each as what is set before TensorFlow is loaded and what is changed after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.networks import discriminate
from aigc_demo.training import game as games
from aigc_demo.training.players import Players

AS_IT_IS = "as it is"


def _nothing() -> None:
    """Leave everything as it is."""


@dataclass(frozen=True)
class Variant:
    """`changes` is what it does to what a run computes: nothing, how sums are rounded, or the game itself."""

    title: str
    changes: str
    environment: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = _nothing
    needs: str = ""  # a flag of the CPU's, as Linux names it


def _threads(intra: int, inter: int) -> Callable[[], None]:
    def prepare() -> None:
        tf.config.threading.set_intra_op_parallelism_threads(intra)
        tf.config.threading.set_inter_op_parallelism_threads(inter)

    return prepare


def _one_shared_pass() -> None:
    """D judges real and fake images in one batch. With batch normalisation in D that would be another game."""

    def round_(self: Any, batch: Any, fake: Any) -> Any:
        def opinion(images: Any, labels: Any) -> Any:
            return discriminate(self._discriminator, games.pack(images, self._pac), labels, training=True)

        both = opinion(tf.concat([batch.real, fake], 0), tf.concat([batch.labels, batch.labels], 0))
        halves = [None if each is None else tf.split(each, 2) for each in both]
        real_out, fake_out = (
            type(both)(*(None if half is None else half[place] for half in halves)) for place in (0, 1)
        )
        return games.Round(opinion, self.draw, batch.z, batch.real, fake, batch.labels, real_out, fake_out, batch.seed)

    games.Game.round = round_  # type: ignore[method-assign]


def _fused_updates() -> None:
    """Adam on one flat vector of all of a player's weights instead of on each variable, with the same formulas."""
    build = Players.__init__

    def built(self: Any, *arguments: Any, **options: Any) -> None:
        build(self, *arguments, **options)
        for name in ("g_optimiser", "d_optimiser"):
            setattr(self, name, FlatAdam(getattr(self, name)))

    Players.__init__ = built  # type: ignore[method-assign]


class FlatAdam:
    """Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1, with epsilon where Keras has it."""

    def __init__(self, keras_adam: Any) -> None:
        import keras

        self.learning_rate = keras_adam.learning_rate
        self._adam = keras_adam
        total = sum(int(tf.size(variable.value)) for variable in keras_adam._momentums)
        self._first, self._second = (keras.Variable(np.zeros(total, np.float32)) for _ in range(2))
        self._step = keras.Variable(np.float32(0.0))
        self.variables = [self.learning_rate, self._first, self._second, self._step]

    def apply(self, gradients: list[Any], variables: list[Any]) -> None:
        flat = tf.concat([tf.reshape(gradient, [-1]) for gradient in gradients], 0)
        step = self._step.value + 1.0
        beta_1, beta_2 = (tf.constant(beta, tf.float32) for beta in (self._adam.beta_1, self._adam.beta_2))
        rate = self.learning_rate.value * tf.sqrt(1.0 - tf.pow(beta_2, step)) / (1.0 - tf.pow(beta_1, step))
        # In the order in which Keras computes it, so that every rounding is the same.
        first = self._first.value + (flat - self._first.value) * (1.0 - self._adam.beta_1)
        second = self._second.value + (tf.square(flat) - self._second.value) * (1.0 - self._adam.beta_2)
        for kept, value in ((self._step, step), (self._first, first), (self._second, second)):
            kept.assign(value)
        change = first * rate / (tf.sqrt(second) + self._adam.epsilon)
        parts = tf.split(change, [gradient.shape.num_elements() for gradient in gradients])
        for variable, part in zip(variables, parts, strict=True):
            variable.assign_sub(tf.reshape(part, variable.shape))


VARIANTS: dict[str, Variant] = {
    variant.title: variant
    for variant in (
        Variant(AS_IT_IS, "nothing"),
        Variant("one thread within an operation", "nothing", prepare=_threads(1, 0)),
        Variant("one operation at a time", "nothing", prepare=_threads(0, 1)),
        Variant("without oneDNN (Eigen, channels last)", "rounding", {"TF_ENABLE_ONEDNN_OPTS": "0"}),
        Variant("fused updates (one flat vector)", "rounding", prepare=_fused_updates),
        Variant("one shared pass of D", "rounding", prepare=_one_shared_pass),
        Variant("XLA", "rounding and draws", settings={"xla": "on"}),
        Variant("bfloat16 layers", "precision", settings={"precision": "bfloat16"}, needs="avx512_bf16"),
        Variant(
            "bfloat16 within oneDNN", "precision", {"ONEDNN_DEFAULT_FPMATH_MODE": "BF16"}, needs="avx512_bf16"
        ),
    )
}  # fmt: skip
