"""What the tests of the routes say to the server, and how they listen to a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx


def start(client: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = client.post("/runs", json={"seconds": 60, "lang": "en"} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def events(lines: Iterator[str]) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """(id, message) of each event of a stream."""
    number = None
    for line in lines:
        if line.startswith("id: "):
            number = int(line[4:]) if line[4:].isdigit() else None  # a race's position has a number for each member
        elif line.startswith("data: "):
            yield number, json.loads(line[6:])
            number = None
