"""Two data sets as one: which classes it has, and how often the few are repeated among the many."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo import data
from aigc_demo.data import DIGITS, Dataset, class_names_of, is_digits, load
from aigc_demo.data.union import parts_of, unite, united_names
from aigc_demo.text import NotFound, VisitorError

NONE = np.zeros((0, 28, 28), np.uint8)
NO_LABELS = np.zeros(0, np.int64)


def _set(name: str, labels: list[int], names: tuple[str, ...], is_digits: bool = True) -> Dataset:
    images = np.arange(len(labels), dtype=np.uint8)[:, None, None] * np.ones((1, 28, 28), np.uint8)
    return Dataset(name, images, np.array(labels, np.int64), NONE, NO_LABELS, names, is_digits)


def test_the_few_are_repeated_until_their_class_is_as_large_as_another() -> None:
    many = _set("many", [0] * 30 + [1] * 50, DIGITS)
    few = _set("few", [0, 0, 1], ("7", "ʘ"), is_digits=False)
    both = unite("many+few", many, few)
    assert both.class_names == (*DIGITS, "ʘ") and both.is_digits
    counts = np.bincount(both.labels, minlength=11)
    assert counts[[0, 1, 7, 10]].tolist() == [30, 50, 40, 40]  # 40 a class on average: two sevens twenty times each
    assert both.images[both.labels == 10].max() == 2 == both.images[both.labels == 10].min()
    assert both.fingerprint != many.fingerprint


def test_more_than_enough_images_are_not_repeated() -> None:
    both = unite("a+b", _set("a", [0, 1], DIGITS), _set("b", [0] * 9, ("x",)))
    assert len(both.images) == 11


def test_what_is_held_out_keeps_its_class() -> None:
    few = _set("few", [0, 1], ("x", "y"), is_digits=False)
    few = Dataset("few", few.images, few.labels, few.images, few.labels, few.class_names, False)
    assert unite("a+few", _set("a", [0], DIGITS), few).held_out_labels.tolist() == [10, 11]


def test_only_two_names_make_a_union() -> None:
    assert parts_of("digits5k+own:" + "a" * 20) == ("digits5k", "own:" + "a" * 20)
    assert parts_of("digits5k") is None
    assert parts_of("+digits5k") is None and parts_of("digits5k+") is None
    assert parts_of("/tmp/a.npz+b.npz") is None  # a file may have a plus in its name


def test_too_many_classes_are_refused() -> None:
    with pytest.raises(VisitorError, match="70"):
        united_names(tuple(f"a{i}" for i in range(35)), tuple(f"b{i}" for i in range(35)))


def test_a_union_is_found_by_its_name_and_its_parts_are_checked() -> None:
    both = load("digits5k+one_image")
    assert both.name == "digits5k+one_image" and len(both.images) == 4400
    assert class_names_of("digits5k+one_image") == DIGITS and is_digits("digits5k+one_image")
    for name in ("digits5k+/etc/passwd", "digits5k+own:nothing", "nothing+digits5k", "digits5k+one_image+ten_digits"):
        with pytest.raises(NotFound):
            data.check_name(name)
        with pytest.raises(VisitorError):
            load(name)
