"""A desk where one thing is done at a time for all visitors, in the order of their coming; whoever leaves makes room."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from aigc_demo.text import Refused, Text, VisitorError

CLOSING = Text("服务器正在关闭。", "The server is shutting down.")

logger = logging.getLogger(__name__)


class Abandoned(Exception):
    """Whoever asked has left."""


@dataclass(frozen=True)
class Waiting:
    """So many are served before this one."""

    ahead: int


@dataclass(frozen=True)
class Failed:
    """It is over, and why."""

    error: Text


@dataclass(eq=False, kw_only=True)
class Ticket:
    """One visitor's wish; `hear` is told what becomes of it, in whatever thread."""

    hear: Callable[[Any], None]
    left: threading.Event = field(default_factory=threading.Event)


T = TypeVar("T", bound=Ticket)


class Desk(Generic[T]):
    """For any thread. What `work` yields for a ticket is told to it; between two yields it ends when its visitor left."""

    def __init__(self, name: str, work: Callable[[T], Iterable[Any]], full: Text, broke_down: Text) -> None:
        """`full` has a place `{n}` for how many wait already; `broke_down` is what a visitor hears of our own faults."""
        self._work, self._full, self._broke_down = work, full, broke_down
        self._lock = threading.Lock()
        self._waiting: deque[T] = deque()
        self._present: T | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def most_waiting(self) -> int:
        """How many may stand in line."""
        return 60  # a class, two wishes each

    def ask(self, ticket: T) -> None:
        """Serve `ticket` when it is its turn. Raises `Refused` when too many wait."""
        with self._lock:
            if len(self._waiting) >= self.most_waiting():
                raise Refused(self._full.format(n=len(self._waiting)))
            self._waiting.append(ticket)
            try:
                self._thread.submit(self._serve)
            except RuntimeError as error:  # it takes no more
                raise Refused(CLOSING) from error
            self._tell()

    def leave(self, ticket: T) -> None:
        """Whoever asked no longer wants to know: its work ends, and those behind it move up."""
        ticket.left.set()
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                self._tell()

    def close(self) -> None:
        """End the present work, and begin no other."""
        with self._lock:
            going = [*self._waiting, *([self._present] if self._present else [])]
            self._waiting.clear()
        self._thread.shutdown(wait=False, cancel_futures=True)
        for ticket in going:
            ticket.left.set()
            ticket.hear(Failed(CLOSING))

    def _tell(self) -> None:
        before = 0 if self._present is None else 1
        for place, ticket in enumerate(self._waiting):
            if place + before:
                ticket.hear(Waiting(place + before))

    def _serve(self) -> None:
        with self._lock:
            if not self._waiting:  # it has left
                return
            self._present = self._waiting.popleft()
            self._tell()
        self._do(self._present)
        with self._lock:
            self._present = None

    def _do(self, ticket: T) -> None:
        try:
            for news in self._work(ticket):
                if ticket.left.is_set():
                    return
                ticket.hear(news)
        except Abandoned:
            return
        except VisitorError as error:
            ticket.hear(Failed(error.text))
        except Exception:
            logger.exception("%s broke down", type(self).__name__)
            ticket.hear(Failed(self._broke_down))
