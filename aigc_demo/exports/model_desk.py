"""Exporting models on a server: one at a time for all visitors, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aigc_demo.exports.model_export import Exported, ModelFormat, Options, Stage, export_model
from aigc_demo.runs import desk
from aigc_demo.runs.desk import Desk
from aigc_demo.text import Text

MOST_WAITING = 8

_FULL = Text(
    "前面已有 {n} 个模型在等着导出，请稍后再试。",
    "{n} models are already waiting to be exported; please try again a little later.",
)
_BROKE_DOWN = Text("导出时出了内部错误，已记录下来。", "The export failed here; it has been noted.")


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """The checkpoint in `folder`, wanted in the form `chosen`; `cache` is the folder for what is derived."""

    folder: Path
    cache: Path
    chosen: ModelFormat
    options: Options


class ModelExports(Desk[Ticket]):
    """For any thread."""

    def __init__(self) -> None:
        super().__init__("exporting", _export, _FULL, _BROKE_DOWN)

    def most_waiting(self) -> int:
        return MOST_WAITING


def _export(ticket: Ticket) -> Iterator[Stage | Exported]:
    return export_model(ticket.folder, ticket.cache, ticket.chosen, ticket.options)
