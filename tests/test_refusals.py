"""Every combination makes a plan, or is refused with the reason in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, go_together
from aigc_demo.recipes import RECIPES, make_plan
from aigc_demo.text import Text, VisitorError

GENERATOR_NAMES, DISCRIMINATOR_NAMES = tuple(GENERATORS), tuple(DISCRIMINATORS)
SLOPES = {"r1", "r2", "gp", "gp_one_sided", "dragan"}  # additions that differentiate D by its input
WITH_LOG_D = {"minimax", "non_saturating", "dragan", "g_target_zero"}  # losses with the term -log D(x)
CLASS_HEAD = {"fast", "fast_long", "acgan"}  # recipes whose D reads classes
# Recipes whose D is told or asked what an image is of, and which of the networks.
OF_A_CLASS = {*CLASS_HEAD, "projection", "half", "infogan"}
LABELLED = {"fast", "fast_deep", "fast_no_norm", "fast_wide", "fast_bn", "projection", "half", "acgan"}


def _reason(recipe: str, loss: str | None = None, **settings: Any) -> Text | None:
    """Why the combination is refused; None where it makes a plan."""
    try:
        make_plan(recipe, loss, settings={key.replace("__", "."): value for key, value in settings.items()})
    except VisitorError as refusal:
        text = refusal.text
        assert text.zh and text.en and text.zh != text.en
        assert max(len(text.zh), len(text.en)) < 400
        return text
    return None


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("loss", LOSSES)
def test_which_additions_a_loss_carries_in_a_recipe(recipe: str, loss: str) -> None:
    own = {term.key for term in LOSSES[loss].d_terms + LOSSES[loss].g_terms}
    for key, item in AUXILIARIES.items():
        asked = {f"weight__{term.key}": term.weight for term in item.terms}
        reason = _reason(recipe, loss, **asked)
        if key == "infogan" and recipe != "infogan":
            assert reason is not None
        elif key == "acgan" and recipe not in CLASS_HEAD:
            assert reason is not None and RECIPES[recipe].discriminator in reason.en and "class head" in reason.en
        elif key == "smooth" and loss not in WITH_LOG_D:
            assert reason is not None and "log D" in reason.en
        else:
            assert reason is None, (key, reason)
            plan = make_plan(recipe, loss, settings={name.replace("__", "."): v for name, v in asked.items()})
            keys = [term.key for term in plan.loss_object().d_terms + plan.loss_object().g_terms]
            assert len(keys) == len(set(keys))
            assert set(keys) >= own | {term.key for term in item.terms}
            assert set(plan.weights) >= {term.key for term in item.terms}


@pytest.mark.parametrize("loss", LOSSES)
def test_no_slope_is_asked_of_a_discriminator_with_batch_normalisation(loss: str) -> None:
    """An image's logit then depends on its neighbours, so what a penalty would measure is not the image's slope."""
    alone = _reason("fast", loss, discriminator="fast_bn")
    assert (alone is not None) == (loss in ("wgan_gp", "dragan", "r3gan"))
    for key in SLOPES:
        reason = _reason("fast", loss, discriminator="fast_bn", **{f"weight__{AUXILIARIES[key].d_terms[0].key}": 1})
        assert reason is not None
        assert "fast_bn" in reason.zh and "fast_bn" in reason.en and "batch normalisation" in reason.en
    if alone is None:
        for key in set(AUXILIARIES) - SLOPES - {"smooth", "infogan"}:
            assert (
                _reason("fast", loss, discriminator="fast_bn", **{f"weight__{AUXILIARIES[key].terms[0].key}": 0.1})
                is None
            )


@pytest.mark.parametrize("generator", GENERATOR_NAMES)
def test_networks_go_together_when_both_see_labels_or_neither(generator: str) -> None:
    def kind(name: str) -> str:
        own = [family for family in ("infogan", "progressive") if name.startswith(family)]
        return own[0] if own else "labels" if name in LABELLED else "none"

    for discriminator in DISCRIMINATOR_NAMES:
        reason = _reason("fast", generator=generator, discriminator=discriminator)
        fits = kind(generator) == kind(discriminator)
        assert go_together(GENERATORS[generator], DISCRIMINATORS[discriminator]) == fits, (generator, discriminator)
        assert (reason is None) == fits, (generator, discriminator)
        if reason is not None:
            assert any(
                name in reason.en.lower() and name in reason.zh for name in (generator, discriminator, "infogan")
            )


def test_class_terms_need_a_generator_that_is_told_the_class() -> None:
    """ACGAN's D never sees the label: G must, and the terms that ask for the digit must be there."""
    reason = _reason("dcgan", discriminator="acgan", weight__g_class=1)
    assert reason is not None and "dcgan" in reason.en and "sees no labels" in reason.en
    assert _reason("dcgan", discriminator="acgan") is None  # its class head is simply not asked
    assert _reason("projection", discriminator="acgan") is not None
    assert _reason("projection", discriminator="acgan", weight__g_class=1) is None


@pytest.mark.parametrize("recipe", RECIPES)
def test_packs_are_for_discriminators_that_do_not_ask_for_labels(recipe: str) -> None:
    for pac in (1, 2, 3, 4):
        reason = _reason(recipe, pac=pac)
        assert (reason is None) == (pac == 1 or recipe not in OF_A_CLASS)
        if reason is not None:
            assert "labels" in reason.en
    for loss in LOSSES:
        assert (_reason(recipe, loss, pac=2) is None) == (recipe not in OF_A_CLASS)


def test_a_batch_must_fill_a_pack() -> None:
    reason = _reason("tutorial_cnn", pac=4, batch_size=3)
    assert reason is not None and "batch_size" in reason.en and "3" in reason.en
    assert _reason("tutorial_cnn", pac=4, batch_size=4) is None


@pytest.mark.parametrize("loss", LOSSES)
def test_only_the_loss_that_is_held_by_clipping_is_clipped(loss: str) -> None:
    reason = _reason("fast", loss, clip=0.05)
    assert (reason is None) == (loss == "wgan")
    if reason is not None:
        assert loss in reason.en and loss in reason.zh and "wgan" in reason.en
    else:
        assert make_plan("fast", loss, settings={"clip": 0.05}).clip_at == 0.05


def test_dropout_and_shifts_go_with_everything() -> None:
    for recipe in RECIPES:
        for loss in LOSSES:
            assert _reason(recipe, loss, dropout=0.3, augment=2) is None
