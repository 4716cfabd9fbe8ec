"""Guided tours for talks: each step sets the page up, says what to watch, and waits for the presenter's key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aigc_demo.text import Lang, Text

Kind = Literal["tab", "show", "preset", "experiment", "plane", "dirac"]


@dataclass(frozen=True)
class Scene:
    """What the page is to show.

    "tab" opens a tab; "show" goes to a place of the Explain tab ("losses/hinge"); "preset" begins an experiment of the
    Train tab; "experiment" runs one of the Explain tab; "plane" loads a preset of the laboratory and lets it train;
    "dirac" sets the Dirac-GAN's portrait to `options`.
    """

    kind: Kind
    value: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One stop: its title and what to watch are for the hall, the notes for who speaks."""

    title: Text
    watch: Text
    notes: Text
    scene: Scene


@dataclass(frozen=True)
class Tour:
    """A talk: `audience` says for whom, `minutes` about how long it takes to give."""

    key: str
    title: Text
    audience: Text
    minutes: int
    steps: tuple[Step, ...]


def described(tour: Tour, lang: Lang) -> dict[str, Any]:
    """The tour as the page's script needs it."""
    return {
        "key": tour.key,
        "title": tour.title(lang),
        "audience": tour.audience(lang),
        "minutes": tour.minutes,
        "steps": [
            {
                "title": step.title(lang),
                "watch": step.watch(lang),
                "notes": step.notes(lang),
                "scene": {"kind": step.scene.kind, "value": step.scene.value, "options": dict(step.scene.options)},
            }
            for step in tour.steps
        ],
    }
