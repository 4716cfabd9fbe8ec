"""A dataset by its name: one of the catalogue, a visitor's own, or the path of a file."""

from __future__ import annotations

from pathlib import Path, PurePath

from aigc_demo.data import hub_sets
from aigc_demo.data.datasets import DATASETS, DIGITS, MOST_CLASSES, Dataset, read_npz
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.data.own import PREFIX, OwnStore, is_own
from aigc_demo.data.union import parts_of, unite, united_names
from aigc_demo.home import datasets_home
from aigc_demo.text import NotFound, Text, VisitorError, plain

_OWN = Text("使用者自己的图像", "images of the user's own")
_OWN_NAMED = Text("使用者自己的图像“{name}”", "images of the user's own, “{name}”")


def load(name: str) -> Dataset:
    """A dataset by its name in `DATASETS`, as `own:<id>`, as two such names joined by `+`, or by an `.npz` file's path.

    Raises `NotFound` for an unknown name and `VisitorError` for a file that does not hold usable images.
    """
    parts = parts_of(name)
    if parts is not None:
        return unite(name, *(load(check_name(part)) for part in parts))
    info = DATASETS.get(name)
    if info is not None:
        return info.load()
    if name.startswith(PREFIX):
        return _store().load(name.removeprefix(PREFIX))
    if name.lower().endswith(".npz"):
        return read_npz(Path(name).expanduser())
    raise NotFound(
        Text(
            "没有名为“{name}”的数据集。可用：{known}，或一个 .npz 文件的路径。",
            "There is no dataset called “{name}”. Choose one of {known}, or give the path of an .npz file.",
        ).format(name=name[:80], known=", ".join(DATASETS))
    )


def check_name(name: str) -> str:
    """`name`, where a page may ask for it: a key of the catalogue or a set of a visitor's own that is there.

    Raises `NotFound` for anything else: a path is this machine's; `VisitorError` for a set that is still on the Hub.
    """
    parts = parts_of(name)
    if parts is not None:
        united_names(*(class_names_of(check_name(part)) for part in parts))
    elif name.startswith(PREFIX):
        _store().info(name.removeprefix(PREFIX))
    elif name not in DATASETS:
        raise NotFound(
            Text(
                "没有名为“{name}”的数据集。可用：{known}。",
                "There is no dataset called “{name}”. Choose one of {known}.",
            ).format(name=name[:80], known=", ".join(DATASETS))
        )
    elif name in HUB_SETS:
        hub_sets.check_there(name)
    return name


def class_names_of(name: str) -> tuple[str, ...]:
    """The names of the classes of the dataset called `name`, without loading it; those of the digits where not known."""
    return _facts(name)[0]


def is_digits(name: str) -> bool:
    """Whether the dataset called `name` is the ten digits, without loading it; True of a file, which may be anything."""
    return _facts(name)[1]


def title_of(name: str) -> Text:
    """What to call the dataset called `name` before people: where a file lay on the disk is nobody's business."""
    parts = parts_of(name)
    if parts is not None:
        first, second = (title_of(part) for part in parts)
        return Text(f"{first.zh} + {second.zh}", f"{first.en} + {second.en}")
    if name in DATASETS:
        return DATASETS[name].title
    if not is_own(name):
        return plain(PurePath(name).name[:80])
    try:
        own = _store().info(name.removeprefix(PREFIX)).name
    except VisitorError:
        return _OWN
    return _OWN_NAMED.format(name=own)


def _facts(name: str) -> tuple[tuple[str, ...], bool]:
    parts = parts_of(name)
    if parts is not None:
        (first, is_digits), (second, _) = (_facts(part) for part in parts)
        return tuple(dict.fromkeys((*first, *second)))[:MOST_CLASSES], is_digits
    known = DATASETS.get(name)
    if known is not None:
        return known.class_names, known.is_digits
    if not is_own(name):
        return DIGITS, True
    try:
        info = _store().info(name.removeprefix(PREFIX))
    except VisitorError:  # it was deleted: of its images nothing is known but that they were somebody's own
        return DIGITS, False
    return info.class_names, info.is_digits


def _store() -> OwnStore:
    return OwnStore(datasets_home())
