"""A run's messages for everybody who follows it: encoded once, kept for a while, read by cursor."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson

KEPT = 256  # about twenty seconds of training


def encode(message: Mapping[str, Any], number: int | None = None) -> bytes:
    """One server-sent event. Without a number it cannot be asked for again. What is not finite becomes null."""
    data = orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY)
    return (b"" if number is None else b"id: %d\n" % number) + b"data: " + data + b"\n\n"


def decode(event: bytes) -> dict[str, Any]:
    """The message of an event that `encode` made."""
    return orjson.loads(event[event.index(b"data: ") + 6 :])


class Feed:
    """Numbered messages. A follower keeps its own cursor, so a slow or a dead one costs nothing and blocks nobody.

    Numbers start anywhere: a follower that comes back after the program was restarted holds a cursor that is none of
    these, and is given a fresh snapshot. (The time would do, were it never set back.)
    """

    def __init__(self, lock: threading.RLock) -> None:
        self._changed = threading.Condition(lock)
        self._kept = threading.Lock()  # held for a moment only, so that an event loop may take it
        self._messages: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._bells: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self.last = secrets.randbits(48)
        self.ended = False

    @property
    def followers(self) -> int:
        """How many event loops' bells hang here: the pages that watch."""
        return len(self._bells)

    def publish(self, message: Mapping[str, Any]) -> None:
        with self._changed:
            event = encode(message, self.last + 1)
            with self._kept:
                self.last += 1
                self._messages.append((self.last, event))
            self._wake()

    def end(self) -> None:
        """Nothing more will come: followers that have read everything leave."""
        with self._changed:
            self.ended = True
            self._wake()

    def reopen(self) -> None:
        with self._changed:
            self.ended = False

    def since(self, cursor: int) -> list[tuple[int, bytes]] | None:
        """The messages after `cursor`; None when some of them are no longer kept, or it is not a cursor of ours.

        Never waits for the trainer: a follower's loop may call it.
        """
        with self._kept:
            oldest = self._messages[0][0] if self._messages else self.last + 1
            if not oldest - 1 <= cursor <= self.last:
                return None
            missing = self.last - cursor
            return list(islice(self._messages, len(self._messages) - missing, None))

    def wait(self, cursor: int, seconds: float) -> bool:
        """Block this thread until there is something after `cursor` or the feed has ended; False when time is up."""
        return self.wait_for(lambda: self.last > cursor or self.ended, seconds)

    def wait_for(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Block this thread until news make `reached()` true; False when time is up."""
        with self._changed:
            return self._changed.wait_for(reached, seconds)

    @contextlib.contextmanager
    def bell(self, event: asyncio.Event | None = None) -> Iterator[asyncio.Event]:
        """An event of the running loop that is set whenever there is news; `event` may hang in several feeds."""
        entry = (asyncio.get_running_loop(), event or asyncio.Event())
        with self._changed:
            self._bells.add(entry)
        try:
            yield entry[1]
        finally:
            with self._changed:
                self._bells.discard(entry)

    def _wake(self) -> None:
        self._changed.notify_all()
        bells = tuple(self._bells)
        for loop in {loop for loop, _ in bells}:
            theirs = [bell for at, bell in bells if at is loop]
            try:
                loop.call_soon_threadsafe(_ring, theirs)  # one call for all: each wakes the loop by a byte in a pipe
            except RuntimeError:  # the loop is closed: its followers are gone
                self._bells -= {(loop, bell) for bell in theirs}


def _ring(bells: list[asyncio.Event]) -> None:
    for bell in bells:
        bell.set()
