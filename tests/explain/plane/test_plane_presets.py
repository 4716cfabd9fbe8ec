"""Each preset does what its sentence says, and says it in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from aigc_demo.explain.plane.nets import Nets
from aigc_demo.explain.plane.presets import PRESETS, Claim, Preset, described
from aigc_demo.explain.plane.tracing import plane_graphs
from aigc_demo.losses import LOSSES
from tests.ui.page_modules import needs_node, run_modules

MODULES = {"outcome": "plane-outcome.js", "settings": "plane-settings.js", "data": "plane-data.js"}
PLAY = "return outcome.outcome(given.traced, settings.completed(given.settings), given.steps);"
every_preset = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)


def _graphs(preset: Preset) -> dict[str, Any]:
    nets = Nets(batch=preset.settings.get("batch", 256))
    return plane_graphs(
        preset.settings.get("loss", "non_saturating"), tuple(preset.settings.get("auxiliaries", ())), nets
    )


@needs_node
@every_preset
def test_what_a_preset_claims_happens(preset: Preset, tmp_path: Any) -> None:
    given = {"traced": _graphs(preset), "settings": preset.settings | {"seed": 0}, "steps": preset.steps}
    figures = run_modules(PLAY, MODULES, tmp_path, given=given)
    assert preset.claims
    for claim in preset.claims:
        assert claim.holds(figures[claim.figure]), (claim, figures)


@needs_node
def test_presets_set_only_what_there_is(tmp_path: Any) -> None:
    known = run_modules("return { ...settings.DEFAULTS, names: data.NAMES };", MODULES, tmp_path)
    for preset in PRESETS:
        assert set(preset.settings) <= set(known)
        assert preset.settings.get("data", "ring8") in known["names"]
        assert preset.settings.get("loss", "non_saturating") in LOSSES


@every_preset
def test_a_preset_is_described_in_both_languages(preset: Preset) -> None:
    chinese, english = described(preset, "zh"), described(preset, "en")
    assert chinese["title"] != english["title"] and chinese["watch"] != english["watch"]
    assert chinese["settings"] == english["settings"] == preset.settings


def test_a_claim_has_bounds() -> None:
    assert Claim("modes", least=2, most=3).holds(2) and Claim("modes", least=2, most=3).holds(3)
    assert not Claim("modes", least=2).holds(1) and not Claim("modes", most=2).holds(3)
    assert not Claim("kl", most=2).holds(None)
