"""A dataset by its name: one of the catalogue, a visitor's own, or the path of a file."""

from __future__ import annotations

from pathlib import Path

from aigc_demo.data.datasets import DATASETS, DIGITS, Dataset, read_npz
from aigc_demo.data.own import PREFIX, OwnStore, is_own
from aigc_demo.home import datasets_home
from aigc_demo.text import NotFound, Text, VisitorError


def load(name: str) -> Dataset:
    """A dataset by its name in `DATASETS`, as `own:<id>`, or by the path of an `.npz` file.

    Raises `NotFound` for an unknown name and `VisitorError` for a file that does not hold usable images.
    """
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

    Raises `NotFound` for anything else: a path is this machine's.
    """
    if name.startswith(PREFIX):
        _store().info(name.removeprefix(PREFIX))
    elif name not in DATASETS:
        raise NotFound(
            Text(
                "没有名为“{name}”的数据集。可用：{known}。",
                "There is no dataset called “{name}”. Choose one of {known}.",
            ).format(name=name[:80], known=", ".join(DATASETS))
        )
    return name


def class_names_of(name: str) -> tuple[str, ...]:
    """The names of the classes of the dataset called `name`, without loading it; those of the digits where not known."""
    return _facts(name)[0]


def is_digits(name: str) -> bool:
    """Whether the dataset called `name` is the ten digits, without loading it; True where nothing is known of it."""
    return _facts(name)[1]


def _facts(name: str) -> tuple[tuple[str, ...], bool]:
    known = DATASETS.get(name)
    if known is not None:
        return known.class_names, known.is_digits
    if not is_own(name):
        return DIGITS, True
    try:
        info = _store().info(name.removeprefix(PREFIX))
    except VisitorError:
        return DIGITS, True
    return info.class_names, info.is_digits


def _store() -> OwnStore:
    return OwnStore(datasets_home())
