"""A model to the Hub: a repository, private unless asked otherwise, and one commit with all of its files.

A push can be repeated: the repository is made once, a file that has arrived is not sent again, and where nothing differs
no commit is made. A repository that holds anything else than a model of this program is left alone, and so is a public
one where a private one was asked for.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from aigc_demo.checkpoints.parcel import FILES
from aigc_demo.hub.client import TIMEOUT, Hub
from aigc_demo.hub.downloading import Stopped
from aigc_demo.hub.model_trouble import MAY_NOT_WRITE, cause_of, said_of_pushing
from aigc_demo.hub.progress import Progress
from aigc_demo.text import Text, VisitorError

SECONDS_BETWEEN = 0.1  # of the news of what is sent
_OF_THE_HUB = {".gitattributes"}  # what a new repository holds

NO_TOKEN = Text(
    "推送需要你自己的 Hub 令牌，或先登录。", "Pushing needs a Hub token of your own, or that you sign in first."
)
PUBLIC_ALREADY = Text(
    "{repo} 已经存在而且是公开的，没有向它发送任何文件：请换一个名称，或明确选择公开。",
    "{repo} exists and is public; no file was sent to it. Choose another name, or say that it may be public.",
)
HOLDS_OTHERS = Text(
    "{repo} 里有别的东西（{names}），没有改动它：请换一个名称。",
    "{repo} holds other things ({names}) and was left as it is: choose another name.",
)

T = TypeVar("T")


@dataclass(frozen=True)
class Pushed:
    """The model is there: in which repository and commit, whether others can see it, whether anything was new."""

    repo: str
    url: str
    commit: str
    is_private: bool
    is_changed: bool


def push(
    target: str,
    hub: Hub,
    files_for: Callable[[str], Mapping[str, bytes]],
    stop: threading.Event,
    *,
    private: bool = True,
    summary: str = "Add a model of AIGC Demo",
) -> Generator[Progress | Pushed]:
    """Send a model to `target` (`names.target_name`); yields how far it is, and at last `Pushed`.

    `files_for(repo)` makes the files, once the whole name of the repository is known. Between two yields it ends by
    itself once `stop` is set, without `Pushed`. Raises `VisitorError`.
    """
    if not hub.token:
        raise VisitorError(NO_TOKEN)
    api, repo = hub.api(), target

    def prepare() -> tuple[Any, dict[str, _Followed]]:
        nonlocal repo
        repo = _owned(api, target, hub)
        found = _repository(api, repo, private)
        return found, {name: _Followed(content, stop) for name, content in files_for(repo).items()}

    try:
        before, files = yield from _followed(prepare, stop, lambda: Progress("asking", 0, 0))
        commit = yield from _sent(api, repo, files, before.sha, summary, stop)
    except (VisitorError, Stopped) as error:
        if isinstance(error, Stopped):
            return
        raise
    except Exception as error:
        if isinstance(cause_of(error), Stopped):
            return
        # Not chained: what the library raised may repeat what it was told, and a traceback is written to a log.
        raise said_of_pushing(error, hub, repo) from None
    yield Pushed(repo, f"{hub.endpoint}/{repo}", commit, bool(before.private), commit != before.sha)


def _owned(api: Any, target: str, hub: Hub) -> str:
    """The whole name of `target`, whose owner the token's must be, or one of his organisations. Raises `VisitorError`.

    The Hub would say so too, but the client answers that by reading all that is in somebody else's repository.
    """
    who = api.whoami()
    repo = target if "/" in target else f"{who['name']}/{target}"
    owners = {who["name"].lower(), *(str(one.get("name")).lower() for one in who.get("orgs") or ())}
    if repo.partition("/")[0].lower() not in owners:
        raise VisitorError(MAY_NOT_WRITE.format(repo=repo))
    return repo


def _repository(api: Any, repo: str, private: bool) -> Any:
    """What the repository is before anything is sent; made where there is none. Raises `VisitorError`."""
    api.create_repo(repo, private=private, exist_ok=True)
    info = api.model_info(repo, timeout=TIMEOUT)
    if private and not info.private:
        raise VisitorError(PUBLIC_ALREADY.format(repo=repo))
    others = [entry.rfilename for entry in info.siblings or () if entry.rfilename not in {*FILES, *_OF_THE_HUB}]
    if others:
        names = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        raise VisitorError(HOLDS_OTHERS.format(repo=repo, names=names[:120]))
    return info


def _sent(
    api: Any, repo: str, files: Mapping[str, _Followed], parent: str, summary: str, stop: threading.Event
) -> Generator[Progress, None, str]:
    """Large files one after the other, then the commit that holds them all, which is returned."""
    from huggingface_hub import CommitOperationAdd

    total = sum(file.size for file in files.values())
    additions = [CommitOperationAdd(name, file) for name, file in files.items()]
    for file in files.values():
        file.begin()

    def upload() -> None:
        for addition in additions:  # each alone, since several at once draw a progress bar of the library's own
            if stop.is_set():
                raise Stopped
            api.preupload_lfs_files(repo, [addition], free_memory=False)

    def commit() -> str:
        return str(api.create_commit(repo, additions, commit_message=summary, parent_commit=parent).oid)

    yield from _followed(upload, stop, lambda: Progress("upload", sum(file.sent for file in files.values()), total))
    return (yield from _followed(commit, stop, lambda: Progress("commit", total, total)))


def _followed(work: Callable[[], T], stop: threading.Event, at: Callable[[], Progress]) -> Generator[Progress, None, T]:
    """Do `work` in a thread of its own and yield how far it is until it is done; returns what it returns.

    Raises what it raises, and `Stopped` at once.

    The thread of a push that was stopped ends with its next read: the library may be waiting for a busy Hub meanwhile.
    """
    going: Future[T] = Future()

    def perform() -> None:
        try:
            going.set_result(work())
        except BaseException as error:
            going.set_exception(error)

    threading.Thread(target=perform, name="push", daemon=True).start()
    while not going.done():
        try:
            yield at()
        except GeneratorExit:
            stop.set()
            raise
        if stop.is_set():
            raise Stopped
        wait((going,), SECONDS_BETWEEN)
    return going.result()


class _Followed(io.BytesIO):
    """A file in memory that counts how much of it was read since `begin`, and breaks off where nobody wants it."""

    def __init__(self, content: bytes, stop: threading.Event) -> None:
        super().__init__(content)
        self.size = len(content)
        self._stop = stop
        self.begin()

    def begin(self) -> None:
        self.sent = 0

    def read(self, size: int | None = -1, /) -> bytes:
        if self._stop.is_set():
            raise Stopped
        piece = super().read(size)
        self.sent = max(self.sent, self.tell())
        return piece
