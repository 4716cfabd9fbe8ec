"""Searches for points of the latent space, one at a time for all visitors, in the order of their coming."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from aigc_demo.checkpoints import Generator
from aigc_demo.latent.inversion import Found
from aigc_demo.runs.inverters import Abandoned, Inverted, Inverters
from aigc_demo.text import Refused, Text, VisitorError

MOST_WAITING = 60  # a class, two searches each: a minute's work

FULL = Text(
    "前面已有 {n} 张图在等着求 z，请稍后再试。",
    "{n} drawings are already waiting for their z; please try again a little later.",
)
CLOSING = Text("服务器正在关闭。", "The server is shutting down.")
BROKE_DOWN = Text("求 z 时出了内部错误，已记录下来。", "The search failed here; it has been noted.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """So many are served before this one."""

    ahead: int


@dataclass(frozen=True)
class Failed:
    """The search is over, and why."""

    error: Text


News = Waiting | Found | Inverted | Failed


@dataclass(eq=False)
class Ticket:
    """One search; `hear` is told what becomes of it, in whatever thread, and ends with `Inverted` or `Failed`."""

    generator: Generator
    image: np.ndarray
    label: int | None
    hear: Callable[[News], None]
    left: threading.Event = field(default_factory=threading.Event)


class Inversions:
    """For any thread."""

    def __init__(self, inverters: Inverters | None = None) -> None:
        self._inverters = inverters or Inverters()
        self._lock = threading.Lock()
        self._waiting: deque[Ticket] = deque()
        self._present: Ticket | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inversion")

    def ask(self, ticket: Ticket) -> None:
        """Search for `ticket`'s image when it is its turn. Raises `Refused` when too many wait."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise Refused(FULL.format(n=len(self._waiting)))
            self._waiting.append(ticket)
            try:
                self._thread.submit(self._serve)
            except RuntimeError as error:  # it takes no more
                raise Refused(CLOSING) from error
            self._tell()

    def leave(self, ticket: Ticket) -> None:
        """Whoever asked no longer wants to know: its search ends, and those behind it move up."""
        ticket.left.set()
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                self._tell()

    def close(self) -> None:
        """End the present search, and begin no other."""
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
        self._search(self._present)
        with self._lock:
            self._present = None

    def _search(self, ticket: Ticket) -> None:
        try:
            for news in self._inverters.search(ticket.generator, ticket.image, ticket.label, ticket.left.is_set):
                ticket.hear(news)
        except Abandoned:
            return
        except VisitorError as error:
            ticket.hear(Failed(error.text))
        except Exception:
            logger.exception("a search broke down")
            ticket.hear(Failed(BROKE_DOWN))
