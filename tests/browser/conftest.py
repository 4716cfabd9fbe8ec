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
from playwright.sync_api import Browser, Page, expect, sync_playwright

from aigc_demo.data import Dataset
from tests.browser.visitors import PATIENCE, Visitors
from tests.hub.fake_hub import FakeHub
from tests.hub.fake_openid import FakeOpenId

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def image_hub() -> Iterator[FakeHub]:
    """The Hub that the program knows: one on this machine, which has nothing until a test puts it there."""
    hub = FakeHub()
    yield hub
    hub.close()


@pytest.fixture(scope="session")
def openid() -> Iterator[FakeOpenId]:
    """Where the program, as a Space, would have its visitors sign in."""
    provider = FakeOpenId()
    yield provider
    provider.close()


@pytest.fixture(scope="session")
def address(digits: Dataset, session_home: Path, image_hub: FakeHub, openid: FakeOpenId) -> Iterator[str]:
    """Where `python app.py` serves, its default recipe compiled."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GRADIO_SERVER_PORT": str(port), "AIGC_DEMO_HOME": str(session_home)}
    environment |= {"HF_ENDPOINT": image_hub.endpoint, "NO_PROXY": "127.0.0.1", **openid.environment}
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: while Playwright runs, its thread has an event loop, which other tests cannot have."""
    items.sort(key=lambda item: Path(item.path).is_relative_to(Path(__file__).parent))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, for all tests: each file's own would fetch and compile the whole page once more."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("AIGC_DEMO_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser, address: str) -> Visitors:
    return Visitors(browser, address)


@pytest.fixture
def open_page(visitors: Visitors) -> Iterator[OpenPage]:
    """Opens pages, each as a new visitor sees it, and fails the test if one asked another host or reported an error."""
    yield visitors.open
    visitors.leave()


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
    # A tab's scripts are fetched when it is first opened; until then its elements are names that mean nothing.
    page.wait_for_function("id => !document.querySelector(`#${id} :not(:defined)`)", arg=f"tab-{name}")


# Until there is a picture, and neither it nor the address has changed at ten looks; a busy machine looks more slowly.
SETTLED = """async () => {
  let [before, same] = ['', 0];
  while (same < 10) {
    const frame = document.querySelector('#generate-image')?.dataset.frame ?? 0;
    const now = `${frame} ${location.href}`;
    same = now === before && Number(frame) > 0 ? same + 1 : 0;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""


def settled(page: Page) -> None:
    """The Generate tab has drawn what it was asked for, and has written it into the address."""
    page.wait_for_function("() => Number(document.querySelector('#generate-image')?.dataset.frame) > 0")
    page.evaluate(SETTLED)


def picture(page: Page, selector: str) -> str:
    """What a canvas shows, as a data URL; `selector` is the canvas or holds it."""
    return page.evaluate(
        """name => {
          const found = document.querySelector(name);
          return (found.matches('canvas') ? found : found.querySelector('canvas')).toDataURL();
        }""",
        selector,
    )
