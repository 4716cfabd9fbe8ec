"""Fetching sets of images for visitors: one at a time, followed by whoever wants to know, until it is there or cancelled.

A fetch belongs to the server and not to the page that asked: who leaves ends nothing, who asks for the same set follows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aigc_demo.data import hub_sets
from aigc_demo.hub import Progress, Stored, fetch
from aigc_demo.hub.client import Hub, hub_from_environment
from aigc_demo.runs import desk
from aigc_demo.runs.desk import Desk, Failed
from aigc_demo.text import Refused, Text

SECONDS_BETWEEN = 0.1  # of the news of one stage

FULL = Text(
    "前面已有 {n} 个数据集在等着下载，请稍后再试。",
    "{n} sets are already waiting to be fetched; please try again later.",
)
BROKE_DOWN = Text("下载时出了内部错误，已记录下来。", "Fetching failed here; it has been noted.")


@dataclass(frozen=True)
class Cancelled:
    """Somebody pressed Cancel; nothing was changed."""


@dataclass(eq=False)
class Follower(desk.Ticket):
    """Somebody who wants the set `key`; hears `Waiting`, `Progress`, and at last `Stored`, `Cancelled` or `Failed`."""

    key: str


@dataclass(eq=False)
class _Job(desk.Ticket):
    key: str
    followers: list[Follower] = field(default_factory=list)
    last: Any = None


class Fetches:
    """For any thread."""

    def __init__(self, hub: Callable[[], Hub] = hub_from_environment) -> None:
        self._hub = hub
        self._lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._desk: Desk[_Job] = Desk("fetch", self._perform, FULL, BROKE_DOWN)

    def going(self) -> frozenset[str]:
        """The sets that are being fetched or wait for it."""
        with self._lock:
            return frozenset(self._jobs)

    def ask(self, follower: Follower) -> None:
        """Fetch the set, or follow its fetch. Raises `NotFound` for another key, `Refused` when too many wait."""
        hub_sets.find(follower.key)
        with self._lock:
            going = self._jobs.get(follower.key)
            if going is not None:
                going.followers.append(follower)
                if going.last is not None:
                    follower.hear(going.last)
                return
            job = _Job(follower.key, [follower], hear=lambda news: self._tell(job, news))
            self._jobs[follower.key] = job
        try:
            self._desk.ask(job)
        except Refused:
            self._forget(job)
            raise

    def leave(self, follower: Follower) -> None:
        """Whoever asked no longer listens; the fetch goes on."""
        with self._lock:
            job = self._jobs.get(follower.key)
            if job is not None and follower in job.followers:
                job.followers.remove(follower)

    def cancel(self, key: str) -> bool:
        """End the fetch of `key` for all who follow it; False where there is none."""
        with self._lock:
            job = self._jobs.get(key)
        if job is None:
            return False
        job.left.set()
        self._tell(job, Cancelled())
        self._desk.leave(job)
        return True

    def close(self) -> None:
        self._desk.close()

    def _perform(self, job: _Job) -> Iterator[Progress | Stored]:
        told, stage = 0.0, ""
        for news in fetch(hub_sets.find(job.key), self._hub(), job.left):
            if isinstance(news, Progress):
                is_next = news.stage != stage or news.done == news.total
                if not is_next and time.monotonic() - told < SECONDS_BETWEEN:
                    continue
                told, stage = time.monotonic(), news.stage
            yield news

    def _tell(self, job: _Job, news: Any) -> None:
        if isinstance(news, Stored | Cancelled | Failed):
            self._forget(job)
        with self._lock:
            job.last = news
            followers = tuple(job.followers)
        for follower in followers:
            follower.hear(news)

    def _forget(self, job: _Job) -> None:
        with self._lock:
            if self._jobs.get(job.key) is job:
                del self._jobs[job.key]
