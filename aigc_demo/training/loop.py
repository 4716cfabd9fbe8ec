"""Many steps of one game as one compiled call."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.training.game import Game, Turn


class Loop:
    """Plays `game`; compiled by `prepare`, or else by the first call."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._is_ready = False
        count, flag = tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.bool)
        self._run = tf.function(self._many_steps, input_signature=[count, *[flag] * 4], autograph=False)

    def prepare(self) -> None:
        """Compile, which takes seconds, without playing."""
        if not self._is_ready:
            self(0, Turn(False, False, False, False))
            self._is_ready = True

    @property
    def traces(self) -> int:
        """How often it has been compiled."""
        return int(self._run.experimental_get_tracing_count())

    def __call__(self, count: int, turn: Turn) -> tuple[np.ndarray, np.ndarray]:
        """Figures [done, m] and logits [done, 2, b] of at most `count` steps; `turn` of Python's booleans."""
        rows, logits = self._run(tf.constant(count), *(tf.constant(flag) for flag in turn))
        return rows.numpy(), logits.numpy()

    def _many_steps(self, count: Any, *turn: Any) -> tuple[Any, Any]:
        def body(done: Any, alive: Any, rows: Any, logits: Any) -> tuple[Any, Any, Any, Any]:
            row, judged = self._game.step(Turn(*turn))
            return done + 1, tf.reduce_all(tf.math.is_finite(row)), rows.write(done, row), logits.write(done, judged)

        shapes = ([len(self._game.keys)], [2, self._game.judged])
        arrays = [tf.TensorArray(tf.float32, size=count, element_shape=shape) for shape in shapes]
        done, _, rows, logits = tf.while_loop(
            lambda done, alive, rows, logits: tf.logical_and(done < count, alive),
            body,
            (tf.constant(0), tf.constant(True), *arrays),
            parallel_iterations=1,
        )
        return rows.gather(tf.range(done)), logits.gather(tf.range(done))
