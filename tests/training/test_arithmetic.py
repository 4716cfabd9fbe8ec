"""A run in bfloat16 or compiled by XLA is the same game, goes on exactly, and only what helps clearly is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.recipes import REFERENCE, Arithmetic, settled
from aigc_demo.text import VisitorError
from aigc_demo.training import Chunk, Trainer
from aigc_demo.training.choosing import ROUNDS, fastest, seconds_a_step
from tests import tiny
from tests.training.conftest import Ready

BFLOAT16, XLA = Arithmetic("bfloat16"), Arithmetic(xla=True)

OF_DATA = ("d_real", "score_real")  # XLA draws other normal numbers from the same seed, and so other fakes
RATES = {"g_optimiser/001", "d_optimiser/001"}  # which every step sets anew


def _changed(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> list[str]:
    return [name for name in before if not np.array_equal(before[name], after[name])]


@pytest.mark.usefixtures("tiny_networks")
@pytest.mark.parametrize("arithmetic", [BFLOAT16, XLA], ids=lambda one: one.key)
def test_it_is_the_same_game_and_goes_on_exactly(ready: Ready, tiny_dataset: Dataset, arithmetic: Arithmetic) -> None:
    reference = ready(tiny.plan(), tiny_dataset).steps(5).values
    trainer = ready(settled(tiny.plan(), arithmetic), tiny_dataset)
    before = trainer.state()
    trainer.prepare()
    assert set(_changed(before, trainer.state())) <= RATES  # compiling plays nothing
    seen, own = trainer.observe(2), trainer.steps(2).values
    for key, value in seen.terms.items():  # what is looked at beforehand is what is then played with
        if key.startswith("d_"):
            assert value == pytest.approx(own[0, trainer.keys.index(key)], rel=1e-3, abs=1e-3)
    alike = [place for place, key in enumerate(trainer.keys) if arithmetic == BFLOAT16 or key in OF_DATA]
    np.testing.assert_allclose(own[0, alike], reference[0, alike], rtol=0.05, atol=0.02)
    assert (own != reference[:2]).any()
    state = trainer.state()
    assert {value.dtype.name for value in state.values()} <= {"float32", "int32", "int64"}
    whole = trainer.steps(3).values
    trainer.reset(replace(trainer.plan, seed=7), tiny_dataset)
    trainer.steps(1)
    trainer.restore(state)
    np.testing.assert_array_equal(np.concatenate([trainer.steps(1).values, trainer.steps(2).values]), whole)


@pytest.mark.usefixtures("tiny_networks")
def test_bfloat16_leaves_weights_losses_optimisers_and_samples_in_float32(ready: Ready, tiny_dataset: Dataset) -> None:
    trainer = ready(settled(tiny.plan(), BFLOAT16), tiny_dataset)
    computing = {layer.name: layer.compute_dtype for layer in trainer.generator.layers if layer.weights}
    assert computing == {"dense1": "bfloat16", "norm1": "bfloat16", "dense2": "float32"}
    for model in (trainer.generator, trainer.discriminator, trainer.ema):
        assert {variable.dtype for variable in model.trainable_variables} == {"float32"}
    assert {layer.compute_dtype for layer in trainer.ema.layers} == {"float32"}
    seen = trainer.observe(2)
    assert {getattr(seen, name).dtype.name for name in ("fake", "fake_logit", "g_pixel_gradient")} == {"float32"}
    assert not trainer.fits(tiny.plan(), tiny_dataset)  # another graph


@pytest.mark.usefixtures("tiny_networks")
def test_what_xla_cannot_compile_is_refused_in_one_sentence(
    tiny_dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = Trainer(settled(tiny.plan(), XLA), tiny_dataset)

    def break_down(*_: Any) -> Any:
        raise tf.errors.InvalidArgumentError(None, None, "no such kernel on XLA_CPU_JIT: /home/somebody")

    monkeypatch.setattr(trainer._loops[-1], "_run", break_down)
    with pytest.raises(VisitorError, match="xla"):
        trainer.prepare()


class Timed:
    """Takes so many seconds a step, as it says itself."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.made = seconds, 0

    def steps(self, count: int) -> Chunk:
        self.made += count
        none = np.zeros((count, 1), np.float32)
        return Chunk(1, none, count * self.seconds, True, none, none)


def test_each_is_measured_as_often_and_the_median_counts() -> None:
    offered = {REFERENCE: Timed(0.06), BFLOAT16: Timed(0.03), XLA: Timed(10.0)}
    assert seconds_a_step(offered) == pytest.approx({REFERENCE: 0.06, BFLOAT16: 0.03, XLA: 10.0})
    assert {one: timed.made for one, timed in offered.items()} == {
        REFERENCE: 1 + 2 * ROUNDS,
        BFLOAT16: 1 + 4 * ROUNDS,
        XLA: 1 + ROUNDS,
    }
    assert seconds_a_step(offered, lambda: False) is None


@pytest.mark.parametrize(
    ("seconds", "chosen"),
    [
        ({REFERENCE: 1.0, BFLOAT16: 0.95}, REFERENCE),  # within what measurements differ by
        ({REFERENCE: 1.0, BFLOAT16: 0.5, XLA: 0.6}, BFLOAT16),
        ({REFERENCE: 1.0, BFLOAT16: 2.0, XLA: 0.8}, XLA),
        ({BFLOAT16: 1.0, Arithmetic("bfloat16", xla=True): 0.95}, BFLOAT16),
    ],
)
def test_only_what_helps_clearly_is_chosen(seconds: dict[Arithmetic, float], chosen: Arithmetic) -> None:
    assert fastest(seconds) == chosen
