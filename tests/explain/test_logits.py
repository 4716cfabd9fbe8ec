"""What `/explain` says of each term, against the closed forms of every loss."""

from __future__ import annotations

import json
import math

import pytest

from aigc_demo.explain.logits import CURVE_POINTS, curves, explain, game_terms, totals
from aigc_demo.losses import LOSSES
from aigc_demo.text import LANGUAGES, NotFound, VisitorError

# At s = -1, 0, 1: the real term, the fake term and G's term; then their slopes by their own logit.
VALUES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "minimax": ((1.3133, 0.6931, 0.3133), (0.3133, 0.6931, 1.3133), (-0.3133, -0.6931, -1.3133)),
    "non_saturating": ((1.3133, 0.6931, 0.3133), (0.3133, 0.6931, 1.3133), (1.3133, 0.6931, 0.3133)),
    "lsgan": ((2, 0.5, 0), (0.5, 0, 0.5), (2, 0.5, 0)),
    "lsgan_chi2": ((2, 0.5, 0), (0, 0.5, 2), (0.5, 0, 0.5)),
    "wgan": ((1, 0, -1), (-1, 0, 1), (1, 0, -1)),
    "wgan_gp": ((1, 0, -1), (-1, 0, 1), (1, 0, -1)),
    "dragan": ((1.3133, 0.6931, 0.3133), (0.3133, 0.6931, 1.3133), (1.3133, 0.6931, 0.3133)),
    "g_target_zero": ((1.3133, 0.6931, 0.3133), (0.3133, 0.6931, 1.3133), (0.3133, 0.6931, 1.3133)),
    "hinge": ((2, 1, 0), (0, 1, 2), (1, 0, -1)),
    "doc_literal": ((-0.2689, -0.5, -0.7311), (-0.2689, -0.5, -0.7311), (0.2689, 0.5, 0.7311)),
    "doc_literal_words": ((-0.2689, -0.5, -0.7311), (-0.2689, -0.5, -0.7311), (-0.2689, -0.5, -0.7311)),
    "doc_sign_fixed": ((-0.2689, -0.5, -0.7311), (0.2689, 0.5, 0.7311), (-0.2689, -0.5, -0.7311)),
    "double_sigmoid": ((0.5677, 0.4741, 0.3930), (0.8366, 0.9741, 1.1240), (0.5677, 0.4741, 0.3930)),
}
SLOPES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "minimax": ((-0.7311, -0.5, -0.2689), (0.2689, 0.5, 0.7311), (-0.2689, -0.5, -0.7311)),
    "non_saturating": ((-0.7311, -0.5, -0.2689), (0.2689, 0.5, 0.7311), (-0.7311, -0.5, -0.2689)),
    "lsgan": ((-2, -1, 0), (-1, 0, 1), (-2, -1, 0)),
    "lsgan_chi2": ((-2, -1, 0), (0, 1, 2), (-1, 0, 1)),
    "wgan": ((-1, -1, -1), (1, 1, 1), (-1, -1, -1)),
    "wgan_gp": ((-1, -1, -1), (1, 1, 1), (-1, -1, -1)),
    "dragan": ((-0.7311, -0.5, -0.2689), (0.2689, 0.5, 0.7311), (-0.7311, -0.5, -0.2689)),
    "g_target_zero": ((-0.7311, -0.5, -0.2689), (0.2689, 0.5, 0.7311), (0.2689, 0.5, 0.7311)),
    "hinge": ((-1, -1, 0), (0, 1, 1), (-1, -1, -1)),
    "doc_literal": ((-0.1966, -0.25, -0.1966), (-0.1966, -0.25, -0.1966), (0.1966, 0.25, 0.1966)),
    "doc_literal_words": ((-0.1966, -0.25, -0.1966), (-0.1966, -0.25, -0.1966), (-0.1966, -0.25, -0.1966)),
    "doc_sign_fixed": ((-0.1966, -0.25, -0.1966), (0.1966, 0.25, 0.1966), (-0.1966, -0.25, -0.1966)),
    "double_sigmoid": ((-0.0852, -0.0944, -0.0639), (0.1114, 0.1556, 0.1327), (-0.0852, -0.0944, -0.0639)),
}


@pytest.mark.parametrize("key", VALUES)
def test_values_and_slopes_are_the_closed_forms(key: str) -> None:
    for place, s in enumerate((-1, 0, 1)):
        answer = explain(key, s, s)
        terms = answer["discriminator"] + answer["generator"]
        assert [term["value"] for term in terms] == pytest.approx([row[place] for row in VALUES[key]], abs=6e-5)
        assert [term["slope"] for term in terms] == pytest.approx([row[place] for row in SLOPES[key]], abs=6e-5)


def test_every_loss_of_single_logits_has_its_closed_forms_here() -> None:
    of_pairs = {key for key, loss in LOSSES.items() if loss.family == "relativistic"}
    assert set(VALUES) == set(SLOPES) == set(LOSSES) - of_pairs


def test_a_term_moves_with_its_own_logit_only() -> None:
    real, fake = explain("non_saturating", 2.0, -3.0)["discriminator"]
    assert real["value"] == pytest.approx(math.log1p(math.exp(-2)))
    assert fake["value"] == pytest.approx(math.log1p(math.exp(-3)))
    assert explain("non_saturating", -5.0, -3.0)["generator"] == explain("non_saturating", 5.0, -3.0)["generator"]


@pytest.mark.parametrize("key", LOSSES)
@pytest.mark.parametrize("logits", [(0.3, -0.7), (3.0, 1.0), (-100.0, 100.0)])
def test_a_players_terms_add_up_to_its_loss(key: str, logits: tuple[float, float]) -> None:
    answer = explain(key, *logits)
    for player, total in zip(("discriminator", "generator"), totals(key, *logits), strict=True):
        assert sum(term["weight"] * term["value"] for term in answer[player]) == pytest.approx(total)


@pytest.mark.parametrize("key", LOSSES)
def test_every_term_of_the_game_is_there_in_both_languages(key: str) -> None:
    for lang in LANGUAGES:
        answer = json.loads(json.dumps(explain(key, 1, -1, lang), allow_nan=False))
        assert set(answer) == {"discriminator", "generator"}
        for player, name in (("d", "discriminator"), ("g", "generator")):
            terms = game_terms(LOSSES[key], player)
            assert [term["key"] for term in answer[name]] == [term.key for term in terms]
            assert [term["meaning"] for term in answer[name]] == [term.text(lang) for term in terms]
            for term in answer[name]:
                assert set(term) == {"key", "latex", "meaning", "value", "slope", "logit", "slopes", "weight"}
                assert term["slope"] == term["slopes"][term["logit"]]


def test_the_distance_to_x_is_left_out() -> None:
    assert [term["key"] for term in explain("doc_literal", 0, 0)["generator"]] == ["g_adversarial"]


@pytest.mark.parametrize("bad", [math.nan, math.inf, 100.01, -101, "1", None, True, [0.0]])
def test_a_logit_that_is_no_number_in_range_is_refused(bad: object) -> None:
    for logits in ((bad, 0.0), (0.0, bad)):
        with pytest.raises(VisitorError) as refusal:
            explain("hinge", *logits)
        assert "100" in refusal.value.text.zh and "100" in refusal.value.text.en


def test_an_unknown_loss_is_not_found() -> None:
    for asked in (lambda: explain("no_such_loss", 0, 0), lambda: curves("no_such_loss")):
        with pytest.raises(NotFound):
            asked()


@pytest.mark.parametrize("key", LOSSES)
def test_curves_pass_through_what_explain_says(key: str) -> None:
    drawn = curves(key)
    assert len(drawn["grid"]) == CURVE_POINTS and drawn["grid"][0] == -6 and drawn["grid"][-1] == 6
    by_key = {term["key"]: term for term in drawn["terms"]}
    for place in (0, 37, 60, 120):
        s = drawn["grid"][place]
        for pair, logit in (((s, 0.0), "real"), ((0.0, s), "fake")):
            answer = explain(key, *pair)
            for term in answer["discriminator"] + answer["generator"]:
                curve = by_key[term["key"]]
                if curve["logit"] == logit:
                    assert curve["values"][place] == pytest.approx(term["value"], abs=2e-6)
                    assert curve["slopes"][place] == pytest.approx(term["slope"], abs=2e-6)


@pytest.mark.parametrize("key", LOSSES)
def test_slopes_are_the_derivatives_of_the_values(key: str) -> None:
    """By either logit: a relativistic term moves with both."""
    step = 1e-4
    for pair in ((-2.3, 0.4), (0.4, 3.1), (3.1, -2.3)):
        here = explain(key, *pair)
        for logit, (real, fake) in {"real": (step, 0.0), "fake": (0.0, step)}.items():
            ahead, behind = (explain(key, pair[0] + sign * real, pair[1] + sign * fake) for sign in (1, -1))
            for player in here:
                for low, high, term in zip(behind[player], ahead[player], here[player], strict=True):
                    derivative = (high["value"] - low["value"]) / (2 * step)
                    assert derivative == pytest.approx(term["slopes"][logit], abs=1e-5), (term["key"], logit)


# (s_r, s_f) with their gap in D's and G's value, then the slopes by s_r and s_f.
PAIRS = {
    (0.0, 0.0): (0.6931, 0.6931, (-0.5, 0.5), (0.5, -0.5)),
    (1.0, -1.0): (0.1269, 2.1269, (-0.1192, 0.1192), (0.8808, -0.8808)),
    (-1.0, 1.0): (2.1269, 0.1269, (-0.8808, 0.8808), (0.1192, -0.1192)),
    (1.0, 0.0): (0.3133, 1.3133, (-0.2689, 0.2689), (0.7311, -0.7311)),
}


@pytest.mark.parametrize("key", ["rpgan", "r3gan"])
@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_is_explained_by_both_its_logits(key: str, pair: tuple[float, float]) -> None:
    answer = explain(key, *pair)
    (d,), (g,) = answer["discriminator"], answer["generator"]
    assert (d["logit"], g["logit"]) == ("real", "fake")
    for term, value, slopes in ((d, PAIRS[pair][0], PAIRS[pair][2]), (g, PAIRS[pair][1], PAIRS[pair][3])):
        assert term["value"] == pytest.approx(value, abs=6e-5)
        assert (term["slopes"]["real"], term["slopes"]["fake"]) == pytest.approx(slopes, abs=6e-5)


def test_the_relativistic_average_of_one_pair_is_its_gap_twice() -> None:
    """With one image a side the averages are the logits themselves: each of the four terms sees the gap."""
    answer, pair = explain("rasgan", 1.0, -1.0), explain("rpgan", 1.0, -1.0)
    for player in ("discriminator", "generator"):
        assert [term["value"] for term in answer[player]] == pytest.approx([pair[player][0]["value"]] * 2)
        assert {term["logit"] for term in answer[player]} == (
            {"real", "fake"} if player == "discriminator" else {"fake"}
        )


@pytest.mark.parametrize("key", LOSSES)
def test_penalties_and_distances_are_left_out(key: str) -> None:
    """They need images or D itself, which two logits do not determine."""
    shown = {term["key"] for terms in explain(key, 1, -1).values() for term in terms}
    assert shown == {term.key for term in LOSSES[key].d_terms + LOSSES[key].g_terms if not term.auxiliary}


def test_an_auxiliary_of_the_logits_can_be_added() -> None:
    smooth = explain("non_saturating", 1.0, 0.0, auxiliaries=("smooth",))["discriminator"]
    assert sum(term["weight"] * term["value"] for term in smooth[:1] + smooth[2:]) == pytest.approx(0.4133, abs=6e-5)
    assert sum(term["weight"] * term["slope"] for term in smooth[:1] + smooth[2:]) == pytest.approx(-0.1689, abs=6e-5)
    drift = explain("wgan_gp", 2.0, 0.0, auxiliaries=("drift",))["discriminator"][-1]
    assert (drift["key"], drift["weight"] * drift["value"]) == ("d_drift", pytest.approx(0.004))
    with pytest.raises(VisitorError) as refusal:
        explain("hinge", 0.0, 0.0, auxiliaries=("smooth",))
    assert "log D" in refusal.value.text.en
    for unknown in ("gp", "no such", 3):
        with pytest.raises(NotFound):
            explain("hinge", 0.0, 0.0, auxiliaries=(unknown,))  # type: ignore[arg-type]


def test_a_curve_of_a_relativistic_term_moves_with_the_other_logit() -> None:
    one, other = (curves("rpgan", s_fake=s_fake)["terms"][0] for s_fake in (0.0, 2.0))
    assert one["sees_both"]
    assert one["values"] != other["values"]
    assert curves("hinge", s_fake=0.0)["terms"][0] == curves("hinge", s_fake=2.0)["terms"][0]
