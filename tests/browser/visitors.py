"""The pages that tests open: those that most of them visit in turn, and as many of their own as they ask for.

A first visit makes the program send, and the browser compile, a megabyte of scripts, Gradio's and ours; a second one does not.
So for each kind of visitor (a desk, a phone, ...) one page is kept from test to test, and after each it is left without
storage, cookies, routes, or a pointer on it, as for somebody who has never been here.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

PATIENCE = 45_000  # milliseconds; a loaded machine with two cores may need many of them to compile
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Visitors:
    """Opens pages and remembers what none of them may do: ask another host, or report an error."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._kept: dict[str, Page] = {}
        self._visited: set[str] = set()
        self._own: list[BrowserContext] = []
        self._elsewhere: list[str] = []
        self._errors: list[str] = []

    def open(self, path: str = "/en/", *, alone: bool = False, **options: Any) -> Page:
        """A page that is ready at `path`, as a visitor sees it who has never been here.

        `options` are those of a browser's context. `alone` asks for a page that no other test visits: for scripts that
        run before the page's own, a changed viewport, and whatever else would stay with the page. A test's second page
        of the same kind is always alone, since two visitors share no storage.
        """
        kind = repr(sorted(options.items()))
        page = self._open_alone(options) if alone or kind in self._visited else self._visit(kind, options)
        page.goto(self._address + path)
        page.wait_for_selector("#train-status[data-state]", state="attached")
        page.wait_for_selector("body[data-aigc-ready]", state="attached")
        return page

    def leave(self) -> None:
        """Close what the test had of its own, tidy what it visited, and complain of what a page did."""
        for context in self._own:
            context.close()
        for kind in self._visited:
            self._tidy(kind)
        self._own.clear()
        self._visited.clear()
        elsewhere, errors = self._elsewhere[:], self._errors[:]
        self._elsewhere.clear()
        self._errors.clear()
        assert not elsewhere, f"the page asked another host: {elsewhere}"
        assert not errors, f"the page reported errors: {errors}"

    def _visit(self, kind: str, options: dict[str, Any]) -> Page:
        if kind not in self._kept:
            self._kept[kind] = self._new_page(options)
        self._visited.add(kind)
        return self._kept[kind]

    def _open_alone(self, options: dict[str, Any]) -> Page:
        page = self._new_page(options)
        self._own.append(page.context)
        return page

    def _tidy(self, kind: str) -> None:
        """Leave the program for its list of models, which runs no script, and forget there what it kept."""
        page = self._kept[kind]
        try:
            page.unroute_all(behavior="ignoreErrors")
            page.goto(f"{self._address}/models")
            page.evaluate(FORGET)
            page.context.clear_cookies()
            page.mouse.up()
            page.mouse.move(0, 0)
        except Error:  # a page that hangs or was closed is the affair of the test that did it, not of the next
            self._kept.pop(kind).context.close()

    def _new_page(self, options: dict[str, Any]) -> Page:
        context = self._browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on("console", lambda message: self._errors.append(message.text) if _is_error(message) else None)
        return page

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self._address, "data:", "blob:")):
            self._elsewhere.append(request.url)


def _is_error(message: ConsoleMessage) -> bool:
    """Whether a script complains; an answer such as 404 is what some tests are about."""
    return message.type == "error" and "Failed to load resource" not in message.text
