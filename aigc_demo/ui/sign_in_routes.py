"""The routes of signing in at the Hub: begin, come back, finish, sign out. No cookie is set: a Space's frame may have none.

Coming back is a page that does nothing by itself: it hands what the provider said to the page that opened it, which
finishes by POST. So an address that somebody else has made signs nobody in.
"""

from __future__ import annotations

import os
from html import escape

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from aigc_demo.hub.sign_in import SignIns
from aigc_demo.text import Lang
from aigc_demo.ui.assets import static_path
from aigc_demo.ui.requests import language_of, read_json, text_field
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.texts import models_hub as texts

CALLBACK = "login/callback"  # a Space's own provider knows the address below its host


def sign_in_routes(sign_ins: SignIns) -> APIRouter:
    routes = APIRouter()

    @routes.post("/hub/sign-in")
    async def begin(request: Request) -> Response:
        """Where to send the visitor, and the ticket with which his page finishes."""
        await read_json(request)
        begun = await run_in_threadpool(sign_ins.begin, _redirect(request))
        return as_json({"url": begun.url, "ticket": begun.ticket})

    @routes.post("/hub/sign-in/finish")
    async def finish(request: Request) -> Response:
        """`{"ticket", "handed"}`, the latter from the page that came back -> the session, and the visitor's name."""
        body = await read_json(request)
        ticket, handed = text_field(body, "ticket", ""), text_field(body, "handed", "")
        session = await run_in_threadpool(sign_ins.finish, ticket, handed)
        return as_json({"session": session.id, "name": session.name, "seconds": session.seconds})

    @routes.post("/hub/sign-out")
    async def end(request: Request) -> Response:
        sign_ins.end(text_field(await read_json(request), "session", ""))
        return as_json({})

    @routes.get(f"/{CALLBACK}")
    def come_back(request: Request) -> Response:
        return HTMLResponse(_page(language_of(request)), headers={"Cache-Control": "no-store"})

    return routes


def _redirect(request: Request) -> str:
    """The address to come back to, on the host that the visitor sees: a Space's own, else that of the page that asks."""
    if space := os.environ.get("SPACE_HOST", "").split(",")[0].strip():
        return f"https://{space}/{CALLBACK}"
    origin = request.headers.get("origin") or f"{request.url.scheme}://{request.url.netloc}"
    return f"{origin}{request.scope.get('root_path', '')}/{CALLBACK}"


def _page(lang: Lang) -> str:
    """Nothing of the request is in it: its script reads the address."""
    words = " ".join(f'data-{key}="{escape(text(lang))}"' for key, text in texts.CALLBACK.items())
    base = f"../{static_path()}"
    return (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(texts.CALLBACK['title'](lang))}</title>"
        f'<link rel="icon" href="{base}/mark.svg"><link rel="stylesheet" href="{base}/sign-in.css">'
        f'<script type="module" src="{base}/sign-in-window.js"></script></head>'
        f'<body {words}><main class="aigc-sign-in-window"><h1>{escape(texts.CALLBACK["title"](lang))}</h1><p role="status"></p>'
        f'<p hidden><code></code> <button type="button">{escape(texts.CALLBACK["copy"](lang))}</button></p></main></body></html>'
    )
