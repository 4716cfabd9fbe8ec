"""A client of the app under test that disturbs it little: start a run, control it, and read where it stands and when."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

PATIENCE = 120.0  # seconds; the first call of a recipe may have to be compiled
POLL_SECONDS = 0.01
IDLE_SECONDS = 2.0  # the server hangs up on a connection that is idle for five seconds
RUN_SECONDS, MOST_SECONDS = 600.0, 3600.0  # what a run may be started with or get at a time, and in all
MORE_BELOW = 90.0  # it gets more when it may have so few seconds left


class Mark(NamedTuple):
    """A run's step at the very moment it was reached."""

    step: int
    clock: float


class Client:
    """Speaks to one server over one connection. Raises RuntimeError where the server refuses."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
        self._asked_at = time.monotonic()

    def get(self, path: str) -> dict[str, Any]:
        return self._ask("GET", path)

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        return self._ask("POST", path, json.dumps(body), {"Content-Type": "application/json"})

    def device(self) -> str:
        """What the server trains on, once it has compiled its default recipe."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = self.get("/device")["device"]
            if found is not None:
                return str(found["name"])
            time.sleep(0.2)
        raise RuntimeError("the server has not warmed up")

    def start(self, **choices: Any) -> RunHandle:
        """Start a run of these choices (recipe, loss, seed, settings), as long as a run may be."""
        answer = self.post("/runs", seconds=RUN_SECONDS, **choices)
        return RunHandle(self, answer["run"], answer["token"])

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        if time.monotonic() - self._asked_at > IDLE_SECONDS:
            self._connection.close()  # it opens again by itself
        self._asked_at = time.monotonic()
        self._connection.request(method, path, body, headers or {})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:200].decode(errors='replace')}")
        return dict(json.loads(content))


class RunHandle:
    """One run of a `Client`'s, and the right to control it."""

    def __init__(self, client: Client, run_id: str, token: str) -> None:
        self._client, self.id, self._token = client, run_id, token
        self._granted, self._begun = RUN_SECONDS, time.monotonic()

    def act(self, action: str, **more: Any) -> dict[str, Any]:
        """pause, resume, stop, extend; answers `{"state", "step"}`."""
        return self._client.post(f"/runs/{self.id}/{action}", token=self._token, **more)

    def keep_going(self) -> int:
        """Lengthen the run, which trains, where it could end soon (it has trained for less than the clock says).

        Its step; raises RuntimeError when it is over.
        """
        is_due = self._granted - (time.monotonic() - self._begun) < MORE_BELOW
        if is_due and self._granted + RUN_SECONDS <= MOST_SECONDS:
            self._granted += RUN_SECONDS
            return int(self.act("extend", seconds=RUN_SECONDS)["step"])
        return int(self.act("resume")["step"])

    def edge(self) -> Mark:
        """The next moment at which the run's step moves on: its calls last 75 ms, too coarse to measure short windows.

        `resume` leaves a run that trains as it is, and says its step.
        """
        before, until = self.act("resume")["step"], time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(POLL_SECONDS)
            step = self.act("resume")["step"]
            if step != before:
                return Mark(step, time.monotonic())
        raise RuntimeError("the run does not move on")

    def snapshot(self) -> dict[str, Any]:
        """The whole run as a page gets it that opens now."""
        host = self._client._connection.host, self._client._connection.port
        connection = http.client.HTTPConnection(*host, timeout=PATIENCE)
        connection.request("GET", f"/runs/{self.id}/events")
        with connection.getresponse() as stream:
            while line := stream.readline():
                if line.startswith(b"data: "):
                    return dict(json.loads(line[6:]))
        raise RuntimeError("the stream ended before its snapshot")


def rate(first: Mark, last: Mark) -> float:
    """Steps a second between two marks."""
    return (last.step - first.step) / (last.clock - first.clock)
