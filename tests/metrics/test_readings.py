"""What a total is said to mean: exact where it can be, and by the family."""

from __future__ import annotations

import math

import pytest

from aigc_demo.losses import AUXILIARIES, LOSSES, Loss, carry
from aigc_demo.metrics.readings import reading, readings
from aigc_demo.metrics.wording import figure, percent


def recent(loss: Loss, **values: float) -> dict[str, float]:
    """Every column of `loss`, 0 unless given, with totals that add up."""
    found = {term.key: values.get(term.key, 0.0) for term in loss.d_terms + loss.g_terms}
    for player in ("d", "g"):
        terms = loss.terms(player)  # type: ignore[arg-type]
        found[f"{player}_total"] = sum(term.weight * found[term.key] for term in terms)
    return found


def said(key: str, player: str, **values: float) -> str:
    text = reading(LOSSES[key], player, recent(LOSSES[key], **values))  # type: ignore[arg-type]
    assert text is not None
    return text.en


def test_a_cross_entropy_is_read_as_the_probability_of_the_truth() -> None:
    at_rest = said("non_saturating", "d", d_real=math.log(2), d_fake=math.log(2))
    assert "50 %;" in at_rest
    assert "90 %" in said("minimax", "d", d_real=-math.log(0.9), d_fake=-math.log(0.9))
    assert "39 %" in said("non_saturating", "g", g_adversarial=-math.log(0.39))
    assert "2 %" in said("minimax", "g", g_adversarial=math.log(0.98))


def test_a_squared_loss_is_read_as_a_miss() -> None:
    assert "by 0.500; 0.5 means" in said("lsgan", "d", d_real=0.125, d_fake=0.125)
    assert "by 1.000; 1 means" in said("lsgan_chi2", "d", d_real=0.5, d_fake=0.5)
    assert "0.500 from what G aims at" in said("lsgan", "g", g_adversarial=0.125)


def test_a_critic_is_read_by_its_gap_and_its_g_loss_by_nothing() -> None:
    assert "score 3.500 above" in said("wgan_gp", "d", d_real=-5.0, d_fake=1.5)
    for level in (-300.0, 0.0, 300.0):
        text = said("wgan_gp", "g", g_adversarial=level)
        assert "means nothing" in text
        assert "gap" in text


def test_pairs_are_read_by_who_wins() -> None:
    assert "72 %" in said("rpgan", "d", d_rank=-math.log(0.72))
    assert "28 %" in said("r3gan", "g", g_adversarial=-math.log(0.28))
    assert "50 % (1.386)" in said("rasgan", "d", d_real=math.log(2), d_fake=math.log(2))


def test_the_tutorials_mistakes_are_read_as_such() -> None:
    assert "no sign of balance" in said("double_sigmoid", "d", d_real=0.693, d_fake=0.693)
    assert "not better" in said("g_target_zero", "g", g_adversarial=0.01)
    assert "−2" in said("doc_literal", "d", d_real=-1.0, d_fake=-1.0)
    assert "0.600 more probability" in said("doc_sign_fixed", "d", d_real=-0.8, d_fake=0.2)


def test_penalties_are_told_apart_from_the_game() -> None:
    loss = carry(LOSSES["non_saturating"], AUXILIARIES["acgan"])
    values = recent(loss, d_real=math.log(2), d_fake=math.log(2), d_class=2.0)
    text = reading(loss, "d", values)
    assert text is not None
    assert "50 %;" in text.en  # the meaning is that of the game's own part
    assert text.en.endswith("(Penalties and additions left out.)")
    assert "left out" not in said("wgan", "d", d_real=-1.0, d_fake=0.0)


def test_what_is_not_finite_is_said_to_be() -> None:
    loss = LOSSES["non_saturating"]
    text = reading(loss, "d", {**recent(loss), "d_total": math.nan})
    assert text is not None
    assert "broke down" in text.en


@pytest.mark.parametrize("key", LOSSES)
@pytest.mark.parametrize("value", [-50.0, -0.5, 0.0, 0.7, 3.0, 1e5])
def test_every_loss_has_a_short_sentence_for_both(key: str, value: float) -> None:
    loss = LOSSES[key]
    found = readings(loss, recent(loss, **dict.fromkeys((t.key for t in loss.d_terms + loss.g_terms), value)))
    assert set(found) == {"d", "g"}
    for text in found.values():
        assert len(text.en) < 190 and len(text.zh) < 90
        assert text.en != text.zh
        assert text.en[0].isupper()
        assert "By itself it says nothing" not in text.en  # no loss of the catalogue is left without a meaning


def test_what_is_missing_is_left_out() -> None:
    assert readings(LOSSES["wgan"], {}) == {}
    assert readings(LOSSES["wgan"], {"d_total": 1.0}) == {}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.3862, "1.386"), (-0.5, "−0.500"), (0.0, "0.000"), (0.0006, "0.0006"), (23.46, "23.5"), (4210.4, "4,210"), (2.5e7, "2e7"),
        (1.2e-5, "1e−5"), (math.nan, "NaN"), (-math.inf, "−∞"),
    ],
)  # fmt: skip
def test_numbers_for_people(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_shares_for_people() -> None:
    assert percent(0.504) == "50 %"
