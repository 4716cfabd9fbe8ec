"""Models from the Hub among the imported ones: pulled, checked as every model from elsewhere, and known again by commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aigc_demo.checkpoints import is_imported
from aigc_demo.checkpoints.about import read_about
from aigc_demo.hub import HubName, Progress, Pulled
from aigc_demo.hub.client import Hub
from aigc_demo.hub.pulling import bring, locate
from aigc_demo.runs import desk
from aigc_demo.runs.desk import Desk
from aigc_demo.runs.imports import Taken
from aigc_demo.text import Text

FULL = Text(
    "前面已有 {n} 个模型在等着拉取，请稍后再试。",
    "{n} models are already waiting to be pulled; please try again later.",
)
BROKE_DOWN = Text("拉取时出了内部错误，已记录下来。", "Pulling failed here; it has been noted.")


@dataclass(frozen=True)
class Kept:
    """The model is here: under which id, whether it was before, of which commit, and the owner's token if it is new."""

    id: str
    is_duplicate: bool
    commit: str
    token: str = field(default="", repr=False)


Known = Iterable[tuple[str, Path]]  # id and folder of models
# Checks the files that were pulled and keeps them; gives what became of them and the owner's token.
Take = Callable[[Pulled], tuple[Taken, str]]


def pull_into(
    known: Known, name: HubName, hub: Hub, megabytes: float, take: Take, stop: threading.Event
) -> Generator[Progress | Kept]:
    """Pull a model and keep it; nothing is fetched of a commit that one of the `known` models is of.

    These are models that whoever asks may see: somebody else may have pulled what he has no right to.
    Yields how far it is, and at last `Kept`, unless `stop` is set before. Raises `VisitorError`, `Refused`.
    """
    if name.is_pinned and (there := _pulled_before(known, name.repo, name.revision)):
        yield Kept(there, True, name.revision)
        return
    yield Progress("asking", 0, 0)
    found = locate(name, hub, megabytes)
    if there := _pulled_before(known, name.repo, found.commit):
        yield Kept(there, True, found.commit)
        return
    for news in bring(name, found, hub, stop):
        if isinstance(news, Pulled):
            yield Progress("check", 0, 0)
            if not stop.is_set():
                taken, token = take(news)
                yield Kept(taken.id, taken.is_duplicate, news.commit, "" if taken.is_duplicate else token)
        else:
            yield news


def origin_of(pulled: Pulled) -> dict[str, str]:
    """What is noted beside the model of where it came from."""
    return {"repo": pulled.name.repo, "revision": pulled.name.revision, "commit": pulled.commit}


def _pulled_before(known: Known, repo: str, commit: str) -> str:
    """The id of the imported model that was pulled from this commit, or ''."""
    for key, folder in known:
        if is_imported(key):
            about = read_about(folder)
            if (about.repo, about.commit) == (repo, commit):
                return key
    return ""


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """One model that a visitor wants from the Hub; `hub` has his token. `drop` removes what came after he had left."""

    name: HubName
    hub: Hub
    megabytes: float
    known: Known
    take: Take
    drop: Callable[[Kept], None]


class Pulling(Desk[Ticket]):
    """For any thread."""

    def __init__(self) -> None:
        super().__init__("pull", _pull, FULL, BROKE_DOWN)


def _pull(ticket: Ticket) -> Iterator[Progress | Kept]:
    for news in pull_into(ticket.known, ticket.name, ticket.hub, ticket.megabytes, ticket.take, ticket.left):
        if isinstance(news, Kept) and ticket.left.is_set() and not news.is_duplicate:
            ticket.drop(news)
            return
        yield news
