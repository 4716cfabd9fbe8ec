"""Beyond its places the server says so in a sentence, and whoever leaves makes room."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from aigc_demo.runs import Studio
from aigc_demo.runs.limits import LOCAL
from aigc_demo.ui import application
from aigc_demo.ui.crowd import Crowded, Doorman, Places
from tests.loops import in_a_loop
from tests.runs.conftest import plan, wait_for
from tests.runs.fake_trainer import fake_studio
from tests.served import on_a_socket


def test_places_are_counted_in_all_and_by_address() -> None:
    places = Places(replace(LOCAL, followers=3, followers_per_visitor=2))
    with ExitStack() as stack:
        for visitor in ("a", "a", "b"):
            stack.enter_context(places.taken(visitor))
        with pytest.raises(Crowded, match="3 pages are watching already"):
            places.check("c")
    assert len(places) == 0
    with places.taken("a"), places.taken("a"):
        with pytest.raises(Crowded, match="at your network's address"):
            places.check("a")
        places.check("b")
    free = Places(replace(LOCAL, followers=0))
    with ExitStack() as stack:
        for _ in range(2000):
            stack.enter_context(free.taken("a"))


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Studio]:
    studio = fake_studio(tmp_path, limits=replace(LOCAL, followers=2))
    yield studio
    studio.close()


def test_the_third_follower_is_told_why_and_watches_when_one_leaves(small: Studio) -> None:
    run, _ = small.start(plan(seconds=60))
    path = f"/runs/{run.id}"
    with (
        on_a_socket(application.create_api(small)) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        with client.stream("GET", f"{path}/events") as first, client.stream("GET", f"{path}/events") as second:
            assert (first.status_code, second.status_code) == (200, 200)
            wait_for(lambda: run.feed.followers == 2)
            for lang, words in (("en", "2 pages are watching already"), ("zh", "已有 2 个页面在观看")):
                for refused in ("events", "place"):
                    answer = client.get(f"{path}/{refused}", headers={"accept-language": lang})
                    assert answer.status_code == 503
                    assert words in answer.json()["error"]
                    assert answer.headers["retry-after"] == "5"
        wait_for(lambda: run.feed.followers == 0)
        assert client.get(f"{path}/place").json()["state"] == "training"
        with client.stream("GET", f"{path}/events") as third:
            assert third.status_code == 200


def test_only_so_many_requests_are_worked_on_until_their_answers_begin() -> None:
    async def crowd() -> list[int]:
        begin, end = asyncio.Event(), asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            await begin.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await end.wait()

        door = Doorman(slow, 2)
        statuses: list[int] = []

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        def ask(method: str) -> asyncio.Task[None]:
            return asyncio.create_task(door({"type": "http", "method": method, "headers": []}, receive, send))

        tasks = [ask("POST"), ask("POST"), ask("GET")]
        await asyncio.sleep(0)
        tasks.append(ask("POST"))
        await asyncio.sleep(0)
        assert statuses == [503]
        begin.set()
        for _ in range(3):
            await asyncio.sleep(0)
        tasks.append(ask("POST"))  # the others still answer, and work no more
        await asyncio.sleep(0)
        end.set()
        await asyncio.gather(*tasks)
        return statuses

    assert in_a_loop(crowd) == [503, 200, 200, 200, 200]
