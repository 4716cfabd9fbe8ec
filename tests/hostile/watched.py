"""What a process would send elsewhere is written to stderr and not sent; imported for that effect."""

from __future__ import annotations

import socket
import sys
from typing import Any

HERE = {"127.0.0.1", "::1", "localhost", "", "0.0.0.0"}

_connect, _connect_ex, _look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def _is_here(host: object) -> bool:
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    return name is None or name in HERE


def _refuse(what: str, where: object) -> None:
    print(f"{what}: {where!r}", file=sys.stderr, flush=True)


def _watched(act: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and not _is_here(address[0]):
            _refuse("SENT ELSEWHERE", address)
            raise OSError("this test has no network")
        return act(self, address)

    return connect


def _looked_up(host: Any, *rest: Any, **more: Any) -> Any:
    if not _is_here(host):
        _refuse("LOOKED UP", host)
        raise socket.gaierror("this test has no network")
    return _look_up(host, *rest, **more)


def watch() -> None:
    """From now on."""
    socket.socket.connect = _watched(_connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = _watched(_connect_ex)  # type: ignore[method-assign]
    socket.getaddrinfo = _looked_up
