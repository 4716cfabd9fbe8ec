"""What a diagnosis comes to: a sentence, the figures it rests on, and what may be tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from aigc_demo.text import Text

Level = Literal["good", "watch", "bad"]
Evidence = tuple[tuple[Text, str], ...]  # each figure's name, and its value for people


@dataclass(frozen=True)
class Remedy:
    """What a button may try: a `change` of the run as it goes on, or a new run to `start`.

    `settings` are names and values as `recipes.SETTINGS` and `weight.<term>` have them; None leaves the loss or the
    dataset as it is.
    """

    text: Text
    kind: Literal["change", "start"]
    settings: Mapping[str, float | int | str] = field(default_factory=dict)
    loss: str | None = None
    dataset: str | None = None

    def to_json(self) -> dict[str, Any]:
        plain = {"kind": self.kind, "settings": dict(self.settings), "loss": self.loss, "dataset": self.dataset}
        return {**asdict(self.text), **plain}


@dataclass(frozen=True)
class Verdict:
    """`level` is a traffic light; `key` names the case, so that a page can tell when it changes."""

    key: str
    level: Level
    text: Text
    evidence: Evidence = ()
    remedy: Remedy | None = None

    def because(self, *evidence: Evidence, remedy: Remedy | None = None) -> Verdict:
        """This verdict, with what it rests on and what may be tried."""
        return replace(self, evidence=tuple(item for part in evidence for item in part), remedy=remedy)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "level": self.level,
            **asdict(self.text),
            "evidence": [{**asdict(name), "value": value} for name, value in self.evidence],
            "remedy": None if self.remedy is None else self.remedy.to_json(),
        }
