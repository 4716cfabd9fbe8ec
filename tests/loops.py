"""What may run only outside of an event loop, whatever ran before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def in_a_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What `work()` returns, from an event loop in a thread of its own.

    Gradio builds its pages inside a running loop (outside of one it makes loops that nobody closes), and a browser that
    an earlier test has left open keeps a loop running in this thread, in which `asyncio.run` refuses.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(work())).result()
