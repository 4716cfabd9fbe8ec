"""The numbers that the errata C6 to C19 print, against the data, the networks and the layers themselves."""

from __future__ import annotations

import re
from math import log, sqrt

import numpy as np
import pytest

from aigc_demo.data import Dataset
from aigc_demo.explain import ERRATA, Erratum
from aigc_demo.explain.experiments import EXPERIMENTS, environment_errors, showing_errors
from aigc_demo.explain.experiments.flag_errors import BN_EPSILON
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.recipes import make_plan

MINE = [f"C{number}" for number in range(6, 20)]


def _values(key: str) -> list[float]:
    return [item.value for item in ERRATA[key].evidence]


@pytest.mark.parametrize("key", MINE)
def test_each_can_be_tried(key: str) -> None:
    erratum: Erratum = ERRATA[key]
    assert key in EXPERIMENTS
    assert erratum.code_written and erratum.code_corrected and erratum.code_written != erratum.code_corrected
    for trial in (erratum.written_trial, erratum.corrected_trial):
        if trial is not None:
            assert make_plan(trial.recipe, loss=trial.loss).recipe.key == trial.recipe
    if erratum.written_trial is not None:
        assert erratum.written_trial != erratum.corrected_trial


@pytest.mark.parametrize("key", MINE)
def test_every_gap_in_the_sentences_is_filled(key: str) -> None:
    texts = (ERRATA[key].why, ERRATA[key].watch, *ERRATA[key].steps)
    assert not any(
        re.search(r"\{(_[A-Z]|[A-Z]+_[A-Z]|BATCH|EPOCHS)", text(lang)) for text in texts for lang in ("zh", "en")
    )


def test_bytes_are_out_of_a_tanhs_reach(digits: Dataset) -> None:
    mean, beyond, raw, scaled = _values("C7")
    pixels = digits.images.astype(np.float64)
    assert mean == pytest.approx(pixels.mean(), abs=0.5)
    assert beyond == pytest.approx((pixels.mean(axis=0) > 1).sum(), abs=40)  # the committed mean is rounded to a byte
    assert raw == pytest.approx(sqrt(np.square(pixels).mean()), rel=0.01)
    assert scaled == pytest.approx(sqrt(np.square(pixels / 127.5 - 1).mean()), rel=0.01)


def test_layers_and_parameters_are_those_of_the_networks() -> None:
    d_written, d_needed, g_written, g_needed, _ = _values("C9")
    assert (g_written, d_written) == tuple(
        network.count_params() for network in (build_generator("tutorial_4_3"), build_discriminator("tutorial_4_3"))
    )
    assert (d_needed, g_needed) == (785, 101 * 784)
    _, _, cnn_g, _, cnn_d = _values("C10")
    assert cnn_g == build_generator("tutorial_cnn").count_params()
    assert cnn_d == build_discriminator("tutorial_cnn").count_params()
    layer, chain, narrow, ratio = _values("C11")
    assert layer == 615_440 and chain == build_generator("tutorial_5_2").count_params()
    assert narrow == build_generator("tutorial_5_2_repaired").count_params() and ratio == chain / narrow


def test_the_epsilon_of_batch_normalisation_is_keras_own() -> None:
    norm = build_generator("tutorial_cnn").get_layer("norm1")
    assert norm.epsilon == BN_EPSILON
    assert _values("C12")[:2] == pytest.approx([1 / sqrt(1 + norm.epsilon), 5 / sqrt(1 + norm.epsilon)])


def test_a_blind_critic_and_a_constant_loss() -> None:
    assert _values("C9")[-1] == 2 * log(2) and _values("C18")[0] == log(2)
    assert _values("C18")[2] == pytest.approx(log(2))
    assert _values("C17")[-1] == pytest.approx(showing_errors.expected_classes(showing_errors.GRID))
    assert _values("C17")[0] == showing_errors.CONTRAST


def test_the_old_tensorflows_pythons_are_those_of_its_wheels() -> None:
    assert _values("C19")[0] == len(environment_errors.OLD_WHEELS)
    text = ERRATA["C19"].why.en
    assert all(f"3.{python.removeprefix('cp3')}" in text for python, _ in environment_errors.OLD_WHEELS[::3])
