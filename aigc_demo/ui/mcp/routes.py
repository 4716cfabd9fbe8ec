"""MCP at the address where Gradio's clients look for it: POST /{lang}/gradio_api/mcp, in the language of the address.

It is not Gradio's own server, which sends its calls on to whatever host a request's `X-Forwarded-Host` names, cannot
leave an endpoint out, and wants fourteen more packages. Calls come without cookies or tokens: an assistant may do what any
visitor may, and train only where the machine's owner says so.
"""

from __future__ import annotations

import asyncio
import logging
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aigc_demo.runs import NotOwner
from aigc_demo.text import LANGUAGES, Lang, NotFound, Refused, Text, VisitorError
from aigc_demo.ui.endpoints import Work
from aigc_demo.ui.mcp.protocol import VERSIONS, Server, answer
from aigc_demo.ui.mcp.tools import TOOLS, Asker, tools_for
from aigc_demo.ui.requests import read_json
from aigc_demo.ui.run_routes import as_json
from aigc_demo.ui.security import is_local, sees_everything, visitor_of
from aigc_demo.ui.texts.common import PRODUCT

PATH = "gradio_api/mcp"
AT_ONCE, MOST_WAITING = 4, 16  # calls of tools that are worked on, and that wait

_OFF = Text("这台服务器关闭了 MCP（AIGC_DEMO_MCP=0）。", "MCP is switched off on this server (AIGC_DEMO_MCP=0).")
_ELSEWHERE = Text(
    "请用 127.0.0.1 或 localhost 访问本机的 MCP；要给别人用，请设 AIGC_DEMO_PUBLIC=1。",
    "Reach this machine's MCP as 127.0.0.1 or localhost; to let others use it, set AIGC_DEMO_PUBLIC=1.",
)
_OTHER_VERSION = Text(
    "不支持 MCP 协议版本“{given}”；可用：{known}。", "MCP version “{given}” is not spoken here; these are: {known}."
)
_FULL = Text("现在等候的调用太多，请稍后再试。", "Too many calls are waiting; try again in a moment.")
_OUR_FAULT = Text("服务器出错了。", "The server made a mistake.")
_INSTRUCTIONS = Text(
    "AIGC Demo 训练会画手写数字的 GAN。generate 画数字，explain 讲解损失，evaluate 测量模型，models 列出模型。",
    "AIGC Demo trains GANs that draw handwritten digits. generate draws one, explain explains a loss, evaluate measures a "
    "model, models lists them.",
)

logger = logging.getLogger(__name__)


def mcp_routes(work: Work) -> APIRouter:
    routes = APIRouter()
    places = _Places()

    async def asked(request: Request, lang: Lang) -> Response:
        request.state.lang = lang
        _check_door(work, request)
        message = await read_json(request)
        request.state.lang = lang  # a message has none of its own
        asker = asker_of(work, request, lang)

        async def call(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
            return await _call(work, places, asker, name, given)

        tools = [tool.described(lang) for tool in tools_for(asker)]
        server = Server("aigc-demo", PRODUCT(lang), _version(), _INSTRUCTIONS(lang), tools, call)
        answered = await answer(server, message)
        return Response(status_code=202) if answered is None else as_json(answered)

    def add(lang: Lang) -> None:
        async def endpoint(request: Request) -> Response:
            return await asked(request, lang)

        for path in (f"/{lang}/{PATH}", f"/{lang}/{PATH}/"):
            routes.add_api_route(path, endpoint, methods=["POST"], name=f"mcp-{lang}")
            routes.add_api_route(path, _no_stream, methods=["GET"], name=f"mcp-stream-{lang}")

    for lang in LANGUAGES:
        add(lang)
    return routes


async def _no_stream(request: Request) -> Response:
    """Clients ask whether the server has something to say by itself; the protocol's No, where Gradio would say 404."""
    raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})


def _check_door(work: Work, request: Request) -> None:
    """Whether MCP is on, and its version ours; a page whose name was made to point here (DNS rebinding) is refused."""
    if not work.studio.limits.mcp:
        raise NotFound(_OFF)
    if work.studio.owner_is_everyone and not is_local(request.headers):
        raise NotOwner(_ELSEWHERE)
    given = request.headers.get("mcp-protocol-version", VERSIONS[0])
    if given not in VERSIONS:
        raise VisitorError(_OTHER_VERSION.format(given=given[:40], known=", ".join(VERSIONS)))


def asker_of(work: Work, request: Request, lang: Lang) -> Asker:
    """Who asks, and what they may."""
    own = sees_everything(work.studio.owner_is_everyone, request.headers)
    return Asker(visitor_of(request), lang, own, own and bool(work.studio.limits.mcp_train))


async def _call(work: Work, places: _Places, asker: Asker, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A tool's content; what an assistant can put right comes back as one sentence that it can read."""
    tool = TOOLS[name]
    try:
        async with places:
            return await run_in_threadpool(tool.answer, work, given, asker)
    except VisitorError as error:
        sentence = error.text
    except Exception:
        logger.exception("a tool failed")
        sentence = _OUR_FAULT
    return {"content": [{"type": "text", "text": sentence(asker.lang)}], "isError": True}


class _Places:
    """A few calls are worked on at once, some wait, and the rest are refused."""

    def __init__(self) -> None:
        self._working = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def __aenter__(self) -> None:
        if self._inside >= AT_ONCE + MOST_WAITING:
            raise Refused(_FULL)
        self._inside += 1
        try:
            await self._working.acquire()
        except BaseException:
            self._inside -= 1
            raise

    async def __aexit__(self, *_: object) -> None:
        self._inside -= 1
        self._working.release()


@lru_cache(maxsize=1)
def _version() -> str:
    try:
        return version("aigc-demo")
    except PackageNotFoundError:  # it runs from a checkout
        project = Path(__file__).parents[3] / "pyproject.toml"
        return (
            str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]) if project.is_file() else "0"
        )
