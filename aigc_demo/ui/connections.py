"""Connections with an end to their patience: uvicorn's HTTP/1.1, which by itself waits for ever on whoever says nothing.

A client must finish the head of a request in `HEAD_SECONDS`, and take something off an answer within `STALL_SECONDS` once
the buffers are full; else it is hung up on. Beyond `most` connections a newcomer is told so in one sentence: a server
that runs out of file descriptors could not even refuse.

Of what a class asks for at once when it opens the page, nine in ten requests are plain ones for a file. For these there is
a short way: `at_once` may answer the bytes as they came in, where nothing else is under way on the connection.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import Any

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

from aigc_demo.text import Text

HEAD_SECONDS = 20.0
BODY_SECONDS = 60.0  # between two pieces of a body
STALL_SECONDS = 30.0
MOST_FILES = 16_384  # file descriptors that the server asks the system for
KEPT_FILES = 256  # of them for models, frames, logs and libraries
RETRY_SECONDS = 5

AtOnce = Callable[[bytes], bytes | None]

FULL = Text(
    "现在连接这台服务器的人太多，请过几秒再试。",
    "Too many people are connected to this server just now; please try again in a few seconds.",
)


class Connection(H11Protocol):
    """One client. `most` is how many there may be at once."""

    most = MOST_FILES

    @staticmethod
    def at_once(request: bytes) -> bytes | None:
        """The whole answer to `request`; None: it takes the usual way."""
        return None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience: asyncio.TimerHandle | None = None
        self._awaits_head = False
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.write(_REFUSAL)
            transport.close()
            return
        self._await(HEAD_SECONDS)
        self._awaits_head = True

    def connection_lost(self, exc: Exception | None) -> None:
        self._await(None)
        self._unstall()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():  # it was refused, and goes on talking
            return
        if (answer := self._short_way(data)) is not None:
            self._await(None)
            self._awaits_head = False
            self.transport.write(answer)
            self.on_response_complete()
            return
        super().data_received(data)
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            self._await(BODY_SECONDS)
        elif state is not h11.IDLE:
            self._await(None)
        elif not self._awaits_head:
            self._await(HEAD_SECONDS)
        self._awaits_head = state is h11.IDLE

    def _short_way(self, data: bytes) -> bytes | None:
        """The answer to `data`, if that is all there is to answer and the client takes what it is sent."""
        is_resting = self.conn.our_state is self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]
        if not is_resting or self.flow.write_paused:
            return None
        return self.at_once(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unstall()
        self._stalled = self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        self._unstall()
        super().resume_writing()

    def _await(self, seconds: float | None) -> None:
        """From now on the client has so many seconds; None: nothing is expected of it."""
        if self._patience is not None:
            self._patience.cancel()
        self._patience = None if seconds is None else self.loop.call_later(seconds, self._hang_up)

    def _hang_up(self) -> None:
        if self.flow.read_paused:  # it is we who do not read
            self._await(BODY_SECONDS)
        else:
            self.transport.abort()

    def _unstall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def roomy(at_once: AtOnce = Connection.at_once) -> type[Connection]:
    """`Connection` with room for as many as the system lets this process have, which is asked for more first."""
    most = max(64, _file_limit() - KEPT_FILES)
    return type("Connection", (Connection,), {"most": most, "at_once": staticmethod(at_once)})


if sys.platform == "win32":

    def _file_limit() -> int:
        return MOST_FILES

else:
    import resource

    def _file_limit() -> int:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        return MOST_FILES if soft == resource.RLIM_INFINITY else soft


def _refusal() -> bytes:
    """Before a word was read, nobody knows the language: both."""
    body = orjson.dumps({"error": f"{FULL.zh} {FULL.en}"})
    head = (
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\nRetry-After: {RETRY_SECONDS}\r\n\r\n"
    )
    return head.encode() + body


_REFUSAL = _refusal()
