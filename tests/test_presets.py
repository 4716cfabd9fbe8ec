"""Every preset can be started as it stands, and its cure can be tried on it."""

from __future__ import annotations

import inspect
import json

import pytest

from aigc_demo.losses import LOSSES
from aigc_demo.metrics import rules_digits, rules_game, verdicts_digits, verdicts_game
from aigc_demo.metrics.verdicts import Verdict
from aigc_demo.recipes import MIN_SECONDS, change_plan, make_plan, value_of
from aigc_demo.recipes.presets import PRESETS, Preset, find_preset
from aigc_demo.text import NotFound

every_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
VERDICTS = {
    verdict.key
    for module in (verdicts_game, verdicts_digits)
    for verdict in vars(module).values()
    if isinstance(verdict, Verdict)
}


@every_preset
def test_every_experiment_can_be_started(preset: Preset) -> None:
    for experiment in preset.experiments:
        plan = experiment.plan()
        assert experiment.loss is None or plan.loss == experiment.loss
        for key, value in experiment.settings.items():
            assert value_of(plan, key) == value
        assert MIN_SECONDS <= experiment.seconds <= 60


@every_preset
def test_what_breaks_has_a_cure_that_can_be_tried(preset: Preset) -> None:
    assert (preset.remedy is not None) == (preset.kind == "break")
    if preset.remedy is None:
        return
    plan, cure = preset.experiments[0].plan(), preset.remedy
    if cure.kind == "change":
        cured = change_plan(plan, cure.settings, cure.loss)
    else:
        settings = {**plan.settings(), **cure.settings}
        cured = make_plan(plan.recipe.key, cure.loss or plan.loss, cure.dataset or plan.dataset, settings=settings)
    assert cured != plan
    assert LOSSES[cured.loss].family != "document"  # the cure is not another mistake


@every_preset
def test_a_break_says_what_it_comes_to(preset: Preset) -> None:
    assert preset.expect in VERDICTS | {""}
    assert bool(preset.expect) == (preset.kind != "race")


@every_preset
def test_a_race_differs_in_something_and_starts_alike(preset: Preset) -> None:
    if preset.kind == "race":
        assert 2 <= len(preset.experiments) <= 4
        plans = [experiment.plan() for experiment in preset.experiments]
        assert len({(plan.seed, plan.dataset, plan.seconds) for plan in plans}) == 1
        assert len({plan.recipe.batch_size for plan in plans}) == 1  # else they would not see the same digits
        assert len({(plan.loss, str(plan.settings())) for plan in plans}) == len(plans)
        titles = [experiment.title.zh for experiment in preset.experiments]
        assert len(set(titles)) == len(titles)


@every_preset
def test_the_words_are_in_both_languages(preset: Preset) -> None:
    for text in (preset.title, preset.story):
        assert text.zh != text.en
    assert len(preset.title.en) < 70
    assert len(preset.story.en) < 260


@every_preset
def test_the_page_gets_plain_data(preset: Preset) -> None:
    plain = json.loads(json.dumps(preset.to_json()))
    assert plain["key"] == preset.key
    assert plain["title"] == {"zh": preset.title.zh, "en": preset.title.en}
    assert plain["experiments"][0]["recipe"] == preset.experiments[0].recipe
    if preset.remedy is not None:
        assert plain["remedy"]["zh"] == preset.remedy.title.zh


def test_nine_presets_for_the_stage_come_first_and_one_that_works_leads() -> None:
    first = list(PRESETS.values())[:9]
    assert first[0].kind == "show"
    assert all(preset.kind == "break" for preset in first[1:])
    assert len({preset.expect for preset in first}) == 9  # each goes wrong in a way of its own


def test_a_preset_is_found_by_name() -> None:
    assert find_preset("saturation").key == "saturation"
    with pytest.raises(NotFound, match="saturation"):
        find_preset("nothing")
    with pytest.raises(NotFound):
        find_preset(["saturation"])  # type: ignore[arg-type]


def test_every_verdict_is_used_by_a_rule() -> None:
    from aigc_demo.metrics import diagnosis

    rules = "".join(inspect.getsource(module) for module in (rules_game, rules_digits, diagnosis))
    for module in (verdicts_game, verdicts_digits):
        for name, verdict in vars(module).items():
            assert not isinstance(verdict, Verdict) or f".{name}" in rules, name
