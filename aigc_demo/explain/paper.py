"""What a page about one paper consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aigc_demo.text import Text


@dataclass(frozen=True)
class Start:
    """A button that starts a run with these choices or the ready-made race `preset` in the Train tab, or opens the shipped
    `model` in the Generate tab, at `panel`.
    """

    text: Text
    run: dict[str, Any] = field(default_factory=dict)
    preset: str = ""
    model: str = ""
    panel: str = ""


@dataclass(frozen=True)
class Place:
    """Where in this program the idea lives: a place of the Explain tab, and what is there."""

    target: str
    text: Text


@dataclass(frozen=True)
class Paper:
    """One of the five papers that section 7.3 of the tutorial recommends, as one page of our own.

    `title`, `authors` and `arxiv` (numbers; the first is the paper's, or of what links it to GANs) are facts about it.
    `formula` is LaTeX without delimiters; all Texts are Markdown whose formulas stand between `$`. `quote` is what the
    tutorial says of it, `right` and `wrong` what of that holds and what does not. `recipes` are the keys under which a
    recipe of it would be found; one that exists is offered to be trained. `live` names its small experiment.
    """

    key: str
    title: str
    authors: str
    published: str
    arxiv: tuple[str, ...]
    changed: tuple[Text, ...]
    formula: str
    reads: Text
    quote: Text
    right: Text | None
    wrong: Text | None
    places: tuple[Place, ...]
    live_title: Text
    live_about: Text
    live: str = ""
    starts: tuple[Start, ...] = ()
    recipes: tuple[str, ...] = ()
