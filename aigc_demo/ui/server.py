"""The program that serves the web application: where, for whom, and until when."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

import uvicorn

from aigc_demo.logs import set_up
from aigc_demo.runs import Limits, Studio, limits_from
from aigc_demo.text import Lang, Text, VisitorError, preferred_language
from aigc_demo.ui.application import create_app
from aigc_demo.ui.assets import at_once
from aigc_demo.ui.connections import roomy
from aigc_demo.ui.facts import say_how_it_serves
from aigc_demo.ui.security import LOOPBACK

DEFAULT_PORT = 7860

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
        options |= {"http": roomy(at_once), "ws": "none"}
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
