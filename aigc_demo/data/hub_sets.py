"""Sets that were fetched from the Hub: where they lie, how they are stored, and how they become a `Dataset`.

Fetching is the room `hub`'s business; nothing here asks the network. A set is a folder that holds `images.npz` (`images`
uint8 [n, 28, 28], `labels` int64 [n], `held_out` uint8 [m, 28, 28], `held_out_labels` int64 [m]) and `card.json`: from
which repository and commit, the files' SHA-256, what was converted, and the fingerprint of the arrays.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np

from aigc_demo.data import digits
from aigc_demo.data.datasets import Dataset
from aigc_demo.data.hub_catalogue import HUB_SETS, MEGABYTE, HubSet
from aigc_demo.home import data_home
from aigc_demo.text import Lang, NotFound, Text, VisitorError

ARRAYS, CARD = "images.npz", "card.json"
NAMES = ("images", "labels", "held_out", "held_out_labels")
LARGEST_FILE = 200_000_000  # of an `images.npz`: EMNIST's letters are 60 MB

NOT_THERE = Text(
    "“{title}”还没有下载（约 {mb} MB）：在训练页的数据列表旁点“下载”，或运行 python -m aigc_demo datasets get {key}。",
    "“{title}” has not been downloaded yet (about {mb} MB): press Download beside the Train tab's list of data, or run "
    "python -m aigc_demo datasets get {key}.",
)
DAMAGED = Text(
    "“{title}”存在本机的副本已损坏，请重新下载：python -m aigc_demo datasets get {key} --again。",
    "The copy of “{title}” on this machine is damaged; fetch it once more: python -m aigc_demo datasets get {key} --again.",
)
UNKNOWN = Text(
    "Hub 上没有名为“{key}”的数据集；可用：{known}。", "There is no set called “{key}” to fetch; choose one of {known}."
)


def find(key: str) -> HubSet:
    """A set of the catalogue. Raises `NotFound`."""
    if key not in HUB_SETS:
        raise NotFound(UNKNOWN.format(key=key[:80], known=", ".join(HUB_SETS)))
    return HUB_SETS[key]


def folder(key: str) -> Path:
    return data_home() / "hub" / key


def is_there(key: str) -> bool:
    """Whether the set has been fetched; what is in the files is looked at when it is loaded."""
    return all((folder(key) / name).is_file() for name in (ARRAYS, CARD))


def check_there(key: str) -> None:
    """Raises `VisitorError`, which says how to get it, for a set that has not been fetched."""
    if not is_there(key):
        raise VisitorError(told(NOT_THERE, find(key)))


def card(key: str) -> dict[str, Any]:
    """What was recorded when the set was fetched; empty where it is not there or not readable."""
    try:
        found = json.loads((folder(key) / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def load(key: str) -> Dataset:
    """The set as a `Dataset`, once it has been fetched. Raises `VisitorError`: not there (says how to get it), damaged."""
    check_there(key)
    path = folder(key) / ARRAYS
    return _load(key, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(key: str, path: Path, changed: int) -> Dataset:
    """`changed` is the file's date: a set that was fetched anew is read anew."""
    item = HUB_SETS[key]
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("larger than any set of the catalogue")
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:  # NumPy leaves a bad file open
            arrays = {name: stored[name] for name in NAMES}
        if fingerprint(arrays) != card(key).get("fingerprint"):
            raise ValueError("not what was fetched")
        return as_dataset(item, arrays)
    except Exception as error:  # a damaged archive fails in a dozen ways
        raise VisitorError(told(DAMAGED, item)) from error


def as_dataset(item: HubSet, arrays: Mapping[str, np.ndarray]) -> Dataset:
    """The arrays as something to train on. Of MNIST, what we hold out or reserve is kept from training.

    Held out are then the same 1,000 digits as those of the bundled set, so that figures can be compared.
    """
    images, labels, held_out, held_out_labels = (arrays[name] for name in NAMES)
    if item.is_digits:
        kept = training_rows(images)
        bundled, bundled_labels = digits.digits5k_all()
        rows = digits.held_out_rows()
        images, labels, held_out, held_out_labels = images[kept], labels[kept], bundled[rows], bundled_labels[rows]
    return Dataset(item.key, images, labels, held_out, held_out_labels, item.class_names, item.is_digits)


def training_rows(images: np.ndarray) -> np.ndarray:
    """Rows of MNIST's 60,000 `images` that may be trained on: neither held out (found by their pixels) nor reserved."""
    bundled, _ = digits.digits5k_all()
    held_out = {bundled[row].tobytes() for row in digits.held_out_rows()}
    excluded = {row for row, image in enumerate(images) if image.tobytes() in held_out}
    for rows in digits.reserved_rows().values():
        excluded.update(rows.tolist())
    return np.array(sorted(set(range(len(images))) - excluded), np.int64)


def fingerprint(arrays: Mapping[str, np.ndarray]) -> str:
    """SHA-256 of the arrays of `NAMES`, in this order: images as bytes, labels as little-endian int64."""
    digest = hashlib.sha256()
    for name in NAMES:
        kind = "<i8" if name.endswith("labels") else "u1"
        digest.update(np.ascontiguousarray(arrays[name], dtype=kind).data)
    return digest.hexdigest()


def store(item: HubSet, arrays: Mapping[str, np.ndarray], facts: Mapping[str, Any]) -> None:
    """Put a fetched set in place of an older copy, both files or none. Raises `OSError`."""
    place = folder(item.key)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{item.key}.{token_hex(4)}")
    beside.mkdir()
    try:
        with (beside / ARRAYS).open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **{name: arrays[name] for name in NAMES})
        written = {**facts, "fingerprint": fingerprint(arrays)}
        (beside / CARD).write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")
        if place.exists():
            shutil.rmtree(place)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def hub_entries(lang: Lang) -> list[dict[str, Any]]:
    """The catalogue for the page: every set, whether or not it has been fetched. `bytes` is about what a fetch brings."""
    return [_entry(item, lang) for item in HUB_SETS.values()]


def _entry(item: HubSet, lang: Lang) -> dict[str, Any]:
    facts = card(item.key) if is_there(item.key) else {}
    return {
        "key": item.key,
        "title": item.title(lang),
        "about": item.about(lang),
        "kind": "hub",
        "ready": bool(facts),
        "count": facts.get("count"),
        "held_out": facts.get("held_out"),
        "class_names": list(item.class_names),
        "is_digits": item.is_digits,
        "bytes": round(item.megabytes * MEGABYTE),
        "licence": item.licence(lang),
        "source": facts.get("repository") or item.sources[0].repo,
        "commit": facts.get("commit"),
        "changes": [Text(change[0], change[1])(lang) for change in facts.get("changes", []) if _is_text(change)],
    }


def _is_text(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def told(sentence: Text, item: HubSet) -> Text:
    """`sentence` with the set's title, key and megabytes."""
    values = {"key": item.key, "mb": f"{item.megabytes:.0f}"}
    return Text(sentence.zh.format(title=item.title.zh, **values), sentence.en.format(title=item.title.en, **values))
