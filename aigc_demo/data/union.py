"""Two data sets as one: `digits5k+own:<id>` is the bundled digits with a visitor's own classes among them."""

from __future__ import annotations

import numpy as np

from aigc_demo.data.datasets import DIGITS, MOST_CLASSES, Dataset
from aigc_demo.text import Text, VisitorError

JOINT = "+"

_TOO_MANY = Text(
    "两份数据合起来有 {n} 类，最多 {most} 类；请另选一份。",
    "Together the two sets have {n} classes, of {most} at most; choose another one.",
)


def parts_of(name: str) -> tuple[str, str] | None:
    """The names of the two sets that `name` unites; None where it is the name of one."""
    first, joint, second = name.partition(JOINT)
    is_pair = first and second and JOINT not in second and not first.lower().endswith(".npz")
    return (first, second) if joint and is_pair else None


def united_names(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The classes of both, those of `first` in their places; a class of the same name is the same class.

    Raises `VisitorError` where they are too many.
    """
    names = tuple(dict.fromkeys((*first, *second)))
    if len(names) > MOST_CLASSES:
        raise VisitorError(_TOO_MANY.format(n=str(len(names)), most=str(MOST_CLASSES)))
    return names


def unite(name: str, first: Dataset, second: Dataset) -> Dataset:
    """Both sets. An image of `second` is repeated until its class has about as many as an average one of `first`.

    Without that ten drawings among four thousand digits would be met once in seven batches.
    """
    names = united_names(first.class_names, second.class_names)
    place = np.array([names.index(each) for each in second.class_names], np.int64)
    average = len(first.images) / max(1, len(np.unique(first.labels)))
    rows = [
        np.repeat(members, max(1, round(average / len(members))))
        for label in range(len(second.class_names))
        if len(members := np.flatnonzero(second.labels == label))
    ]
    repeated = np.concatenate(rows)
    return Dataset(
        name,
        np.concatenate([first.images, second.images[repeated]]),
        np.concatenate([first.labels, place[second.labels[repeated]]]),
        np.concatenate([first.held_out, second.held_out]),
        np.concatenate([first.held_out_labels, place[second.held_out_labels]]),
        names,
        first.is_digits and first.class_names == DIGITS,
    )
