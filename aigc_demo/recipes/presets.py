"""Experiments that tell a story: ways to break a game and the cure of each, and races. To add one, name it in `PRESETS`."""

from __future__ import annotations

from aigc_demo.recipes.preset import Cure, Experiment, Kind, Preset
from aigc_demo.recipes.presets_break import BREAKS
from aigc_demo.recipes.presets_race import RACES
from aigc_demo.recipes.presets_stage import STAGE
from aigc_demo.text import NotFound, Text

PRESETS: dict[str, Preset] = {preset.key: preset for preset in (*STAGE, *BREAKS, *RACES)}


def find_preset(key: str) -> Preset:
    """The preset called `key`; raises `NotFound` with the list of names."""
    if isinstance(key, str) and key in PRESETS:  # what an API client sends may be anything
        return PRESETS[key]
    raise NotFound(
        Text(
            "没有名为“{key}”的实验。可用：{known}。", "There is no preset called “{key}”. Choose one of {known}."
        ).format(key=str(key)[:80], known=", ".join(PRESETS))
    )


__all__ = ["PRESETS", "Cure", "Experiment", "Kind", "Preset", "find_preset"]
