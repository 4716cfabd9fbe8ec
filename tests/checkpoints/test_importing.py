"""Models from elsewhere: our own network takes their numbers, or one sentence says why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from aigc_demo.checkpoints.about import About, check_name, note_about, read_about
from aigc_demo.checkpoints.card_reading import in_language
from aigc_demo.checkpoints.importing import fingerprint_in, fingerprint_of, sizes_at, stage
from aigc_demo.checkpoints.parcel import gather
from aigc_demo.home import SHIPPED
from aigc_demo.text import VisitorError
from tests import models, tiny

CONFIG, WEIGHTS, JUDGE, CARD = "config.json", "generator.safetensors", "discriminator.safetensors", "README.md"


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, _recipe: None) -> dict[str, bytes]:
    return gather(models.save(tmp_path_factory.mktemp("model") / "m")).files


def refusal(folder: Path, files: dict[str, bytes]) -> str:
    with pytest.raises(VisitorError) as refused:
        stage(folder / "import", files)
    assert not (folder / "import").exists()
    return refused.value.text.en


def with_config(files: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    return {**files, CONFIG: json.dumps(json.loads(files[CONFIG]) | changes).encode()}


def with_weight(files: dict[str, bytes], name: str, change: Any) -> dict[str, bytes]:
    tensors = load(files[name])
    first = sorted(tensors)[0]
    return {**files, name: save(tensors | {first: change(tensors[first].copy())})}


def test_a_model_of_ours_is_taken(files: dict[str, bytes], tmp_path: Path) -> None:
    generator = stage(tmp_path / "import", files)
    assert generator.latent_size == tiny.LATENT_SIZE
    about = read_about(tmp_path / "import")
    assert about.fingerprint == fingerprint_in(tmp_path / "import") == fingerprint_of(load(files[WEIGHTS]))
    assert about.imported > 0 and about.name == ""
    found = sizes_at(tmp_path / "import", 1)
    assert found == tuple(sum(value.size for value in load(files[name]).values()) for name in (WEIGHTS, JUDGE))


def test_a_pair_of_files_is_enough_and_gets_a_card(files: dict[str, bytes], tmp_path: Path) -> None:
    stage(tmp_path / "import", {name: files[name] for name in (CONFIG, WEIGHTS)})
    assert "## How it was made" in (tmp_path / "import" / CARD).read_text(encoding="utf-8")
    assert not (tmp_path / "import" / JUDGE).exists()


def test_what_is_wrong_is_said(files: dict[str, bytes], tmp_path: Path) -> None:
    def not_a_number(value: np.ndarray) -> np.ndarray:
        value.flat[0] = np.nan
        return value

    assert "not finite" in refusal(tmp_path, with_weight(files, WEIGHTS, not_a_number))
    assert "not finite" in refusal(tmp_path, with_weight(files, JUDGE, not_a_number))
    assert "should be" in refusal(tmp_path, with_weight(files, WEIGHTS, lambda value: value[None]))
    assert "newer version wrote it (format 2)" in refusal(tmp_path, with_config(files, format=2))
    assert "format" in refusal(tmp_path, with_config(files, format=0))
    assert "contradicts" in refusal(tmp_path, with_config(files, latent_size=tiny.LATENT_SIZE + 1))
    assert "UTF-8" in refusal(tmp_path, {**files, CARD: b"\xff\xfe"})
    assert CONFIG in refusal(tmp_path, {**files, CONFIG: b"[" * 100_000})
    assert refusal(tmp_path, {**files, WEIGHTS: (2**60).to_bytes(8, "little") + b"{}"})  # a header of an exabyte
    assert WEIGHTS in refusal(tmp_path, {CONFIG: files[CONFIG]})
    extra = save(load(files[WEIGHTS]) | {"stowaway": np.zeros(3, np.float32)})
    assert "stowaway" in refusal(tmp_path, {**files, WEIGHTS: extra})


def test_numbers_that_overflow_in_the_network_are_refused(files: dict[str, bytes], tmp_path: Path) -> None:
    huge = {name: np.full_like(value, 1e38) for name, value in load(files[WEIGHTS]).items()}
    assert refusal(tmp_path, {**files, WEIGHTS: save(huge)})


def test_the_same_numbers_are_the_same_model_however_they_are_written() -> None:
    weights = {"b": np.ones((2, 3), np.float32), "a": np.zeros(4, np.float32)}
    same = fingerprint_of(dict(reversed(weights.items())))
    assert fingerprint_of(load(save(weights, metadata={"x": "y"}))) == same == fingerprint_of(weights)
    assert fingerprint_of(weights | {"b": np.ones((3, 2), np.float32)}) != same
    assert fingerprint_of(weights | {"b": np.ones((2, 3), np.float64)}) != same


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  a   b\n", "a b"), ("<b>Zoë</b> 😀", "<b>Zoë</b> 😀"), ("שלום עולם", "שלום עולם"), ("数字", "数字"),
        ("a\u202eb", "ab"), ("a\x00b", "a b"), ("x" * 60, "x" * 60), ("👩‍🔬", "👩‍🔬"),
    ],
)  # fmt: skip
def test_names(given: str, kept: str) -> None:
    assert check_name(given) == kept


@pytest.mark.parametrize("given", ["", "  ", "\u202e", "\u200b", "x" * 61, None, 3, ["a"], "\n"])
def test_no_names(given: object) -> None:
    with pytest.raises(VisitorError, match="1 to 60"):
        check_name(given)


def test_notes_beside_a_model_survive_damage(tmp_path: Path) -> None:
    note_about(tmp_path, name="a", measured={"digit_fd": 1.0, "categories": [3, 1], "n": 100})
    assert note_about(tmp_path, owner="b") == read_about(tmp_path)
    assert read_about(tmp_path).measured == {"digit_fd": 1.0, "categories": [3, 1], "n": 100}
    for damaged in (b"", b"[]", b'{"name": 3}', b'{"measured": {"a": "x"}, "imported": "x"}', b"[" * 99_999):
        (tmp_path / "about.json").write_bytes(damaged)
        assert read_about(tmp_path) == About()


def test_a_card_is_shown_in_one_language() -> None:
    card = (SHIPPED / "fast" / CARD).read_text(encoding="utf-8")
    zh, en = in_language(card, "zh"), in_language(card, "en")
    assert "## 怎样得到的" in zh and "How it was made" not in zh
    assert "## How it was made" in en and "怎样得到的" not in en
    assert "generate --checkpoint" in zh and "generate --checkpoint" in en
    assert in_language("---\nlicense: x\n---\n# A\n\n## B\n\ntext", "zh") == "# A\n\n## B\n\ntext"
