"""Every term against the closed-form table: its values and slopes at the logits -1, 0 and 1."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, log1p
from typing import NamedTuple

import numpy as np
import pytest

from aigc_demo.losses import AUXILIARIES, LOSSES, carry, evaluate
from tests.losses.rounds import round_of, slopes, term_of, total

LOGITS = (-1.0, 0.0, 1.0)


class Row(NamedTuple):
    """Each entry belongs to one of LOGITS; worked out by hand from the papers' formulas, not by this program."""

    real: tuple[float, float, float]
    fake: tuple[float, float, float]
    g: tuple[float, float, float]
    real_slope: tuple[float, float, float]
    fake_slope: tuple[float, float, float]
    g_slope: tuple[float, float, float]


_LOGISTIC = ((1.3133, 0.6931, 0.3133), (0.3133, 0.6931, 1.3133))
_LOGISTIC_SLOPES = ((-0.7311, -0.5, -0.2689), (0.2689, 0.5, 0.7311))
_UP, _DOWN = (0.2689, 0.5, 0.7311), (-0.2689, -0.5, -0.7311)
_BELL, _MINUS_BELL = (0.1966, 0.25, 0.1966), (-0.1966, -0.25, -0.1966)
_TWICE, _TWICE_SLOPE = (0.5677, 0.4741, 0.3930), (-0.0852, -0.0944, -0.0639)

_NON_SATURATING = Row(*_LOGISTIC, (1.3133, 0.6931, 0.3133), *_LOGISTIC_SLOPES, (-0.7311, -0.5, -0.2689))
_CRITIC = Row((1, 0, -1), (-1, 0, 1), (1, 0, -1), (-1, -1, -1), (1, 1, 1), (-1, -1, -1))

TABLE = {
    "minimax": Row(*_LOGISTIC, (-0.3133, -0.6931, -1.3133), *_LOGISTIC_SLOPES, (-0.2689, -0.5, -0.7311)),
    "non_saturating": _NON_SATURATING,
    "lsgan": Row((2, 0.5, 0), (0.5, 0, 0.5), (2, 0.5, 0), (-2, -1, 0), (-1, 0, 1), (-2, -1, 0)),
    "lsgan_chi2": Row((2, 0.5, 0), (0, 0.5, 2), (0.5, 0, 0.5), (-2, -1, 0), (0, 1, 2), (-1, 0, 1)),
    "wgan": _CRITIC,
    "wgan_gp": _CRITIC,
    "dragan": _NON_SATURATING,
    "g_target_zero": Row(*_LOGISTIC, _LOGISTIC[1], *_LOGISTIC_SLOPES, _LOGISTIC_SLOPES[1]),
    # The hinge's kinks lie at 1 (real) and -1 (fake), where TensorFlow takes the subgradient 0.
    "hinge": Row((2, 1, 0), (0, 1, 2), (1, 0, -1), (-1, -1, 0), (0, 1, 1), (-1, -1, -1)),
    "doc_literal": Row(_DOWN, _DOWN, _UP, _MINUS_BELL, _MINUS_BELL, _BELL),
    "doc_literal_words": Row(_DOWN, _DOWN, _DOWN, _MINUS_BELL, _MINUS_BELL, _MINUS_BELL),
    "doc_sign_fixed": Row(_DOWN, _UP, _DOWN, _MINUS_BELL, _BELL, _MINUS_BELL),
    "double_sigmoid": Row(
        _TWICE, (0.8366, 0.9741, 1.1240), _TWICE, _TWICE_SLOPE, (0.1114, 0.1556, 0.1327), _TWICE_SLOPE
    ),
}


def _sigmoid(s: float) -> float:
    return 1 / (1 + exp(-s))


def _softplus(s: float) -> float:
    return log1p(exp(s))


# The slope of G's term in closed form: it decides how fast a hopeless fake learns.
G_SLOPES: dict[str, Callable[[float], float]] = {
    "minimax": lambda s: -_sigmoid(s),
    "non_saturating": lambda s: -_sigmoid(-s),
    "dragan": lambda s: -_sigmoid(-s),
    "lsgan": lambda s: s - 1,
    "lsgan_chi2": lambda s: s,
    "wgan": lambda s: -1.0,
    "wgan_gp": lambda s: -1.0,
    "hinge": lambda s: -1.0,
    "doc_literal": lambda s: _sigmoid(s) * _sigmoid(-s),
    "doc_literal_words": lambda s: -_sigmoid(s) * _sigmoid(-s),
    "doc_sign_fixed": lambda s: -_sigmoid(s) * _sigmoid(-s),
    "double_sigmoid": lambda s: -_sigmoid(-_sigmoid(s)) * _sigmoid(s) * _sigmoid(-s),
    "g_target_zero": _sigmoid,
}

# Totals (L_D, L_G) for the logits real = [1, 3], fake = [-1, 0].
BATCH = {
    "minimax": (0.684129, -0.503204),
    "non_saturating": (0.684129, 1.003204),
    "dragan": (0.684129, 1.003204),
    "lsgan": (1.25, 1.25),
    "lsgan_chi2": (1.25, 0.25),
    "wgan": (-2.5, 0.5),
    "wgan_gp": (-2.5, 0.5),
    "hinge": (0.5, 0.5),
    "doc_literal": (-1.226287, 0.384471),
    "doc_literal_words": (-1.226287, -0.384471),
    "doc_sign_fixed": (-0.457346, -0.384471),
    "double_sigmoid": (1.264968, 0.520884),
    "g_target_zero": (0.684129, 0.503204),
    "rasgan": (0.203340, 5.203340),
    "rpgan": (0.087758, 2.587758),
    "r3gan": (0.087758, 2.587758),
}


def test_every_loss_has_a_row_in_the_tables() -> None:
    """A relativistic loss has no value at one logit: its pairs are in test_relativistic.py."""
    of_pairs = {key for key, loss in LOSSES.items() if loss.family == "relativistic"}
    assert set(LOSSES) == set(BATCH)
    assert set(LOSSES) - of_pairs == set(TABLE) == set(G_SLOPES)


@pytest.mark.parametrize("key", TABLE)
def test_values_and_slopes_are_those_of_the_table(key: str) -> None:
    loss, row = LOSSES[key], TABLE[key]
    real = slopes(lambda s: term_of(loss, "d_real").fn(round_of(s, s)), LOGITS)
    fake = slopes(lambda s: term_of(loss, "d_fake").fn(round_of(s, s)), LOGITS)
    g = slopes(lambda s: term_of(loss, "g_adversarial").fn(round_of(s, s)), LOGITS)
    computed = (real[0], fake[0], g[0], real[1], fake[1], g[1])
    for name, values, expected in zip(Row._fields, computed, row, strict=True):
        np.testing.assert_allclose(values, expected, atol=6e-5, err_msg=name)


@pytest.mark.parametrize("key", G_SLOPES)
def test_slope_of_g_is_the_closed_form(key: str) -> None:
    logits = np.linspace(-6, 6, 25)
    _, slope = slopes(lambda s: term_of(LOSSES[key], "g_adversarial").fn(round_of(s, s)), logits)
    np.testing.assert_allclose(slope, [G_SLOPES[key](s) for s in logits], atol=1e-12)


@pytest.mark.parametrize("key", TABLE)
def test_d_real_sees_real_logits_only_and_the_others_fake_logits_only(key: str) -> None:
    here, there = [0.3, -0.7], [2.0, 1.5]
    for term_key, args in (("d_real", (here, there)), ("d_fake", (there, here)), ("g_adversarial", (there, here))):
        term = term_of(LOSSES[key], term_key)
        np.testing.assert_array_equal(term.fn(round_of(*args)), term.fn(round_of(here, here)), err_msg=term_key)
        moved = term.fn(round_of(there, there))
        assert not np.allclose(moved, term.fn(round_of(here, here))), term_key


@pytest.mark.parametrize("key", BATCH)
def test_a_batch_is_reduced_by_its_mean(key: str) -> None:
    totals = [float(total(LOSSES[key], player, [1, 3], [-1, 0])) for player in ("d", "g")]
    np.testing.assert_allclose(totals, BATCH[key], atol=1e-6)


def test_softplus_is_written_so_that_its_difference_is_the_logit() -> None:
    """sp(s) - sp(-s) = s, the identity behind every logistic row."""
    real, fake = (term_of(LOSSES["minimax"], key).fn for key in ("d_real", "d_fake"))
    logits = np.linspace(-30, 30, 13)
    np.testing.assert_allclose(fake(round_of(logits, logits)) - real(round_of(logits, logits)), logits, atol=1e-12)
    assert log(2) == pytest.approx(_softplus(0.0))


def test_label_smoothing_is_the_table_s_row_through_its_auxiliary() -> None:
    """alpha sp(-s) + (1 - alpha) sp(s) with alpha = 0.9, as the term -log D(x) and a tenth of the logit."""
    loss = carry(LOSSES["non_saturating"], AUXILIARIES["smooth"])
    values, slope = slopes(
        lambda s: sum(
            term.weight * term.fn(round_of(s, s)) for term in loss.d_terms if term.key in ("d_real", "d_smooth")
        ),
        LOGITS,
    )
    np.testing.assert_allclose(values, [1.2133, 0.6931, 0.4133], atol=6e-5)
    np.testing.assert_allclose(slope, [-0.6311, -0.4, -0.1689], atol=6e-5)
    written = [0.9 * _softplus(-s) + 0.1 * _softplus(s) for s in LOGITS]
    np.testing.assert_allclose(values, written, rtol=1e-12)
    batch = round_of([1, 3], [-1, 0])
    assert float(evaluate(loss.d_terms, batch, {})[0]) == pytest.approx(0.884129, abs=1e-6)
    assert float(evaluate(loss.g_terms, batch, {})[0]) == pytest.approx(1.003204, abs=1e-6)
