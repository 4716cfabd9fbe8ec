"""Many steps of one game as one compiled call."""

from __future__ import annotations

from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.text import Text, VisitorError
from aigc_demo.training.game import Game, Turn

NO_XLA = Text(
    "XLA 无法编译这个配方的训练步骤；请把设置 xla 改为 off。",
    "XLA cannot compile a step of this recipe; set xla to off.",
)


class Loop:
    """Plays `game`; compiled by `prepare`, or else by the first call."""

    def __init__(self, game: Game, xla: bool = False) -> None:
        """With `xla` each step is one program of XLA's; the loop around it, whose length changes, stays TensorFlow's."""
        self._game = game
        self._is_ready = False
        self._xla = xla
        flags = [tf.TensorSpec([], tf.bool)] * 4
        self._step = (
            tf.function(self._one_step, input_signature=flags, autograph=False, jit_compile=True)
            if xla
            else self._one_step
        )
        count, flag = tf.TensorSpec([], tf.int32), tf.TensorSpec([], tf.bool)
        self._run = tf.function(self._many_steps, input_signature=[count, *[flag] * 4], autograph=False)

    def prepare(self) -> None:
        """Compile, which takes seconds, without playing. Raises `VisitorError` where XLA cannot compile this game.

        XLA compiles a step when it is first made: a call in which nobody learns and nothing is kept.
        """
        if self._is_ready:
            return
        try:
            self(int(self._xla), Turn(False, False, False, False))
        except (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError) as error:
            if not self._xla:
                raise
            raise VisitorError(NO_XLA) from error
        self._is_ready = True

    @property
    def traces(self) -> int:
        """How often it has been compiled."""
        return int(self._run.experimental_get_tracing_count())

    def __call__(self, count: int, turn: Turn) -> tuple[np.ndarray, np.ndarray]:
        """Figures [done, m] and logits [done, 2, b] of at most `count` steps; `turn` of Python's booleans."""
        rows, logits = self._run(tf.constant(count), *(tf.constant(flag) for flag in turn))
        return rows.numpy(), logits.numpy()

    def _one_step(self, *turn: Any) -> tuple[Any, Any]:
        return self._game.step(Turn(*turn))

    def _many_steps(self, count: Any, *turn: Any) -> tuple[Any, Any]:
        def body(done: Any, alive: Any, rows: Any, logits: Any) -> tuple[Any, Any, Any, Any]:
            row, judged = self._game.replicas.run(self._step, turn)
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
