"""A set of images from the Hub, from the question where it lies to the two files that training reads.

Everything on the way is written beside the place where it will stand, and the last step puts it there at once: whoever
stops, loses the connection or fills the disk keeps what was there before, and no half file.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.data import hub_sets
from aigc_demo.data.hub_catalogue import MEGABYTE, HubSet, Source
from aigc_demo.hub.client import Hub, Located
from aigc_demo.hub.downloading import Stopped, check, download
from aigc_demo.hub.progress import Progress
from aigc_demo.hub.reading import Part
from aigc_demo.hub.trouble import FULL, disk_said, is_of_disk, not_here, said
from aigc_demo.hub.unpacking import unpack
from aigc_demo.hub.upright import is_transposed
from aigc_demo.text import Text, VisitorError

ROOM = 4.0  # times the download: the files, what they unpack to, and the set as it is stored

NOT_THAT_SET = Text(
    "{repo} 里的图像不是 {title}：像素指纹不符（可能被改动或换了顺序），没有使用它。",
    "What {repo} holds is not {title}: its pixels have another fingerprint (changed, or in another order). It is not used.",
)
TURNED = Text(
    "图像原为转置存放（I、L 是横的），已全部摆正。",
    "The images were stored transposed (I and L lay down); all were set upright.",
)
GREYED = Text("{n} 张彩色图像已转为灰度。", "{n} images in colour were turned into greys.")


@dataclass(frozen=True)
class Stored:
    """The set is there: how many images to train on and held out, and what was changed on the way."""

    key: str
    count: int
    held_out: int
    changes: tuple[Text, ...]


def fetch(item: HubSet, hub: Hub, stop: threading.Event) -> Generator[Progress | Stored]:
    """Bring a set from `hub` and store it; yields how far it is, and at last `Stored`.

    Between two yields it ends by itself once `stop` is set, without `Stored`. Raises `VisitorError` with what to do.
    """
    home = hub_sets.folder(item.key).parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{item.key}.", dir=home) as beside:
            stored = yield from _fetch(item, hub, Path(beside), stop)
        yield stored
    except Stopped:
        return
    except OSError as error:
        if not is_of_disk(error):
            raise
        raise disk_said(error, home, ROOM * item.megabytes) from error


def _fetch(item: HubSet, hub: Hub, beside: Path, stop: threading.Event) -> Generator[Progress, None, Stored]:
    """The work itself, with the folder `beside` to write in; returns what is there in the end."""
    yield Progress("asking", 0, 0)
    source, found = _locate(item, hub)
    total = sum(remote.size for remote in found.files.values())
    if shutil.disk_usage(beside).free < ROOM * total:
        raise VisitorError(FULL.format(folder=beside.parent, mb=f"{ROOM * total / MEGABYTE:.0f}"))
    before = 0
    for place, remote in enumerate(found.files.values()):
        for done in download(hub, found, remote, beside / _name(place, remote.path), stop):
            yield Progress("download", before + done, total)
        before += remote.size
    parts: tuple[Part, ...] = ()
    for news in unpack(_files(source, found, beside), source.first_label, len(item.class_names), beside, stop):
        if isinstance(news, tuple):
            parts = news
        else:
            yield Progress("unpack", news, 0)
    arrays, changes = _arranged(item, parts)
    _check_fingerprint(item, found, arrays)
    yield Progress("store", len(arrays["images"]) + len(arrays["held_out"]), 0)
    if stop.is_set():
        raise Stopped
    hub_sets.store(item, arrays, _facts(item, hub, source, found, arrays, changes))
    known = hub_sets.load(item.key)  # as training will find it: also the proof that it can be read
    return Stored(item.key, len(known.images), len(known.held_out), changes)


def _locate(item: HubSet, hub: Hub) -> tuple[Source, Located]:
    """The first source that has all files. Raises `VisitorError`: what the last one lacks, or why none could be asked."""
    for place, source in enumerate(item.sources, start=1):
        try:
            found = hub.locate(source)
        except Exception as error:
            if not not_here(error) or place == len(item.sources):
                raise said(error, hub, source.repo) from error
        else:
            for remote in found.files.values():
                check(hub, remote)
            return source, found
    raise AssertionError("a set has at least one source")


def _name(place: int, path: str) -> str:
    """A file name of ours for a path of theirs."""
    return f"{place}-{Path(path).name}"


def _files(source: Source, found: Located, beside: Path) -> tuple[tuple[Path, ...], ...]:
    """The fetched files of the training images, and of the test images where the source has them."""
    names = {path: beside / _name(place, path) for place, path in enumerate(found.files)}
    return tuple(tuple(names[path] for path in paths) for paths in (source.train, source.test) if paths)


def _arranged(item: HubSet, parts: tuple[Part, ...]) -> tuple[dict[str, np.ndarray], tuple[Text, ...]]:
    """The arrays as they are stored, and what was changed for that."""
    train = parts[0]
    test = parts[1] if len(parts) > 1 else Part(train.images[:0], train.labels[:0], 0)
    changes = []
    if greyed := train.greyed + test.greyed:
        changes.append(GREYED.format(n=f"{greyed:,}"))
    images = [train.images, test.images]
    tall = tuple(item.class_names.index(name) for name in item.tall)
    if tall and is_transposed(train.images, train.labels, tall):
        images = [np.ascontiguousarray(part.transpose(0, 2, 1)) for part in images]
        changes.append(TURNED)
    return dict(zip(hub_sets.NAMES, (images[0], train.labels, images[1], test.labels), strict=True)), tuple(changes)


def _check_fingerprint(item: HubSet, found: Located, arrays: dict[str, np.ndarray]) -> None:
    if item.fingerprint and hub_sets.fingerprint(arrays) != item.fingerprint:
        repo = found.repo
        raise VisitorError(
            Text(
                NOT_THAT_SET.zh.format(repo=repo, title=item.title.zh),
                NOT_THAT_SET.en.format(repo=repo, title=item.title.en),
            )
        )


def _facts(
    item: HubSet, hub: Hub, source: Source, found: Located, arrays: dict[str, np.ndarray], changes: tuple[Text, ...]
) -> dict[str, Any]:
    """What `card.json` records."""
    known = hub_sets.as_dataset(item, arrays)
    return {
        "key": item.key,
        "title": [item.title.zh, item.title.en],
        "licence": [item.licence.zh, item.licence.en],
        "endpoint": hub.endpoint,
        "repository": found.repo,
        "revision": source.revision,
        "commit": found.commit,
        "files": [
            {"path": remote.path, "bytes": remote.size, "sha256": remote.sha256, "git_blob": remote.blob_id}
            for remote in found.files.values()
        ],
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
        "huggingface_hub": version("huggingface_hub"),
        "count": len(known.images),
        "held_out": len(known.held_out),
        "changes": [[change.zh, change.en] for change in changes],
    }
