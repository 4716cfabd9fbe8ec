from __future__ import annotations

import json
from pathlib import Path

import pytest

from aigc_demo.runs import Studio, recorded, shelf
from aigc_demo.text import NotFound, Refused
from tests.runs.conftest import plan, wait_until_over


def test_a_recorded_run_plays_like_any_other_and_cannot_be_controlled(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, token = studio.start(plan(steps=80))
    wait_until_over(run)
    target = tmp_path / "shipped"
    recorded.make_recorded(run.folder.path, target)
    assert {path.name for path in target.iterdir()} == {"run.json", "metrics.jsonl", "probes.jsonl", "frames"}
    assert json.loads((target / "run.json").read_text())["owner"] == ""
    monkeypatch.setattr(shelf, "open_recorded", lambda: recorded.open_recorded(target))
    played = studio.run("recorded")
    messages = list(played.follow())
    assert len(messages) == 1
    assert (messages[0]["run"], messages[0]["recorded"], messages[0]["state"]) == ("recorded", True, "finished")
    assert messages[0]["curves"]["last"] == 80
    assert messages[0]["checkpoint"] is None
    assert played.frames.listing() == run.frames.listing()
    with pytest.raises(Refused):
        studio.control("recorded", "resume", token)


def test_without_a_recording_there_is_none(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "open_recorded", lambda: recorded.open_recorded(tmp_path / "nothing"))
    with pytest.raises(NotFound):
        studio.run("recorded")
