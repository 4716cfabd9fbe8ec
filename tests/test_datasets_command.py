"""`datasets get`: a set from a Hub on this machine, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aigc_demo.commands import main
from aigc_demo.data import load
from aigc_demo.hub import fetching
from tests.hub.fake_hub import COMMIT, FakeHub
from tests.hub.made_sets import REPO, put_kana, unpack_here

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def fake(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    hub = FakeHub()
    put_kana(hub)
    monkeypatch.setattr(fetching, "unpack", unpack_here)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    yield hub
    hub.close()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ask(*arguments: str) -> tuple[int, str, str]:
        status = main(["datasets", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return ask


def test_a_set_is_marked_fetched_and_then_there(run: Run, fake: FakeHub) -> None:
    assert any(line.startswith("kmnist ") and "31 MB" in line for line in run()[1].splitlines())
    status, out, err = run("get", "kmnist", "--json")
    found = json.loads(out.splitlines()[-1])
    assert (status, err) == (0, "") and (found["count"], found["held_out"]) == (40, 12)
    assert (found["repository"], found["commit"]) == (REPO, COMMIT) and Path(found["folder"]).is_dir()
    assert len(load("kmnist").images) == 40
    listed = json.loads(run("--json")[1].splitlines()[-1])["datasets"]
    assert listed["kmnist"]["ready"] and not listed["mnist"]["ready"] and listed["digits5k"]["ready"]
    assert any(line.startswith("kmnist ") and "31 MB" not in line for line in run()[1].splitlines())


def test_what_is_there_is_not_fetched_again_unless_asked(run: Run, fake: FakeHub) -> None:
    run("get", "kmnist")
    asked = len(fake.asked)
    status, out, _ = run("get", "kmnist")
    assert status == 0 and "hub/kmnist" in out and len(fake.asked) == asked
    put_kana(fake, train=30)
    assert run("get", "kmnist", "--again")[0] == 0 and len(load("kmnist").images) == 30


def test_trouble_is_one_line(run: Run, fake: FakeHub) -> None:
    fake.faults.status = 500
    for arguments in (("get", "kmnist"), ("get", "imagenet"), ("get",)):
        status, out, err = run(*arguments)
        assert (status, out) == (2, "") and len(err.splitlines()) == 1


def test_ctrl_c_leaves_nothing(run: Run, fake: FakeHub, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching, "unpack", interrupt)
    assert run("get", "kmnist")[0] == 130
    assert list((home / "hub").iterdir()) == []
