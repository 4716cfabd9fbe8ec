from __future__ import annotations

import asyncio
import threading

from aigc_demo.runs.feed import KEPT, Feed, decode, encode
from tests.loops import in_a_loop


def make() -> Feed:
    return Feed(threading.RLock())


def test_a_message_is_encoded_with_its_number_and_without_nan() -> None:
    event = encode({"value": float("nan")}, 7)
    assert event == b'id: 7\ndata: {"value":null}\n\n'
    assert decode(event) == {"value": None}


def test_a_cursor_gets_exactly_what_it_lacks() -> None:
    feed = make()
    start = feed.last
    for number in range(5):
        feed.publish({"n": number})
    news = feed.since(start + 3)
    assert news is not None
    assert [decode(event)["n"] for _, event in news] == [3, 4]
    assert feed.since(feed.last) == []


def test_a_cursor_too_old_or_from_elsewhere_gets_none() -> None:
    feed = make()
    start = feed.last
    for number in range(KEPT + 1):
        feed.publish({"n": number})
    assert feed.since(start) is None
    assert feed.since(start + 1) is not None
    assert feed.since(feed.last + 1) is None
    assert feed.since(0) is None


def test_a_restarted_program_does_not_mistake_an_old_cursor_for_its_own() -> None:
    old = make()
    for number in range(20):
        old.publish({"n": number})
    new = make()
    new.last += 50  # some milliseconds later
    new.publish({"n": 0})
    assert new.since(old.last) is None


def test_a_thread_waits_for_news_and_for_the_end() -> None:
    feed = make()
    assert not feed.wait(feed.last, 0.01)
    threading.Timer(0.02, feed.end).start()
    assert feed.wait(feed.last, 2.0)


def test_followers_in_an_event_loop_are_woken_and_leave_nothing_behind() -> None:
    feed = make()

    async def follow() -> int:
        with feed.bell() as bell:
            threading.Timer(0.02, feed.publish, [{"n": 1}]).start()
            await asyncio.wait_for(bell.wait(), 2.0)
            return len(feed._bells)

    assert in_a_loop(follow) == 1
    assert feed._bells == set()


def test_a_follower_whose_loop_is_gone_does_no_harm() -> None:
    feed = make()
    loop = asyncio.new_event_loop()
    feed._bells.add((loop, asyncio.Event()))
    loop.close()
    feed.publish({"n": 1})
    assert feed._bells == set()
