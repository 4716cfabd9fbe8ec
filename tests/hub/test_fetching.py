"""A set is fetched by the real client from a Hub on this machine, which does all that a Hub and a network can do."""

from __future__ import annotations

import errno
import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.data import hub_sets, load
from aigc_demo.data.hub_catalogue import HUB_SETS, Source
from aigc_demo.hub import Progress, Stored, client, downloading, fetch, fetching, trouble
from aigc_demo.hub.client import Hub, hub_from_environment
from aigc_demo.text import Text, VisitorError
from tests.hub.fake_hub import COMMIT, OTHER_COMMIT, FakeHub
from tests.hub.made_files import encode, idx, letters, parquet, some_images
from tests.hub.made_sets import KANA, REPO, TEST, TRAIN, fetched, put_kana, set_of, unpack_here

TOKEN = "hf_secret"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither between two tries, nor for a process that reads the files: `test_unpacking` has those."""
    monkeypatch.setattr(downloading, "WAITS", (0.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(fetching, "unpack", unpack_here)


def left_behind(home: Path) -> list[str]:
    """What lies in the folder of fetched sets, beside the sets."""
    place = home / "hub"
    return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


def refusal(act: Callable[[], Any]) -> Text:
    with pytest.raises(VisitorError) as refused:
        act()
    return refused.value.text


def says(sentence: Text, found: Text) -> bool:
    """Whether `found` is `sentence` with its places filled, in English and in Chinese."""
    begins = (sentence.en.split("{")[0], sentence.zh.split("{")[0])
    ends = (sentence.en.rsplit("}")[-1], sentence.zh.rsplit("}")[-1])
    return all(
        text.startswith(first) and text.endswith(last)
        for text, first, last in zip((found.en, found.zh), begins, ends, strict=True)
    )


# ---- all goes well ----


def test_a_set_is_fetched_checked_recorded_and_loaded(home: Path, fake: FakeHub, hub: Hub) -> None:
    images, labels = put_kana(fake)
    news = fetched(KANA, hub)
    assert news[-1] == Stored("kmnist", 40, 12, ())
    stages = [each.stage for each in news if isinstance(each, Progress)]
    assert list(dict.fromkeys(stages)) == ["asking", "download", "unpack", "store"]
    counted = [each.done for each in news if isinstance(each, Progress) and each.stage == "download"]
    whole = sum(len(content) for content in fake.files[REPO, COMMIT].values())
    assert counted == sorted(counted) and counted[-1] == whole

    dataset = load("kmnist")
    assert (dataset.images == images).all() and (dataset.labels == labels).all()
    assert (
        len(dataset.held_out) == 12 and dataset.class_names == tuple("おきすつなはまやれを") and not dataset.is_digits
    )
    card = json.loads((home / "hub" / "kmnist" / "card.json").read_text(encoding="utf-8"))
    assert (card["repository"], card["commit"], card["endpoint"]) == (REPO, COMMIT, fake.endpoint)
    assert [file["sha256"] for file in card["files"]] == [
        hashlib.sha256(fake.files[REPO, COMMIT][path]).hexdigest() for path in (TRAIN, TEST)
    ]
    assert left_behind(home) == ["kmnist"]


def test_the_files_are_asked_for_at_the_commit_that_the_branch_was_resolved_to(
    home: Path, fake: FakeHub, hub: Hub
) -> None:
    put_kana(fake)
    fetched(KANA, hub)
    resolved = [asked.path for asked in fake.of("hub") if "/resolve/" in asked.path]
    assert resolved and all(f"/resolve/{COMMIT}/" in path for path in resolved)


def test_a_second_fetch_takes_the_place_of_the_first(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    fetched(KANA, hub)
    first = load("kmnist")
    put_kana(fake, train=30)
    fetched(KANA, hub)
    assert len(first.images) == 40 and len(load("kmnist").images) == 30
    assert left_behind(home) == ["kmnist"]


# ---- whom the token reaches, and what is asked at all ----


def test_a_token_goes_to_the_hub_and_not_to_the_host_it_sends_on_to(
    home: Path, fake: FakeHub, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    put_kana(fake)
    monkeypatch.setenv("HF_ENDPOINT", fake.endpoint + "/")
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    hub = hub_from_environment()
    fetched(KANA, hub)
    assert {asked.headers.get("authorization") for asked in fake.of("hub")} == {f"Bearer {TOKEN}"}
    assert {asked.headers.get("authorization") for asked in fake.of("storage")} == {None}
    everything = "".join(capfd.readouterr()) + repr(hub) + (home / "hub/kmnist/card.json").read_text()
    assert TOKEN not in everything


def test_no_token_is_sent_that_a_login_left_on_the_machine(
    home: Path, fake: FakeHub, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    (tmp_path / "token").write_text(TOKEN)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    put_kana(fake)
    fetched(KANA, hub)
    assert not any("authorization" in asked.headers for asked in fake.asked)


def test_nothing_is_asked_but_the_set(
    home: Path, fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The client has a habit of fetching a list, from huggingface.co, of the agents that may be using it."""
    from huggingface_hub import constants
    from huggingface_hub.utils import _detect_agent

    asked_for: list[str] = []
    monkeypatch.setattr(constants, "AGENT_HARNESSES_PATH", str(tmp_path / "none"))
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", False)
    monkeypatch.setattr(_detect_agent, "_registry", None)
    monkeypatch.setattr(_detect_agent, "_fetch_registry", lambda: asked_for.append("agents"))
    put_kana(fake)
    fetched(KANA, hub)
    assert len(fake.of("hub")) == 3 and len(fake.of("storage")) == 2  # where it lies, and each file once
    assert not asked_for


# ---- the connection ----


@pytest.mark.parametrize("serves_parts", [True, False])
def test_a_broken_connection_is_taken_up_again(home: Path, fake: FakeHub, hub: Hub, serves_parts: bool) -> None:
    images, _ = put_kana(fake)
    fake.faults.drops, fake.faults.serves_parts = [1000, 3000], serves_parts
    news = fetched(KANA, hub)
    assert isinstance(news[-1], Stored) and (load("kmnist").images == images).all()
    ranges = [asked.headers.get("range") for asked in fake.of("storage")]
    assert ranges == [None, "bytes=1000-", "bytes=4000-" if serves_parts else "bytes=3000-", None]


def test_a_busy_server_is_asked_again(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    fake.faults.storage_status = [503, 429]
    assert isinstance(fetched(KANA, hub)[-1], Stored)


def test_a_connection_that_breaks_for_ever_ends_with_a_sentence(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    fake.faults.endless_drops = 0
    assert says(trouble.BROKEN, refusal(lambda: fetched(KANA, hub)))
    assert len(fake.of("storage")) == downloading.TRIES and left_behind(home) == []


def test_nobody_at_the_address(home: Path, fake: FakeHub) -> None:
    fake.close()
    found = refusal(lambda: fetched(KANA, Hub(fake.endpoint)))
    assert says(trouble.OFFLINE, found) or fake.endpoint in found.en
    assert "HF_ENDPOINT" in found.en and "HF_ENDPOINT" in found.zh


def test_the_clients_own_switch_for_being_offline_is_named(
    home: Path, fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert refusal(lambda: fetched(KANA, hub)) == trouble.SWITCHED_OFF
    assert not fake.asked


# ---- the Hub's answers ----


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (404, "RepoNotFound", trouble.GONE),
        (401, "RepoNotFound", trouble.GONE),  # what the Hub says of a repository that is not there
        (410, "", trouble.GONE),
        (403, "GatedRepo", trouble.GATED),
        (401, "GatedRepo", trouble.GATED),
        (403, "", trouble.GATED),
        (429, "", trouble.BUSY),
        (500, "", trouble.ILL),
    ],
)
def test_every_refusal_of_the_hub_has_its_sentence(
    home: Path, fake: FakeHub, hub: Hub, status: int, code: str, sentence: Text
) -> None:
    put_kana(fake)
    fake.faults.status, fake.faults.error_code = status, code
    found = refusal(lambda: fetched(KANA, hub))
    ours = REPO if sentence in (trouble.GONE, trouble.GATED) else fake.endpoint
    assert ours in found.en and ours in found.zh
    assert found.en.split(" ")[-3:] == sentence.en.format(endpoint="", repo="", what="", status=status).split(" ")[-3:]
    assert left_behind(home) == []


@pytest.mark.parametrize("body", [b"<html>Please log in to Wi-Fi</html>", b"[]", b"3"])
def test_an_answer_that_is_no_hubs(home: Path, fake: FakeHub, hub: Hub, body: bytes) -> None:
    fake.faults.body = body
    assert "does not answer as a Hugging Face Hub does" in refusal(lambda: fetched(KANA, hub)).en


def test_a_file_that_was_moved_is_looked_for_at_the_next_source(home: Path, fake: FakeHub, hub: Hub) -> None:
    images, labels = some_images(20)
    old = KANA.sources[1].revision
    fake.put(REPO, TRAIN, parquet(images, labels), old)
    fake.put(REPO, TEST, parquet(*some_images(6)), old)
    fake.put(REPO, "elsewhere.parquet", b"x", OTHER_COMMIT)  # what `main` is now
    fetched(KANA, hub)
    assert hub_sets.card("kmnist")["commit"] == old and len(load("kmnist").images) == 20


def test_a_file_that_is_nowhere_is_named(home: Path, fake: FakeHub, hub: Hub) -> None:
    fake.put(REPO, "README.md", b"x")
    found = refusal(lambda: fetched(set_of(KANA.sources[0]), hub))
    assert TRAIN in found.en and REPO in found.en


@pytest.mark.parametrize("given", ["ftp://mirror", "hf-mirror.com"])
def test_an_endpoint_that_is_no_address(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", given)
    assert "HF_ENDPOINT" in refusal(hub_from_environment).en


def test_without_a_word_the_hub_is_the_official_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    assert hub_from_environment() == Hub(client.OFFICIAL, "")


# ---- what came is not what was stated ----


def test_a_wrong_checksum_is_refused_and_leaves_nothing(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    content = bytearray(fake.files[REPO, COMMIT][TRAIN])
    content[100] ^= 1
    fake.faults.instead = bytes(content)
    assert says(downloading.WRONG_SUM, refusal(lambda: fetched(KANA, hub)))
    assert left_behind(home) == []


@pytest.mark.parametrize("change", [-5, 5], ids=["shorter", "longer"])
def test_a_file_of_another_size_is_refused(home: Path, fake: FakeHub, hub: Hub, change: int) -> None:
    put_kana(fake)
    content = fake.files[REPO, COMMIT][TRAIN]
    fake.faults.instead = content[:change] if change < 0 else content + b"12345"
    assert says(downloading.WRONG_SUM, refusal(lambda: fetched(KANA, hub)))
    assert left_behind(home) == []


def test_without_a_checksum_nothing_is_fetched(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    fake.faults.states_sums = False
    assert "checksum" in refusal(lambda: fetched(KANA, hub)).en
    assert not fake.of("storage")


def test_a_set_that_is_far_too_large_is_not_fetched(
    home: Path, fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_kana(fake)
    monkeypatch.setattr(downloading, "LARGEST", 1000)
    assert "far more" in refusal(lambda: fetched(KANA, hub)).en
    assert not fake.of("storage")


def test_a_set_with_another_fingerprint_than_is_known_is_refused(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    item = set_of(fingerprint="0" * 64)
    assert "fingerprint" in refusal(lambda: fetched(item, hub)).en
    assert not hub_sets.is_there("kmnist") and left_behind(home) == []


# ---- the disk, and stopping ----


def test_a_full_disk_is_foreseen(home: Path, fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    put_kana(fake)
    usage = fetching.shutil.disk_usage(home)
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: usage._replace(free=1000))
    found = refusal(lambda: fetched(KANA, hub))
    assert "too little room" in found.en and "AIGC_DEMO_HOME" in found.en
    assert not fake.of("storage")


@pytest.mark.parametrize(("number", "word"), [(errno.ENOSPC, "too little room"), (errno.EACCES, "cannot be written")])
def test_a_disk_that_fails_on_the_way(
    home: Path, fake: FakeHub, hub: Hub, monkeypatch: pytest.MonkeyPatch, number: int, word: str
) -> None:
    put_kana(fake)

    def fail(*_: object) -> None:
        raise OSError(number, "so the system says")

    monkeypatch.setattr(hub_sets, "store", fail)
    assert word in refusal(lambda: fetched(KANA, hub)).en
    assert left_behind(home) == []


def test_stopping_in_the_middle_of_a_file_leaves_what_was_there(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    fetched(KANA, hub)
    before = load("kmnist").fingerprint
    put_kana(fake, train=400)
    stop, fake.faults.hold = threading.Event(), threading.Event()
    news = []
    for each in fetch(KANA, hub, stop):
        news.append(each)
        if isinstance(each, Progress) and each.stage == "download":
            stop.set()
            fake.faults.hold.set()
    assert not any(isinstance(each, Stored) for each in news)
    assert load("kmnist").fingerprint == before and left_behind(home) == ["kmnist"]


def test_leaving_the_generator_leaves_nothing(home: Path, fake: FakeHub, hub: Hub) -> None:
    put_kana(fake)
    going = fetch(KANA, hub, threading.Event())
    for news in going:
        if isinstance(news, Progress) and news.stage == "unpack":
            break
    going.close()
    assert left_behind(home) == []


# ---- what the sets hold ----


@pytest.mark.parametrize("transposed", [True, False])
def test_letters_are_set_upright_and_it_is_said(home: Path, fake: FakeHub, hub: Hub, transposed: bool) -> None:
    item = HUB_SETS["emnist_letters"]
    images, labels = letters()
    stored = images.transpose(0, 2, 1) if transposed else images
    source = item.sources[0]
    fake.put(source.repo, source.train[0], parquet(stored, labels))
    fake.put(source.repo, source.test[0], parquet(stored[:30], labels[:30]))
    news = fetched(item, hub)
    assert news[-1] == Stored("emnist_letters", len(images), 30, (fetching.TURNED,) if transposed else ())
    dataset = load("emnist_letters")
    assert (dataset.images == images).all() and (dataset.held_out == images[:30]).all()
    assert dataset.class_names == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    entry = next(entry for entry in hub_sets.hub_entries("en") if entry["key"] == "emnist_letters")
    assert entry["ready"] and entry["changes"] == ([fetching.TURNED.en] if transposed else [])


def test_the_makers_own_files_count_letters_from_one(home: Path, fake: FakeHub, hub: Hub) -> None:
    item = HUB_SETS["emnist_letters"]
    images, labels = letters()
    source = item.sources[1]
    for part, paths in (("train", source.train), ("test", source.test)):
        rows = slice(None) if part == "train" else slice(0, 10)
        fake.put(source.repo, paths[0], idx(images[rows].transpose(0, 2, 1)), source.revision)
        fake.put(source.repo, paths[1], idx(labels[rows] + 1), source.revision)
    fetched(item, hub)
    dataset = load("emnist_letters")
    assert (dataset.images == images).all() and (dataset.labels == labels).all() and len(dataset.held_out) == 10


def test_small_files_are_checked_by_gits_own_sum(home: Path, fake: FakeHub, hub: Hub) -> None:
    images, labels = some_images(10)
    fake.put("some/where", "images.txt", idx(images))
    fake.put("some/where", "labels.txt", idx(labels))
    fetched(set_of(Source("some/where", ("images.txt", "labels.txt"))), hub)
    assert (load("kmnist").images == images).all()
    assert hub_sets.card("kmnist")["files"][0]["sha256"] is None
    fake.faults.instead = idx(images[::-1])
    with pytest.raises(VisitorError):
        fetched(set_of(Source("some/where", ("images.txt", "labels.txt"))), hub)


def test_images_in_colour_become_grey_and_it_is_said(home: Path, fake: FakeHub, hub: Hub) -> None:
    images, labels = some_images(6)
    coloured = [encode(np.repeat(image[..., None], 3, axis=2)) for image in images]
    fake.put(REPO, TRAIN, parquet(coloured, labels))
    fake.put(REPO, TEST, parquet(images, labels))
    assert fetched(KANA, hub)[-1] == Stored("kmnist", 6, 6, (fetching.GREYED.format(n="6"),))
    assert (load("kmnist").images == images).all()
