"""What uses the disk, and what goes: the oldest, never what is pinned, named, going, followed or another's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aigc_demo.checkpoints.about import note_about
from aigc_demo.runs import Studio
from aigc_demo.runs import guards as guarding
from aigc_demo.runs.claim import Claim
from aigc_demo.runs.feed import Feed
from aigc_demo.runs.guards import is_pinned
from aigc_demo.runs.limits import LOCAL, PUBLIC
from aigc_demo.runs.run import Run
from aigc_demo.runs.shelf import Shelf
from aigc_demo.runs.storage import MEGABYTE, Storage
from aigc_demo.runs.trash import Trash
from aigc_demo.text import NotFound, Refused, VisitorError
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import fake_studio

OLD = 1_000_000_000.0


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = fake_studio(tmp_path / "home")
    yield studio
    studio.close()


def run_of(studio: Studio, age: float, size: int = 50_000) -> Run:
    """A run that is over, of about `size` bytes, last touched so many seconds after `OLD`."""
    run = studio.start(plan(steps=2)).run
    wait_until_over(run)
    wait_for(lambda: run.feed.ended, 10)
    (run.folder.path / "frames").mkdir(exist_ok=True)
    (run.folder.path / "frames" / "x.png").write_bytes(b"x" * size)
    touch(run.folder.path, OLD + age)
    return run


def touch(path: Path, when: float) -> None:
    for each in (*path.glob("*"), path):
        os.utime(each, (when, when))


def ids(items: list) -> list[str]:
    return [item.id for item in items]


def storage(studio: Studio, budget: int = 0) -> Storage:
    """The studio's own, with a budget of so many bytes."""
    studio.storage.budget = budget
    return studio.storage


def test_what_uses_the_disk_is_counted_by_its_bytes(studio: Studio) -> None:
    run = run_of(studio, 0, 70_000)
    for name, size in (
        ("cache/axes/x.json", 10),
        ("datasets/y/images.npz", 20),
        ("models/i-0/z", 30),
        ("else/a", 40),
        ("b", 5),
    ):
        (studio.home / name).parent.mkdir(parents=True, exist_ok=True)
        (studio.home / name).write_bytes(b"x" * size)
    report = storage(studio).report()
    sizes = {(item.kind, item.id): item.bytes for item in report.items}
    assert sizes[("run", run.id)] == sum(path.stat().st_size for path in run.folder.path.rglob("*") if path.is_file())
    assert (sizes[("cache", "axes")], sizes[("data", "y")], sizes[("model", "i-0")]) == (10, 20, 30)
    assert (sizes[("other", "else")], sizes[("other", "b")]) == (40, 5)
    assert report.used == sum(sizes.values())
    assert report.free > 0


def test_the_oldest_go_first_and_no_more_than_needed(studio: Studio) -> None:
    newest, oldest, middle = (run_of(studio, age) for age in (30, 10, 20))
    store = storage(studio)
    used = store.report().used
    assert ids(store.report().going(used)) == []
    assert ids(store.report().going(used - 1)) == [oldest.id]
    assert ids(store.free(used - 60_000)) == [oldest.id, middle.id]
    assert not oldest.folder.path.exists() and not middle.folder.path.exists()
    assert newest.folder.path.exists()
    with pytest.raises(NotFound):
        studio.run(oldest.id)
    assert studio.run(newest.id).state == "finished"


def test_a_budget_is_kept_when_runs_begin(studio: Studio) -> None:
    old = run_of(studio, 0, 400_000)
    storage(studio, 300_000)
    run_of(studio, 100)
    wait_for(lambda: not old.folder.path.exists(), 10)


def test_without_a_budget_nothing_goes(studio: Studio) -> None:
    run = run_of(studio, 0)
    storage(studio).tidy_soon()
    assert run.folder.path.exists()


def test_what_is_pinned_or_named_stays(studio: Studio) -> None:
    pinned, named, other = (run_of(studio, age) for age in (1, 2, 3))
    store = storage(studio)
    used = {item.id: item.used for item in store.report().items}
    store.pin("run", pinned.id, True)
    assert {item.id: item.used for item in store.report().items} == used, "to pin is not to use"
    note_about(named.folder.path, name="mine")
    guards = {item.id: item.guard for item in store.report().items}
    assert (guards[pinned.id], guards[named.id], guards[other.id]) == ("pinned", "named", "")
    assert ids(store.free(0)) == [other.id]
    for run in (pinned, named):
        with pytest.raises(Refused):
            store.remove("run", run.id)
    store.pin("run", pinned.id, False)
    assert store.remove("run", pinned.id).id == pinned.id
    assert not pinned.folder.path.exists()


def test_a_pin_holds_also_against_the_number_of_runs_kept(tmp_path: Path) -> None:
    studio = fake_studio(tmp_path / "home", limits=replace(LOCAL, kept_runs=2))
    try:
        first, second = run_of(studio, 1), run_of(studio, 2)
        studio.storage.pin("run", first.id, True)
        run_of(studio, 3)
        run_of(studio, 4)
        assert first.folder.path.exists() and not second.folder.path.exists()
    finally:
        studio.close()


def test_what_goes_on_or_is_followed_stays(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    going = studio.start(plan(seconds=60)).run
    waiting = studio.start(plan(seconds=60)).run
    guards = {item.id: item.guard for item in storage(studio).report().items if item.kind == "run"}
    assert guards == {going.id: "going", waiting.id: "going"}
    assert storage(studio).free(0) == []
    for run in (waiting, going):
        studio.control(run.id, "stop")
    over = run_of(studio, 0)
    monkeypatch.setattr(Feed, "followers", property(lambda _: 1))
    assert {item.id: item.guard for item in storage(studio).report().items}[over.id] == "followed"
    assert over.id not in ids(storage(studio).free(0))
    monkeypatch.undo()
    assert over.id in ids(storage(studio).free(0))


def test_what_another_server_has_in_hand_stays(studio: Studio, tmp_path: Path) -> None:
    run = run_of(studio, 0)
    studio.close()
    elsewhere = Storage(studio.home, Shelf(studio.home / "runs"), 0)
    claim = Claim(run.folder.path)
    assert claim.take()
    assert [item.guard for item in elsewhere.report().items if item.kind == "run"] == ["elsewhere"]
    assert elsewhere.free(0) == []
    claim.release()
    assert ids(elsewhere.free(0)) == [run.id]


def test_models_data_and_searches_are_deleted_by_their_owner_alone(studio: Studio) -> None:
    for name in ("models/i-0/a", "datasets/b/c", "studies/d/journal.log", "trash/e/f"):
        (studio.home / name).parent.mkdir(parents=True, exist_ok=True)
        (studio.home / name).write_bytes(b"x" * 100)
    store = storage(studio)
    assert store.free(0) == []
    with pytest.raises(Refused):
        store.remove("data", "b")
    with pytest.raises(VisitorError):
        store.pin("study", "d", True)
    with pytest.raises(NotFound):
        store.remove("run", "../models")


def test_fetched_sets_and_caches_go_like_runs(studio: Studio) -> None:
    for name, age in (("hub/kmnist", 5), ("cache/axes", 2), ("hub/.mnist.tmp", 1)):
        (studio.home / name).mkdir(parents=True)
        (studio.home / name / "x").write_bytes(b"x" * 100)
        touch(studio.home / name, OLD + age)
    store = storage(studio)
    store.pin("hub", "kmnist", True)
    assert ids(store.free(0)) == ["axes"]
    store.pin("hub", "kmnist", False)
    assert ids(store.free(0)) == ["kmnist"]
    assert (studio.home / "hub" / ".mnist.tmp").exists(), "somebody may be fetching it"


def test_a_crash_in_the_middle_of_removing_leaves_no_half(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder leaves its place in one step; what is left of it is swept by the next program."""
    run = run_of(studio, 0)

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(guarding.shutil, "rmtree", crash)
    with pytest.raises(KeyboardInterrupt):
        storage(studio).free(0, for_good=True)
    monkeypatch.undo()
    assert not run.folder.path.exists()
    (left,) = (studio.home / "trash").iterdir()
    assert (left / "run.json").exists()
    os.utime(left, (OLD, OLD))
    Trash(studio.home / "trash")
    assert not left.exists()


def test_a_disk_that_refuses_loses_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(studio, 0)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(guarding.os, "rename", refuse)
    for for_good in (False, True):
        assert storage(studio).free(0, for_good) == []
        with pytest.raises(VisitorError, match="not removed"):
            storage(studio).remove("run", run.id, for_good)
    monkeypatch.undo()
    assert (run.folder.path / "run.json").exists()


def test_a_run_that_was_removed_can_be_had_back_as_it_was(studio: Studio) -> None:
    run = run_of(studio, 0)
    files = {path.name: path.read_bytes() for path in run.folder.path.glob("*.*")}
    store = storage(studio)
    gone = store.remove("run", run.id)
    with pytest.raises(NotFound):
        studio.run(run.id)
    (deleted,) = (item for item in store.report().items if item.kind == "trash")
    assert (deleted.undo, deleted.guard, deleted.title) == (gone.undo, "deleted", plan().recipe.title)
    assert deleted.bytes >= gone.bytes and store.report().used - store.report().kept == deleted.bytes
    assert store.undo([gone.undo]) == [run.folder.path]
    assert {path.name: path.read_bytes() for path in run.folder.path.glob("*.*")} == files
    assert studio.run(run.id).state == "finished"
    with pytest.raises(Refused):
        store.undo([gone.undo])


def test_of_several_keys_those_that_are_known_come_back(studio: Studio) -> None:
    first, second = run_of(studio, 0), run_of(studio, 1)
    store = storage(studio)
    keys = [item.undo for item in store.free(0)]
    store.empty(keys[:1])
    assert store.undo([*keys, "../runs"]) == [second.folder.path]
    assert not first.folder.path.exists() and not list((studio.home / "trash").iterdir())


def test_another_program_may_undo_what_one_has_removed(studio: Studio) -> None:
    """A command that removes ends at once; the next one brings back."""
    run = run_of(studio, 0)
    studio.close()
    (gone,) = Storage(studio.home, Shelf(studio.home / "runs"), 0).free(0)
    assert Storage(studio.home, Shelf(studio.home / "runs"), 0).undo([gone.undo]) == [run.folder.path]


def test_over_the_budget_what_was_deleted_goes_before_anything_else(studio: Studio) -> None:
    deleted, kept = run_of(studio, 0, 400_000), run_of(studio, 1, 50_000)
    store = storage(studio, 300_000)
    store.remove("run", deleted.id)
    assert [item.kind for item in store.free(for_good=True)] == ["trash"]
    assert kept.folder.path.exists() and not list((studio.home / "trash").iterdir())
    assert [item.undo for item in store.free(0, for_good=True)] == [""], "nothing of it can be had back"


def test_a_link_is_not_followed(studio: Studio, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes(b"x" * 10_000)
    (studio.home / "cache").mkdir(parents=True, exist_ok=True)
    (studio.home / "cache" / "link").symlink_to(outside)
    store = storage(studio)
    (item,) = (item for item in store.report().items if item.id == "link")
    assert item.bytes < 1_000
    store.free(0)
    assert (outside / "precious").exists()


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    report = Storage(tmp_path / "none", Shelf(tmp_path / "none" / "runs"), 1).report()
    assert (report.items, report.used, report.budget) == ((), 0, MEGABYTE)


def test_strangers_get_less_room() -> None:
    assert 0 < PUBLIC.disk_megabytes < LOCAL.disk_megabytes


def test_pins_outlive_their_program(studio: Studio) -> None:
    run = run_of(studio, 0)
    studio.storage.pin("run", run.id, True)
    studio.close()
    assert is_pinned(run.folder.path)
    again = Storage(studio.home, Shelf(studio.home / "runs"), 0)
    assert again.free(0) == []
    shutil.rmtree(studio.home)
