"""What an owner may do to a model, and what nobody may: names, deleting, having back, importing, on one's own server and
on a public one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.numpy import load, save

from aigc_demo.checkpoints.parcel import gather
from aigc_demo.commands import main
from aigc_demo.runs import NotOwner, Studio
from aigc_demo.runs.claim import Claim
from aigc_demo.runs.limits import LOCAL, PUBLIC
from aigc_demo.runs.trash import UNDO_SECONDS, Trash
from aigc_demo.text import NotFound, Refused, VisitorError
from tests import models
from tests.runs.conftest import plan, wait_until_over

Files = dict[str, bytes]


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, _recipe: None) -> Files:
    return gather(models.save(tmp_path_factory.mktemp("model") / "m")).files


def another(files: Files, factor: float) -> Files:
    weights = {name: value * factor for name, value in load(files["generator.safetensors"]).items()}
    return {**files, "generator.safetensors": save(weights)}


def test_an_imported_model_is_a_model_like_any_other(studio: Studio, files: Files) -> None:
    (model_id, is_duplicate), _ = studio.import_model(files, "Ann's")
    assert not is_duplicate
    found = next(model for model in studio.models() if model.id == model_id)
    assert (found.kind, found.title.zh, found.title.en, found.step) == ("imported", "Ann's", "Ann's", 7)
    assert found.figures is None and found.made.en.endswith("(imported)")
    assert studio.generator(model_id).render([[0.0] * found.latent_size], [3]).shape == (1, 28, 28)
    assert studio.networks.generator(model_id).content
    assert studio.import_model(files)[0] == (model_id, True)
    assert not [path for path in studio.imports.folder.iterdir() if path.name.startswith(".")]


def test_deleting_and_having_back(studio: Studio, files: Files) -> None:
    (model_id, _), _ = studio.import_model(files)
    before = {path.name: path.read_bytes() for path in studio.model_folder(model_id).iterdir()}
    key = studio.keeper.delete(model_id)
    assert model_id not in {model.id for model in studio.models()}
    with pytest.raises(NotFound):
        studio.generator(model_id)
    assert studio.keeper.undo(key) == model_id
    assert {path.name: path.read_bytes() for path in studio.model_folder(model_id).iterdir()} == before
    with pytest.raises(Refused):
        studio.keeper.undo(key)


def test_nobody_renames_or_deletes_what_ships(studio: Studio) -> None:
    with pytest.raises(Refused, match="neither renamed nor deleted"):
        studio.keeper.delete("fast")
    with pytest.raises(Refused):
        studio.keeper.rename("fast", "mine")
    for unknown in ("..", "i-" + "0" * 20, "0" * 20, "a/b"):
        with pytest.raises(NotFound):
            studio.keeper.delete(unknown)


def test_a_run_goes_with_all_that_belongs_to_it_once_it_is_over(studio: Studio) -> None:
    run, _ = studio.start(plan(seconds=60))
    with pytest.raises(Refused, match="stop it first"):
        studio.keeper.delete(run.id)
    studio.control(run.id, "stop")
    wait_until_over(run)
    assert studio.keeper.rename(run.id, " A  name ") == "A name"
    assert {model.name for model in studio.models() if model.id == run.id} <= {"A name"}
    key = studio.keeper.delete(run.id)
    with pytest.raises(NotFound):
        studio.run(run.id)
    assert studio.keeper.undo(key) == run.id
    assert studio.run(run.id).step == run.step


def test_a_run_in_another_servers_hands_stays(studio: Studio, tmp_path: Path) -> None:
    folder = models.save(tmp_path / "runs" / ("a" * 20))
    run, _ = studio.start(plan(steps=3))
    wait_until_over(run)
    (folder / "run.json").write_bytes((run.folder.path / "run.json").read_bytes())
    claim = Claim(folder)
    assert claim.take()
    with pytest.raises(Refused, match="Another server"):
        studio.keeper.delete(folder.name)
    claim.release()
    assert studio.keeper.delete(folder.name)


def test_on_a_public_server_models_are_their_owners(
    studio_at: Callable[..., Studio], tmp_path: Path, files: Files
) -> None:
    limits = replace(PUBLIC, imports_per_visitor=2, kept_imports=3)
    studio = studio_at(tmp_path, owner_is_everyone=False, limits=limits)
    (first, _), token = studio.import_model(files, "", "ann", (), False)
    for act in (studio.keeper.delete, lambda key, word="": studio.keeper.rename(key, "x", word)):
        with pytest.raises(NotOwner):
            act(first)
        with pytest.raises(NotOwner):
            act(first, "0" * 32)
    assert first not in {model.id for model in studio.models((), False)}
    assert first in {model.id for model in studio.models([first], False)}
    assert studio.keeper.rename(first, "x", token) == "x"
    # Who cannot see it is not told that it is there.
    (second, is_duplicate), _ = studio.import_model(files, "", "ben", (), False)
    assert second != first and not is_duplicate
    studio.import_model(another(files, 0.9), "", "ann", (), False)
    with pytest.raises(Refused, match="delete one first"):
        studio.import_model(another(files, 0.8), "", "ann", (), False)
    studio.keeper.delete(first, token)
    studio.import_model(another(files, 0.8), "", "ann", (), False)
    studio.import_model(another(files, 0.7), "", "cem", (), False)
    assert len(studio.imports.models()) == 3  # the oldest made room
    assert second not in {path.name for path in studio.imports.models()}


def test_what_was_deleted_is_gone_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trash = Trash(tmp_path / "trash")
    (tmp_path / "a").mkdir()
    key = trash.put(tmp_path / "a")
    later = time.monotonic() + UNDO_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(Refused, match="10 minutes"):
        trash.restore(key)
    assert not list((tmp_path / "trash").iterdir())
    for bad in ("", "..", "../a", "0" * 32):
        with pytest.raises(Refused):
            trash.restore(bad)


def test_what_a_server_left_is_swept_and_a_name_in_use_is_not_overwritten(tmp_path: Path) -> None:
    trash = Trash(tmp_path / "trash")
    (tmp_path / "a").mkdir()
    key = trash.put(tmp_path / "a")
    (tmp_path / "a").mkdir()
    with pytest.raises(Refused, match="in its place"):
        trash.restore(key)
    assert (tmp_path / "trash" / key).is_dir()
    Trash(tmp_path / "trash")  # another server begins: it was deleted a moment ago
    assert (tmp_path / "trash" / key).is_dir()
    Trash(tmp_path / "trash", seconds=-1.0)
    assert not (tmp_path / "trash" / key).exists()
    trash.close()


def test_the_command_imports_and_lists(
    home: Path, files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = models.save(tmp_path / "model")
    assert main(["import", str(folder), "--name", "Zoë"]) == 0
    model_id = capsys.readouterr().out.split()[-1].rstrip(".。")
    assert main(["import", str(folder)]) == 0
    assert model_id in capsys.readouterr().out
    assert main(["models"]) == 0
    assert any(model_id in line and "Zoë" in line for line in capsys.readouterr().out.splitlines())
    assert main(["generate", "--checkpoint", model_id, "--n", "3", "--out", str(tmp_path / "three.png")]) == 0
    capsys.readouterr()
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    assert main(["import", str(tmp_path / "bad.zip")]) == 2
    assert main(["import", str(tmp_path / "missing")]) == 2
    assert main(["import", str(folder), "--name", "x" * 61]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_limits_of_a_local_server_are_none() -> None:
    LOCAL.check_imports(10_000)
    with pytest.raises(VisitorError):
        PUBLIC.check_imports(PUBLIC.imports_per_visitor)
