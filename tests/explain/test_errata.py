"""The errata: complete in both languages, well-formed as LaTeX, and their numbers those of the code and the data."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from math import log

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.explain import ERRATA, FORMULAS, Erratum, closed_form, find_erratum, moments, tutorial
from aigc_demo.explain.logits import curves, explain
from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.recipes import make_plan
from aigc_demo.text import LANGUAGES, NotFound, Text

P, Q = (0.5, 0.3, 0.2), (0.2, 0.3, 0.5)


def _texts(item: object) -> list[Text]:
    if isinstance(item, Text):
        return [item]
    if isinstance(item, (tuple, list)):
        return [text for part in item for text in _texts(part)]
    if is_dataclass(item):
        return [text for field in fields(item) for text in _texts(getattr(item, field.name))]
    return []


def _formulas(erratum: Erratum) -> list[str]:
    inside = [
        piece for text in _texts(erratum) for lang in LANGUAGES for piece in re.findall(r"\$\$?(.+?)\$\$?", text(lang))
    ]
    return [*erratum.as_written, *erratum.corrected, *inside]


def _is_balanced(latex: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and len(re.findall(r"\\left\b", latex)) == len(re.findall(r"\\right\b", latex))


def test_the_tutorials_formulas_are_all_corrected() -> None:
    assert list(ERRATA)[:5] == ["F1", "F2", "F3", "F4", "F5"]
    assert {erratum.id for formula in FORMULAS for erratum in formula.errata} == {"F1", "F2", "F3", "F4", "F5", "C4"}
    assert all(key == erratum.id for key, erratum in ERRATA.items())


@pytest.mark.parametrize("erratum", ERRATA.values(), ids=list(ERRATA))
def test_an_erratum_says_everything_in_both_languages(erratum: Erratum) -> None:
    for lang in LANGUAGES:
        assert all(text(lang).strip() for text in _texts(erratum))
        assert len(erratum.why(lang)) > 40 and len(erratum.steps) >= 4 and len(erratum.evidence) >= 3
    assert all(re.search(r"[一-鿿]", text.zh) for text in (erratum.title, erratum.why, erratum.watch, *erratum.steps))
    # The tutorial is quoted in its own language; everything else of the English reads without Chinese.
    assert not any(
        re.search(r"[一-鿿]", text.en) for text in (erratum.title, erratum.why, erratum.watch, *erratum.steps)
    )
    assert all(re.fullmatch(r"\d\.\d", section) for section in erratum.sections)


@pytest.mark.parametrize("erratum", ERRATA.values(), ids=list(ERRATA))
def test_formulas_are_well_formed(erratum: Erratum) -> None:
    assert all(_is_balanced(formula) for formula in _formulas(erratum)), _formulas(erratum)
    for text in _texts(erratum):
        assert text.zh.count("$") % 2 == 0 and text.en.count("$") % 2 == 0


@pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
def test_formulas_of_the_catalogue_are_well_formed(loss: object) -> None:
    for player in ("d", "g"):
        assert _is_balanced(loss.formula(player))  # type: ignore[attr-defined]
    assert all(_is_balanced(term.latex) for item in AUXILIARIES.values() for term in item.terms)


@pytest.mark.parametrize("erratum", ERRATA.values(), ids=list(ERRATA))
def test_both_trials_can_be_trained(erratum: Erratum) -> None:
    for trial in filter(None, (erratum.written_trial, erratum.corrected_trial)):
        weights = {f"weight.{key}": value for key, value in trial.weights.items()}
        plan = make_plan(trial.recipe, loss=trial.loss, settings=weights)
        assert {key: plan.weights[key] for key in trial.weights} == dict(trial.weights)
    assert erratum.written_trial is None or erratum.written_trial != erratum.corrected_trial


def test_as_written_is_the_tutorials_own_loss() -> None:
    named = ("F1", "F2", "F3", "F4", "F5", "C4")
    assert {key: trial.loss for key in named if (trial := ERRATA[key].written_trial)} == {
        "F1": "doc_literal",
        "F2": "doc_sign_fixed",
        "F3": "doc_literal",
        "F4": "doc_literal_words",
        "F5": "doc_literal",
        "C4": "double_sigmoid",
    }


def test_the_quoted_formulas_are_the_tutorials_letters() -> None:
    assert tutorial.DISCRIMINATOR_LOSS == "L_D = E_x[D(x)] + E_z[D(G(z))]"
    assert tutorial.GENERATOR_LOSS.endswith(r"[D(G(z))] + \lambda \|G(z) - x\|^2")
    assert r"\min_G \max_D L_{GAN} = \min_G [" in tutorial.GENERATOR_GAME


def test_an_unknown_erratum_is_not_found() -> None:
    assert find_erratum("F3") is ERRATA["F3"]
    with pytest.raises(NotFound):
        find_erratum("F99")


# -- the numbers -------------------------------------------------------------------------------------------------------


def _shown(erratum: str) -> list[str]:
    return [item.shown for item in ERRATA[erratum].evidence]


def test_the_literal_loss_is_best_at_two_and_its_slope_dies() -> None:
    assert _shown("F1") == ["2", "0.25", "0.0066", "0.000045"]
    values = [sum(term["value"] for term in explain("doc_literal", s, s)["discriminator"]) for s in (0.0, 5.0, 100.0)]
    assert values == sorted(values, reverse=True) and values[-1] == pytest.approx(-2)
    slopes = [-explain("doc_literal", s, s)["discriminator"][0]["slope"] for s in (0.0, 5.0, 10.0)]
    assert slopes == pytest.approx([item.value for item in ERRATA["F1"].evidence[1:]])


def test_the_missing_logarithm_costs_a_factor_of_149() -> None:
    without, with_logarithm, ratio = (item.value for item in ERRATA["F2"].evidence[:3])
    assert without == pytest.approx(explain("doc_sign_fixed", 0, -5)["generator"][0]["slope"])
    assert with_logarithm == pytest.approx(explain("non_saturating", 0, -5)["generator"][0]["slope"])
    assert ratio == pytest.approx(with_logarithm / without) and "149" in ERRATA["F2"].why.en


def test_the_committed_moments_are_those_of_the_digits(digits: Dataset) -> None:
    measured, committed = moments.measure(digits), moments.digits5k()
    assert measured.fingerprint == committed.fingerprint and measured.mean_hex == committed.mean_hex
    for name in ("spread", "spread_within_class", "farthest", "dark_on_average", "pixels", "images"):
        assert getattr(measured, name) == pytest.approx(getattr(committed, name), rel=1e-9)


def test_the_distance_prefers_the_average_digit_to_a_perfect_generator(digits: Dataset) -> None:
    images = digits.images.reshape(len(digits.images), -1) / 127.5 - 1.0
    average = ((images - images.mean(axis=0)) ** 2).sum(axis=1).mean()
    shuffled = np.random.default_rng(0).permutation(len(images))
    perfect = ((images[shuffled] - images) ** 2).sum(axis=1).mean()  # real digits, paired at random
    worst = ((np.where(images.mean(axis=0) < 0, 1.0, -1.0) - images) ** 2).sum(axis=1).mean()
    committed = moments.digits5k()
    assert average == pytest.approx(committed.spread, rel=1e-6)
    assert perfect == pytest.approx(2 * committed.spread, rel=0.03)
    assert worst == pytest.approx(committed.farthest, rel=1e-6)
    assert _shown("F3")[:2] == [f"{committed.spread:.2f}", f"{2 * committed.spread:.2f}"]


def test_the_pictures_are_the_two_extremes() -> None:
    (mean,), (farthest,) = ERRATA["F3"].pictures, ERRATA["F4"].pictures
    assert mean.pixels.shape == farthest.pixels.shape == (28, 28)
    assert (farthest.pixels == 255).sum() == moments.digits5k().dark_on_average
    assert 100 < mean.pixels.max() < 255


def test_the_value_of_the_game_is_a_divergence() -> None:
    assert closed_form.minimax_value(P, Q) == pytest.approx(-log(4) + 2 * closed_form.jensen_shannon(P, Q))
    assert closed_form.jensen_shannon(P, Q) == pytest.approx(0.066414, abs=1e-6)
    assert closed_form.total_variation(P, Q) == pytest.approx(0.3)
    assert closed_form.minimax_value(P, P) == pytest.approx(-log(4))
    assert LOSSES["minimax"].equilibrium[0] == pytest.approx(ERRATA["F5"].evidence[1].value)


def test_the_double_sigmoid_hides_two_dead_networks_behind_textbook_numbers() -> None:
    start, perfect, dead, balance, steepest, _ = (item.value for item in ERRATA["C4"].evidence)
    assert (start, perfect, dead) == pytest.approx((1.4482, 1.0064, balance), abs=5e-5)
    d_terms = explain("double_sigmoid", 100, -100)["discriminator"]
    assert sum(term["value"] for term in d_terms) == pytest.approx(perfect)
    slopes = next(term for term in curves("double_sigmoid")["terms"] if term["key"] == "g_adversarial")["slopes"]
    assert steepest == pytest.approx(max(-slope for slope in slopes), abs=2e-5)
    assert closed_form.softplus(800.0) == 800.0 and closed_form.sigmoid(-800.0) == 0.0
