"""Calls of Gradio's functions, looked at before Gradio is: only those that are our API's, with as many values as they take.

Gradio would run any of its functions by number, also private ones, and makes a file of ours, or of another machine, out
of any value that says it is one. None of ours takes a file.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import gradio as gr
import orjson
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from aigc_demo.text import LANGUAGES, Lang, Text, VisitorError
from aigc_demo.ui.bodies import replayed, whole
from aigc_demo.ui.doors import below_gradio

MOST_LETTERS = 200  # of the name of a session

_NO_CALL = Text("这个调用不是有效的 JSON 对象。", "This call is no valid JSON object.")
_NO_FILES = Text("API 不接受文件。", "The API takes no files.")
_UNKNOWN = Text("API 里没有这个功能。", "The API has no such function.")
_NOT_SO_MANY = Text("/{name} 需要 {n} 个参数（data 列表）。", "/{name} takes {n} values, as the list data.")
_NO_SESSION = Text("session_hash 应为一个短的字符串。", "session_hash must be a short string.")

_BY_NAME = re.compile(r"gradio_api/call/([^/]+)/?")
_NO_FUNCTION = ("gradio_api/cancel", "gradio_api/reset")
_NOT_OURS = ("gradio_api/mcp",)  # a route of ours, which reads its bodies itself

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Functions:
    """How many values each function takes, by its number and by its name: those of the API and no others."""

    by_number: Mapping[int, str]
    inputs: Mapping[str, int]

    @staticmethod
    def of(page: gr.Blocks) -> Functions:
        public = {number: fn for number, fn in page.fns.items() if fn.api_name and fn.api_visibility == "public"}
        return Functions(
            {number: str(fn.api_name) for number, fn in public.items()},
            {str(fn.api_name): len(fn.inputs) for fn in public.values()},
        )


class Calls:
    """ASGI middleware behind `Guard`, which has bounded the body. `functions` is filled when the pages are built."""

    def __init__(self, app: ASGIApp, functions: Mapping[Lang, Functions]) -> None:
        self._app, self._functions = app, functions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        part = below_gradio(scope) if scope["type"] == "http" else None
        if part is None or part.rstrip("/") in _NOT_OURS:
            await self._app(scope, receive, send)
            return
        if scope["method"] != "POST":
            await self._pass(scope, receive, send)
            return
        lang = _language(scope)
        content = await whole(receive)
        try:
            check_call(part.rstrip("/"), content, self._functions[lang])
        except VisitorError as error:
            sentence = error.text(lang)
            await JSONResponse({"error": sentence, "detail": sentence}, 400)(scope, receive, send)
            return
        await self._pass(scope, replayed(content, receive), send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gradio gives up in the middle of an answer where it does not know the session or the event that was asked for:
        that ends the answer, and is no fault of ours.
        """
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            logger.warning("Gradio broke off an answer: %s", type(error).__name__)
            logger.debug("as follows", exc_info=True)
            with suppress(Exception):
                await send({"type": "http.response.body", "body": b"", "more_body": False})


def check_call(part: str, content: bytes, functions: Functions) -> None:
    """Raise `VisitorError` where the body of a POST to Gradio's `part` is no call of a function of ours."""
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise VisitorError(_NO_CALL) from error
    if not isinstance(body, dict):
        raise VisitorError(_NO_CALL)
    if any(("path" in value and "meta" in value) or "_type" in value for value in _objects(body)):
        raise VisitorError(_NO_FILES)
    named = _BY_NAME.fullmatch(part)
    if part == "gradio_api/queue/join":
        number = body.get("fn_index")
        name = functions.by_number.get(number) if type(number) is int else None
        session = body.get("session_hash")
        if not isinstance(session, str) or not 0 < len(session) <= MOST_LETTERS:
            raise VisitorError(_NO_SESSION)
    elif part in _NO_FUNCTION:
        return
    else:
        name = named[1] if named else None
    if name is None or name not in functions.inputs:
        raise VisitorError(_UNKNOWN)
    data, count = body.get("data"), functions.inputs[name]
    if not isinstance(data, list) or len(data) != count:
        raise VisitorError(_NOT_SO_MANY.format(name=name, n=count))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in the JSON `value`, however deep."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            yield inner
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)


def _language(scope: Scope) -> Lang:
    path = str(scope["path"]).removeprefix(str(scope.get("root_path") or ""))
    return next(lang for lang in LANGUAGES if path.startswith(f"/{lang}/"))
