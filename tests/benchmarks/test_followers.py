"""The load counts what really arrives, from a stream of the form that the server sends."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import pytest

from aigc_demo.runs.feed import encode
from benchmarks import followers
from benchmarks.followers import check, count, split
from tests.loops import in_a_loop

SNAPSHOT = encode({"type": "snapshot", "frame": {"step": 3, "index": 1, "png": ""}}, 7)
ROWS = encode({"type": "points", "first": 4, "rows": [[0.5, 1.0]], "steps_per_second": 9.5}, 8)
FRAME = encode({"type": "points", "first": 5, "rows": [[0.5, 1.0]], "frame": {"step": 5, "index": 2, "png": ""}}, 9)
PULSE = encode({"type": "points", "first": 5, "rows": []})


def test_events_are_whole_or_wait_for_their_end() -> None:
    events, rest = split(ROWS + FRAME[:20])
    assert events == [ROWS[:-2]]
    assert split(rest + FRAME[20:]) == ([FRAME[:-2]], b"")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (SNAPSHOT, {"messages": 1, "snapshot": 1}),
        (ROWS, {"messages": 1, "points": 1, "with_rows": 1}),
        (FRAME, {"messages": 1, "points": 1, "with_rows": 1, "frames": 1}),
        (PULSE, {"messages": 1, "points": 1}),
        (encode({"type": "state", "state": "paused"}, 10), {"messages": 1, "state": 1}),
        (b"retry: 1000\n\n", {}),
        (b": still here\n\n", {}),
    ],
)
def test_messages_are_counted_by_what_is_in_them(event: bytes, expected: dict[str, int]) -> None:
    assert +count(event) == Counter(expected)


@pytest.mark.parametrize(
    ("address", "number", "seconds"),
    [
        ("http://192.0.2.1:7860", 1, 1.0),
        ("http://127.0.0.1.example.org", 1, 1.0),
        ("http://127.0.0.1:7860", 101, 1.0),
        ("http://127.0.0.1:7860", 0, 1.0),
        ("http://127.0.0.1:7860", 50, 121.0),
        ("http://127.0.0.1:7860", 1, 0.0),
    ],
)
def test_the_load_is_bounded_and_stays_on_this_machine(address: str, number: int, seconds: float) -> None:
    with pytest.raises(ValueError, match=r"only a server|at most"):
        check(address, number, seconds)
    check("http://127.0.0.1:7860", 50, 10.0)


async def _serve_and_count(answer: bytes, number: int) -> dict[str, Any]:
    """What a crowd counts at a server that answers everyone with `answer` once all are there, and then ends."""
    there = asyncio.Semaphore(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + _chunk(b"retry: 1000\n\n" + SNAPSHOT))
        there.release()
        while there._value < number:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # now they count
        for start in range(0, len(answer), 50):  # no chunk ends where an event does
            writer.write(_chunk(answer[start : start + 50]))
        writer.write(_chunk(b""))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return await followers.crowd(f"http://127.0.0.1:{port}", "a" * 20, number, 20.0)


def _chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


def test_a_crowd_counts_what_each_of_it_gets_after_the_snapshot(capsys: pytest.CaptureFixture[str]) -> None:
    found = in_a_loop(lambda: _serve_and_count(ROWS + FRAME + PULSE + FRAME, 3))
    assert capsys.readouterr().out == "ready\n"
    assert (found["followers"], found["messages"], found["ended_early"]) == (3, 12, 3)
    frames = found["frames_per_second"]
    assert frames["least"] == frames["most"] == pytest.approx(2 / found["seconds"])
    json.dumps(found)


async def _refuse() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 Not Found\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        await followers.crowd(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "a" * 20, 1, 20.0)


def test_a_run_that_cannot_be_followed_is_an_error_and_no_count_of_zero() -> None:
    with pytest.raises(RuntimeError, match="404"):
        in_a_loop(_refuse)
