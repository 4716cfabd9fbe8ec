"""The guided tours: complete in both languages, and every scene of theirs is one that the page can show."""

from __future__ import annotations

import re

import pytest

from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.explain.plane.presets import PRESETS as PLANE_PRESETS
from aigc_demo.explain.tour_catalogue import TOURS
from aigc_demo.explain.tours import Scene, Tour, described
from aigc_demo.losses import LOSSES
from aigc_demo.recipes.presets import PRESETS
from aigc_demo.text import LANGUAGES
from aigc_demo.ui.chapters import CHAPTERS

every_tour = pytest.mark.parametrize("tour", TOURS.values(), ids=list(TOURS))
TABS = ("train", "generate", "explain", "models")


def test_there_is_one_for_each_audience() -> None:
    assert list(TOURS) == ["five_minutes", "losses_lie", "repaired"]


@every_tour
def test_a_tour_is_complete_in_both_languages(tour: Tour) -> None:
    assert len(tour.steps) >= 5 and tour.minutes >= 5
    for step in tour.steps:
        for text in (step.title, step.watch, step.notes):
            assert all(text(lang).strip() for lang in LANGUAGES)
            assert re.search(r"[一-鿿]", text.zh) and not re.search(r"[一-鿿]", text.en)
    told = described(tour, "zh")
    assert [step["title"] for step in told["steps"]] == [step.title.zh for step in tour.steps]


@every_tour
def test_every_scene_can_be_shown(tour: Tour) -> None:
    for step in tour.steps:
        assert _is_known(step.scene), step.scene


def _is_known(scene: Scene) -> bool:
    if scene.kind == "tab":
        return scene.value in TABS
    if scene.kind == "show":
        chapter, _, item = scene.value.partition("/")
        return chapter in {each.key for each in CHAPTERS} and (chapter != "losses" or item in LOSSES)
    if scene.kind == "preset":
        return scene.value in PRESETS
    if scene.kind == "experiment":
        return scene.value in EXPERIMENTS
    if scene.kind == "plane":
        return scene.value in {preset.key for preset in PLANE_PRESETS}
    return scene.options["loss"] in LOSSES and scene.options["order"] in ("simultaneous", "alternating")
