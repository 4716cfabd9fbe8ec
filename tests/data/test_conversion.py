"""Folders, archives and arrays made into training images: classes, counts, what is left out, and hostile files."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_demo.data import archive, conversion, npz, sources
from aigc_demo.data.conversion import Bounds, Converted, Progress, preview
from aigc_demo.data.npz import is_plain
from aigc_demo.data.opening import source_of
from aigc_demo.data.pictures import Choices
from aigc_demo.text import NotFound, VisitorError
from tests.data.pictured import drawing, drawings, encoded, zipped


def whole(path: Path, choices: Choices | None = None, **options: Any) -> Converted:
    *_, last = conversion.conversion(source_of(path), choices or Choices(), **options)
    assert isinstance(last, Converted)
    return last


def refusal(path: Path) -> str:
    with pytest.raises(VisitorError) as refused:
        whole(path)
    zh, en = refused.value.text.zh, refused.value.text.en
    assert "\n" not in zh + en and len(en) < 400 and zh != en
    return en


def test_sub_folders_are_classes_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    for folder in ("cats", "dogs"):
        (tmp_path / folder).mkdir()
        for name, content in drawings(4):
            (tmp_path / folder / name).write_bytes(content)
    (tmp_path / "cats" / "broken.jpg").write_bytes(b"\xff\xd8 no more")
    (tmp_path / "cats" / "again.png").write_bytes(drawings(1)[0][1])
    (tmp_path / "cats" / "blank.png").write_bytes(encoded(drawing(ink=255)))
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    made = whole(tmp_path)
    assert made.class_names == ("cats", "dogs") and made.counts == [4, 4]
    assert made.skipped == {"damaged": 1, "duplicate": 1, "blank": 1, "other": 1, "junk": 1}
    assert made.done == {"inverted": 8, "cropped": 8, "scaled": 8, "centred": 8}
    report = made.report("en")
    assert report["images"] == 8 and report["few"]
    assert {line["key"]: line["names"] for line in report["skipped"]}["damaged"] == ["cats/broken.jpg"]


def test_an_archive_is_what_its_folder_is(tmp_path: Path) -> None:
    entries = [
        *drawings(3, "all/a/"),
        *drawings(3, "all/b/"),
        ("__MACOSX/all/a/._0.png", b"x"),
        ("all/Thumbs.db", b"x"),
    ]
    made = whole(zipped(tmp_path / "my.zip", entries))
    assert made.class_names == ("a", "b") and made.counts == [3, 3]
    assert made.skipped == {"junk": 2}
    assert made.kind == "zip" and made.name == "my"


def test_names_in_an_archive_are_words_and_never_paths(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    hostile = ["../../evil/1.png", "/etc/evil/2.png", "C:\\evil\\3.png", "evil/../../4.png", "evil\\..\\5.png"]
    contents = [content for _, content in drawings(len(hostile))]
    made = whole(zipped(inside / "x.zip", zip(hostile, contents, strict=True)))
    assert len(made.images) == len(hostile)
    assert all("/" not in name and "\\" not in name for name in made.class_names)
    assert [path.name for path in tmp_path.rglob("*")] == ["inside", "x.zip"]


def test_names_of_classes_are_short_clean_different_and_sorted_as_people_count(tmp_path: Path) -> None:
    folders = ["10", "9", "a" * 30 + "1", "a" * 30 + "2", "b\u202e\x07c"]
    entries = [entry for folder in folders for entry in drawings(2, f"{folder}/")]
    names = whole(zipped(tmp_path / "x.zip", entries)).class_names
    assert names[:2] == ("9", "10")
    assert len(set(names)) == 5 and all(0 < len(name) <= 20 for name in names)
    assert "bc" in names


def test_pictures_beside_the_folders_of_others_are_a_class_without_a_name(tmp_path: Path) -> None:
    made = whole(zipped(tmp_path / "x.zip", [*drawings(2), *drawings(3, "a/")]))
    assert dict(zip(made.class_names, made.counts, strict=True)) == {"a": 3, "?": 2}


def test_without_folders_there_is_one_class(tmp_path: Path) -> None:
    made = whole(zipped(tmp_path / "glyphs.zip", drawings(3)))
    assert made.class_names == ("glyphs",)


def test_too_few_too_many_or_nothing_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no pictures" in refusal(zipped(tmp_path / "0.zip", []))
    assert "1 × not a picture" in refusal(zipped(tmp_path / "t.zip", [("a.txt", b"a")]))
    assert "Only one picture" in refusal(zipped(tmp_path / "1.zip", drawings(1)))
    assert "Only one picture" in refusal(
        zipped(tmp_path / "same.zip", [(name, drawings(1)[0][1]) for name in ("a.png", "b.png")])
    )
    assert "2 × cannot be read" in refusal(zipped(tmp_path / "b.zip", [("a.png", b"a"), ("b.png", b"b")]))
    many = [(f"{place}/a.png", b"") for place in range(65)]
    assert "65 sub-folders" in refusal(zipped(tmp_path / "65.zip", many))
    monkeypatch.setattr(sources, "MAX_IMAGES", 5)
    monkeypatch.setattr(sources.check_count, "__defaults__", (5,))
    assert "too many pictures: 6" in refusal(zipped(tmp_path / "6.zip", drawings(6)))
    with pytest.raises(NotFound):
        source_of(tmp_path / "nowhere")


def test_many_pictures_come_with_progress_in_bounded_pieces_and_can_be_stopped(tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(0, 256, (400, 28, 28), np.uint8)
    np.savez(tmp_path / "a.npz", images=images)
    news = list(conversion.conversion(source_of(tmp_path / "a.npz"), Choices(invert="no")))
    assert [line.seen for line in news[:-1]] == list(range(0, 400, 50))  # type: ignore[union-attr]
    assert (news[-1].images == images).all() and news[-1].done == {"as_is": 400}  # type: ignore[union-attr]
    left: list[Progress | Converted] = []
    for line in conversion.conversion(source_of(tmp_path / "a.npz"), Choices(), has_left=lambda: len(left) >= 2):
        left.append(line)
    assert len(left) == 2 and all(isinstance(line, Progress) for line in left)
    for bounds, word in ((Bounds(images=399), "too many"), (Bounds(pixels=300_000), "pixels")):
        with pytest.raises(VisitorError) as refused:
            list(conversion.conversion(source_of(tmp_path / "a.npz"), Choices(), bounds))
        assert word in refused.value.text.en


def test_a_preview_shows_pictures_from_all_over_before_and_after(tmp_path: Path) -> None:
    entries = [*drawings(30, "a/"), *drawings(30, "b/"), ("a/00.png", b"broken")]
    source = source_of(zipped(tmp_path / "x.zip", entries))
    pairs = preview(source, Choices())
    assert len(pairs) == 12
    assert {pair.class_name for pair in pairs} == {"a", "b"}
    for pair in pairs:
        is_broken = pair.name == "a/00.png"
        assert (pair.after is None) == is_broken == bool(pair.skipped)
    inverted = preview(source, Choices(invert="no", fit="resize"))
    assert any(
        (one.after != other.after).any() for one, other in zip(pairs, inverted, strict=True) if one.after is not None
    )


class TestArchives:
    """What anybody may have packed."""

    def test_a_bomb_is_refused_by_what_it_would_unpack_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bomb = zipped(tmp_path / "bomb.zip", [("a.png", bytes(3_000_000))])
        monkeypatch.setattr(archive, "RATIO_FROM", 1_000_000)
        assert "absurd" in refusal(bomb)
        monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
        assert "absurd" in refusal(zipped(tmp_path / "large.zip", drawings(3), zipfile.ZIP_STORED))

    def test_one_entry_is_no_larger_than_a_picture(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive.read_entry, "__defaults__", (500_000,))
        made = whole(zipped(tmp_path / "x.zip", [*drawings(3), ("big.png", os.urandom(600_000))]))
        assert made.skipped == {"large": 1}

    def test_an_entry_that_lies_about_its_size_is_damaged(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "x.zip", [*drawings(3), ("lie.png", bytes(100_000))])
        content = path.read_bytes()
        for size in (100_000, 200):  # in both places where it is written
            wrong = content.replace((100_000).to_bytes(4, "little"), size.to_bytes(4, "little"))
            path.write_bytes(wrong)
            assert whole(path).skipped == {"damaged": 1}

    def test_a_directory_that_would_fill_the_memory_is_not_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = zipped(tmp_path / "x.zip", [(f"{number}.txt", b"") for number in range(300)])
        monkeypatch.setattr(archive, "MOST_DIRECTORY", 10_000)
        monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("it was read"))
        assert "too many entries" in refusal(path)

    def test_too_many_entries(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
        assert "too many entries" in refusal(zipped(tmp_path / "x.zip", drawings(4)))

    def test_locked_and_oddly_packed_entries_are_left_out(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "x.zip", drawings(4), zipfile.ZIP_STORED)
        content = bytearray(path.read_bytes())
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.find(mark) + place] |= 1
        path.write_bytes(content)
        assert whole(path).skipped == {"locked": 1}
        lzma = tmp_path / "lzma.zip"
        with zipfile.ZipFile(lzma, "w") as packed:
            for name, picture in drawings(3):
                packed.writestr(name, picture, zipfile.ZIP_LZMA if name == "0.png" else zipfile.ZIP_STORED)
        assert whole(lzma).skipped == {"damaged": 1}

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_damage_is_answered_by_a_sentence_or_by_the_pictures_that_are_left(
        self, tmp_path: Path, data: st.DataObject
    ) -> None:
        content = bytearray(zipped(tmp_path / "good.zip", drawings(3)).read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path = tmp_path / "bad.zip"
        path.write_bytes(bytes(content[: data.draw(st.integers(2, len(content)))]))
        try:
            assert len(whole(path).images) >= 2
        except VisitorError as refused:
            assert "\n" not in refused.text.en


class TestArrays:
    """An `.npz` of any sensible shape and number type."""

    PLAIN = np.random.default_rng(1).integers(0, 256, (6, 28, 28), np.uint8)

    def saved(self, folder: Path, **arrays: np.ndarray) -> Path:
        np.savez(folder / "a.npz", **arrays)
        return folder / "a.npz"

    @pytest.mark.parametrize(
        "images",
        [
            PLAIN, PLAIN[..., None], PLAIN[:, None], np.repeat(PLAIN[..., None], 3, axis=3), PLAIN.reshape(6, 784),
            PLAIN.astype(np.int64), PLAIN.astype(np.float32), PLAIN / 255.0, PLAIN / 127.5 - 1.0,
            PLAIN.astype(np.uint16) * 257, PLAIN.astype(">i4"),
            np.concatenate([np.repeat(PLAIN[..., None], 3, axis=3), np.full((6, 28, 28, 1), 255, np.uint8)], axis=3),
        ],
        ids=["plain", "hw1", "1hw", "rgb", "flat", "int64", "float", "0..1", "-1..1", "16 bits", "big-endian", "rgba"],
    )  # fmt: skip
    def test_the_same_images_in_any_form(self, tmp_path: Path, images: np.ndarray) -> None:
        made = whole(self.saved(tmp_path, images=images), Choices(invert="no"))
        assert np.abs(made.images.astype(int) - self.PLAIN).max() <= 1
        assert made.class_names == ("a",)

    def test_other_sizes_names_and_labels(self, tmp_path: Path) -> None:
        images = np.random.default_rng(0).integers(0, 256, (8, 32, 40), np.uint8)
        labels = np.array([7, 7, 3, 3, 7, 3, 50, 50])
        names = np.array([f"name {place}" for place in range(51)])
        made = whole(
            self.saved(tmp_path, x_train=images, y_train=labels[:, None], class_names=names), Choices("no", "resize")
        )
        assert made.class_names == ("name 3", "name 7", "name 50")
        assert made.labels.tolist() == [1, 1, 0, 0, 1, 0, 2, 2]
        assert made.done == {"padded": 8, "scaled": 8}

    @pytest.mark.parametrize(
        ("arrays", "words"),
        [
            ({"pixels": PLAIN}, "name it images"),
            ({"images": PLAIN[0, 0]}, "must be [n, height, width]"),
            ({"images": np.zeros((3, 5))}, "must be [n, height, width]"),
            ({"images": np.zeros((2, 3000, 3))}, "must be [n, height, width]"),
            ({"images": PLAIN.astype("U3")}, "must hold numbers"),
            ({"images": PLAIN.astype(complex)}, "must hold numbers"),
            ({"images": np.full((4, 28, 28), np.nan)}, "NaN"),
            ({"images": PLAIN, "labels": np.arange(5)}, "labels must be 6 whole numbers"),
            ({"images": PLAIN, "labels": np.arange(6) - 1}, "labels must be 6 whole numbers"),
            ({"images": PLAIN, "labels": np.arange(6) / 2}, "labels must be 6 whole numbers"),
            ({"images": np.repeat(PLAIN, 12, axis=0), "labels": np.arange(72)}, "72 sub-folders"),
            ({"images": np.zeros((0, 28, 28), np.uint8)}, "no pictures"),
        ],
    )
    def test_what_cannot_be_used_is_named(self, tmp_path: Path, arrays: dict[str, np.ndarray], words: str) -> None:
        assert words in refusal(self.saved(tmp_path, **arrays))

    def test_nothing_is_unpickled(self, tmp_path: Path) -> None:
        class Trap:
            def __reduce__(self) -> tuple:
                return os.mkdir, (str(tmp_path / "sprung"),)

        for arrays in ({"images": np.array([Trap()])}, {"images": self.PLAIN, "labels": np.array([Trap()] * 6)}):
            np.savez(tmp_path / "trap.npz", **arrays, allow_pickle=True)
            refusal(tmp_path / "trap.npz")
        assert not (tmp_path / "sprung").exists()

    def test_many_rows_are_read_in_pieces(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(npz, "CHUNK", 2000)  # two rows and a half
        made = whole(self.saved(tmp_path, images=self.PLAIN), Choices(invert="no"))
        assert (made.images == self.PLAIN).all()

    def test_a_header_that_promises_too_much_is_refused_without_reading_it(self, tmp_path: Path) -> None:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(
            header, {"descr": "|u1", "fortran_order": False, "shape": (10**12, 28, 28)}
        )
        assert "too many pictures" in refusal(zipped(tmp_path / "a.npz", [("images.npy", header.getvalue())]))
        short = io.BytesIO()
        np.lib.format.write_array_header_1_0(short, {"descr": "|u1", "fortran_order": False, "shape": (9, 28, 28)})
        assert "damaged" in refusal(zipped(tmp_path / "b.npz", [("images.npy", short.getvalue() + bytes(784))]))

    def test_files_of_digits_as_we_store_them_are_told_from_others(self, tmp_path: Path) -> None:
        assert is_plain(self.saved(tmp_path, images=self.PLAIN, labels=np.arange(6)))
        assert not is_plain(self.saved(tmp_path, images=self.PLAIN))
        assert not is_plain(self.saved(tmp_path, images=self.PLAIN / 255.0, labels=np.arange(6)))
