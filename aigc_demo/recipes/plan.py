"""A plan: a recipe with every choice made, as plain frozen data that a file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from aigc_demo.data import DIGITS
from aigc_demo.losses import AUXILIARIES, Loss, carry, find_loss
from aigc_demo.networks import CLASSES, GENERATORS
from aigc_demo.recipes.recipe import Recipe
from aigc_demo.recipes.settings import Value

LONGEST_BASE = 80  # characters of the name of the model that a run begins with


@dataclass(frozen=True)
class Plan:
    """A recipe with every choice made. `weights` holds the weight of every tunable term of `loss_object()`.

    `recipe` already has the chosen networks, rates and schedule in it. `clip` overrides the loss's own clipping of D's
    weights, `pac` is how many images D judges as one, `augment` the most pixels by which it sees them shifted,
    `dropout` the share of its units left out (0: as the network is built), and `auto_stop` the seconds of training
    without a better digit-FD that end the run (0: never). `class_names` are those of the dataset.
    `precision` and `xla` are what was asked for, `arithmetic` what the run is then computed in: a key of `ARITHMETICS`,
    "" for the reference.
    `base` is the model that the run began with ("": none, from chance), `freeze_d` how many of D's first layers are held.
    """

    recipe: Recipe
    loss: str
    auxiliaries: tuple[str, ...]
    weights: Mapping[str, float]
    dataset: str
    seed: int
    discriminator_steps: int
    seconds: float | None = None
    steps: int | None = None
    pac: int = 1
    augment: int = 0
    dropout: float = 0.0
    clip: float | None = None
    auto_stop: float = 0.0
    class_names: tuple[str, ...] = DIGITS
    base: str = ""
    freeze_d: int = 0
    precision: str = "auto"
    xla: str = "auto"
    arithmetic: str = ""

    def loss_object(self) -> Loss:
        """The catalogue's loss with this plan's auxiliary terms attached."""
        return carry(find_loss(self.loss), *(AUXILIARIES[key] for key in self.auxiliaries))

    @property
    def classes(self) -> int:
        """The width of a label as networks see it: never less than ten, so that models of digits look alike."""
        return max(CLASSES, len(self.class_names))

    @property
    def sorts_itself(self) -> bool:
        """Whether labels are categories drawn at random, whose meaning is for the game to find (InfoGAN)."""
        return GENERATORS[self.recipe.generator].codes > 0

    @property
    def clip_at(self) -> float | None:
        """Where D's weights are clipped after each of its updates; None where they are not."""
        return find_loss(self.loss).clip if self.clip is None else self.clip

    def settings(self) -> dict[str, Value]:
        """Every setting that differs from what `make_plan(recipe, loss)` alone gives; `make_plan` reads it back."""
        from aigc_demo.recipes.making import settings_of

        return settings_of(self)

    def to_json(self) -> dict[str, Any]:
        """Plain data; the recipe's words are left out, since they belong to its name."""
        plain = asdict(self)
        plain["recipe"].pop("title")
        plain["recipe"].pop("story")
        return plain

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Plan:
        """The plan that `to_json` wrote, checked; raises `VisitorError` when it is not one."""
        from aigc_demo.recipes.checking import read_plan

        return read_plan(data)
