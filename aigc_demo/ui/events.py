"""The feed of a run, or those of a race's members, as one stream of server-sent events."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from aigc_demo.runs import Race, Run
from aigc_demo.runs.feed import encode
from aigc_demo.ui.crowd import RETRY_AFTER, Crowded, Places
from aigc_demo.ui.requests import language_of
from aigc_demo.ui.security import visitor_of

PULSE_SECONDS = 0.12  # while one call takes longer than this, the clock of a training run goes on
HEARTBEAT_SECONDS = 15.0  # proxies cut off a connection that is silent for a minute
PACE_SECONDS = 0.02  # between two parcels to a page, times the root of how many watch: many get more messages at a time
RETRY = b"retry: 1000\n\n"
HEARTBEAT = b": still here\n\n"

Cursors = list[int | None]


def event_stream(run: Run, request: Request, places: Places) -> Response:
    """Everything from `Last-Event-ID` on, or a snapshot and what follows; ends when the run has.

    Answers 204 to a browser that has seen a run's end and reconnects, which tells it to stop.
    """
    return _stream((run,), request, places)


def race_stream(race: Race, request: Request, places: Places) -> Response:
    """As `event_stream`, for all members at once: first what the race is, then each member's messages."""
    return _stream(race.members, request, places, encode(race.message()))


def _stream(runs: Sequence[Run], request: Request, places: Places, opening: bytes = b"") -> Response:
    cursors = _last_event_id(request, len(runs))
    if all(_has_seen_the_end(run, cursor) for run, cursor in zip(runs, cursors, strict=True)):
        return Response(status_code=204)
    return _EventStream(_events(runs, cursors, opening), request, places)


class _EventStream(StreamingResponse):
    """A stream that has one of the `places` as long as it lasts, or is refused in a sentence."""

    media_type = "text/event-stream"

    def __init__(self, content: AsyncIterator[bytes], request: Request, places: Places) -> None:
        super().__init__(content, headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"})
        self._request, self._places = request, places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self._places.taken(visitor_of(self._request)):
                await super().__call__(scope, receive, send)
        except Crowded as refusal:
            error = {"error": refusal.text(language_of(self._request))}
            await JSONResponse(error, 503, RETRY_AFTER)(scope, receive, send)


async def _events(runs: Sequence[Run], cursors: Cursors, opening: bytes) -> AsyncIterator[bytes]:
    bell = asyncio.Event()
    with ExitStack() as hung:
        for run in runs:
            hung.enter_context(run.feed.bell(bell))
        yield RETRY + opening
        while True:
            bell.clear()
            news = [await _news(run, cursor) for run, cursor in zip(runs, cursors, strict=True)]
            cursors = [new[-1][0] if new else old for new, old in zip(news, cursors, strict=True)]
            if any(news):
                yield b"".join(event for new in news for _, event in new) + _position(cursors)
            if all(_has_seen_the_end(run, cursor) for run, cursor in zip(runs, cursors, strict=True)):
                return
            await asyncio.sleep(PACE_SECONDS * math.sqrt(max(run.feed.followers for run in runs)))
            training = [run for run in runs if run.state == "training"]
            patience = PULSE_SECONDS if training else HEARTBEAT_SECONDS
            try:
                async with asyncio.timeout(patience):  # unlike wait_for, no task
                    await bell.wait()
            except TimeoutError:
                yield b"".join(run.pulse() for run in training) or HEARTBEAT


async def _news(run: Run, cursor: int | None) -> list[tuple[int, bytes]]:
    """What a follower at `cursor` lacks: a snapshot, made in a thread, if it is new or too far behind."""
    news = None if cursor is None else run.feed.since(cursor)
    return [await asyncio.to_thread(run.snapshot_event)] if news is None else news


def _has_seen_the_end(run: Run, cursor: int | None) -> bool:
    return run.feed.ended and cursor == run.feed.last


def _position(cursors: Cursors) -> bytes:
    """Where a follower of several runs stands: an id alone, which browsers note though they dispatch no event."""
    return b"id: %s\n\n" % "-".join(map(str, cursors)).encode() if len(cursors) > 1 else b""


def _last_event_id(request: Request, count: int) -> Cursors:
    """A cursor for each of `count` runs; all None where the header holds anything else."""
    given = request.headers.get("last-event-id", "").split("-")
    if len(given) == count and all(part.isascii() and part.isdigit() and len(part) < 20 for part in given):
        return [int(part) for part in given]
    return [None] * count
