"""What every tracker can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

Fact = str | int | float


class Moment(NamedTuple):
    """When something was so: after this step, and so many seconds of training."""

    step: int
    seconds: float


class Tracker(Protocol):
    """Writes down what one run tells. `hparams` comes first, `close` last; each may raise whatever goes wrong."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    def hparams(self, facts: Mapping[str, Fact], started: float, resumed: Moment | None = None) -> None:
        """The run began `started` seconds after 1970, with these choices.

        It goes on from `resumed`, where that is given: what was told of later steps is void.
        """

    def scalars(self, moment: Moment, values: Mapping[str, float]) -> None:
        """Figures by name, such as `training/d_total`; the part before the slash groups them."""

    def images(self, moment: Moment, name: str, png: bytes) -> None:
        """A picture."""

    def close(self) -> None:
        """The run has ended; everything is written out."""
