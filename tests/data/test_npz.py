"""A visitor's own `.npz` file: what is accepted, and that everything else is refused in one sentence."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aigc_demo.data import Dataset, load
from aigc_demo.data import datasets as module
from aigc_demo.text import NotFound, VisitorError

quick = settings(max_examples=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("npz")


def _good(count: int = 4) -> dict[str, np.ndarray]:
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return {"images": images, "labels": np.arange(count) % 10}


def _saved(folder: Path, **changed: np.ndarray) -> Path:
    path = folder / "mine.npz"
    np.savez(path, **{**_good(), **changed})
    return path


def _content() -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **_good())
    return buffer.getvalue()


def _refused(path: Path) -> str:
    """The English sentence of the refusal of `path`, after checking what holds for all of them."""
    with pytest.raises(VisitorError) as refusal:
        load(str(path))
    text = refusal.value.text
    for sentence in (text.zh, text.en):
        assert path.name in sentence
        assert "\n" not in sentence
        assert len(sentence) < 300
    assert text.zh != text.en
    return text.en


def test_good_files_are_read(folder: Path) -> None:
    for dtype in (np.uint8, np.int32, np.int64, np.uint64, ">i4"):
        dataset = load(str(_saved(folder, labels=_good()["labels"].astype(dtype))))
        assert isinstance(dataset, Dataset)
        np.testing.assert_array_equal(dataset.images, _good()["images"])
        np.testing.assert_array_equal(dataset.labels, _good()["labels"])
        assert dataset.labels.dtype == np.int64
        assert len(dataset.held_out) == len(dataset.held_out_labels) == 0


def test_more_arrays_than_needed_do_no_harm(folder: Path) -> None:
    assert len(load(str(_saved(folder, notes=np.zeros(3)))).images) == 4


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"images": _good()["images"].astype(np.float32)}, "must be uint8 (0–255), not float32"),
        ({"images": _good()["images"].astype(np.int64) - 300}, "must be uint8 (0–255), not int64"),
        ({"images": _good()["images"].reshape(4, 784)}, "not [4, 784]"),
        ({"images": _good()["images"][..., None]}, "not [4, 28, 28, 1]"),
        ({"images": np.zeros((4, 32, 32), np.uint8)}, "not [4, 32, 32]"),
        ({"images": np.uint8(3)}, "not []"),
        ({"images": _good(0)["images"], "labels": np.zeros(0, int)}, "2 to 200,000 images, not 0"),
        ({"images": _good(1)["images"], "labels": np.zeros(1, int)}, "2 to 200,000 images, not 1"),
        ({"images": np.full((4, 28, 28), 7, np.uint8)}, "all pixels are equal"),
        ({"labels": np.zeros(4)}, "4 integers"),
        ({"labels": np.zeros(4, bool)}, "4 integers"),
        ({"labels": np.array(["0"] * 4)}, "4 integers"),
        ({"labels": np.zeros(3, int)}, "4 integers"),
        ({"labels": np.zeros((4, 1), int)}, "4 integers"),
        ({"labels": np.array(0)}, "4 integers"),
        ({"labels": np.array([0, 1, 2, 10])}, "between 0 and 9"),
        ({"labels": np.array([0, -1, 2, 3])}, "between 0 and 9"),
        ({"labels": np.array([0, 2**64 - 1, 2, 3], np.uint64)}, "between 0 and 9"),
    ],
)
def test_wrong_arrays_are_named(folder: Path, changed: dict[str, np.ndarray], complaint: str) -> None:
    assert complaint in _refused(_saved(folder, **changed))


@pytest.mark.parametrize("missing", ["images", "labels"])
def test_a_missing_array_is_named(folder: Path, missing: str) -> None:
    path = folder / "half.npz"
    np.savez(path, **{name: array for name, array in _good().items() if name != missing})
    assert f"lacks the array {missing}" in _refused(path)


def test_a_missing_file_or_a_folder_is_not_found(folder: Path) -> None:
    (folder / "folder.npz").mkdir()
    for name in ("none.npz", "folder.npz", "NONE.NPZ"):
        with pytest.raises(NotFound) as refusal:
            load(str(folder / name))
        assert name in refusal.value.text.en


class _Hostile:
    """Would create a file if it were ever unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("name", ["images", "labels"])
def test_nothing_is_ever_unpickled(folder: Path, name: str) -> None:
    trap = folder / "touched"
    hostile = np.array([_Hostile(trap)] * 4, object)
    path = folder / "pickled.npz"
    np.savez(path, **{**_good(), name: hostile})
    assert "not a readable .npz file" in _refused(path)
    path.write_bytes(pickle.dumps(_Hostile(trap)))
    assert "not a readable .npz file" in _refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.npy", pickle.dumps(_Hostile(trap)))
    _refused(path)
    assert not trap.exists()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2_000)
    assert "unpacks to too much data" in _refused(_saved(folder))


def test_a_header_that_claims_more_than_the_file_holds_is_refused(folder: Path) -> None:
    path = folder / "liar.npz"
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "|u1", "fortran_order": False, "shape": (10**7, 28, 28)})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("images.npy", header.getvalue() + b"\0" * 784)
        archive.writestr("labels.npy", header.getvalue())
    _refused(path)


def test_a_zip_of_other_things_is_refused(folder: Path) -> None:
    """Entries that are no arrays come back from NumPy as bare bytes, not as an error."""
    path = folder / "other.npz"
    for entries in (
        {},
        {"readme.txt": b"hi"},
        {"images": b"hi", "labels": b"hi"},
        {"images.npy": b"", "labels.npy": b""},
    ):
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        _refused(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_damaged_data_under_any_compression_is_refused(folder: Path, method: int) -> None:
    path = folder / "damaged.npz"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, array in _good(50).items():
            buffer = io.BytesIO()
            np.save(buffer, array)
            archive.writestr(f"{name}.npy", buffer.getvalue())
    content = bytearray(path.read_bytes())
    content[200:400] = bytes(200)
    path.write_bytes(bytes(content))
    _refused(path)


@quick
@given(st.integers(0, 2000), st.binary(max_size=3))
def test_truncated_and_overwritten_files_are_refused_or_read(folder: Path, place: int, bytes_there: bytes) -> None:
    """Wherever a file is cut or scribbled over: a dataset or one sentence, never another error."""
    content = _content()
    place %= len(content)
    path = folder / "cut.npz"
    path.write_bytes(content[:place])
    _refused(path)
    path.write_bytes(content[:place] + bytes_there + content[place + len(bytes_there) :])
    try:
        assert isinstance(load(str(path)), Dataset)
    except VisitorError as refusal:
        assert refusal.text.zh != refusal.text.en


@quick
@given(st.binary(max_size=400))
def test_garbage_is_refused(folder: Path, content: bytes) -> None:
    path = folder / "garbage.npz"
    path.write_bytes(content)
    _refused(path)


DTYPES = st.sampled_from(
    ["u1", "i1", "<u2", ">u2", "<i4", "<i8", "<f2", "<f4", "<f8", "?", "<c8", "S3", "<U2", "<M8[s]"]
)
SHAPES = st.one_of(
    st.tuples(st.integers(0, 5), st.sampled_from([27, 28]), st.sampled_from([28, 29])),
    arrays.array_shapes(min_dims=0, max_dims=4, max_side=3),
    st.tuples(st.integers(0, 5)),
)


@settings(max_examples=150)
@given(DTYPES, SHAPES, DTYPES, SHAPES, st.integers(0, 12))
def test_any_pair_of_arrays_is_a_dataset_or_a_sentence(
    folder: Path, images: str, image_shape: tuple[int, ...], labels: str, label_shape: tuple[int, ...], fill: int
) -> None:
    made = []
    for dtype, shape in ((images, image_shape), (labels, label_shape)):
        array = np.zeros(shape, dtype)
        if array.size and array.dtype.kind in "uif":
            array.flat[:1] = fill
        made.append(array)
    path = folder / "any.npz"
    np.savez(path, images=made[0], labels=made[1])
    try:
        dataset = load(str(path))
    except VisitorError as refusal:
        assert refusal.text.zh != refusal.text.en
    else:
        assert dataset.images.dtype == np.uint8
        assert dataset.images.shape[1:] == (28, 28)
        assert dataset.labels.shape == (len(dataset.images),)
        assert 0 <= dataset.labels.min() <= dataset.labels.max() <= 9
