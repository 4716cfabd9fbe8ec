"""Models on their way from and to the Hub, as the desks of a server handle them."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aigc_demo.hub import Progress, Pulled, hub_name
from aigc_demo.hub.client import Hub
from aigc_demo.runs import pulls, pushes
from aigc_demo.runs.desk import Failed
from aigc_demo.runs.imports import Taken
from aigc_demo.runs.pulls import Kept, Pulling
from aigc_demo.runs.pushes import Pushing
from tests.hub.fake_hub import FakeHub

FILES = {"config.json": b"{}", "generator.safetensors": b"g" * 1000}
NEW = "i-" + "0" * 20


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    hub = FakeHub()
    hub.models.put_model("bob/digits", FILES)
    yield hub
    hub.close()


@pytest.fixture
def heard() -> queue.Queue[Any]:
    return queue.Queue()


def last(heard: queue.Queue[Any]) -> Any:
    """What is heard at the end."""
    while isinstance(news := heard.get(timeout=60), Progress):
        pass
    return news


def ticket(fake: FakeHub, heard: queue.Queue[Any], **changes: Any) -> pulls.Ticket:
    wish: dict[str, Any] = {
        "name": hub_name("bob/digits"),
        "hub": Hub(fake.endpoint),
        "megabytes": 1,
        "known": (),
        "take": lambda pulled: (Taken(NEW, False), "the token"),
        "drop": lambda kept: None,
    }
    return pulls.Ticket(**wish | changes, hear=heard.put)


def test_a_model_is_pulled_and_its_owner_told(fake: FakeHub, heard: queue.Queue[Any]) -> None:
    desk, seen = Pulling(), []

    def take(pulled: Pulled) -> tuple[Taken, str]:
        seen.append(pulled)
        return Taken(NEW, False), "the token"

    desk.ask(ticket(fake, heard, take=take))
    assert last(heard) == Kept(NEW, False, fake.heads["bob/digits"], "the token")
    assert seen[0].files == FILES and pulls.origin_of(seen[0])["revision"] == "main"
    desk.ask(ticket(fake, heard, take=lambda pulled: (Taken("mine", True), "of nobody")))
    assert last(heard).token == ""  # what was there before gets no new owner
    desk.close()


def test_what_came_after_its_visitor_had_left_is_not_kept(fake: FakeHub, heard: queue.Queue[Any]) -> None:
    desk, dropped = Pulling(), queue.Queue[Kept]()

    def take(pulled: Pulled) -> tuple[Taken, str]:
        desk.leave(leaving)
        return Taken(NEW, False), "the token"

    leaving = ticket(fake, heard, take=take, drop=dropped.put)
    desk.ask(leaving)
    assert dropped.get(timeout=60).id == NEW
    desk.close()
    assert not any(isinstance(news, Kept) for news in list(heard.queue))


def test_only_a_model_that_one_may_see_stands_for_its_commit(
    fake: FakeHub, heard: queue.Queue[Any], tmp_path: Path
) -> None:
    commit = fake.heads["bob/digits"]
    folder = tmp_path / NEW
    folder.mkdir()
    (folder / "about.json").write_text(json.dumps({"repo": "bob/digits", "commit": commit}))
    desk = Pulling()
    for known, is_duplicate in (((), False), (((NEW, folder),), True), ((("elsewhere", folder),), False)):
        desk.ask(ticket(fake, heard, known=known))
        assert last(heard).is_duplicate is is_duplicate
    desk.close()


def test_what_goes_wrong_is_told(fake: FakeHub, heard: queue.Queue[Any], tmp_path: Path) -> None:
    pulling, pushing = Pulling(), Pushing()
    pulling.ask(ticket(fake, heard, name=hub_name("bob/nothing")))
    assert "bob/nothing" in last(heard).error.en
    target = ("digits", Hub(fake.endpoint, "hf_nobodys"), True)
    pushing.ask(pushes.Ticket(tmp_path, *target, lambda: pytest.fail("nothing is drawn"), hear=heard.put))
    told = last(heard)
    assert isinstance(told, Failed) and "does not accept this token" in told.error.en
    assert "hf_nobodys" not in repr(pushes.Ticket(tmp_path, *target, lambda: pytest.fail(""), hear=heard.put))
    pulling.close()
    pushing.close()
