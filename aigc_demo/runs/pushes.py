"""Models of visitors on their way to the Hub: one at a time, each with its visitor's own token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aigc_demo.hub import Progress, Pushed
from aigc_demo.hub.client import Hub
from aigc_demo.hub.outgoing import push_model
from aigc_demo.runs import desk
from aigc_demo.runs.desk import Desk
from aigc_demo.text import Text

FULL = Text(
    "前面已有 {n} 个模型在等着推送，请稍后再试。",
    "{n} models are already waiting to be pushed; please try again later.",
)
BROKE_DOWN = Text("推送时出了内部错误，已记录下来。", "Pushing failed here; it has been noted.")


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """One model to be sent to `target`; `hub` has its visitor's token, `sheet` draws its sample sheet."""

    folder: Path
    target: str
    hub: Hub
    private: bool
    sheet: Callable[[], bytes]


class Pushing(Desk[Ticket]):
    """For any thread."""

    def __init__(self) -> None:
        super().__init__("push", _push, FULL, BROKE_DOWN)

    def most_waiting(self) -> int:
        return 20


def _push(ticket: Ticket) -> Iterator[Progress | Pushed]:
    return push_model(ticket.folder, ticket.target, ticket.hub, ticket.sheet, ticket.left, private=ticket.private)
