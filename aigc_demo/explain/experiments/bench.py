"""Where experiments are set up: compiled trainers, kept for the next one that needs the same networks and loss."""

from __future__ import annotations

from dataclasses import dataclass, field

from aigc_demo.data import Dataset, load
from aigc_demo.recipes import Plan
from aigc_demo.training import Trainer

KEPT_TRAINERS = 8  # of a megabyte or two each; compiling one takes two to three seconds


@dataclass(eq=False)
class Bench:
    """For one thread at a time, and one experiment at a time: `clear` gives every trainer back."""

    _kept: list[Trainer] = field(default_factory=list)  # least recently used first
    _taken: list[Trainer] = field(default_factory=list)

    def clear(self) -> None:
        """The experiment is over: what it used may be used again."""
        self._taken.clear()

    def trainer(self, plan: Plan, dataset: Dataset | None = None) -> Trainer:
        """A trainer at step 0 of `plan`, which is this experiment's alone; `dataset` instead of the plan's own.

        One that is already compiled for these networks, this loss and so many images is re-used.
        """
        digits = load(plan.dataset) if dataset is None else dataset
        free = [trainer for trainer in self._kept if trainer not in self._taken]
        trainer = next((trainer for trainer in free if trainer.fits(plan, digits)), None)
        if trainer is None:
            if len(self._kept) >= KEPT_TRAINERS and free:
                self._kept.remove(free[0])
            trainer = Trainer(plan, digits)
        else:
            trainer.reset(plan, digits)
            self._kept.remove(trainer)
        self._kept.append(trainer)
        self._taken.append(trainer)
        return trainer
