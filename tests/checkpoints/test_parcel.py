"""Models as zips: what is packed comes out again, and no hostile zip gets further than one sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.checkpoints import parcel
from aigc_demo.checkpoints.parcel import FILES, check_complete, gather, pack, unpack
from aigc_demo.home import SHIPPED
from aigc_demo.text import NotFound, VisitorError

CONFIG, WEIGHTS = "config.json", "generator.safetensors"


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(VisitorError) as refused:
        unpack(content)
    return refused.value.text.en


def test_what_is_packed_comes_out_again() -> None:
    folder = SHIPPED / "fast"
    pieces = list(pack(folder))
    assert len(pieces) > 5  # it is sent as it is made
    whole = b"".join(pieces)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == set(FILES)
    assert unpack(whole).files == {name: (folder / name).read_bytes() for name in FILES}
    assert b"".join(pack(folder)) == whole
    assert gather(folder).files == unpack(whole).files


def test_only_a_models_files_are_read_from_a_folder_or_the_top() -> None:
    content = zipped(
        ("model/config.json", b"a"), ("model/generator.safetensors", b"b"), ("model/training.safetensors", b"c"),
        ("model/deep/README.md", b"d"), ("__MACOSX/README.md", b"e"), ("notes.txt", b"f"),
    )  # fmt: skip
    assert unpack(content) == ({CONFIG: b"a", WEIGHTS: b"b"}, 4)


@pytest.mark.parametrize(
    "name", ["../config.json", "/config.json", "a/../../config.json", "C:/config.json", "..\\config.json", "a\x01.txt"]
)
def test_names_that_lead_elsewhere(name: str) -> None:
    assert "no plain file name" in refusal(zipped((zipfile.ZipInfo(name), b"x")))


def test_a_link_is_no_file() -> None:
    link = zipfile.ZipInfo(CONFIG)
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert "no plain file name" in refusal(zipped((link, b"/etc/passwd")))


def test_two_files_of_one_name() -> None:
    assert "twice" in refusal(zipped((CONFIG, b"a"), ("x/config.json", b"b")))


def test_a_file_that_unpacks_to_too_much() -> None:
    bomb = zipped((CONFIG, b"0" * 1_000_001))
    assert len(bomb) < 5_000
    assert "unpacks to too much" in refusal(bomb)
    lying = bytearray(bomb)  # it says that it holds ten bytes
    for signature, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        start = bytes(lying).index(signature) + place
        lying[start : start + 4] = struct.pack("<I", 10)
    assert refusal(bytes(lying))


def test_a_directory_of_a_million_names_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "MAX_DIRECTORY_BYTES", 200)
    content = zipped(*((f"{n}.txt", b"") for n in range(20)))
    monkeypatch.setattr(zipfile, "ZipFile", None)  # nobody may even open it
    assert "directory" in refusal(content)


def test_a_directory_of_the_64_bit_kind_cannot_hide_its_size() -> None:
    content = zipped((CONFIG, b"a"))
    end = content[-22:]
    assert "directory" in refusal(content[:-22] + b"PK\6\6" + b"\0" * 52 + b"PK\6\7" + b"\0" * 16 + end)
    assert "directory" in refusal(content[:-2] + b"\5\0" + b"hello")  # a comment


def test_what_is_locked_or_packed_in_a_rare_way() -> None:
    assert "unusual way" in refusal(zipped((CONFIG, b"a" * 50), method=zipfile.ZIP_LZMA))
    locked = bytearray(zipped((CONFIG, b"abc"), method=zipfile.ZIP_STORED))
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[bytes(locked).index(signature) + place] |= 1
    assert "encrypted" in refusal(bytes(locked))


def test_a_model_lacks_nothing_that_it_needs(tmp_path: Path) -> None:
    with pytest.raises(VisitorError, match=WEIGHTS):
        check_complete({CONFIG: b""})
    with pytest.raises(NotFound):
        gather(tmp_path)


GOOD = zipped((CONFIG, b'{"format": 1}' * 20), (WEIGHTS, bytes(range(256)) * 4))


@given(st.data())
def test_a_damaged_zip_is_refused_or_gives_what_was_in_it(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for place in data.draw(st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=6)):
        damaged[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(GOOD)))
    for content in (bytes(damaged), GOOD[:cut], bytes(damaged)[cut:]):
        try:
            found = unpack(content)
        except VisitorError:
            continue
        assert set(found.files) <= set(FILES)
        assert all(len(content) <= FILES[name] for name, content in found.files.items())


@given(st.binary(max_size=200))
def test_noise_is_no_zip(content: bytes) -> None:
    assert refusal(content) and refusal(b"PK\3\4" + content)
