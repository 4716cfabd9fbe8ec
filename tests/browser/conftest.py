"""The real program in a process of its own, and a real browser that a visitor could be sitting at."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from aigc_demo.data import Dataset

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 45_000  # milliseconds; a loaded machine with two cores may need many of them to compile

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def address(digits: Dataset, session_home: Path) -> Iterator[str]:
    """Where `python app.py` serves, its default recipe compiled."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GRADIO_SERVER_PORT": str(port), "AIGC_DEMO_HOME": str(session_home)}
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(base)
        yield base
    finally:
        process.terminate()
        process.wait(30)


def _wait_until_it_answers(base: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{base}/en/", timeout=10, trust_env=False).is_success:
                return
        time.sleep(0.3)
    raise TimeoutError("the program does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one file of tests: while Playwright runs, this thread has an event loop, which others cannot have."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("AIGC_DEMO_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens pages, each a visitor of its own, and fails the test if one asked another host or reported an error."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    errors: list[str] = []

    def open_one(path: str = "/en/", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:", "blob:")) else elsewhere.append(request.url)
            ),
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
        page.goto(address + path)
        page.wait_for_selector("#train-status[data-state]", state="attached")
        page.wait_for_selector("body[data-aigc-ready]", state="attached")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not elsewhere, f"the page asked another host: {elsewhere}"
    assert not errors, f"the page reported errors: {errors}"


def _is_error(message: ConsoleMessage) -> bool:
    """Whether a script complains; an answer such as 404 is what some tests are about."""
    return message.type == "error" and "Failed to load resource" not in message.text


def start(page: Page, seconds: float = 600, seed: int = 0) -> str:
    """Press Start with this budget; the run's id, once it trains."""
    page.locator("#train-seconds input").fill(str(seconds))
    page.locator("#train-seed input").fill(str(seed))
    page.locator("#train-start").click()
    page.wait_for_selector("#train-status[data-state=training]")
    wait_for_step(page, 1)
    run = page.get_attribute("#train-status", "data-run")
    assert run
    return run


def stop(page: Page) -> None:
    page.locator("#train-stop").click()
    page.wait_for_selector("#train-status[data-state=stopped]")


def step_of(page: Page) -> int:
    return int(page.get_attribute("#train-status", "data-step") or 0)


def wait_for_step(page: Page, step: int) -> None:
    page.wait_for_function(f"() => Number(document.querySelector('#train-status').dataset.step) >= {step}")


def open_tab(page: Page, name: str) -> None:
    page.locator(f"#tab-{name}-button").click()
    page.wait_for_selector(f"#tab-{name}", state="visible")


def picture(page: Page, selector: str) -> str:
    """What a canvas shows, as a data URL; `selector` is the canvas or holds it."""
    return page.evaluate(
        """name => {
          const found = document.querySelector(name);
          return (found.matches('canvas') ? found : found.querySelector('canvas')).toDataURL();
        }""",
        selector,
    )
