"""Follow one run's stream many times over and count what arrives: the load of `live_cost.py`, in a process of its own.

    python -m benchmarks.followers --address http://127.0.0.1:7860 --run ID --count 50 --seconds 10

Connects all followers, says `ready` once each has its snapshot, counts for `--seconds`, prints one line of JSON and
ends. It asks nobody but this machine, and never for more than `MOST_FOLLOWER_SECONDS` in all. The stream is read by
hand: a browser's or a library's own work would take the CPU from the trainer that is being measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from benchmarks.raw_http import Connection, chunks
from benchmarks.spread import spread

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_FOLLOWERS = 100
MOST_FOLLOWER_SECONDS = 6000  # one follower for 100 minutes, or 100 for one
READY_SECONDS = 60.0
_KIND = re.compile(rb'^data: \{"type":"(\w+)"', re.M)


def split(buffer: bytes) -> tuple[list[bytes], bytes]:
    """The whole events at the head of `buffer`, and what has arrived of the next one."""
    *events, rest = buffer.split(b"\n\n")
    return events, rest


def count(event: bytes) -> Counter[str]:
    """What one event brings: a message and its kind, and perhaps a frame; nothing where it carries no data."""
    found = _KIND.search(event)
    if found is None:
        return Counter()
    kind = found[1].decode()
    has_frame = kind == "points" and b'"frame":{' in event
    has_rows = kind == "points" and b'"rows":[[' in event
    return Counter({"messages": 1, kind: 1, "frames": int(has_frame), "with_rows": int(has_rows)})


async def follow(address: str, run: str, tally: Counter[str], begun: asyncio.Event) -> None:
    """Read the stream until it ends, adding to `tally`; `begun` is set by the snapshot, or when nothing will come.

    Raises RuntimeError, with the status and what the server says, where it refuses.
    """
    try:
        async with Connection(address) as connection:
            status, headers, reader = await connection.stream(f"/runs/{run}/events")
            if status != 200:
                said = await reader.readexactly(int(headers.get("content-length", 0)))
                raise RuntimeError(f"{status} {said.decode(errors='replace')}")
            rest = b""
            async for chunk in chunks(reader):
                events, rest = split(rest + chunk)
                tally.update({"arrivals": 1, "bytes": len(chunk)})
                for event in events:
                    tally.update(count(event))
                if tally["snapshot"]:
                    begun.set()
    finally:
        begun.set()


async def crowd(address: str, run: str, number: int, seconds: float) -> dict[str, Any]:
    """Let `number` followers count for `seconds` from the moment all have their snapshot; see `summary`."""
    tallies = [Counter[str]() for _ in range(number)]
    begun = [asyncio.Event() for _ in range(number)]
    tasks = [asyncio.create_task(follow(address, run, *pair)) for pair in zip(tallies, begun, strict=True)]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in begun)), READY_SECONDS)
    for task in tasks:
        if task.done():
            task.result()  # raises what went wrong
    print("ready", flush=True)
    before, cpu, clock = [Counter(tally) for tally in tallies], time.process_time(), time.monotonic()
    await asyncio.wait(tasks, timeout=seconds)
    cpu, clock = time.process_time() - cpu, time.monotonic() - clock
    ended = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    counted = [tally - earlier for tally, earlier in zip(tallies, before, strict=True)]
    return summary(counted, clock, cpu) | {"ended_early": ended}


def summary(counted: list[Counter[str]], seconds: float, cpu_seconds: float) -> dict[str, Any]:
    """Per follower and second: frames, messages, arrivals (several messages may arrive at once); in all: the rest."""
    rates = {
        f"{name}_per_second": spread([tally[name] / seconds for tally in counted])
        for name in ("frames", "messages", "arrivals")
    }
    return {
        "followers": len(counted),
        "seconds": seconds,
        **rates,
        "messages": sum(tally["messages"] for tally in counted),
        "megabytes_per_second": sum(tally["bytes"] for tally in counted) / seconds / 1e6,
        "load_cpu_share": cpu_seconds / seconds,
    }


def check(address: str, number: int, seconds: float) -> None:
    """Raise ValueError unless this is a small load on this machine."""
    if urlsplit(address).hostname not in LOOPBACK:
        raise ValueError("only a server on this machine may be loaded")
    if not (1 <= number <= MOST_FOLLOWERS and seconds > 0 and number * seconds <= MOST_FOLLOWER_SECONDS):
        raise ValueError(f"at most {MOST_FOLLOWERS} followers and {MOST_FOLLOWER_SECONDS} follower-seconds")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    arguments = parser.parse_args()
    try:
        check(arguments.address, arguments.count, arguments.seconds)
    except ValueError as error:
        sys.exit(str(error))
    print(json.dumps(asyncio.run(crowd(arguments.address, arguments.run, arguments.count, arguments.seconds))))


if __name__ == "__main__":
    main()
