"""The web application: our routes, the page in each language, and the program that serves them."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import socket
import sys
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from aigc_demo.explain.experiments.desk import ExperimentDesk
from aigc_demo.hub.sign_in import SignIns
from aigc_demo.logs import set_up
from aigc_demo.runs import Limits, NotOwner, Studio, limits_from
from aigc_demo.runs.fetches import Fetches
from aigc_demo.text import LANGUAGES, Lang, NotFound, Refused, Text, VisitorError, preferred_language
from aigc_demo.ui.animation_routes import animation_routes
from aigc_demo.ui.assets import Assets, static_path
from aigc_demo.ui.axes_routes import axes_routes
from aigc_demo.ui.bodies import TooSlow
from aigc_demo.ui.calls import Calls, Functions
from aigc_demo.ui.connections import roomy
from aigc_demo.ui.crowd import RETRY_AFTER, Crowded, Doorman, Places
from aigc_demo.ui.data_routes import data_routes
from aigc_demo.ui.diagram_routes import diagram_routes
from aigc_demo.ui.digit_routes import digit_routes
from aigc_demo.ui.dirac_routes import dirac_routes
from aigc_demo.ui.endpoint_routes import endpoint_routes
from aigc_demo.ui.endpoints import MOST_WAITING, Meter, TooOften, Work
from aigc_demo.ui.experiment_routes import experiment_routes
from aigc_demo.ui.export_routes import export_routes
from aigc_demo.ui.facts import say_how_it_serves
from aigc_demo.ui.finetune_routes import finetune_routes
from aigc_demo.ui.full_queue import FullQueue
from aigc_demo.ui.game_routes import game_routes
from aigc_demo.ui.glossary_routes import glossary_routes
from aigc_demo.ui.hub_model_routes import hub_model_routes
from aigc_demo.ui.hub_routes import hub_routes
from aigc_demo.ui.inversion_routes import inversion_routes
from aigc_demo.ui.keeping_routes import keeping_routes
from aigc_demo.ui.mcp.routes import mcp_routes
from aigc_demo.ui.model_export_routes import model_export_routes
from aigc_demo.ui.model_routes import model_routes
from aigc_demo.ui.network_routes import network_routes
from aigc_demo.ui.page import build_page, page_options
from aigc_demo.ui.paper_routes import paper_routes
from aigc_demo.ui.plan_routes import plan_routes
from aigc_demo.ui.plane_routes import plane_routes
from aigc_demo.ui.race_routes import race_routes
from aigc_demo.ui.requests import TooLarge, WrongMediaType, language_of
from aigc_demo.ui.run_routes import as_json, run_routes
from aigc_demo.ui.search_routes import search_routes
from aigc_demo.ui.security import HEADERS, LOOPBACK, NO_PAGE, Guard
from aigc_demo.ui.share_routes import share_routes
from aigc_demo.ui.sign_in_routes import sign_in_routes
from aigc_demo.ui.storage_routes import storage_routes
from aigc_demo.ui.tour_routes import tour_routes

DEFAULT_PORT = 7860

_STATUS: tuple[tuple[type[VisitorError], HTTPStatus], ...] = (  # the first that fits
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotOwner, HTTPStatus.FORBIDDEN),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (Crowded, HTTPStatus.SERVICE_UNAVAILABLE),
    (Refused, HTTPStatus.CONFLICT),
    (WrongMediaType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (TooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (VisitorError, HTTPStatus.BAD_REQUEST),
)
_NOT_SO = Text("这个地址不接受这种请求。", "This address does not take such a request.")
_OUR_FAULT = Text("服务器出错了，已记录下来。", "Something went wrong here; it has been noted.")

_BAD_PORT = Text(
    "GRADIO_SERVER_PORT 应为 0 到 65535 的端口号，不能是“{given}”。",
    "GRADIO_SERVER_PORT must be a port number from 0 to 65535, not “{given}”.",
)
_BAD_PREFIX = Text(
    "GRADIO_ROOT_PATH 应为以 / 开头的路径（例如 /demo），不能是“{given}”。",
    "GRADIO_ROOT_PATH must be a path that begins with / (such as /demo), not “{given}”.",
)
_PORT_TAKEN = Text(
    "无法在 {host}:{port} 提供服务：{reason}。请用 GRADIO_SERVER_PORT 换一个端口。",
    "{host}:{port} cannot be served: {reason}. Set GRADIO_SERVER_PORT to another port.",
)


def create_app(studio: Studio, prefix: str = "") -> FastAPI:
    """The application around `studio`, whose life stays the caller's: our routes, and the page in each language.

    `prefix` is the path below which a proxy serves it. Gradio writes whole addresses and is told its own path each time:
    where a proxy names the host, it would leave the language out.
    """
    app = create_api(studio)
    work = work_of(studio)
    app.include_router(mcp_routes(work))
    app.include_router(endpoint_routes(work))
    for lang in LANGUAGES:
        options = page_options(lang, f"../{static_path()}")
        page = build_page(lang, work)
        app.state.functions[lang] = Functions.of(page)
        gr.mount_gradio_app(app, page, path=f"/{lang}", root_path=f"{prefix}/{lang}", **options)
    return app


def work_of(studio: Studio) -> Work:
    """What the API's doors share: the work itself, and one count of all calls."""
    return Work(studio, Meter(studio.limits.api_per_visitor, studio.limits.api_per_minute))


def create_api(studio: Studio) -> FastAPI:
    """Our routes alone."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    experiments = ExperimentDesk()
    studio.when_closing(experiments.close)
    fetches = Fetches()
    studio.when_closing(fetches.close)
    places = Places(studio.limits)
    app.state.functions = {}
    app.add_middleware(FullQueue, most=MOST_WAITING)
    app.add_middleware(Calls, functions=app.state.functions)
    app.add_middleware(Doorman, most=studio.limits.requests)
    app.add_middleware(Assets)
    app.add_middleware(Guard)
    app.add_exception_handler(VisitorError, _refuse)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(ClientDisconnect, _nobody_listens)
    app.add_exception_handler(Exception, _apologise)
    app.add_api_route("/", _to_language, methods=["GET", "HEAD"])
    app.add_api_route("/favicon.ico", _to_icon, methods=["GET", "HEAD"])
    app.include_router(run_routes(studio, places))
    app.include_router(finetune_routes(studio))
    app.include_router(plan_routes())
    app.include_router(plane_routes())
    app.include_router(race_routes(studio, places))
    app.include_router(model_routes(studio))
    app.include_router(keeping_routes(studio))
    app.include_router(storage_routes(studio))
    app.include_router(network_routes(studio))
    app.include_router(animation_routes(studio))
    app.include_router(axes_routes(studio))
    app.include_router(inversion_routes(studio))
    app.include_router(digit_routes())
    app.include_router(data_routes(studio, fetches))
    app.include_router(hub_routes(fetches, studio.limits))
    sign_ins = SignIns()
    app.include_router(hub_model_routes(studio, sign_ins))
    app.include_router(sign_in_routes(sign_ins))
    app.include_router(diagram_routes(studio))
    app.include_router(paper_routes())
    app.include_router(experiment_routes(experiments))
    app.include_router(dirac_routes())
    app.include_router(game_routes(studio))
    app.include_router(export_routes(studio))
    app.include_router(model_export_routes(studio))
    app.include_router(search_routes(studio))
    app.include_router(share_routes())
    app.include_router(tour_routes())
    app.include_router(glossary_routes())
    return app


async def _to_language(request: Request) -> Response:
    """To the page in the visitor's language; relative, so that it also holds below a proxy's prefix."""
    query = f"?{request.url.query}" if request.url.query else ""
    target = f"{language_of(request)}/{query}"
    return RedirectResponse(target, headers={"Vary": "Accept-Language, Cookie", "Cache-Control": "no-cache"})


async def _to_icon(request: Request) -> Response:
    """Browsers ask for this before the page has named its icon."""
    return RedirectResponse(f"{static_path()}/mark.svg")


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, VisitorError)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    answer = as_json({"error": error.text(language_of(request))}, status)
    if isinstance(error, Crowded):
        answer.headers.update(RETRY_AFTER)
    return answer


async def _refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = NO_PAGE if error.status_code == HTTPStatus.NOT_FOUND else _NOT_SO
    answer = as_json({"error": text(language_of(request))}, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _nobody_listens(request: Request, error: Exception) -> Response:
    """Whoever leaves in the middle of sending is no fault of ours."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _apologise(request: Request, error: Exception) -> Response:
    answer = as_json({"error": _OUR_FAULT(language_of(request))}, HTTPStatus.INTERNAL_SERVER_ERROR)
    answer.headers.update(HEADERS)  # this answer is given outside of `Guard`
    return answer


def main() -> None:
    """Serve until Ctrl-C; the run in progress is saved before the program ends."""
    _write_down()
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    host, port = address()
    prefix = path_prefix()
    is_public = serves_strangers(host)
    limits = limits_for(is_public)
    listening = listen(host, port)
    live_figures = os.environ.get("AIGC_DEMO_LIVE_FIGURES", "") != "0"
    studio = Studio(owner_is_everyone=not is_public, warm=False, limits=limits, live_figures=live_figures)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        options: dict[str, Any] = {"log_config": None, "access_log": False, "timeout_graceful_shutdown": 1}
        options |= {"server_header": False}
        options |= {"http": roomy(), "ws": "none"}
        config = uvicorn.Config(create_app(studio, prefix), root_path=prefix, **options)
        server = _Server(config, studio, f"http://{_shown(host)}:{port}/")
        say_how_it_serves(studio, is_public, prefix)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    finally:
        studio.close()
        gc.freeze()  # the interpreter would spend seconds on collecting what the system frees at once


def _write_down() -> None:
    """Begin to keep a log; ends the program with one line where the environment asks for one that cannot be."""
    try:
        set_up(os.environ)
    except VisitorError as error:
        raise SystemExit(error.text(_terminal_language())) from error


class _Server(uvicorn.Server):
    """Says where it is once it accepts requests, and only then lets the trainer compile: the page comes first.

    On the way out it closes the studio before it waits for its connections, since that is what ends the streams.
    """

    def __init__(self, config: uvicorn.Config, studio: Studio, url: str) -> None:
        super().__init__(config)
        self._studio = studio
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            print(f"AIGC Demo: {self._url}", flush=True)
            self._studio.warm_up()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.to_thread(self._studio.close)
        await super().shutdown(sockets)


def address() -> tuple[str, int]:
    """Where to serve, from the environment; ends the program with one line when the port is no port."""
    host = os.environ.get("GRADIO_SERVER_NAME") or ("0.0.0.0" if os.environ.get("SPACE_ID") else "127.0.0.1")
    given = os.environ.get("GRADIO_SERVER_PORT") or str(DEFAULT_PORT)
    if not (given.isascii() and given.isdigit() and int(given) < 65536):
        raise SystemExit(_BAD_PORT.format(given=given[:40])(_terminal_language()))
    return host, int(given)


def path_prefix() -> str:
    """The path below which a proxy serves the program and which it takes off, from the environment; '' without one.

    Ends the program with one line when it is no path.
    """
    given = os.environ.get("GRADIO_ROOT_PATH", "").strip().rstrip("/")
    if given and not re.fullmatch(r"(/[\w.~-]+)+", given, re.ASCII):
        raise SystemExit(_BAD_PREFIX.format(given=given[:40])(_terminal_language()))
    return given


def serves_strangers(host: str) -> bool:
    """Whether others than this machine's user reach the server: by its address, or because the environment says so.

    A proxy on this machine may speak to a loopback address in the name of anybody, and need not say so.
    """
    return host not in LOOPBACK or os.environ.get("AIGC_DEMO_PUBLIC", "").strip() == "1"


def limits_for(is_public: bool) -> Limits:
    """What visitors may ask for; ends the program with one line when the environment says something else than a number.

    Where strangers can reach the server, less is allowed unless the environment says otherwise.
    """
    try:
        return limits_from(os.environ, is_public)
    except VisitorError as error:
        raise SystemExit(error.text(_terminal_language())) from error


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to `host`:`port`; ends the program with one line where that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches off Nagle's algorithm, which would hold small answers back for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere the option would let two servers share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        sentence = _PORT_TAKEN.format(host=host, port=port, reason=error.strerror or str(error))
        raise SystemExit(sentence(_terminal_language())) from error
    return listening


def _terminal_language() -> Lang:
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return preferred_language(named.partition(".")[0].replace("_", "-"))


def _shown(host: str) -> str:
    """The host as it can be typed into a browser on this machine."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
