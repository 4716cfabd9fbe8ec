"""A fetch belongs to the server: followers come and go, and it ends when it is there, cancelled or refused."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.data import hub_sets
from aigc_demo.hub import Progress, Stored, fetching
from aigc_demo.hub.client import Hub
from aigc_demo.runs.desk import Failed, Waiting
from aigc_demo.runs.fetches import Cancelled, Fetches, Follower
from aigc_demo.text import NotFound
from tests.hub.fake_hub import FakeHub
from tests.hub.made_sets import put_kana, unpack_here

SECONDS = 60  # of patience


@pytest.fixture
def fake(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(fetching, "unpack", unpack_here)
    hub = FakeHub()
    put_kana(hub)
    yield hub
    hub.close()


@pytest.fixture
def fetches(fake: FakeHub) -> Iterator[Fetches]:
    desk = Fetches(lambda: Hub(fake.endpoint))
    yield desk
    desk.close()


class Ear:
    """Somebody who follows a fetch."""

    def __init__(self, desk: Fetches, key: str = "kmnist") -> None:
        self.heard: queue.Queue[Any] = queue.Queue()
        self.follower = Follower(key, hear=self.heard.put)
        desk.ask(self.follower)

    def until(self, fits: Callable[[Any], bool]) -> Any:
        """The next news that `fits`."""
        while True:
            news = self.heard.get(timeout=SECONDS)
            if fits(news):
                return news

    def end(self) -> Any:
        return self.until(lambda news: isinstance(news, Stored | Cancelled | Failed))


def held(fake: FakeHub) -> threading.Event:
    """From now on files stop in their middle, until the event is set."""
    fake.faults.hold = threading.Event()
    return fake.faults.hold


def downloading(news: Any) -> bool:
    return isinstance(news, Progress) and news.stage == "download"


def test_a_set_is_fetched_once_for_all_who_ask(fetches: Fetches, fake: FakeHub) -> None:
    go_on = held(fake)
    first = Ear(fetches)
    first.until(downloading)
    second = Ear(fetches)
    assert downloading(second.until(lambda news: True))  # how far it is, at once
    assert fetches.going() == {"kmnist"}
    go_on.set()
    assert first.end() == second.end() == Stored("kmnist", 40, 12, ())
    assert len(fake.of("storage")) == 2 and not fetches.going()


def test_whoever_leaves_ends_nothing(fetches: Fetches, fake: FakeHub) -> None:
    go_on = held(fake)
    first, second = Ear(fetches), Ear(fetches)
    first.until(downloading)
    fetches.leave(first.follower)
    go_on.set()
    assert isinstance(second.end(), Stored)
    assert not any(isinstance(news, Stored) for news in list(first.heard.queue))


def test_cancelling_ends_it_for_all_and_it_can_be_asked_for_again(fetches: Fetches, fake: FakeHub) -> None:
    go_on = held(fake)
    first, second = Ear(fetches), Ear(fetches)
    first.until(downloading)
    assert fetches.cancel("kmnist")
    assert first.end() == second.end() == Cancelled()
    assert not fetches.going() and not fetches.cancel("kmnist")
    go_on.set()
    fake.faults.hold = None
    assert isinstance(Ear(fetches).end(), Stored)
    assert [path.name for path in hub_sets.folder("kmnist").parent.iterdir()] == ["kmnist"]


def test_another_set_waits_for_its_turn(fetches: Fetches, fake: FakeHub) -> None:
    go_on = held(fake)
    first = Ear(fetches)
    first.until(downloading)
    second = Ear(fetches, "fashion_mnist")
    assert second.until(lambda news: isinstance(news, Waiting)) == Waiting(1)
    go_on.set()
    assert isinstance(first.end(), Stored)
    failed = second.end()  # it is not on this Hub
    assert isinstance(failed, Failed) and "zalando-datasets/fashion_mnist" in failed.error.en


def test_a_set_that_nobody_knows(fetches: Fetches) -> None:
    with pytest.raises(NotFound):
        Ear(fetches, "imagenet")
