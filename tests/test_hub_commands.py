"""`push`, `pull` and `hub:` on the command line, against a Hub on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo import checkpoints
from aigc_demo.checkpoints.about import read_about
from aigc_demo.commands import main
from tests import models
from tests.hub.fake_hub import FakeHub
from tests.hub.fake_models import ADA


@pytest.fixture(autouse=True, scope="module")
def _recipe() -> Iterator[None]:
    with models.tiny_recipe():
        yield


@pytest.fixture
def fake(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    hub = FakeHub()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    monkeypatch.setenv("HF_TOKEN", ADA)
    yield hub
    hub.close()


def last(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_a_run_is_pushed_pulled_and_drawn_with(
    fake: FakeHub, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = models.save(tmp_path / "run", seed=3)
    assert main(["push", str(folder), "digits", "--json"]) == 0
    pushed = last(capsys)
    assert (pushed["repo"], pushed["is_private"]) == ("ada/digits", True) and fake.models.private["ada/digits"]
    assert main(["push", str(folder), "digits"]) == 0
    assert pushed["commit"] in capsys.readouterr().out  # nothing new

    out = tmp_path / "drawn.npz"
    assert main(["generate", "--checkpoint", "hub:ada/digits", "--n", "3", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert pushed["commit"] in said.err and pushed["commit"] not in said.out and ADA not in said.err + said.out
    with np.load(out, allow_pickle=False) as drawn:
        expected, _ = _drawn(folder)
        np.testing.assert_array_equal(drawn["images"], expected)
    (kept,) = (home / checkpoints.IMPORTED).glob("i-*")
    assert (read_about(kept).repo, read_about(kept).commit) == ("ada/digits", pushed["commit"])

    asked = len(fake.asked)
    assert main(["pull", f"hub:ada/digits@{pushed['commit']}", "--json"]) == 0
    told = last(capsys)
    assert told == {"id": kept.name, "duplicate": True, "repo": "ada/digits", "commit": pushed["commit"]}
    assert len(fake.asked) == asked  # it is here: the Hub need not be asked
    written = b"".join(path.read_bytes() for path in (*home.rglob("*"), *tmp_path.rglob("*")) if path.is_file())
    assert ADA.encode() not in written


def _drawn(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    from aigc_demo.commands.generating import sample

    return sample(checkpoints.load(folder), 3, None, 0)


def test_what_is_wrong_is_one_line(
    fake: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(models.save(tmp_path / "run"))

    def complaint(*arguments: str) -> str:
        assert main(list(arguments)) == 2
        said = capsys.readouterr()
        assert len(said.err.strip().splitlines()) == 1 and ADA not in said.err
        return said.err

    assert "REPO" in complaint("push", folder).upper()
    assert "a b" in complaint("push", folder, "a b")
    assert "ada/nothing" in complaint("pull", "ada/nothing")
    assert "ada/nothing" in complaint("evaluate", "--checkpoint", "hub:ada/nothing")
    assert "hub:x" in complaint("generate", "--checkpoint", "hub:x", "--out", str(tmp_path / "x.png"))
    fake.models.put_model("ada/open", {"config.json": b"{}"})
    assert "ada/open" in complaint("push", folder, "open")
    monkeypatch.delenv("HF_TOKEN")
    assert "HF_TOKEN" in complaint("push", folder, "digits")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert "http://127.0.0.1:9" in complaint("pull", "ada/digits")
