"""The one place where a total is made."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_demo.backend import tf
from aigc_demo.losses import LOSSES, DOutput, Loss, Round, Term, evaluate
from aigc_demo.text import plain
from tests.losses.rounds import linear_critic


def _term(key: str, value: float, **more: object) -> Term:
    """A term that is `value` whatever the round."""
    return Term(key, plain(key), key, plain(key), lambda round_: tf.constant(value), **more)  # type: ignore[arg-type]


NOTHING = Round(None, None, None, None, None, None, DOutput(None), DOutput(None))
WEIGHTS = st.lists(st.tuples(st.floats(-100, 100, width=32), st.floats(0, 10, width=32)), min_size=1, max_size=5)


@settings(max_examples=50)
@given(WEIGHTS)
def test_total_is_the_weighted_sum_of_the_values(pairs: list[tuple[float, float]]) -> None:
    terms = tuple(_term(f"d_{place}", value, symbol="w") for place, (value, _) in enumerate(pairs))
    weights = {f"d_{place}": weight for place, (_, weight) in enumerate(pairs)}
    total, values = evaluate(terms, NOTHING, weights)
    assert [float(value) for value in values.values()] == [value for value, _ in pairs]  # unweighted
    assert float(total) == pytest.approx(sum(value * weight for value, weight in pairs), rel=1e-5, abs=1e-3)


def test_values_are_means_and_scalars_stay_as_they_are() -> None:
    terms = (
        Term("d_batch", plain("b"), "b", plain("b"), lambda round_: tf.constant([1.0, 2.0, 6.0])),
        _term("d_scalar", 5.0),
    )
    total, values = evaluate(terms, NOTHING, {})
    assert {key: float(value) for key, value in values.items()} == {"d_batch": 3.0, "d_scalar": 5.0}
    assert float(total) == 8.0


def test_a_term_uses_its_own_weight_unless_another_is_given() -> None:
    terms = (_term("g_a", 2.0, weight=0.5), _term("g_b", 3.0, weight=10.0))
    assert float(evaluate(terms, NOTHING, {})[0]) == 31.0
    assert float(evaluate(terms, NOTHING, {"g_b": 0.0})[0]) == 1.0
    assert float(evaluate(terms, NOTHING, {"g_other": 7.0})[0]) == 31.0


def test_weight_zero_adds_nothing_but_still_has_a_value() -> None:
    terms = (_term("g_a", 2.0), _term("g_b", 3.0))
    total, values = evaluate(terms, NOTHING, {"g_b": 0.0})
    assert float(total) == 2.0
    assert float(values["g_b"]) == 3.0


def test_a_variable_weight_is_read_anew_at_each_call_and_retraces_nothing() -> None:
    weight = tf.Variable(1.0)
    terms = (_term("g_a", 2.0), _term("g_b", 3.0))

    @tf.function(autograph=False)
    def compiled() -> object:
        return evaluate(terms, NOTHING, {"g_b": weight})[0]

    seen = []
    for value in (1.0, 0.0, 4.0):
        weight.assign(value)
        seen.append(float(compiled()))
    assert seen == [5.0, 2.0, 14.0]
    assert compiled.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
@pytest.mark.parametrize("player", ["d", "g"])
def test_catalogue_totals_are_sums_of_the_terms_that_are_shown(loss: Loss, player: str) -> None:
    generator = np.random.default_rng(2)
    outs = [DOutput(tf.constant(generator.normal(size=4), tf.float32)) for _ in range(2)]
    images = [tf.constant(generator.uniform(-1, 1, (4, 28, 28, 1)), tf.float32) for _ in range(2)]
    round_ = Round(
        linear_critic([0.1, -0.2]), None, None, images[0], images[1], tf.constant([0, 1, 2, 3]), *outs,
        seed=tf.constant([1, 2]),
    )  # fmt: skip
    terms = loss.terms(player)  # type: ignore[arg-type]
    total, values = evaluate(terms, round_, {})
    assert list(values) == [term.key for term in terms]
    assert all(value.shape == () and value.dtype == tf.float32 for value in (total, *values.values()))
    expected = sum(term.weight * float(np.mean(term.fn(round_))) for term in terms)
    assert float(total) == pytest.approx(expected, rel=1e-5)
