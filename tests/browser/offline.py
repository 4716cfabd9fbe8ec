"""Pages that are files: opened from the disk by a browser without a network, which they must not ask for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.visitors import PATIENCE

OpenFile = Callable[..., Page]


@contextmanager
def opened_offline(browser: Browser, file: Path, *ready: str) -> Iterator[OpenFile]:
    """A function that opens `file`, at a fragment and with a context's options, and waits for the selectors `ready`.

    The end of the block closes its pages, and fails the test if one asked for anything or reported an error.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    own = ("data:", "blob:", file.as_uri())

    def open_one(hash_: str = "", **options: object) -> Page:
        known = {"offline": True, "viewport": {"width": 1440, "height": 900}, **options}
        context = browser.new_context(**known)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        page.on("request", lambda asked: None if asked.url.startswith(own) else complaints.append(asked.url))
        page.goto(file.as_uri() + hash_)
        for selector in ready:
            page.wait_for_selector(selector)
        return page

    try:
        yield open_one
    finally:
        for context in contexts:
            context.close()
    assert not complaints
