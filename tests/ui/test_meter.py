"""The allowance of calls: what it lets in, when it lets in more, and what it remembers."""

from __future__ import annotations

import threading

import pytest

from aigc_demo.ui.endpoints import meter
from aigc_demo.ui.endpoints.meter import Meter, TooOften


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def refused(meter: Meter, visitor: str, cost: int = 1) -> TooOften:
    with pytest.raises(TooOften) as caught:
        meter.admit(visitor, cost)
    return caught.value


def test_a_visitor_has_so_many_calls_a_minute_and_others_have_their_own() -> None:
    counted = Meter(3, 0, Clock())
    for _ in range(3):
        counted.admit("ann")
    counted.admit("ben")
    error = refused(counted, "ann")
    assert error.wait == 20
    for words in (error.text.zh, error.text.en):
        assert "3" in words and "20" in words


def test_the_allowance_fills_up_evenly_and_no_further_than_it_was() -> None:
    clock = Clock()
    counted = Meter(6, 0, clock)
    for _ in range(6):
        counted.admit("ann")
    clock.now = 9.9
    assert refused(counted, "ann").wait == 1
    clock.now = 10.0
    counted.admit("ann")
    assert refused(counted, "ann").wait == 10
    clock.now = 1e6
    for _ in range(6):
        counted.admit("ann")
    refused(counted, "ann")


def test_waiting_as_long_as_told_is_enough() -> None:
    clock = Clock()
    counted = Meter(7, 0, clock)
    counted.admit("ann", 7)
    for cost in (1, 5, 7):
        clock.now += refused(counted, "ann", cost).wait
        counted.admit("ann", cost)


def test_a_call_may_count_as_several_and_a_dear_one_can_always_be_had() -> None:
    counted = Meter(10, 0, Clock())
    counted.admit("ann", 8)
    assert refused(counted, "ann", 5).wait == 18
    counted.admit("ann", 2)
    Meter(3, 0, Clock()).admit("ann", 10)  # as much as there ever is


def test_all_visitors_together_have_an_allowance_and_who_is_refused_loses_nothing() -> None:
    clock = Clock()
    counted = Meter(2, 3, clock)
    for visitor in ("ann", "ann", "ben"):
        counted.admit(visitor)
    assert "3" in refused(counted, "cem").text.en
    clock.now = 20.0
    counted.admit("cem")  # his own calls were not counted in vain
    clock.now = 40.0
    counted.admit("cem")


def test_without_limits_nothing_is_refused() -> None:
    counted = Meter(0, 0, Clock())
    for _ in range(1000):
        counted.admit("ann", 10)


def test_it_remembers_a_bounded_number_of_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "MOST_VISITORS", 3)
    clock = Clock()
    counted = Meter(1, 0, clock)
    for visitor in ("a", "b", "c"):
        counted.admit(visitor)
    counted.admit("d")
    assert len(counted._visitors) == 3
    refused(counted, "c")  # whoever called lately is still known
    clock.now = meter.MINUTE + 1
    for number in range(100):
        counted.admit(str(number))
        assert len(counted._visitors) <= 3


def test_threads_share_it_exactly() -> None:
    counted, admitted = Meter(50, 0, Clock()), []

    def call() -> None:
        for _ in range(20):
            try:
                counted.admit("ann")
                admitted.append(1)
            except TooOften:
                pass

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == 50
