"""The Model Context Protocol over HTTP, as far as a server without sessions needs it: one question, one JSON answer.

Transport and messages: modelcontextprotocol.io, specification 2025-11-25, “Streamable HTTP” and “Tools”. Nothing is
remembered between requests, nothing is streamed, and the server never asks the client for anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")  # newest first; tools are the same in all

INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32600, -32601, -32602

CallTool = Callable[[str, Mapping[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Server:
    """What `initialize` and `tools/list` say; `call` does the work, and raises `LookupError` for no tool of that name."""

    name: str
    title: str
    version: str
    instructions: str
    tools: list[dict[str, Any]]
    call: CallTool


async def answer(server: Server, message: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer to one JSON-RPC message; None to a notification or to an answer, which want none."""
    if "method" not in message or "id" not in message:
        return None if message.get("jsonrpc") == "2.0" else _error(None, INVALID_REQUEST, "not a JSON-RPC 2.0 message")
    number, method, params = message["id"], message["method"], message.get("params")
    if message.get("jsonrpc") != "2.0" or not isinstance(method, str) or not isinstance(number, str | int):
        return _error(None, INVALID_REQUEST, "not a JSON-RPC 2.0 request")
    if params is not None and not isinstance(params, dict):
        return _error(number, INVALID_PARAMS, "params must be an object")
    params = params or {}
    if method == "initialize":
        return _result(number, _introduction(server, params.get("protocolVersion")))
    if method == "ping":
        return _result(number, {})
    if method == "tools/list":
        return _result(number, {"tools": server.tools})
    if method == "tools/call":
        return await _called(server, number, params)
    return _error(number, METHOD_NOT_FOUND, f"there is no method {method[:40]!r} here")


def _introduction(server: Server, wanted: object) -> dict[str, Any]:
    """The client's version where we speak it, else our newest, which it may turn down."""
    return {
        "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": server.name, "title": server.title, "version": server.version},
        "instructions": server.instructions,
    }


async def _called(server: Server, number: str | int, params: Mapping[str, Any]) -> dict[str, Any]:
    name, arguments = params.get("name"), params.get("arguments")
    if not isinstance(name, str) or not isinstance(arguments, dict | None):
        return _error(number, INVALID_PARAMS, "name must be a string and arguments an object")
    try:
        return _result(number, await server.call(name, arguments or {}))
    except LookupError:
        return _error(number, INVALID_PARAMS, f"there is no tool {name[:40]!r} here")


def _result(number: str | int, result: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "result": result}


def _error(number: str | int | None, code: int, words: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": words}}
