"""What the catalogue promises to everything that reads it: keys, words and formulas."""

from __future__ import annotations

import re

import pytest

from aigc_demo.losses import AUXILIARIES, LOSSES, Loss, Player, Term, carry, find_loss
from aigc_demo.text import NotFound, plain

FULL = {key: carry(loss, *AUXILIARIES.values()) for key, loss in LOSSES.items()}
PLAYERS: tuple[Player, ...] = ("d", "g")
every_loss = pytest.mark.parametrize("loss", FULL.values(), ids=FULL)


def test_losses_are_found_by_their_key() -> None:
    for key, loss in LOSSES.items():
        assert loss.key == key
        assert find_loss(key) is loss


@pytest.mark.parametrize("unknown", ["", "NON_SATURATING", "no such loss", "x" * 10_000, None, 3, ["wgan"], {}])
def test_an_unknown_loss_is_a_sentence_with_the_names(unknown: object) -> None:
    with pytest.raises(NotFound) as refusal:
        find_loss(unknown)  # type: ignore[arg-type]
    for lang in ("zh", "en"):
        sentence = refusal.value.text(lang)
        assert "wgan" in sentence
        assert len(sentence) < 400


@every_loss
def test_keys_are_ascii_unique_and_say_whose_they_are(loss: Loss) -> None:
    keys = [term.key for player in PLAYERS for term in loss.terms(player)]
    assert len(keys) == len(set(keys))
    for player in PLAYERS:
        for term in loss.terms(player):
            assert re.fullmatch(rf"{player}_[a-z0-9_]+", term.key)
            assert term.key not in ("d_total", "g_total")  # these are columns of their own


def test_auxiliaries_are_found_by_their_key() -> None:
    assert all(auxiliary.key == key for key, auxiliary in AUXILIARIES.items())


@every_loss
def test_a_loss_says_what_it_is(loss: Loss) -> None:
    texts = [loss.title, loss.story, loss.source]
    for player in PLAYERS:
        for term in loss.terms(player):
            texts += [term.name, term.text]
    for text in texts:
        assert text.zh.strip()
        assert text.en.strip()
        assert text.zh != text.en
    assert loss.discriminator_steps >= 1
    assert loss.clip is None or loss.clip > 0
    scores = ("wasserstein", "hinge", "least_squares", "relativistic")
    assert loss.readout == ("score" if loss.family in scores else "probability")


def _balanced(latex: str) -> bool:
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@every_loss
@pytest.mark.parametrize("player", PLAYERS)
def test_formulas_are_latex_made_of_the_terms(loss: Loss, player: Player) -> None:
    formula = loss.formula(player)
    assert formula.startswith(rf"\mathcal{{L}}_{player.upper()} = ")
    assert formula.isascii()
    assert _balanced(formula)
    assert len(re.findall(r"\\left(?![a-z])", formula)) == len(re.findall(r"\\right(?![a-z])", formula))
    assert not re.search(r"\+ *[+-]", formula)
    for term in loss.terms(player):
        assert term.latex.lstrip("-") in formula
        assert _balanced(term.latex)
        if term.symbol:
            assert term.symbol in formula


def test_a_negative_term_with_a_weight_keeps_its_sign_in_front_of_the_weight() -> None:
    def term(latex: str, symbol: str = "") -> Term:
        return Term("g_a", plain("a"), latex, plain("a"), lambda round_: 0.0, symbol=symbol)

    loss = LOSSES["minimax"]
    terms = (term("a"), term("-b"), term("c", r"\lambda"), term(r"-\left(d\right)", r"\mu"))
    made = type(loss)(**{**vars(loss), "g_terms": terms})
    assert made.formula("g") == r"\mathcal{L}_G = a -b + \lambda c -\mu \left(d\right)"
    alone = type(loss)(**{**vars(loss), "g_terms": terms[3:]})
    assert alone.formula("g") == r"\mathcal{L}_G = -\mu \left(d\right)"


def test_the_formulas_of_the_tutorials_own_losses() -> None:
    assert LOSSES["doc_literal"].formula("g").endswith(r" + \lambda \left\lVert G(z)-x\right\rVert^2")
    assert LOSSES["doc_literal_words"].formula("g").endswith(r" -\lambda \left\lVert G(z)-x\right\rVert^2")


def test_a_loss_with_a_penalty_holds_the_same_term_as_the_auxiliary_so_it_is_never_added_twice() -> None:
    contained = {"wgan_gp": ["gp"], "dragan": ["dragan"], "r3gan": ["r1", "r2"]}
    for key, loss in LOSSES.items():
        penalties = [term for term in loss.d_terms if term.auxiliary]
        assert penalties == [AUXILIARIES[name].d_terms[0] for name in contained.get(key, [])]
        full = carry(loss, *(AUXILIARIES[name] for name in contained.get(key, [])))
        assert full.d_terms == loss.d_terms
        assert loss.needs_gradient == (key in contained)


@every_loss
def test_weights_lie_within_their_range(loss: Loss) -> None:
    for player in PLAYERS:
        for term in loss.terms(player):
            assert 0 < term.weight <= term.most <= 10


def test_g_asks_for_fresh_real_logits_where_it_reads_them() -> None:
    for key, loss in LOSSES.items():
        assert loss.needs_fresh_real == (loss.family == "relativistic"), key
        assert carry(loss, AUXILIARIES["feature_match"]).needs_fresh_real
    assert not any(term.fresh_real for loss in FULL.values() for term in loss.d_terms)  # D's step has them anyway


def test_which_penalties_the_critics_come_with() -> None:
    wgan_gp = LOSSES["wgan_gp"]
    assert (wgan_gp.discriminator_steps, wgan_gp.clip) == (3, None)
    assert (LOSSES["wgan"].discriminator_steps, LOSSES["wgan"].clip) == (5, 0.01)
    weights = {key: [term.weight for term in LOSSES[key].d_terms if term.symbol] for key in ("wgan_gp", "dragan")}
    assert weights == {"wgan_gp": [10.0], "dragan": [10.0]}
