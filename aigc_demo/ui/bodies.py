"""What comes in with a request: never more than it may be, and never slower than a real visitor's network."""

from __future__ import annotations

import asyncio
import time

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from aigc_demo.text import Text, VisitorError
from aigc_demo.ui.requests import TOO_LARGE, TooLarge

PATIENCE = 20.0  # seconds without a byte, and the start that the slowest may have
LEAST_RATE = 2_000.0  # bytes a second, on the whole: a quarter of an old telephone line's

_TOO_SLOW = Text(
    "内容来得太慢，已停止等待；请检查网络后重试。",
    "What you send comes too slowly and is no longer waited for; check the network and try again.",
)


class TooSlow(VisitorError):
    """Whoever sends keeps a connection open without sending."""


def paced(receive: Receive) -> Receive:
    """`receive`, which raises `TooSlow` when the body of the request stops coming."""
    began = time.monotonic()
    got, is_over = 0, False

    async def next_message() -> Message:
        nonlocal got, is_over
        if is_over:  # what is waited for now is that the visitor leaves
            return await receive()
        spent = time.monotonic() - began
        try:
            message = await asyncio.wait_for(receive(), min(PATIENCE, PATIENCE + got / LEAST_RATE - spent))
        except TimeoutError as error:
            is_over = True
            raise TooSlow(_TOO_SLOW) from error
        got += len(message.get("body", b""))
        is_over = not message.get("more_body", False)
        return message

    return next_message


async def whole(receive: Receive, most: int | None = None) -> bytes:
    """The body, of at most `most` bytes where that is not None. Raises `TooLarge`, `TooSlow`, or `ClientDisconnect`."""
    content = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        content += message.get("body", b"")
        if most is not None and len(content) > most:
            raise TooLarge(TOO_LARGE)
        if not message.get("more_body", False):
            return bytes(content)


def replayed(content: bytes, receive: Receive) -> Receive:
    """A `receive` that gives `content` as the whole body, and after it what `receive` does."""
    waiting = [content]

    async def next_message() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return next_message
