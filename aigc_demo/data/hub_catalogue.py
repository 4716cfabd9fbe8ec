"""The image sets that can be had from the Hugging Face Hub on request: where each lies, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from aigc_demo.text import Text

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Source:
    """One place on the Hub that holds a set, in a `revision` of the dataset repository `repo` (`owner/name`).

    `train` and `test` each name either one Parquet file with the columns `image` and `label`, or two gzipped IDX files,
    images first. `test` may be empty. `first_label` is the number that the first class has there.
    """

    repo: str
    train: tuple[str, ...]
    test: tuple[str, ...] = ()
    revision: str = "main"
    first_label: int = 0


@dataclass(frozen=True)
class HubSet:
    """A set of images as the Hub has it.

    `sources` are asked in turn: the next one where a repository, revision or file is not there. `megabytes` is about
    what is fetched. `tall` names classes that are higher than wide when they stand upright (`hub/upright.py`).
    `fingerprint`, where it is known beforehand, is what `hub_sets.fingerprint` must find; None trusts the first fetch.
    """

    key: str
    title: Text
    about: Text
    licence: Text
    sources: tuple[Source, ...]
    megabytes: float
    class_names: tuple[str, ...]
    is_digits: bool = False
    tall: tuple[str, ...] = ()
    fingerprint: str | None = None


def _parquet(repo: str, folder: str, revision: str = "main", with_test: bool = True) -> Source:
    """The layout that the Hub's own conversion leaves behind."""
    train, test = (f"{folder}/{part}-00000-of-00001.parquet" for part in ("train", "test"))
    return Source(repo, (train,), (test,) if with_test else (), revision)


def _idx(part: str) -> tuple[str, str]:
    return tuple(f"raw/emnist-letters-{part}-{what}-ubyte.gz" for what in ("images-idx3", "labels-idx1"))  # type: ignore[return-value]


_CARD = Text("见该仓库的说明页", "see the repository's card")

HUB_SETS: dict[str, HubSet] = {
    item.key: item
    for item in (
        HubSet(
            "mnist",
            Text("完整 MNIST：49,000 个手写数字", "All of MNIST: 49,000 digits"),
            Text(
                "MNIST 的 60,000 个训练数字，去掉留作检验的 1,000 个和测量指标所用的 10,000 个：这样各项指标依然可信。",
                "MNIST's 60,000 training digits less the 1,000 held out and the 10,000 that define our figures, so that "
                "these stay honest.",
            ),
            Text("CC BY-SA 3.0", "CC BY-SA 3.0"),
            (
                _parquet("ylecun/mnist", "mnist", with_test=False),
                _parquet("ylecun/mnist", "mnist", "77f3279092a1c1579b2250db8eafed0ad422088c", with_test=False),
            ),
            15.6,
            tuple("0123456789"),
            is_digits=True,
            fingerprint="d18cfd466eb143ac1097fde604dba9eec4116885869d04cc648b510949f9e88c",
        ),
        HubSet(
            "fashion_mnist",
            Text("Fashion-MNIST：60,000 张衣物", "Fashion-MNIST: 60,000 pieces of clothing"),
            Text(
                "Zalando 的十类衣物，尺寸与 MNIST 相同，却难得多：衣物没有笔画，灰度才是内容。数字专用的指标在此没有意义。",
                "Ten kinds of clothing from Zalando, of MNIST's size but harder: no strokes, the greys are the content. "
                "Figures made for digits say nothing here.",
            ),
            Text("MIT", "MIT"),
            (
                _parquet("zalando-datasets/fashion_mnist", "fashion_mnist"),
                _parquet("zalando-datasets/fashion_mnist", "fashion_mnist", "531be5e2ccc9dba0c201ad3ae567a4f3d16ecdd2"),
            ),
            36.1,
            (
                *("T-shirt", "Trouser", "Pullover", "Dress", "Coat"),
                *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
            ),
        ),
        HubSet(
            "kmnist",
            Text("KMNIST：60,000 个草书假名", "KMNIST: 60,000 cursive kana"),
            Text(
                "江户时代古籍中的十个平假名（崩し字）；同一个假名有几种完全不同的写法，最能看出模式坍塌。数字专用的指标在此没有意义。",
                "Ten hiragana from Japanese books of the Edo period; one kana has several quite different shapes, which "
                "shows mode collapse well. Figures made for digits say nothing here.",
            ),
            Text("CC BY-SA 4.0（CODH）", "CC BY-SA 4.0 (CODH)"),
            (
                _parquet("tanganke/kmnist", "kmnist"),
                _parquet("tanganke/kmnist", "kmnist", "6b345bef535b98131f1d945d552906452d19b2f9"),
            ),
            30.7,
            tuple("おきすつなはまやれを"),
        ),
        HubSet(
            "emnist_letters",
            Text("EMNIST 字母：124,800 个字母", "EMNIST letters: 124,800 letters"),
            Text(
                "手写英文字母共 26 类，大小写算同一类。许多副本把图转置着存放；这里会检查并摆正，记录在 card.json 里。"
                "数字专用的指标在此没有意义。",
                "Handwritten letters in 26 classes, capitals and small ones together. Many copies store them transposed: "
                "here they are checked and set upright, as card.json records. Figures made for digits say nothing here.",
            ),
            _CARD,
            (
                _parquet("tanganke/emnist_letters", "emnist-letters"),
                Source(  # before its repository was converted: the files of the set's makers, which count from 1
                    "tanganke/emnist_letters",
                    _idx("train"),
                    _idx("test"),
                    revision="0527717d2eab6213e6a5d92ca4edbc5907caf2f5",
                    first_label=1,
                ),
            ),
            59.0,
            tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            tall=("I", "L"),
        ),
    )
}
