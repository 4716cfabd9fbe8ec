"""What a preset is: one experiment or several, what to watch in them, and how to put right what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from aigc_demo.recipes.making import make_plan
from aigc_demo.recipes.plan import Plan
from aigc_demo.recipes.settings import Value
from aigc_demo.text import Text

Kind = Literal["show", "break", "race"]


@dataclass(frozen=True)
class Experiment:
    """One run, as `make_plan` takes it; `loss` None is the recipe's own."""

    title: Text
    recipe: str
    loss: str | None = None
    dataset: str = "digits5k"
    settings: Mapping[str, Value] = field(default_factory=dict)
    seconds: float = 40.0
    seed: int = 0

    def plan(self) -> Plan:
        return make_plan(self.recipe, self.loss, self.dataset, self.seed, self.seconds, settings=dict(self.settings))


@dataclass(frozen=True)
class Cure:
    """What rescues the experiment: a `change` of the run as it goes on, or a new run to `start`.

    None leaves the loss, or the dataset, as it is; a new run keeps the settings that are not named.
    """

    title: Text
    kind: Literal["change", "start"]
    settings: Mapping[str, Value] = field(default_factory=dict)
    loss: str | None = None
    dataset: str | None = None

    def to_json(self) -> dict[str, Any]:
        plain = {"kind": self.kind, "settings": dict(self.settings), "loss": self.loss, "dataset": self.dataset}
        return {**asdict(self.title), **plain}


@dataclass(frozen=True)
class Preset:
    """A story to play: "show" works, "break" fails in a way of its own, "race" runs its experiments side by side.

    `story` says what to watch; `expect` is the key of the verdict that the first experiment should come to, or "".
    """

    key: str
    kind: Kind
    title: Text
    story: Text
    experiments: tuple[Experiment, ...]
    remedy: Cure | None = None
    expect: str = ""

    def to_json(self) -> dict[str, Any]:
        """As the page's catalogue holds it: words in both languages."""
        return {
            **asdict(self),
            "experiments": [asdict(experiment) for experiment in self.experiments],
            "remedy": None if self.remedy is None else self.remedy.to_json(),
        }
