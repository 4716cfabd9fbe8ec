"""Races: two to four runs from the same seed on one clock, each an ordinary run, under one name and one owner."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from aigc_demo.data import title_of
from aigc_demo.home import write_atomically
from aigc_demo.losses import find_loss
from aigc_demo.recipes import Plan
from aigc_demo.runs.record import State, is_token_of
from aigc_demo.runs.run import Run
from aigc_demo.runs.shelf import Shelf, is_id
from aigc_demo.text import NotFound, Text, VisitorError

LEAST, MOST = 2, 4
FILE = "race.json"

UNKNOWN = Text("没有这场比赛：链接可能已过期或不完整。", "There is no such race: the link may be old or incomplete.")
DAMAGED = Text("这场比赛的 race.json 已损坏，无法读取。", "This race's race.json is damaged and cannot be read.")
WRONG_NUMBER = Text("一场比赛应有 {least} 到 {most} 次训练。", "A race is of {least} to {most} runs.").format(
    least=LEAST, most=MOST
)

# A race is in the first of these states that one of its members is in.
_ORDER: tuple[State, ...] = (
    *("training", "compiling", "queued", "idle", "paused", "interrupted", "finished", "stopped", "failed"),
)


@dataclass(frozen=True)
class RaceRecord:
    """The facts of a race: `titles` name its members in the order of `runs`; `owner` is as a run's record has it."""

    id: str
    runs: tuple[str, ...]
    titles: tuple[Text, ...]
    owner: str = ""
    created: float = field(default_factory=time.time)

    def is_owned_with(self, token: str) -> bool:
        return is_token_of(self.owner, token)

    def to_json(self) -> dict[str, Any]:
        return {"format": 1, **asdict(self)}

    @staticmethod
    def from_json(data: Any) -> RaceRecord:
        """The record that `to_json` wrote; raises `VisitorError` when it is not one."""
        try:
            runs = tuple(str(run) for run in data["runs"])
            titles = tuple(Text(str(title["zh"]), str(title["en"])) for title in data["titles"])
            if not (is_id(data["id"]) and all(map(is_id, runs)) and LEAST <= len(runs) == len(titles) <= MOST):
                raise ValueError("no race of ours")
            return RaceRecord(data["id"], runs, titles, str(data["owner"]), float(data["created"]))
        except (KeyError, TypeError, ValueError) as error:
            raise VisitorError(DAMAGED) from error


@dataclass(frozen=True)
class Race:
    """A race and those of its members that are still there: a server that keeps few runs may have removed some."""

    record: RaceRecord
    members: tuple[Run, ...]

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def state(self) -> State:
        """What the race as a whole does: training as long as one member is."""
        states = {run.state for run in self.members}
        return next(state for state in _ORDER if state in states)

    def message(self) -> dict[str, Any]:
        """What the first message of the race's stream says, and its page is drawn from."""
        named = dict(zip(self.record.runs, self.record.titles, strict=True))
        return {
            "type": "race",
            "race": self.id,
            "runs": [run.id for run in self.members],
            "titles": [asdict(named[run.id]) for run in self.members],
            "state": self.state,
        }


class Races:
    """Races by id: their records on disk, their members from the shelf. A disk that refuses keeps them in memory."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self._folder = folder
        self._shelf = shelf
        self._unsaved: dict[str, RaceRecord] = {}

    def add(self, record: RaceRecord) -> None:
        content = orjson.dumps(record.to_json(), option=orjson.OPT_INDENT_2)
        try:
            write_atomically(self._folder / record.id / FILE, content)
        except OSError:
            self._unsaved[record.id] = record

    def get(self, race_id: str) -> Race:
        """Raises `NotFound`, or `VisitorError` for a damaged record."""
        record = self._unsaved.get(race_id) or self._read(race_id)
        members = []
        for run_id in record.runs:
            try:
                members.append(self._shelf.get(run_id))
            except NotFound:
                continue
        if not members:
            raise NotFound(UNKNOWN)
        return Race(record, tuple(members))

    def _read(self, race_id: str) -> RaceRecord:
        if not is_id(race_id):
            raise NotFound(UNKNOWN)
        try:
            return RaceRecord.from_json(orjson.loads((self._folder / race_id / FILE).read_bytes()))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(UNKNOWN) from error
        except (OSError, orjson.JSONDecodeError) as error:
            raise VisitorError(DAMAGED) from error


def check_number(plans: Sequence[object]) -> None:
    """Raises `VisitorError` where so many make no race."""
    if not LEAST <= len(plans) <= MOST:
        raise VisitorError(WRONG_NUMBER)


def titles_for(plans: Sequence[Plan], given: Iterable[Text | None] = ()) -> tuple[Text, ...]:
    """A name for each member: the one that was given, else what sets it apart from the others."""
    asked = [*given, *([None] * len(plans))][: len(plans)]
    parts = [[plan.recipe.title, find_loss(plan.loss).title, title_of(plan.dataset)] for plan in plans]
    telling = [place for place in range(3) if len({part[place] for part in parts}) > 1]
    made = [_joined([part[place] for place in telling]) for part in parts]
    if len(set(made)) < len(plans):  # the settings differ, or nothing does: they are told apart by their numbers
        numbers = [Text(f"{place} 号", f"No. {place}") for place in range(1, len(plans) + 1)]
        made = [_joined([name, number] if name.en else [number]) for name, number in zip(made, numbers, strict=True)]
    return tuple(title or name for title, name in zip(asked, made, strict=True))


def _joined(names: Sequence[Text]) -> Text:
    return Text(" · ".join(name.zh for name in names), " · ".join(name.en for name in names))
