"""What every request and every answer must be: from our own page, and marked so that browsers trust it no further."""

from __future__ import annotations

import logging

import h11
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aigc_demo.logs import Tally
from aigc_demo.text import Text, VisitorError
from aigc_demo.ui.bodies import TooSlow, paced, replayed, whole
from aigc_demo.ui.doors import below_gradio, is_open
from aigc_demo.ui.requests import language_of_headers, parts_of

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_READING = ("GET", "HEAD", "OPTIONS")

FOREIGN = Text("这个请求来自别的网页，已拒绝。", "This request came from another site's page and was refused.")
NO_UPLOADS = Text("这里不接受这样上传的文件。", "Files are not taken in here.")
NO_PAGE = Text("没有这个页面。", "There is no such page.")

logger = logging.getLogger(__name__)

# Gradio takes files of anybody, keeps them for ever and counts none; no component of this page reads one.
_UPLOADS = "gradio_api/upload"
MOST_BYTES = 2_000_000  # of a call of Gradio's, which itself knows no limit: /finetune with 200 images has 0.8 million

# Gradio builds the code of its components from strings, hence 'unsafe-inline' and 'unsafe-eval'.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self' https://huggingface.co https://*.hf.space",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


class Guard:
    """Refuses requests that act and come from another site's page, those of Gradio's addresses that nobody needs, and
    bodies that are too large for Gradio or come too slowly; adds the security headers to every answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._refused = Tally(logger, "requests that were not answered as asked, by status")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        is_over = False

        async def send_marked(message: Message) -> None:
            nonlocal is_over
            if is_over:
                return
            if message["type"] == "http.response.start":
                if message["status"] >= 400:
                    self._refused.add(str(message["status"]))
                marked = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    marked.setdefault(name, value)
            try:
                await send(message)
            except h11.LocalProtocolError:  # what came behind the request was no HTTP, and was answered by hanging up
                is_over = True

        async def refuse(why: Text, status: int) -> None:
            refusal = {"error": why(language_of_headers(headers))}
            await JSONResponse(refusal, status, {"Connection": "close"})(scope, receive, send_marked)

        acts = scope["method"] not in _READING
        part = below_gradio(scope)
        if acts and not is_own_origin(headers):
            await refuse(FOREIGN, 403)
        elif part is not None and part.rstrip("/") == _UPLOADS:
            await refuse(NO_UPLOADS, 404)
        elif part is not None and not is_open(part):
            await refuse(NO_PAGE, 404)
        elif not acts:
            await self._app(scope, receive, send_marked)
        elif part is None:
            await self._app(scope, paced(receive), send_marked)
        else:
            try:
                body = await whole(paced(receive), MOST_BYTES)
            except ClientDisconnect:
                return
            except VisitorError as error:
                await refuse(error.text, 408 if isinstance(error, TooSlow) else 413)
                return
            await self._app(scope, replayed(body, receive), send_marked)


def is_own_origin(headers: Headers) -> bool:
    """Whether a page of ours sent this, or no browser at all. A proxy may have renamed the host it was sent to."""
    origin = headers.get("origin")
    if origin is None:
        return True
    sent_from = parts_of(origin).netloc.lower()
    sent_to = (headers.get("host", ""), headers.get("x-forwarded-host", "").split(",")[0].strip())
    return bool(sent_from) and sent_from in (host.lower() for host in sent_to)


def visitor_of(request: Request) -> str:
    """Who is asking, for sharing the queue fairly. A proxy's word is taken for it: a lie gains a place in a queue."""
    forwarded = request.headers.get("x-forwarded-for", "").split(",")[0].strip()
    return forwarded or (request.client.host if request.client else "")


def sees_everything(owner_is_everyone: bool, headers: Headers) -> bool:
    """Whether whoever asks may see runs without knowing their ids: only on a server of one's own."""
    return owner_is_everyone and is_local(headers)


def is_local(headers: Headers) -> bool:
    """Whether the request was addressed to this very machine.

    A foreign name that was made to point here (DNS rebinding) is not: its pages do not get the owner's rights.
    """
    host = parts_of(f"//{headers.get('host', '')}").hostname
    return host in LOOPBACK and "x-forwarded-host" not in headers
