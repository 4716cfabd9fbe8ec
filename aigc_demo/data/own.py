"""A visitor's own data sets on disk: a folder each, named by an id that cannot be guessed, written whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.data.conversion import Converted
from aigc_demo.data.datasets import DIGITS, LONGEST_NAME, MOST_CLASSES, Dataset, unpack
from aigc_demo.data.drawings import SIDE
from aigc_demo.home import write_atomically
from aigc_demo.text import NotFound, Text, VisitorError

PREFIX = "own:"
CARD, IMAGES = "card.json", "images.npz"
LONGEST_TITLE = 60
HELD_OUT = 0.1  # of the images are kept from training, ...
MOST_HELD_OUT = 5_000
ENOUGH = 10  # ... where there are as many as this
SEED = 0  # of their choice
MOST_CARD = 100_000  # bytes
MOST_LISTED = 200

_ID = re.compile(r"[0-9a-f]{20}")

GONE = Text(
    "这份自己的数据已不在这里（可能已被删除）；请另选数据。",
    "These data of your own are no longer here (perhaps they were deleted); choose other data.",
)
DAMAGED = Text(
    "这份自己的数据已损坏，无法读取；请重新导入。",
    "These data of your own are damaged and cannot be read; add them again.",
)
NOT_WRITTEN = Text("数据写不进磁盘：{reason}。", "The data could not be written to the disk: {reason}.")


@dataclass(frozen=True)
class OwnInfo:
    """What is known of a set without reading its images. `counts` are training images by class."""

    id: str
    name: str
    class_names: tuple[str, ...]
    counts: tuple[int, ...]
    held_out: int
    is_digits: bool
    kind: str  # "folder", "zip", "npz", "pictures", "drawn"
    choices: Mapping[str, str]
    done: Mapping[str, int]
    skipped: Mapping[str, int]
    created: str
    owner: str = ""  # the hash of the token that whoever made it has
    fingerprint: str = ""  # of all images, their labels and the names of the classes

    @property
    def key(self) -> str:
        return PREFIX + self.id

    @property
    def images(self) -> int:
        """Images to train on."""
        return sum(self.counts)

    def is_owned_with(self, token: str) -> bool:
        return bool(self.owner) and hmac.compare_digest(self.owner, _hash(token))


def is_own(name: str) -> bool:
    """Whether `name` is that of a set of a visitor's own, there or not."""
    return name.startswith(PREFIX) and _ID.fullmatch(name.removeprefix(PREFIX)) is not None


class OwnStore:
    """The sets in one folder. For any thread and any process: nothing is remembered, a set never changes its images."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self,
        converted: Converted,
        name: str = "",
        kind: str = "",
        is_digits: bool = False,
        token: str = "",
        reuse: bool = False,
    ) -> OwnInfo:
        """Keep the images. `is_digits`: whoever gives them says so, which counts only where the classes are 0 to 9.

        With `reuse` a set of the very same images that nobody's token guards serves as well.

        Raises `VisitorError` where the disk refuses.
        """
        labels, names = converted.labels, converted.class_names
        is_digits = is_digits and can_be_digits(names)
        fingerprint = _fingerprint(converted)
        if reuse:
            for known in self.listing():
                if known.fingerprint == fingerprint and not known.owner:
                    return known
        held_out = np.zeros(len(labels), bool)
        held_out[_held_out(len(labels))] = True
        info = OwnInfo(
            id=secrets.token_hex(10),
            name=clean_title(name or converted.name),
            class_names=names,
            counts=tuple(np.bincount(labels[~held_out], minlength=len(names)).tolist()),
            held_out=int(held_out.sum()),
            is_digits=is_digits,
            kind=kind or converted.kind,
            choices=converted.choices.to_json(),
            done=dict(converted.done),
            skipped=dict(converted.skipped),
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            owner=_hash(token) if token else "",
            fingerprint=fingerprint,
        )
        self._write(info, converted.images, labels.astype(np.int64), held_out)
        return info

    def _write(self, info: OwnInfo, images: np.ndarray, labels: np.ndarray, held_out: np.ndarray) -> None:
        """Into a folder beside, which takes its place in one step when everything is in it."""
        beside = self.folder / f".{info.id}"
        try:
            beside.mkdir(parents=True)
            np.savez_compressed(
                beside / IMAGES,
                images=images[~held_out],
                labels=labels[~held_out],
                held_out=images[held_out],
                held_out_labels=labels[held_out],
            )
            (beside / CARD).write_bytes(_card(info))
            os.replace(beside, self.folder / info.id)
        except OSError as error:
            shutil.rmtree(beside, ignore_errors=True)
            raise VisitorError(NOT_WRITTEN.format(reason=error.strerror or type(error).__name__)) from error
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise

    def info(self, own_id: str) -> OwnInfo:
        """What is known of a set. Raises `NotFound`, or `VisitorError` for a damaged one."""
        path = self._path(own_id) / CARD
        try:
            if path.stat().st_size > MOST_CARD:
                raise VisitorError(DAMAGED)
            return _read_card(own_id, json.loads(path.read_bytes()))
        except FileNotFoundError as error:
            raise NotFound(GONE) from error
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise VisitorError(DAMAGED) from error

    def listing(self, ids: Iterable[str] | None = None) -> list[OwnInfo]:
        """All sets, newest first; with `ids` those alone. Damaged ones are left out."""
        if ids is None:
            found = [path.name for path in self.folder.glob("*") if _ID.fullmatch(path.name)]
        else:
            found = [own_id for own_id in dict.fromkeys(ids) if _ID.fullmatch(own_id)]
        sets = []
        for own_id in found:
            try:
                sets.append(self.info(own_id))
            except VisitorError:
                continue
        return sorted(sets, key=lambda info: (info.created, info.id), reverse=True)[:MOST_LISTED]

    def load(self, own_id: str) -> Dataset:
        """The images. Raises as `info`."""
        info = self.info(own_id)
        names = ("images", "labels", "held_out", "held_out_labels")
        arrays = unpack(self._path(own_id) / IMAGES, names, lambda *_: VisitorError(DAMAGED))
        for images, labels, fewest in ((*names[:2], 1), (*names[2:], 0)):
            if not _fits(arrays[images], arrays[labels], len(info.class_names), fewest):
                raise VisitorError(DAMAGED)
        whole = {name: arrays[name].astype(np.int64) if "labels" in name else arrays[name] for name in names}
        return Dataset(info.key, **whole, class_names=info.class_names, is_digits=info.is_digits)

    def rename(self, own_id: str, name: str) -> OwnInfo:
        """Raises as `info`, and `VisitorError` for a name without letters."""
        if not name.strip():
            raise VisitorError(Text("请给一个名称。", "Give it a name."))
        info = replace(self.info(own_id), name=clean_title(name))
        try:
            write_atomically(self._path(own_id) / CARD, _card(info))
        except OSError as error:
            raise VisitorError(NOT_WRITTEN.format(reason=error.strerror or type(error).__name__)) from error
        return info

    def delete(self, own_id: str) -> None:
        """Raises `NotFound`. The folder leaves the list in one step, whatever becomes of its files."""
        path, beside = self._path(own_id), self.folder / f".{own_id}.{secrets.token_hex(4)}"
        try:
            os.replace(path, beside)
        except FileNotFoundError as error:
            raise NotFound(GONE) from error
        except OSError as error:
            raise VisitorError(NOT_WRITTEN.format(reason=error.strerror or type(error).__name__)) from error
        shutil.rmtree(beside, ignore_errors=True)

    def prune(self, kept: int) -> None:
        """Delete the oldest of more than `kept` sets (0: keep all), and what an interrupted writing has left."""
        if kept:
            for info in self.listing()[kept:]:
                self.delete(info.id)

    def _path(self, own_id: str) -> Path:
        if not _ID.fullmatch(own_id):
            raise NotFound(GONE)
        return self.folder / own_id


def can_be_digits(names: tuple[str, ...]) -> bool:
    """Whether classes of these names may be the ten handwritten digits, with which our figures compare."""
    return names == DIGITS


def clean_title(name: str) -> str:
    """A set's name as it is shown: one line of at most 60 characters."""
    shown = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(shown.split())[:LONGEST_TITLE].strip() or "?"


def _held_out(count: int) -> np.ndarray:
    """The rows that no training sees: a tenth, or none where there are too few."""
    if count < ENOUGH:
        return np.zeros(0, np.int64)
    rows = np.random.default_rng(SEED).permutation(count)
    return rows[: min(MOST_HELD_OUT, max(1, round(HELD_OUT * count)))]


def _fingerprint(converted: Converted) -> str:
    digest = hashlib.sha256(json.dumps(converted.class_names).encode())
    digest.update(np.ascontiguousarray(converted.images).data)
    digest.update(np.ascontiguousarray(converted.labels).data)
    return digest.hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _fits(images: np.ndarray, labels: np.ndarray, classes: int, fewest: int) -> bool:
    return bool(
        images.dtype == np.uint8
        and images.shape == (len(images), SIDE, SIDE)
        and len(images) >= fewest
        and labels.shape == (len(images),)
        and np.issubdtype(labels.dtype, np.integer)
        and (not len(labels) or (labels.min() >= 0 and labels.max() < classes))
    )


def _card(info: OwnInfo) -> bytes:
    plain = {key: value for key, value in asdict(info).items() if key != "id"}
    return json.dumps({"format": 1, **plain}, ensure_ascii=False, indent=2).encode()


def _read_card(own_id: str, card: Any) -> OwnInfo:
    """The info in a card that anybody may have written; raises `ValueError`, `KeyError` or `TypeError`."""
    names, counts = card["class_names"], card["counts"]
    is_good = (
        isinstance(names, list)
        and 1 <= len(names) <= MOST_CLASSES
        and all(isinstance(name, str) and 1 <= len(name) <= LONGEST_NAME for name in names)
        and isinstance(counts, list)
        and len(counts) == len(names)
        and all(type(count) is int and count >= 0 for count in (*counts, card["held_out"]))
        and type(card["is_digits"]) is bool
        and all(isinstance(card[key], str) for key in ("name", "kind", "created", "owner", "fingerprint"))
        and all(isinstance(card[key], dict) for key in ("choices", "done", "skipped"))
    )
    if not is_good or (card["is_digits"] and not can_be_digits(tuple(names))):
        raise ValueError("a card that no set has")
    return OwnInfo(
        id=own_id,
        name=clean_title(card["name"]),
        class_names=tuple(names),
        counts=tuple(counts),
        held_out=card["held_out"],
        is_digits=card["is_digits"],
        kind=card["kind"][:20],
        choices=_plain(card["choices"], str),
        done=_plain(card["done"], int),
        skipped=_plain(card["skipped"], int),
        created=card["created"][:40],
        owner=card["owner"],
        fingerprint=card["fingerprint"],
    )


def _plain(values: dict[str, Any], kind: type) -> dict[str, Any]:
    return {str(key): value for key, value in list(values.items())[:50] if type(value) is kind}
