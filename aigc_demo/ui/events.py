"""A run's feed as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from aigc_demo.runs import Run

PULSE_SECONDS = 0.12  # while one call takes longer than this, the clock of a training run goes on
HEARTBEAT_SECONDS = 15.0  # proxies cut off a connection that is silent for a minute
RETRY = b"retry: 1000\n\n"
HEARTBEAT = b": still here\n\n"


def event_stream(run: Run, request: Request) -> Response:
    """Everything from `Last-Event-ID` on, or a snapshot and what follows; ends when the run has.

    Answers 204 to a browser that has seen a run's end and reconnects, which tells it to stop.
    """
    cursor = _last_event_id(request)
    if cursor is not None and run.feed.ended and cursor == run.feed.last:
        return Response(status_code=204)
    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(run, cursor), media_type="text/event-stream", headers=headers)


async def _events(run: Run, cursor: int | None) -> AsyncIterator[bytes]:
    with run.feed.bell() as bell:
        yield RETRY
        while True:
            bell.clear()
            news = await asyncio.to_thread(run.messages_since, cursor)
            if news:
                cursor = news[-1][0]
                yield b"".join(event for _, event in news)
            if run.feed.ended and cursor == run.feed.last:
                return
            is_training = run.state == "training"
            try:
                await asyncio.wait_for(bell.wait(), PULSE_SECONDS if is_training else HEARTBEAT_SECONDS)
            except TimeoutError:
                yield run.pulse() if is_training else HEARTBEAT


def _last_event_id(request: Request) -> int | None:
    given = request.headers.get("last-event-id", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 20 else None
