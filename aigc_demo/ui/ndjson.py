"""Answers that come line by line, each a JSON object: what a desk has to say while it serves a visitor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol, TypeVar

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from aigc_demo.runs.desk import Failed, Ticket, Waiting
from aigc_demo.text import Lang, Refused

SILENCE_SECONDS = 10.0  # after which a waiting visitor is told again: proxies cut off what is silent

T = TypeVar("T", bound=Ticket)
T_contra = TypeVar("T_contra", bound=Ticket, contravariant=True)
Line = Mapping[str, Any]


class Serves(Protocol[T_contra]):
    """A desk, or what stands before one."""

    def ask(self, ticket: T_contra, /) -> None: ...

    def leave(self, ticket: T_contra, /) -> None: ...


def as_stream(lines: AsyncIterator[bytes]) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


async def heard_at(
    desk: Serves[T], ticket_for: Callable[[Callable[[Any], None]], T], line_of: Callable[[Any], Line], lang: Lang
) -> AsyncIterator[bytes]:
    """What is heard at the desk, line by line, to a line with `done` or a failure; who goes away leaves the desk.

    `ticket_for(hear)` makes the ticket; `line_of(news)` says what is to be sent of news that are neither `Waiting`
    nor `Failed`.
    """
    loop, heard = asyncio.get_running_loop(), asyncio.Queue[Any]()
    ticket = ticket_for(lambda news: _post(loop, heard, news))
    news: Any = None
    line: Line = {}
    try:
        desk.ask(ticket)
        while not (isinstance(news, Failed) or "done" in line):
            with suppress(TimeoutError):
                news = await asyncio.wait_for(heard.get(), SILENCE_SECONDS)
                line = await run_in_threadpool(_line, news, line_of, lang)
            if news is not None:
                yield packed(line)
    except Refused as refusal:
        yield packed({"error": refusal.text(lang)})
    finally:
        desk.leave(ticket)


def packed(line: Line) -> bytes:
    return orjson.dumps(line, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE)


def _line(news: Any, line_of: Callable[[Any], Line], lang: Lang) -> Line:
    if isinstance(news, Waiting):
        return {"waiting": news.ahead}
    if isinstance(news, Failed):
        return {"error": news.error(lang)}
    return line_of(news)


def _post(loop: asyncio.AbstractEventLoop, heard: asyncio.Queue[Any], news: Any) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(heard.put_nowait, news)
