"""How many may be here at once: places for those who follow, and requests that are being worked on. Beyond, one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from aigc_demo.runs import Limits
from aigc_demo.text import Refused, Text
from aigc_demo.ui.requests import language_of_headers

RETRY_SECONDS = 5
RETRY_AFTER = {"Retry-After": str(RETRY_SECONDS)}

NO_PLACE = Text(
    "已有 {n} 个页面在观看，这台服务器最多容纳 {most} 个；请过一会儿再试。",
    "{n} pages are watching already, and this server has places for {most}; please try again a little later.",
)
NO_PLACE_FOR_YOU = Text(
    "从你的网络地址已有 {n} 个页面在观看，这台服务器对每个地址最多允许 {most} 个；请先关掉一些。",
    "{n} pages at your network's address are watching already, and this server allows {most} to an address; close some "
    "first.",
)
TOO_BUSY = Text(
    "服务器正忙于 {most} 个请求，请过几秒再试。",
    "The server is busy with {most} requests; please try again in a few seconds.",
)


class Crowded(Refused):
    """Too many are here at once: the same request may be granted in a few seconds."""


class Places:
    """Places for those who follow a run or a race. For the event loop's thread alone."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._taken: Counter[str] = Counter()

    def check(self, visitor: str) -> None:
        """Raises `Crowded` where there is no place for one more of this visitor's."""
        most, most_of_one = self._limits.followers, self._limits.followers_per_visitor
        if most and self._taken.total() >= most:
            raise Crowded(NO_PLACE.format(n=self._taken.total(), most=most))
        if most_of_one and self._taken[visitor] >= most_of_one:
            raise Crowded(NO_PLACE_FOR_YOU.format(n=self._taken[visitor], most=most_of_one))

    @contextmanager
    def taken(self, visitor: str) -> Iterator[None]:
        """A place for as long as the block lasts. Raises as `check`."""
        self.check(visitor)
        self._taken[visitor] += 1
        try:
            yield
        finally:
            self._taken[visitor] -= 1
            if not self._taken[visitor]:
                del self._taken[visitor]

    def __len__(self) -> int:
        return self._taken.total()


class Doorman:
    """ASGI middleware: of the requests that act or compute only so many are worked on at once.

    One counts until its answer begins; what an answer streams afterwards has its own queue.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not self._most:
            await self._app(scope, receive, send)
            return
        if self._inside >= self._most:
            sentence = TOO_BUSY.format(most=self._most)(language_of_headers(Headers(scope=scope)))
            await JSONResponse({"error": sentence}, 503, RETRY_AFTER)(scope, receive, send)
            return
        self._inside += 1
        is_inside = True

        def leave() -> None:
            nonlocal is_inside
            self._inside -= is_inside
            is_inside = False

        async def send_and_leave(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                leave()
            await send(message)

        try:
            await self._app(scope, receive, send_and_leave)
        finally:
            leave()
