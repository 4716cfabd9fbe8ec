"""A model from the Hub: the files of a checkpoint and no others, their sizes looked at before one byte of them is fetched.

What arrives is what a stranger has put there: it is read as bytes here, and becomes a model by
`checkpoints/importing.stage` alone.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from aigc_demo.checkpoints.parcel import FILES, NEEDED, SAMPLES
from aigc_demo.data.hub_catalogue import MEGABYTE
from aigc_demo.hub.client import Hub, Located
from aigc_demo.hub.downloading import Stopped, check, download
from aigc_demo.hub.model_trouble import OF_PULLING
from aigc_demo.hub.names import HubName
from aigc_demo.hub.progress import Progress
from aigc_demo.hub.trouble import disk_said, is_of_disk, said
from aigc_demo.text import Text, VisitorError

# Its samples are drawn anew from its weights: a picture from elsewhere need not be of this model.
WANTED = tuple(name for name in FILES if name not in (*NEEDED, SAMPLES))

TOO_LARGE = Text(
    "{repo} 的 {path} 有 {mb} MB，超过一个模型允许的大小，因此不下载。",
    "{path} of {repo} has {mb} MB, more than a model may have, and is not fetched.",
)
TOO_LARGE_TOGETHER = Text(
    "{repo} 共 {mb} MB；这里接受最大 {most} MB 的模型，因此不下载。",
    "{repo} has {mb} MB in all, and models of up to {most} MB are taken in here; it is not fetched.",
)


@dataclass(frozen=True)
class Pulled:
    """The files as they came, by name, and the commit of `name` that they are of."""

    name: HubName
    commit: str
    files: dict[str, bytes]


def locate(name: HubName, hub: Hub, megabytes: float) -> Located:
    """Where the model's files are, once it is sure that they may be fetched. Raises `VisitorError`."""
    try:
        found = hub.locate_model(name, NEEDED, WANTED)
    except Exception as error:
        # Not chained: what the library raised may repeat what it was told.
        raise said(error, hub, str(name), OF_PULLING) from None
    for path, remote in found.files.items():
        if remote.size > FILES[path]:
            raise VisitorError(TOO_LARGE.format(repo=name, path=path, mb=_megabytes(remote.size)))
        check(hub, remote)
    total = sum(remote.size for remote in found.files.values())
    if total > megabytes * MEGABYTE:
        raise VisitorError(TOO_LARGE_TOGETHER.format(repo=name, mb=_megabytes(total), most=f"{megabytes:g}"))
    return found


def pull(name: HubName, hub: Hub, megabytes: float, stop: threading.Event) -> Generator[Progress | Pulled]:
    """Bring a model of at most so many `megabytes`; yields how far it is, and at last `Pulled`.

    Between two yields it ends by itself once `stop` is set, without `Pulled`. Raises `VisitorError`.
    """
    yield Progress("asking", 0, 0)
    yield from bring(name, locate(name, hub, megabytes), hub, stop)


def bring(name: HubName, found: Located, hub: Hub, stop: threading.Event) -> Generator[Progress | Pulled]:
    """As `pull`, of files that `locate` has found."""
    total, before, files = sum(remote.size for remote in found.files.values()), 0, {}
    try:
        with tempfile.TemporaryDirectory(prefix="aigc-pull-") as beside:
            for place, (path, remote) in enumerate(found.files.items()):
                to = Path(beside) / str(place)  # a file name of ours
                for done in download(hub, found, remote, to, stop, OF_PULLING):
                    yield Progress("download", before + done, total)
                files[path] = to.read_bytes()
                before += remote.size
    except Stopped:
        return
    except OSError as error:
        if not is_of_disk(error):
            raise
        raise disk_said(error, tempfile.gettempdir(), total / MEGABYTE) from error
    yield Pulled(name, found.commit, files)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"
