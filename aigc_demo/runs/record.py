"""What a run is and how far it has come, as the plain data of its `run.json`."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import orjson

from aigc_demo.recipes import Plan
from aigc_demo.runs.changes import Change
from aigc_demo.text import NotFound, Text, VisitorError
from aigc_demo.training import COMMON_KEYS

State = Literal["idle", "queued", "compiling", "training", "paused", "finished", "stopped", "failed", "interrupted"]
STATES: tuple[State, ...] = get_args(State)
OVER: frozenset[State] = frozenset({"finished", "stopped", "failed", "interrupted"})
FILE = "run.json"


@dataclass(frozen=True)
class Budget:
    """How long a run may train in all: training seconds, steps, or whichever is used up first; None is no limit."""

    seconds: float | None = None
    steps: int | None = None

    def is_spent(self, step: int, seconds: float) -> bool:
        return (self.seconds is not None and seconds >= self.seconds) or (self.steps is not None and step >= self.steps)


@dataclass(frozen=True)
class Best:
    """When the digits were best, as they were measured while training."""

    step: int
    seconds: float
    digit_fd: float


@dataclass(frozen=True)
class Record:
    """The facts of a run. `owner` is the SHA-256 of the owner's token, in hexadecimal; '' where nobody owns it.

    `plan` and `keys` are those of now: what was changed on the way stands in `changes`. `ending` says why a run ended
    sooner than its budget, where nobody stopped it.
    """

    id: str
    plan: Plan
    state: State
    budget: Budget
    keys: tuple[str, ...]
    fingerprint: str = ""  # of the dataset's pixels and labels
    owner: str = ""
    race: str = ""  # the id of the race it is a member of
    step: int = 0
    seconds: float = 0.0
    created: float = field(default_factory=time.time)  # seconds since 1970
    metrics: Mapping[str, Any] | None = None
    error: Text | None = None
    changes: tuple[Change, ...] = ()
    best: Best | None = None
    ending: Text | None = None

    def is_owned_with(self, token: str) -> bool:
        return is_token_of(self.owner, token)

    def to_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["plan"] = self.plan.to_json()
        plain["changes"] = [change.to_json() for change in self.changes]
        return {"format": 1, **plain}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Record:
        """The record that `to_json` wrote; raises `VisitorError` when it is not one."""
        try:
            if data["state"] not in STATES:
                raise ValueError(data["state"])
            metrics, best = data["metrics"], data.get("best")
            if not set(COMMON_KEYS) <= set(data["keys"]):
                raise ValueError("it lacks a figure that every run has")
            return Record(
                id=str(data["id"]),
                plan=Plan.from_json(data["plan"]),
                state=data["state"],
                budget=Budget(**data["budget"]),
                keys=tuple(str(key) for key in data["keys"]),
                fingerprint=str(data["fingerprint"]),
                owner=str(data["owner"]),
                race=str(data.get("race", "")),
                step=int(data["step"]),
                seconds=float(data["seconds"]),
                created=float(data["created"]),
                metrics=None if metrics is None else dict(metrics),
                error=_text(data["error"]),
                changes=tuple(map(Change.from_json, data.get("changes") or ())),  # older records know of none
                best=None if best is None else Best(int(best["step"]), float(best["seconds"]), float(best["digit_fd"])),
                ending=_text(data.get("ending")),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise VisitorError(DAMAGED) from error


def _text(pair: Mapping[str, Any] | None) -> Text | None:
    return None if pair is None else Text(str(pair["zh"]), str(pair["en"]))


DAMAGED = Text("这次训练的 run.json 已损坏，无法读取。", "This run's run.json is damaged and cannot be read.")
UNKNOWN = Text("没有这次训练：链接可能已过期或不完整。", "There is no such run: the link may be old or incomplete.")


def read(folder: Path) -> Record:
    """The record in `folder`; raises `NotFound` where there is none and `VisitorError` for a damaged one."""
    try:
        data = orjson.loads((folder / FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(UNKNOWN) from error
    except (OSError, orjson.JSONDecodeError) as error:
        raise VisitorError(DAMAGED) from error
    if not isinstance(data, dict):
        raise VisitorError(DAMAGED)
    return Record.from_json(data)


def changed_at(path: Path) -> float:
    """When the file was last written, in seconds since 1970; 0 where it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def read_plan(folder: Path) -> Plan:
    """What the run in `folder` was asked to do. Raises as `read`."""
    return read(folder).plan


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_token_of(owner: str, token: str) -> bool:
    """Whether `token` is the one whose hash is `owner`; nothing is the token of ''."""
    return bool(owner) and hmac.compare_digest(owner, hash_token(token))
