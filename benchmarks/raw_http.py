"""HTTP by hand, for loads that must leave the CPU to the server that is measured: one connection, kept alive."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

PATIENCE = 120.0  # seconds for an answer's head, and for each part of its body


class Answer(NamedTuple):
    """A whole answer; `headers` have lower-case names."""

    status: int
    headers: dict[str, str]
    body: bytes


async def chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The chunks of an answer whose transfer encoding is `chunked`, until it ends."""
    while True:
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        content = await reader.readexactly(size + 2)
        if size == 0:
            return
        yield content[:-2]


class Connection:
    """One connection to `address`, opened when it is needed; `async with` closes it."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self._host, self._port, self._name = place.hostname, place.port, place.netloc
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Connection:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def ask(self, path: str, body: Any = None) -> Answer:
        """GET `path`, or POST `body` as JSON; the whole answer. Once more where the kept connection had been closed."""
        try:
            return await self._ask(path, body, fresh=self._writer is None)
        except (ConnectionError, asyncio.IncompleteReadError):
            await self.close()
            return await self._ask(path, body, fresh=True)

    async def stream(self, path: str) -> tuple[int, dict[str, str], asyncio.StreamReader]:
        """GET `path`: status and headers, and where the rest can be read from."""
        await self.close()
        reader = await self._send(path, None)
        return *await _head(reader), reader

    async def _ask(self, path: str, body: Any, fresh: bool) -> Answer:
        reader = await self._send(path, body)
        status, headers = await _head(reader)
        async with asyncio.timeout(PATIENCE):
            if "content-length" in headers:
                content = await reader.readexactly(int(headers["content-length"]))
            elif "chunked" in headers.get("transfer-encoding", ""):
                content = b"".join([chunk async for chunk in chunks(reader)])
            else:
                content = b""
        if headers.get("connection") == "close":
            await self.close()
        return Answer(status, headers, content)

    async def _send(self, path: str, body: Any) -> asyncio.StreamReader:
        if self._reader is None or self._writer is None:
            async with asyncio.timeout(PATIENCE):
                self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: {self._name}\r\nAccept-Encoding: gzip\r\n"
        content = b""
        if body is not None:
            content = json.dumps(body).encode()
            head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        self._writer.write(f"{head}\r\n".encode() + content)
        return self._reader


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    async with asyncio.timeout(PATIENCE):
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return int(lines[0].split()[1]), {name.lower(): value.strip() for name, _, value in pairs}
