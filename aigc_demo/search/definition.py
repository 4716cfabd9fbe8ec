"""What a study is looking for, fixed when it begins: which game, which settings, how long a trial trains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from aigc_demo.recipes import MAX_SEED, Plan, Value, make_plan, value_of, whole_number
from aigc_demo.search.ranges import Range, searchable
from aigc_demo.text import Text, VisitorError, plain

Sampler = Literal["tpe", "nsga2"]
SAMPLERS: Mapping[Sampler, Text] = {
    "tpe": Text("TPE：由已有结果估计哪些值更好", "TPE: estimates from earlier trials which values are better"),
    "nsga2": Text("NSGA-II：一代代杂交与变异", "NSGA-II: crosses and mutates one generation after another"),
}

RUNGS = 5  # a trial is measured so many times, evenly spaced, the last time at its end
DEFAULT_STEPS, LEAST_STEPS, MOST_STEPS = 400, RUNGS, 100_000
DAMAGED = Text("这个研究的文件已损坏，无法读取。", "The files of this study are damaged and cannot be read.")


@dataclass(frozen=True)
class Definition:
    """One study. Every trial trains `steps` steps from the same `seed`, so that trials differ in their settings alone.

    The two objectives, both to be made small: the best digit-FD (N = 1,000) that was measured at one of the `rungs`,
    and the seconds of training (compiled calls alone) that it took to get there.
    """

    recipe: str
    loss: str
    dataset: str
    steps: int
    seed: int
    sampler: Sampler
    ranges: tuple[Range, ...]

    @property
    def rungs(self) -> tuple[int, ...]:
        """The steps at which a trial is measured."""
        return tuple(round(self.steps * place / RUNGS) for place in range(1, RUNGS + 1))

    def plan(self, settings: Mapping[str, Value]) -> Plan:
        """The plan of a trial. Raises `VisitorError` for settings that do not go together."""
        return make_plan(
            self.recipe, self.loss, self.dataset, seed=self.seed, steps=self.steps, settings=dict(settings)
        )

    def defaults(self) -> dict[str, Value]:
        """What the recipe itself has for every setting that is searched: the first trial."""
        base = self.plan({})
        found = {item.key: value_of(base, item.key) for item in self.ranges}
        return {key: value for key, value in found.items() if value is not None}

    def to_json(self) -> dict[str, Any]:
        facts = {"recipe": self.recipe, "loss": self.loss, "dataset": self.dataset, "steps": self.steps}
        ranges = [item.to_json() for item in self.ranges]
        return {"format": 1, **facts, "seed": self.seed, "sampler": self.sampler, "ranges": ranges}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Definition:
        """What `to_json` wrote, checked; raises `VisitorError` when it is not that."""
        try:
            ranges = tuple(map(Range.from_json, data["ranges"]))
            names = {name: str(data[name]) for name in ("recipe", "loss", "dataset")}
            return define(ranges=ranges, steps=data["steps"], seed=data["seed"], sampler=data["sampler"], **names)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise VisitorError(DAMAGED) from error


def define(
    recipe: str,
    ranges: tuple[Range, ...],
    loss: str | None = None,
    dataset: str = "digits5k",
    steps: object = DEFAULT_STEPS,
    seed: object = 0,
    sampler: str = "tpe",
) -> Definition:
    """A definition, every choice checked; raises `VisitorError` with one sentence that says what to do."""
    plan = make_plan(recipe, loss, dataset)
    if sampler not in get_args(Sampler):
        raise VisitorError(
            Text("没有抽样方法“{name}”。可用：{known}。", "There is no sampler “{name}”. Choose from {known}.").format(
                name=sampler[:40], known=", ".join(SAMPLERS)
            )
        )
    known = searchable(plan)
    for item in ranges:
        if item.key not in known:
            raise VisitorError(DAMAGED)
    return Definition(
        plan.recipe.key,
        plan.loss,
        dataset,
        whole_number(steps, LEAST_STEPS, MOST_STEPS, Text("每次试验的步数", "The number of steps of a trial")),
        whole_number(seed, 0, MAX_SEED, plain("seed")),
        sampler,  # type: ignore[arg-type]
        ranges,
    )
