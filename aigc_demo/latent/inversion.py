"""Inversion: the point z, and the label, from which a generator draws something most like a given image.

Minimised by Adam over z, for many starts in one batch: mean squared error of the pixels in [0, 1] + 0.1 · that of the
frozen net's features + β (‖z‖² − d)² / d, which keeps z where the prior has its points (Creswell & Bharath 2016,
arXiv:1611.05644; Lipton & Tripathi 2017, arXiv:1702.04782). First each label gets the same short search and the one that
fits best is chosen: searched long enough, a good generator draws almost anything under almost any label. Then the rest
of the time goes to that label.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.latent.encoder import Encoder
from aigc_demo.latent.starts import Clock, Stage, Starts

FEATURE_WEIGHT = 0.1
PRIOR_WEIGHT = 1e-3
PATIENCE = 10.0  # seconds; on a slow network, or a busy machine, the search ends with the best so far
_LABELS = 10
_BETA_1, _BETA_2, _EPSILON = 0.9, 0.99, 1e-8

CHOICE = Stage(_LABELS, 3, 0.1, 0.3)  # of the label: measured on held-out digits, ten steps tell labels apart worse
REFINEMENT = (Stage(4, 150, 0.1, 0.75), Stage(2, 150, 0.03, 1.0))


class LabelError(NamedTuple):
    """How well one label fits after the same short search as all others: root mean squared error of pixels in [0, 1]."""

    label: int
    error: float


@dataclass(frozen=True, eq=False)
class Found:
    """The best so far: z float32 [d], its label (None for an unconditional model), and its error as in `LabelError`.

    `by_label` is empty until all labels have been compared, and for an unconditional model.
    """

    progress: float  # 0..1
    z: np.ndarray
    label: int | None
    error: float
    by_label: tuple[LabelError, ...] = ()


class Inverter:
    """The search, compiled once for a network. `forward` reads the network's weights as they are when it searches.

    One search at a time: it is the caller's to see to that.
    """

    def __init__(
        self,
        forward: Callable[[Any, Any], Any],
        look: Callable[[Any], Any],
        latent_size: int,
        conditional: bool,
        classes: int = 10,
    ) -> None:
        """`forward(z [n, d], classes [n, classes])` -> images [n, 28, 28, 1] in [-1, 1]; `look` -> features of such in [0, 1]."""
        self._forward, self._look = forward, look
        self.latent_size, self.conditional, self.classes = latent_size, conditional, classes
        points, numbers = tf.TensorSpec([None, latent_size], tf.float32), tf.TensorSpec([], tf.float32)
        count, shares = tf.TensorSpec([], tf.int32), tf.TensorSpec([None, classes], tf.float32)
        target, features = tf.TensorSpec([1, 28, 28, 1], tf.float32), tf.TensorSpec([1, None], tf.float32)
        signature = [points, points, points, count, count, shares, target, features, numbers]
        self._steps = tf.function(self._many_steps, input_signature=signature, autograph=False)
        self._compile()

    def search(
        self, image: np.ndarray, encoder: Encoder, label: int | None = None, patience: float = PATIENCE
    ) -> Iterator[Found]:
        """What has been found, again and again; the last one has progress 1. Closing the iterator ends the search.

        `image` uint8 [28, 28]; with `label` only that one is searched.
        """
        view = encoder.view(image[None])[0]
        target = tf.constant(image[None, ..., None].astype(np.float32) / 255.0)
        seen = target, self._look(target)
        clock = Clock(patience, (CHOICE, *REFINEMENT))
        starts = self._first_starts(view, encoder, label)
        compared: tuple[LabelError, ...] = ()
        if len(starts.z) >= CHOICE.starts:
            starts = yield from self._run(starts, CHOICE, seen, clock)
            compared = _compare(starts) if self.conditional else ()
        starts = self._second_starts(starts, view, encoder)
        for stage in REFINEMENT:
            starts = yield from self._run(starts.best(stage.starts), stage, seen, clock, compared)
        yield self._found(starts, 1.0, compared)

    def _compile(self) -> None:
        """One step from anywhere, so that no search spends its time on being compiled."""
        nowhere = Starts.at(np.zeros((2, self.latent_size), np.float32), np.zeros(2, np.int64))
        blank = tf.zeros([1, 28, 28, 1])
        classes = np.zeros((2, self.classes), np.float32)
        self._steps(nowhere.z, nowhere.first, nowhere.second, 0, 1, classes, blank, self._look(blank), 0.1)

    def _first_starts(self, view: np.ndarray, encoder: Encoder, label: int | None) -> Starts:
        """A guess for each label; for a model without labels, or one that is told which, a guess and nearest samples."""
        if self.conditional and label is None:
            labels = np.arange(self.classes)
            return Starts.at(np.stack([encoder.guess(view, digit) for digit in range(self.classes)]), labels)
        digit = label if self.conditional and label is not None else 0
        more = (REFINEMENT[0].starts if self.conditional else CHOICE.starts) - 1
        points = np.concatenate([encoder.guess(view, digit)[None], encoder.nearest(view, digit, more)])
        return Starts.at(points, np.full(len(points), digit))

    def _second_starts(self, starts: Starts, view: np.ndarray, encoder: Encoder) -> Starts:
        """The label that fits best from where it has come to, and from the samples nearest to the image."""
        if not self.conditional or len(starts.z) < CHOICE.starts:
            return starts
        best = starts.best(1)
        label = int(best.labels[0])
        points = np.concatenate([best.z, encoder.nearest(view, label, REFINEMENT[0].starts - 1)])
        return Starts.at(points, np.full(len(points), label))

    def _run(
        self,
        starts: Starts,
        stage: Stage,
        seen: tuple[Any, Any],
        clock: Clock,
        compared: tuple[LabelError, ...] = (),
    ) -> Generator[Found, None, Starts]:
        """Go through one stage, its moments beginning at 0: the best after every chunk of steps, and where all end."""
        done, classes = 0, np.eye(self.classes, dtype=np.float32)[starts.labels]
        starts = Starts.at(starts.z, starts.labels)
        while done < stage.steps and not (done and clock.is_over(stage.share)):
            count = clock.chunk(len(starts.z), stage.steps - done)
            began = time.monotonic()
            moved = self._steps(starts.z, starts.first, starts.second, done, count, classes, *seen, stage.rate)
            z, *rest = (part.numpy() for part in moved)
            starts = Starts(z, starts.labels, *rest)
            clock.note(len(starts.z), count, time.monotonic() - began)
            done += count
            yield self._found(starts, clock.progress, compared)
        return starts

    def _many_steps(
        self,
        z: Any,
        first: Any,
        second: Any,
        done: Any,
        count: Any,
        classes: Any,
        target: Any,
        features: Any,
        rate: Any,
    ) -> tuple[Any, ...]:
        """z, both moments, and each start's loss and pixel error before the last of the `count` steps."""

        def body(step: Any, z: Any, first: Any, second: Any, *_: Any) -> tuple[Any, ...]:
            loss, pixels, slope = self._slope(z, classes, target, features)
            first = _BETA_1 * first + (1.0 - _BETA_1) * slope
            second = _BETA_2 * second + (1.0 - _BETA_2) * slope**2
            number = tf.cast(step, tf.float32) + 1.0
            towards = first / (1.0 - _BETA_1**number) / (tf.sqrt(second / (1.0 - _BETA_2**number)) + _EPSILON)
            return step + 1, z - rate * towards, first, second, loss, pixels

        nothing = tf.zeros_like(z[:, 0])
        start = (done, z, first, second, nothing, nothing)
        return tf.while_loop(lambda step, *_: step < done + count, body, start, parallel_iterations=1)[1:]

    def _slope(self, z: Any, classes: Any, target: Any, features: Any) -> tuple[Any, Any, Any]:
        size = float(self.latent_size)
        with tf.GradientTape() as tape:
            tape.watch(z)
            images = 0.5 * self._forward(z, classes) + 0.5
            pixels = tf.reduce_mean((images - target) ** 2, axis=[1, 2, 3])
            loss = pixels + FEATURE_WEIGHT * tf.reduce_mean((self._look(images) - features) ** 2, axis=1)
            prior = (tf.reduce_sum(z**2, axis=1) - size) ** 2 / size
            total = loss + PRIOR_WEIGHT * prior
        return loss, pixels, tape.gradient(total, z)

    def _found(self, starts: Starts, progress: float, compared: tuple[LabelError, ...]) -> Found:
        best = starts.best(1)
        label = int(best.labels[0]) if self.conditional else None
        return Found(progress, best.z[0], label, float(np.sqrt(best.pixels[0])), compared)


def _compare(starts: Starts) -> tuple[LabelError, ...]:
    errors = np.sqrt(starts.pixels)
    return tuple(LabelError(int(label), float(error)) for label, error in zip(starts.labels, errors, strict=True))
