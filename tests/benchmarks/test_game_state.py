"""What the small games of the benchmarks share: Adam against a step by hand and against Keras, and states on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aigc_demo import backend
from aigc_demo.backend import tf
from benchmarks.game_state import Adam, keep, restored, with_moments


def test_adam_moves_as_keras_does() -> None:
    backend.load()
    import keras

    gradients = [np.array([0.5, -2.0], np.float32), np.array([-0.25, 1.0], np.float32)]
    variable = tf.Variable([1.0, -1.0])
    theirs = keras.optimizers.Adam(0.1, beta_1=0.5, beta_2=0.99, epsilon=1e-8)
    ours, adam = with_moments({"d": {"w": np.array([1.0, -1.0], np.float32)}}), Adam(0.1, 0.5, 0.99)
    for count, gradient in enumerate(gradients, 1):
        theirs.apply([tf.constant(gradient)], [variable])
        ours = adam.step(ours, "d", {"w": tf.constant(gradient)}, tf.constant(float(count)))
        np.testing.assert_allclose(np.asarray(ours["d"]["w"]), variable.numpy(), rtol=1e-5)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    state = with_moments({"g": {"w": np.arange(3.0)}})
    keep(tmp_path / "run.npz", state, {"curve": [{"step": 1}], "seconds": 0.5})
    found, record = restored(tmp_path / "run.npz")
    assert record == {"curve": [{"step": 1}], "seconds": 0.5}
    assert {group: list(values) for group, values in found.items()} == {name: ["w"] for name in state}
    assert found["g"]["w"].tolist() == [0.0, 1.0, 2.0] and not found["g_second"]["w"].any()
