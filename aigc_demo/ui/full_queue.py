"""What a caller hears when the API's queue is full: our sentence, in the language of the page, for Gradio's English one."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aigc_demo.text import Lang, Text
from aigc_demo.ui.doors import below_gradio

_FULL = Text(
    "API 的队列满了，最多 {most} 个调用排队；请过几秒再试。",
    "The API's queue is full: {most} calls may wait. Try again in a few seconds.",
)
RETRY_SECONDS = 5


class FullQueue:
    """ASGI middleware: a 503 of Gradio's, which its queue gives where it is full, is said in our words. It stands next
    to Gradio, so that it sees nobody else's. `most` is how many may wait.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or below_gradio(scope) is None:
            await self._app(scope, receive, send)
            return
        is_replaced = False

        async def send_worded(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start":
                is_replaced = message["status"] == 503
                if is_replaced:
                    await self._refusal(scope)(scope, receive, send)
            if not is_replaced:
                await send(message)

        await self._app(scope, receive, send_worded)

    def _refusal(self, scope: Scope) -> JSONResponse:
        lang: Lang = "zh" if "/zh/" in scope["path"] else "en"
        sentence = _FULL.format(most=self._most)(lang)
        return JSONResponse({"error": sentence, "detail": sentence}, 503, {"Retry-After": str(RETRY_SECONDS)})
