"""What a study has found, as plain data: its trials, the Pareto front, and how to train what was best."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from aigc_demo.recipes import Value
from aigc_demo.search.definition import Definition
from aigc_demo.search.hopeless import Rung

TrialState = Literal["waiting", "running", "complete", "pruned", "failed"]


@dataclass(frozen=True)
class Trial:
    """One trial. `digit_fd`, `seconds` and `step` say where it was best, once it is complete; `why` it ended early."""

    number: int
    state: TrialState
    settings: Mapping[str, Value]
    rungs: tuple[Rung, ...] = ()
    digit_fd: float | None = None
    seconds: float | None = None
    step: int | None = None
    why: str | None = None
    is_default: bool = False  # the recipe as it is, which the others are to beat


@dataclass(frozen=True)
class Results:
    """A study as it stands."""

    name: str
    definition: Definition
    trials: tuple[Trial, ...]

    @property
    def complete(self) -> list[Trial]:
        return [trial for trial in self.trials if trial.state == "complete"]

    @property
    def front(self) -> list[Trial]:
        """The trials that no other beats in both objectives, the best digit-FD first."""
        return pareto_front(self.complete)

    @property
    def best(self) -> Trial | None:
        """The trial with the lowest digit-FD; None where none is complete."""
        return next(iter(self.front), None)

    @property
    def default(self) -> Trial | None:
        """The recipe as it is, where that trial is complete."""
        return next((trial for trial in self.complete if trial.is_default), None)

    def counts(self) -> dict[str, int]:
        states = [trial.state for trial in self.trials]
        return {state: states.count(state) for state in ("complete", "pruned", "failed", "running")}

    def arguments(self, trial: Trial) -> list[str]:
        """The words of the `train` command that repeats `trial` up to where it was best."""
        game = self.definition
        words = ["--recipe", game.recipe, "--loss", game.loss, "--dataset", game.dataset]
        words += ["--steps", str(trial.step or game.steps), "--seed", str(game.seed)]
        return words + [word for pair in _sets(trial.settings) for word in ("--set", pair)]

    def command(self, trial: Trial) -> str:
        """A line for a shell that trains `trial` again."""
        words = ["python", "-m", "aigc_demo", "train", "--out", f"{self.name}-{trial.number}", *self.arguments(trial)]
        return shlex.join(words)

    def to_json(self) -> dict[str, Any]:
        return {
            "study": self.name,
            **self.definition.to_json(),
            "rungs": self.definition.rungs,
            "counts": self.counts(),
            "trials": [asdict(trial) | {"rungs": [list(rung) for rung in trial.rungs]} for trial in self.trials],
            "front": [trial.number for trial in self.front],
            "default": None if self.default is None else self.default.number,
        }

    def summary(self) -> dict[str, Any]:
        """What the command prints: the counts, the recipe as it is, and the front with a command for each."""
        front = [
            _point(trial)
            | {"settings": dict(trial.settings), "set": _sets(trial.settings), "train": self.command(trial)}
            for trial in self.front
        ]
        game = {key: value for key, value in self.definition.to_json().items() if key != "format"}
        return {
            "study": self.name,
            **game,
            "trials": self.counts(),
            "default": None if self.default is None else _point(self.default),
            "front": front,
            "best": front[0] if front else None,
        }


def pareto_front(trials: Iterable[Trial]) -> list[Trial]:
    """Those of the complete `trials` of which no other is at least as good in both objectives and better in one.

    Sorted by digit-FD, so that the seconds fall along it; of equals in both the first.
    """
    front: list[Trial] = []
    for trial in sorted(trials, key=_objectives):
        if not front or _objectives(trial)[1] < _objectives(front[-1])[1]:
            front.append(trial)
    return front


def _objectives(trial: Trial) -> tuple[float, float]:
    assert trial.digit_fd is not None and trial.seconds is not None
    return trial.digit_fd, trial.seconds


def _point(trial: Trial) -> dict[str, Any]:
    return {"number": trial.number, "digit_fd": trial.digit_fd, "seconds": trial.seconds, "step": trial.step}


def _sets(settings: Mapping[str, Value]) -> Sequence[str]:
    return [f"{key}={value:.6g}" if isinstance(value, float) else f"{key}={value}" for key, value in settings.items()]
