"""Searches for points of the latent space, one at a time for all visitors, in the order of their coming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aigc_demo.checkpoints import Generator
from aigc_demo.latent.inversion import Found
from aigc_demo.runs import desk
from aigc_demo.runs.desk import CLOSING, Desk, Failed, Waiting
from aigc_demo.runs.inverters import Inverted, Inverters
from aigc_demo.text import Text

MOST_WAITING = 60  # a class, two searches each: a minute's work

FULL = Text(
    "前面已有 {n} 张图在等着求 z，请稍后再试。",
    "{n} drawings are already waiting for their z; please try again a little later.",
)
BROKE_DOWN = Text("求 z 时出了内部错误，已记录下来。", "The search failed here; it has been noted.")

News = Waiting | Found | Inverted | Failed

__all__ = ["BROKE_DOWN", "CLOSING", "Failed", "Inversions", "News", "Ticket", "Waiting"]


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """One search; what is heard of it ends with `Inverted` or `Failed`."""

    generator: Generator
    image: np.ndarray
    label: int | None


class Inversions(Desk[Ticket]):
    """For any thread."""

    def __init__(self, inverters: Inverters | None = None) -> None:
        self._inverters = inverters or Inverters()
        super().__init__("inversion", self._search, FULL, BROKE_DOWN)

    def most_waiting(self) -> int:
        return MOST_WAITING

    def _search(self, ticket: Ticket) -> Iterator[Found | Inverted]:
        return self._inverters.search(ticket.generator, ticket.image, ticket.label, ticket.left.is_set)
