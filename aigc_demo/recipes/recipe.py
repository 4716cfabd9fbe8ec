"""What a recipe is, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aigc_demo.text import Text

Updates = Literal["alternating", "simultaneous"]
OptimiserName = Literal["adam", "rmsprop"]


@dataclass(frozen=True)
class Optimiser:
    """An optimiser by name; `beta_1` and `beta_2` are Adam's, and RMSProp reads `beta_2` as its decay."""

    learning_rate: float
    beta_1: float = 0.9
    beta_2: float = 0.999
    name: OptimiserName = "adam"


@dataclass(frozen=True)
class Recipe:
    """Networks + loss + optimisers + schedule, by name; see `catalogue.RECIPES`."""

    key: str
    title: Text
    story: Text
    generator: str
    discriminator: str
    latent_size: int
    loss: str
    batch_size: int
    g_optimiser: Optimiser
    d_optimiser: Optimiser
    conditional: bool = False
    class_head: bool = False
    auxiliaries: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    updates: Updates = "alternating"
    discriminator_steps: int | None = None  # with the recipe's own loss, where it differs from what the loss says
    ema_decay: float = 0.99  # at step t the decay is min(ema_decay, (1 + t) / (ema_lag + t))
    ema_lag: float = 10.0
    rate_halving_steps: float = 1e9  # both rates are multiplied by h / (h + t)
    growth_steps: int = 0  # of each fade and of each phase between, where the networks grow; 0 where they do not
    section: str = ""  # where the tutorial describes it
