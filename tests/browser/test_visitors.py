"""A page that tests visit in turn: nothing of one is left to the next, and what a page does wrong is still told."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Error

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

LEAVE_TRACES = """() => {
  localStorage.setItem('trace', '1');
  sessionStorage.setItem('trace', '1');
  document.cookie = 'trace=1; path=/';
}"""
TRACES = "() => [localStorage.getItem('trace'), sessionStorage.getItem('trace'), document.cookie.includes('trace')]"


def test_the_next_visitor_finds_nothing_of_the_last(visitors: Visitors) -> None:
    page = visitors.open()
    page.evaluate(LEAVE_TRACES)
    page.route("**/models", lambda route: route.abort())
    assert page.evaluate(TRACES) == ["1", "1", True]
    visitors.leave()
    again = visitors.open()
    assert again is page
    assert again.evaluate(TRACES) == [None, None, False]
    assert again.evaluate("fetch('/models').then(answer => answer.status)") == 200
    visitors.leave()


def test_two_visitors_of_one_test_share_no_storage(visitors: Visitors) -> None:
    first, second = visitors.open(), visitors.open()
    first.evaluate(LEAVE_TRACES)
    assert second.evaluate(TRACES) == [None, None, False]
    visitors.leave()
    assert second.is_closed() and not first.is_closed()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("console.error('spilt milk')", "spilt milk"),
        ("setTimeout(() => { throw new Error('broken cup'); })", "broken cup"),
        ("fetch('http://127.0.0.1:8/crumbs').catch(() => 0)", "crumbs"),  # the page's own policy refuses it aloud
    ],
    ids=["error", "exception", "another host"],
)
def test_a_kept_page_is_held_to_its_manners(visitors: Visitors, fault: str, told: str) -> None:
    page = visitors.open()
    page.evaluate(f"async () => {{ await {fault}; await new Promise((resolve) => setTimeout(resolve, 50)); }}")
    with pytest.raises(AssertionError, match=told):
        visitors.leave()
    visitors.leave()  # it is told once, to the test that did it


def test_a_request_that_leaves_for_another_host_is_told(visitors: Visitors) -> None:
    page = visitors.open()
    with contextlib.suppress(Error):  # nobody is there
        page.goto("http://127.0.0.1:8/crumbs")
    with pytest.raises(AssertionError, match=r"asked another host.*crumbs"):
        visitors.leave()
