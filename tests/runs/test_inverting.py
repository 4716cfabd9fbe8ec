"""One search at a time, in the order of their coming."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from aigc_demo.runs import inverting
from aigc_demo.runs.inverters import Inverted
from aigc_demo.runs.inverting import BROKE_DOWN, CLOSING, Failed, Inversions, Ticket, Waiting
from aigc_demo.text import Refused, VisitorError, plain
from tests.runs.conftest import wait_for
from tests.runs.fake_inverters import FakeInverters


@pytest.fixture
def fake() -> FakeInverters:
    return FakeInverters()


@pytest.fixture
def inversions(fake: FakeInverters) -> Iterator[Inversions]:
    service = Inversions(fake)  # type: ignore[arg-type]
    yield service
    service.close()


class Visitor:
    """Keeps what it hears."""

    def __init__(self, inversions: Inversions, number: int = 0) -> None:
        self.heard: list[Any] = []
        self.ticket = Ticket(None, np.full((28, 28), number, np.uint8), None, hear=self.heard.append)  # type: ignore[arg-type]
        inversions.ask(self.ticket)

    @property
    def places(self) -> list[int]:
        return [news.ahead for news in self.heard if isinstance(news, Waiting)]

    @property
    def has_answer(self) -> bool:
        return any(isinstance(news, Inverted | Failed) for news in self.heard)


def test_searches_take_turns_and_everybody_knows_the_place(inversions: Inversions, fake: FakeInverters) -> None:
    first = Visitor(inversions, 1)
    fake.begun.acquire()
    second, third = Visitor(inversions, 2), Visitor(inversions, 3)
    assert first.places == []
    assert second.places[-1] == 1
    assert third.places[-1] == 2
    assert len(fake.searched) == 1, "one at a time"
    fake.finish.set()
    wait_for(lambda: third.has_answer)
    assert [pixel for pixel, _ in fake.searched] == [1, 2, 3]
    assert third.places[-1] == 1
    assert isinstance(first.heard[-1], Inverted)


def test_who_leaves_ends_the_search_or_makes_room(inversions: Inversions, fake: FakeInverters) -> None:
    first = Visitor(inversions, 1)
    fake.begun.acquire()
    second, third = Visitor(inversions, 2), Visitor(inversions, 3)
    inversions.leave(second.ticket)
    assert third.places[-1] == 1
    inversions.leave(first.ticket)
    wait_for(lambda: len(fake.searched) == 2)
    assert fake.searched[1][0] == 3, "nobody searches for who has left"
    assert fake.abandoned == 1
    fake.finish.set()
    wait_for(lambda: third.has_answer)
    assert not second.has_answer
    inversions.leave(third.ticket)  # after the end it changes nothing


def test_a_search_that_fails_is_no_end_of_the_others(
    inversions: Inversions, fake: FakeInverters, caplog: pytest.LogCaptureFixture
) -> None:
    fake.finish.set()
    fake.error = VisitorError(plain("overflow"))
    with caplog.at_level(logging.CRITICAL):
        for error, said in ((fake.error, plain("overflow")), (RuntimeError("a fault"), BROKE_DOWN)):
            fake.error = error
            visitor = Visitor(inversions)
            wait_for(lambda visitor=visitor: visitor.has_answer)
            assert visitor.heard[-1] == Failed(said)
    fake.error = None
    visitor = Visitor(inversions)
    wait_for(lambda: visitor.has_answer)
    assert isinstance(visitor.heard[-1], Inverted)


def test_the_line_is_not_endless(inversions: Inversions, fake: FakeInverters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inverting, "MOST_WAITING", 2)
    Visitor(inversions)
    fake.begun.acquire()
    waiting = [Visitor(inversions) for _ in range(2)]
    with pytest.raises(Refused, match="2 drawings"):
        Visitor(inversions)
    inversions.leave(waiting[0].ticket)
    Visitor(inversions)


def test_closing_ends_everything_with_a_word(fake: FakeInverters) -> None:
    inversions = Inversions(fake)  # type: ignore[arg-type]
    present = Visitor(inversions)
    fake.begun.acquire()
    waiting = Visitor(inversions)
    inversions.close()
    for visitor in (present, waiting):
        assert visitor.heard[-1] == Failed(CLOSING)
    wait_for(lambda: fake.abandoned == 1)
    with pytest.raises(Refused):
        Visitor(inversions)
    assert len(fake.searched) == 1
