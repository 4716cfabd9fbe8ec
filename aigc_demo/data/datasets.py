"""Named datasets, and the reader for a visitor's own `.npz` file."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from aigc_demo.data import digits
from aigc_demo.data.hub_catalogue import HUB_SETS, HubSet
from aigc_demo.text import NotFound, Text, VisitorError

CLASSES = 10
DIGITS = tuple("0123456789")  # the names of the classes where nothing else is said
MOST_CLASSES, LONGEST_NAME = 64, 20
MAX_IMAGES = 200_000
MAX_BYTES = 400_000_000  # 200,000 images are 157 MB; what unpacks to more than this is not a digit dataset


@dataclass(frozen=True)
class Dataset:
    """Images a GAN learns from.

    `images` uint8 [n, 28, 28], 0 = background and 255 = ink; `labels` int64 [n], each the place of its class in
    `class_names`. `held_out` are images of the same kind that no training sees, for measuring (empty where there are
    none). `is_digits`: whether they are digits, so that what our feature net says of them means anything.
    """

    name: str
    images: np.ndarray
    labels: np.ndarray
    held_out: np.ndarray
    held_out_labels: np.ndarray
    class_names: tuple[str, ...] = DIGITS
    is_digits: bool = True

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of images and labels: tells a resumed run whether its data is still the same."""
        digest = hashlib.sha256(np.ascontiguousarray(self.images).data)
        digest.update(np.ascontiguousarray(self.labels).data)
        return digest.hexdigest()


@dataclass(frozen=True)
class DatasetInfo:
    """A line of the catalogue of datasets."""

    key: str
    title: Text
    about: Text
    load: Callable[[], Dataset]
    class_names: tuple[str, ...] = DIGITS
    is_digits: bool = True


def _digits5k() -> Dataset:
    images, labels = digits.digits5k_all()
    held_out = digits.held_out_rows()
    training = np.setdiff1d(np.arange(len(images)), held_out)
    return Dataset("digits5k", images[training], labels[training], images[held_out], labels[held_out])


def _few(name: str, classes: range) -> Dataset:
    """The first training digit of each of `classes`; held out is what `digits5k` holds out."""
    whole = _digits5k()
    rows = np.array([np.flatnonzero(whole.labels == digit)[0] for digit in classes])
    return Dataset(name, whole.images[rows], whole.labels[rows], whole.held_out, whole.held_out_labels)


def _hub_info(item: HubSet) -> DatasetInfo:
    def load() -> Dataset:
        from aigc_demo.data import hub_sets  # it builds on this file

        return hub_sets.load(item.key)

    return DatasetInfo(item.key, item.title, item.about, load, item.class_names, item.is_digits)


def _starter(name: str, classes: tuple[int, ...]) -> Dataset:
    """The bundled digits of some classes only, which become the classes 0, 1, ... in this order."""
    whole = _digits5k()
    labels, held_out_labels = (_renumbered(part, classes) for part in (whole.labels, whole.held_out_labels))
    training, held_out = labels >= 0, held_out_labels >= 0
    return Dataset(
        name,
        whole.images[training],
        labels[training],
        whole.held_out[held_out],
        held_out_labels[held_out],
        class_names=_named(classes),
        is_digits=False,  # the figures compare with all ten
    )


def _renumbered(labels: np.ndarray, classes: tuple[int, ...]) -> np.ndarray:
    places = np.full(CLASSES, -1, np.int64)
    places[list(classes)] = np.arange(len(classes))
    return places[labels]


def _named(classes: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(str(digit) for digit in classes)


_ONE, _THREE = (7,), (0, 1, 7)  # drawn with few strokes: the first to be recognisable

DATASETS: dict[str, DatasetInfo] = {
    info.key: info
    for info in (
        DatasetInfo(
            "digits5k",
            Text("5,000 个 MNIST 手写数字（随软件附带）", "5,000 MNIST digits (bundled)"),
            Text(
                "真实的手写数字：4,000 个用于训练，1,000 个留作检验，训练从不看它们。无需下载。",
                "Real handwritten digits: 4,000 to train on, 1,000 held out that training never sees. No download.",
            ),
            _digits5k,
        ),
        DatasetInfo(
            "one_digit",
            Text("只有一种数字：400 个 7", "One digit only: 400 sevens"),
            Text(
                "最快的演示：只学一种形状，几秒就像样。类别输入此时没有可选的。",
                "The fastest demonstration: a single shape, which is there within seconds. There is no class to choose.",
            ),
            lambda: _starter("one_digit", _ONE),
            class_names=_named(_ONE),
            is_digits=False,
        ),
        DatasetInfo(
            "three_digits",
            Text("三种数字：0、1、7", "Three digits: 0, 1 and 7"),
            Text(
                "1,200 个数字，三类：很快学会，也看得出类别的作用和模式崩溃。",
                "1,200 digits of three classes: soon learnt, and enough to see what a class and a collapse are.",
            ),
            lambda: _starter("three_digits", _THREE),
            class_names=_named(_THREE),
            is_digits=False,
        ),
        DatasetInfo(
            "ten_digits",
            Text("10 张数字，每类一张", "10 digits, one of each"),
            Text(
                "少到背得下来：生成器会照抄它们，判别器会认得每一张。用来看“死记硬背”是什么样子。",
                "Few enough to learn by heart: G copies them and D knows each by sight. Shows what memorising looks like.",
            ),
            lambda: _few("ten_digits", range(CLASSES)),
        ),
        DatasetInfo(
            "one_image",
            Text("只有一张图：train_images[0] 的用法", "A single image, as train_images[0] is"),
            Text(
                "教程的代码拿 train_images[0] 当一批，那只是一张图：生成器学会的就只有它。",
                "The tutorial's code takes train_images[0] for a batch, which is one image: all that G can learn is that.",
            ),
            lambda: _few("one_image", range(5, 6)),  # MNIST's first training digit is a five as well
        ),
        *map(_hub_info, HUB_SETS.values()),
    )
}


def read_npz(path: Path) -> Dataset:
    """Read `images` (uint8 [n, 28, 28]) and `labels` (integers 0..9, [n]) from `path`; never unpickles.

    A file without `labels` is refused, because the conditional recipes need them. Raises `VisitorError`.
    """
    arrays = unpack(path, ("images", "labels"), _bad)
    return check_arrays(path, arrays["images"], arrays["labels"])


def unpack(path: Path, needed: tuple[str, ...], refuse: Callable[[Path, Text], VisitorError]) -> dict[str, np.ndarray]:
    """The `needed` arrays, `images` and, where they are there, `labels` of the `.npz` file `path`; never unpickles.

    Raises `NotFound`, or what `refuse` makes of the reason: an array of `needed` is missing, the file is damaged or
    unpacks to more than `MAX_BYTES`.
    """
    if not path.is_file():
        raise NotFound(Text("找不到文件 {path}。", "There is no file {path}.").format(path=path))
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise refuse(path, Text("解压后太大", "it unpacks to too much data"))
        with np.load(path, allow_pickle=False) as stored:
            missing = [name for name in needed if name not in stored.files]
            if missing:
                why = Text("缺少数组 {names}", "it lacks the array {names}")
                raise refuse(path, why.format(names=", ".join(missing)))
            wanted = dict.fromkeys((*needed, "images", "labels"))
            arrays = {name: stored[name] for name in wanted if name in stored.files}
            if not all(isinstance(array, np.ndarray) for array in arrays.values()):
                raise ValueError("an entry is no array: NumPy hands over its bare bytes")
            return arrays
    except VisitorError:
        raise
    except Exception as error:  # zip, zlib, lzma, NumPy's header parser: a damaged file fails in a dozen ways
        raise refuse(path, Text("它不是可读的 .npz 文件", "it is not a readable .npz file")) from error


def check_arrays(path: Path, images: np.ndarray, labels: np.ndarray) -> Dataset:
    """The dataset of two arrays read from `path`, or a `VisitorError` that names what is wrong with them."""
    if images.dtype != np.uint8:
        raise _bad(
            path,
            Text("images 应为 uint8（0–255），实为 {dtype}", "images must be uint8 (0–255), not {dtype}").format(
                dtype=images.dtype
            ),
        )
    if images.ndim != 3 or images.shape[1:] != (28, 28):
        shape = Text("images 的形状应为 [n, 28, 28]，实为 {shape}", "images must have shape [n, 28, 28], not {shape}")
        raise _bad(path, shape.format(shape=list(images.shape)))
    if not 2 <= len(images) <= MAX_IMAGES:
        count = Text("需要 2 到 {most} 张图像，实有 {n} 张", "it must hold 2 to {most} images, not {n}")
        raise _bad(path, count.format(most=f"{MAX_IMAGES:,}", n=f"{len(images):,}"))
    if not np.issubdtype(labels.dtype, np.integer) or labels.shape != (len(images),):
        raise _bad(
            path,
            Text("labels 应为 {n} 个整数", "labels must be {n} integers, one for each image").format(n=len(images)),
        )
    if labels.min() < 0 or labels.max() >= CLASSES:
        raise _bad(path, Text("labels 必须在 0 到 9 之间", "labels must lie between 0 and 9"))
    if images.min() == images.max():
        raise _bad(path, Text("所有像素都相同，没有可学的内容", "all pixels are equal, so there is nothing to learn"))
    none = np.zeros((0, 28, 28), np.uint8)
    return Dataset(str(path), images, labels.astype(np.int64), none, np.zeros(0, np.int64))


def _bad(path: Path, why: Text) -> VisitorError:
    return VisitorError(
        Text(f"无法使用 {path.name}：{why.zh}。", f"{path.name} cannot be used as a dataset: {why.en}.")
    )


def to_unit_range(images: np.ndarray) -> np.ndarray:
    """uint8 pixels [n, 28, 28] as float32 [n, 28, 28, 1] in [-1, 1], the range of a tanh generator."""
    return (images[..., None].astype(np.float32) - 127.5) / 127.5
