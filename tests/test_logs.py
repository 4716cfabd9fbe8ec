"""What is written down: one message a line whatever a visitor has typed, at the level asked for, in bounded files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo import logs
from aigc_demo.logs import Plain, Tally, harmless, set_up
from aigc_demo.text import VisitorError

ours = logging.getLogger("aigc_demo.tests")


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root, own = logging.getLogger(), logging.getLogger(logs.OURS)
    handlers, level, own_level = root.handlers[:], root.level, own.level
    root.handlers[:] = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    own.setLevel(own_level)


@pytest.mark.parametrize(
    "typed",
    ["x\n2026-01-01 00:00:00 INFO aigc_demo: all is well", "\x1b[2J\x1b]0;owned\x07", "a\r\nb", "\u202eabc", "\u2028x"],
)
def test_nothing_a_visitor_types_begins_a_line_or_moves_the_cursor(typed: str, capsys: pytest.CaptureFixture) -> None:
    set_up({})
    ours.warning("refused %s", typed)
    try:
        raise ValueError(typed)
    except ValueError:
        ours.exception("it broke with %s", typed)
    lines = capsys.readouterr().err.split("\n")
    assert all(line.isprintable() for line in lines)
    assert sum(line.startswith("20") for line in lines) == 2
    assert all(line.startswith(("20", "    ")) for line in lines[:-1])
    assert "Traceback" in lines[2]


def test_words_in_any_script_stay_as_they_are() -> None:
    assert harmless("数字 é 🙂") == "数字 é 🙂"
    assert harmless("a\tb\x00") == r"a\tb\x00"


def test_the_level_is_the_environments(capsys: pytest.CaptureFixture) -> None:
    for level, heard in (("", "iwe"), ("debug", "diwe"), ("warning", "we"), ("ERROR", "e")):
        set_up({"AIGC_DEMO_LOG": level})
        for name, say in (("d", ours.debug), ("i", ours.info), ("w", ours.warning), ("e", ours.error)):
            say("<%s>", name)
        logging.getLogger("somebody.else").info("<not heard>")
        said = capsys.readouterr().err
        assert "".join(name for name in "diwe" if f"<{name}>" in said) == heard
        assert "not heard" not in said


def test_a_wrong_level_or_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VisitorError, match="AIGC_DEMO_LOG must be one of"):
        set_up({"AIGC_DEMO_LOG": "loud\n"})
    with pytest.raises(VisitorError, match="AIGC_DEMO_LOG_FILE"):
        set_up({"AIGC_DEMO_LOG_FILE": str(tmp_path / "nowhere" / "log")})


def test_the_file_never_becomes_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 2_000)
    set_up({"AIGC_DEMO_LOG_FILE": str(tmp_path / "log")})
    for number in range(400):
        ours.info("line %d", number)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 1 + logs.OLDER_FILES
    assert all(path.stat().st_size <= 2_000 for path in files)
    assert "line 399" in (tmp_path / "log").read_text()


def test_what_happens_often_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    tally = Tally(ours, "refused", seconds=3600)
    with caplog.at_level(logging.INFO, logger=ours.name):
        for status in ("404", "403", "404", "404"):
            tally.add(status)
        assert caplog.messages == ["refused: 404 × 1"]  # the first is said at once
        tally.say()
        tally.say()
    assert caplog.messages[1:] == ["refused: 403 × 1, 404 × 2"]


def test_a_message_with_a_traceback_keeps_its_own_record() -> None:
    try:
        raise ValueError("x")
    except ValueError as error:
        record = ours.makeRecord(ours.name, logging.ERROR, "f", 1, "m", (), (type(error), error, error.__traceback__))
    assert Plain().format(record) == Plain().format(record)
