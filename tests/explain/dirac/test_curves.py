"""The tables of the Dirac-GAN against the terms that they are of, loss by loss."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.explain.closed_form import sigmoid
from aigc_demo.explain.dirac.curves import Curve, portrait
from aigc_demo.explain.dirac.game import resting_logit, slopes
from aigc_demo.losses import LOSSES
from aigc_demo.text import NotFound

WEIGHTS = {"d_r1": 0.7, "d_r2": 0.2, "d_gp": 1.3, "d_dragan": 0.4, "g_recon_x": 0.6}


def value(curve: Curve, x: float) -> float:
    """The table at x, as the page reads it."""
    place = (x - curve.start) / curve.step
    piece = int(np.clip(np.floor(place), 0, len(curve.pieces) - 1))
    return float(np.polynomial.polynomial.polyval(place - piece, curve.pieces[piece]))


@pytest.mark.parametrize("key", LOSSES)
def test_the_tables_give_the_slopes_of_the_loss_itself(key: str) -> None:
    found = portrait(key)
    for psi, theta in np.random.default_rng(3).uniform(-1.9, 1.9, (4, 2)):
        t = psi * theta
        d = theta * value(found.d, t) + sum(WEIGHTS[item.key] * value(item.curve, psi) for item in found.penalties)
        g = psi * value(found.g, t) + sum(WEIGHTS[item.key] * value(item.curve, theta) for item in found.holds)
        assert np.allclose((d, g), slopes(key, psi, theta, WEIGHTS), atol=1e-6)


def test_the_log_losses_are_mescheders_flow() -> None:
    for psi, theta in ((0.4, 1.2), (-0.8, 0.5)):
        t = psi * theta
        assert np.allclose(slopes("minimax", psi, theta), (theta * sigmoid(t), -psi * sigmoid(t)))
        assert np.allclose(slopes("non_saturating", psi, theta), (theta * sigmoid(t), -psi * sigmoid(-t)))
        assert np.allclose(slopes("non_saturating", psi, theta, {"d_r1": 2.0})[0], theta * sigmoid(t) + 2 * psi)
        assert np.allclose(slopes("wgan", psi, theta), (theta, -psi))


def test_a_jump_stays_a_jump_and_a_flat_critic_is_not_pushed() -> None:
    (penalty,) = (item for item in portrait("wgan_gp").penalties if item.key == "d_gp")
    assert np.allclose([value(penalty.curve, at) for at in (-1e-7, 1e-7)], [2.0, -2.0], atol=1e-5)
    assert penalty.curve.knots[round(-penalty.curve.start / penalty.curve.step)] == 0.0
    hinge = portrait("hinge").d
    assert [value(hinge, at) for at in (-1.0 - 1e-6, -1.0 + 1e-6)] == [0.0, 1.0]


def test_d_rests_where_it_cannot_tell() -> None:
    assert {key: resting_logit(key) for key in LOSSES if resting_logit(key) != 0.0} == {"lsgan": 0.5}
    assert portrait("lsgan").rest == 0.5


def test_what_a_loss_has_and_what_the_reader_adds() -> None:
    weights = {key: {item.key: item.weight for item in portrait(key).penalties} for key in ("minimax", "r3gan")}
    assert weights == {"minimax": {"d_r1": 0.0}, "r3gan": {"d_r1": 1.0, "d_r2": 1.0}}
    assert [item.key for item in portrait("doc_literal").holds] == ["g_recon_x"]


def test_an_unknown_loss_is_told() -> None:
    with pytest.raises(NotFound):
        portrait("nothing")
