"""Play visitors of the app: they open the page, follow one run, slide, and ask the API. A process apart from the server.

    python -m benchmarks.audience_visitors --address http://127.0.0.1:7860 --run ID --visitors 50 --files files.json

Every visitor opens the page with the files that a browser asks for (`--files`: a list of paths), six at a time as a
browser does, and then follows the run. A tenth of them also move a slider that the server answers; `--api` of them call
/generate and /explain as `curl` would. `ready` is printed when all follow, then all goes on for `--seconds`, and one
line of JSON says what happened. It asks nobody but this machine, and `check` bounds it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from benchmarks.followers import LOOPBACK, follow, split
from benchmarks.raw_http import Answer, Connection, chunks
from benchmarks.spread import spread

MOST_VISITORS = 2000
MOST_SECONDS = 120.0
AT_ONCE = 6  # connections of one browser to one host
ARRIVALS = 10.0  # visitors a second, who come as they come
SLIDES_A_SECOND = 4.0
API_EVERY = 2.0  # seconds between two questions of one user
LATENT_SIZE = 64
READY_SECONDS = 300.0

Say = Callable[[str, float], None]


class Notes:
    """What all visitors saw: latencies in ms and their moment, by kind; refusals in words (503, 429) and errors."""

    def __init__(self) -> None:
        self.latencies: dict[str, list[float]] = defaultdict(list)
        self.refused: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()

    async def timed(self, kind: str, act: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """What `act` answers, its time noted; None where it failed, which is noted as well."""
        began = time.perf_counter()
        try:
            answer = await act()
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.errors[f"{kind}: {type(error).__name__}"] += 1
            return None
        if answer.status in (429, 503) and b'"error"' in answer.body:
            self.refused[f"{kind}: {answer.status}"] += 1
            return None
        if answer.status >= 400:
            self.errors[f"{kind}: {answer.status}"] += 1
            return None
        self.latencies[kind].append(1000 * (time.perf_counter() - began))
        return answer


def quantiles(values: Sequence[float]) -> dict[str, float]:
    """How many, and p50, p95, p99 and the most, in the unit of `values`."""
    p50, p95, p99 = np.percentile(values, (50, 95, 99)).tolist()
    return {"count": len(values), "p50": p50, "p95": p95, "p99": p99, "most": max(values)}


async def open_page(address: str, files: Sequence[str], notes: Notes) -> None:
    """The page, and then its files, over `AT_ONCE` connections: `page` is the first answer, `open` the whole."""
    waiting, began = list(reversed(files)), time.perf_counter()

    async def fetch(connection: Connection) -> None:
        while waiting:
            await notes.timed("file", partial(connection.ask, waiting.pop()))

    async with contextlib.AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(Connection(address)) for _ in range(AT_ONCE)]
        if await notes.timed("page", lambda: connections[0].ask("/en/")) is None:
            return
        await asyncio.gather(*map(fetch, connections))
    notes.latencies["open"].append(1000 * (time.perf_counter() - began))


async def slide(address: str, notes: Notes) -> None:
    """Draw digits by the server as fast as a hand moves, one call in flight."""
    random = np.random.default_rng(0)
    async with Connection(address) as connection:
        while True:
            body = {"z": random.standard_normal((1, LATENT_SIZE)).round(3).tolist(), "labels": [7]}
            await notes.timed("render", partial(connection.ask, "/models/fast/render", body))
            await asyncio.sleep(1 / SLIDES_A_SECOND)


async def ask_api(address: str, notes: Notes, place: int) -> None:
    """Call /generate and /explain in turn."""
    calls = (("generate", ["fast", 7, None, place, 1.0, None, 0.0]), ("explain", ["non_saturating", 0.5, -0.5]))
    await asyncio.sleep(API_EVERY * (place % 10) / 10)
    async with Connection(address) as connection:
        while True:
            for name, data in calls:
                await notes.timed(name, partial(call, connection, name, data))
                await asyncio.sleep(API_EVERY)


async def call(connection: Connection, name: str, data: Sequence[Any]) -> Answer:
    """One call of an endpoint: ask, and wait for its last event. Raises ValueError where that is no answer."""
    asked = await connection.ask(f"/en/gradio_api/call/{name}", {"data": data})
    if asked.status != 200:
        return asked
    event = json.loads(asked.body)["event_id"]
    status, headers, reader = await connection.stream(f"/en/gradio_api/call/{name}/{event}")
    parts = [chunk async for chunk in chunks(reader)]
    await connection.close()
    events, _ = split(b"".join(parts))
    last = events[-1] if events else b""
    if not last.startswith(b"event: complete"):
        raise ValueError(last[:200])
    return Answer(status, headers, last)


async def play(
    address: str, run: str, visitors: int, api: int, files: Sequence[str], seconds: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """Let them come, one after the other; once all follow, count for `seconds`."""
    opening, notes, now = Notes(), Notes(), time.monotonic
    tallies = [Counter[str]() for _ in range(visitors)]
    refusals: list[str] = []

    async def visit(place: int, begun: asyncio.Event) -> None:
        await asyncio.sleep(place / ARRIVALS)
        await open_page(address, files, opening)
        began = time.perf_counter()
        following = asyncio.create_task(follow(address, run, tallies[place], begun))
        await begun.wait()
        opening.latencies["snapshot"].append(1000 * (time.perf_counter() - began))
        try:
            await following
        except RuntimeError as error:
            refusals.append(str(error))
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            notes.errors[f"follow: {type(error).__name__}"] += 1
        finally:
            following.cancel()

    begun = [asyncio.Event() for _ in range(visitors)]
    tasks = [asyncio.create_task(visit(*pair)) for pair in enumerate(begun)]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in begun)), READY_SECONDS)
    say("ready")
    before, cpu, clock = [Counter(tally) for tally in tallies], time.process_time(), now()
    busy = [asyncio.create_task(slide(address, notes)) for _ in range(visitors // 10)]
    busy += [asyncio.create_task(ask_api(address, notes, place)) for place in range(api)]
    await asyncio.sleep(seconds)
    cpu, clock = time.process_time() - cpu, now() - clock
    counted = [tally - earlier for tally, earlier in zip(tallies, before, strict=True)]
    for task in (*busy, *tasks):
        task.cancel()
    await asyncio.gather(*busy, *tasks, return_exceptions=True)
    return {
        "followers": sum(1 for tally in counted if tally["messages"]),
        "seconds": clock,
        "latency_ms": {kind: quantiles(found) for kind, found in (opening.latencies | notes.latencies).items()},
        "frames": sum(tally["frames"] for tally in counted),
        "messages": sum(tally["messages"] for tally in counted),
        **{
            f"{name}_per_second": spread([tally[name] / clock for tally in counted])
            for name in ("frames", "messages", "arrivals")
        },
        "megabytes_per_second": sum(tally["bytes"] for tally in counted) / clock / 1e6,
        "errors": dict(opening.errors + notes.errors),
        "refused": dict(opening.refused + notes.refused),
        "not_followed": Counter(refusals).most_common(3),
        "load_cpu_share": cpu / clock,
    }


async def crowd_at_the_door(address: str, run: str, number: int, seconds: float) -> dict[str, Any]:
    """So many ask to follow at once, and stay: how many have a place, and what the others are told."""
    tallies, begun = [Counter[str]() for _ in range(number)], [asyncio.Event() for _ in range(number)]
    tasks = [asyncio.create_task(follow(address, run, *pair)) for pair in zip(tallies, begun, strict=True)]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in begun)), READY_SECONDS)
    await asyncio.sleep(seconds)
    ended = [task.exception() for task in tasks if task.done()]
    told = Counter(str(error) or type(error).__name__ for error in ended if error is not None)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {"asked": number, "have_a_place": number - told.total(), "told": told.most_common(3)}


def check(address: str, visitors: int, seconds: float) -> None:
    """Raise ValueError unless this is a bounded load on this machine."""
    if urlsplit(address).hostname not in LOOPBACK:
        raise ValueError("only a server on this machine may be loaded")
    if not (1 <= visitors <= MOST_VISITORS and 0 < seconds <= MOST_SECONDS):
        raise ValueError(f"at most {MOST_VISITORS} visitors and {MOST_SECONDS:.0f} seconds")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--api", type=int, default=20, help="how many ask the API")
    parser.add_argument("--files", type=Path, help="a JSON list of the paths that a page asks for")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--door", action="store_true", help="only ask to follow, all at once")
    arguments = parser.parse_args()
    try:
        check(arguments.address, arguments.visitors, arguments.seconds)
    except ValueError as error:
        sys.exit(str(error))
    address, run, visitors, seconds = arguments.address, arguments.run, arguments.visitors, arguments.seconds
    if arguments.door:
        result = asyncio.run(crowd_at_the_door(address, run, visitors, seconds))
    else:
        files = json.loads(arguments.files.read_text()) if arguments.files else []
        result = asyncio.run(
            play(address, run, visitors, arguments.api, files, seconds, lambda word: print(word, flush=True))
        )
    print(json.dumps(result))


if __name__ == "__main__":
    main()
