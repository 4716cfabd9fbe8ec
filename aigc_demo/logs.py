"""What the program writes down for whoever looks after it: one set-up for all of it, and nothing about visitors.

`AIGC_DEMO_LOG` is the least level of our own messages (debug, info, warning, error); other libraries are heard from
warnings on. `AIGC_DEMO_LOG_FILE` names a file for them, which never becomes larger than a few megabytes.
"""

from __future__ import annotations

import logging
import logging.handlers
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from aigc_demo.text import Text, VisitorError

LEVEL, FILE = "AIGC_DEMO_LOG", "AIGC_DEMO_LOG_FILE"
LEVELS = ("debug", "info", "warning", "error")
MOST_BYTES, OLDER_FILES = 2_000_000, 2
OURS = "aigc_demo"

_BAD_LEVEL = Text(
    "环境变量 {name} 应为 {known} 之一，不能是“{given}”。", "{name} must be one of {known}, not “{given}”."
)
_BAD_FILE = Text(
    "日志文件 {path} 无法写入：{reason}。请换一个 {name}。",
    "The log file {path} cannot be written: {reason}. Set {name} to another one.",
)


class Plain(logging.Formatter):
    """One message a line, whatever it holds: control characters are written as their codes, and a traceback is indented,
    so that no word of a visitor's can begin a line or move a terminal's cursor.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        first = super().format(_without_trace(record))
        trace = super().formatException(record.exc_info).splitlines() if record.exc_info else []
        return "\n".join([harmless(first), *(f"    {harmless(line)}" for line in trace)])


def _without_trace(record: logging.LogRecord) -> logging.LogRecord:
    bare = logging.makeLogRecord(record.__dict__)
    bare.exc_info = bare.exc_text = bare.stack_info = None
    return bare


def harmless(words: str) -> str:
    """`words` on one line, with the codes of what does something to a terminal or turns the direction of writing."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in words)


def set_up(environment: Mapping[str, str], usual: str = "info") -> None:
    """Let messages go to stderr, and to the file that the environment names. Raises `VisitorError` for a wrong setting."""
    given = environment.get(LEVEL, "").strip().lower() or usual
    if given not in LEVELS:
        raise VisitorError(_BAD_LEVEL.format(name=LEVEL, known=", ".join(LEVELS), given=harmless(given[:40])))
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    path = environment.get(FILE, "").strip()
    if path:
        handlers.append(_file(Path(path).expanduser()))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        handler.setFormatter(Plain())
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(given.upper())


def _file(path: Path) -> logging.Handler:
    try:
        return logging.handlers.RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=OLDER_FILES, encoding="utf-8"
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise VisitorError(_BAD_FILE.format(path=harmless(str(path)[:200]), reason=reason, name=FILE)) from error


class Tally:
    """Counts what happens often, and says how often now and then, instead of a line each time. For any thread."""

    def __init__(self, logger: logging.Logger, title: str, seconds: float = 60.0) -> None:
        self._logger, self._title, self._seconds = logger, title, seconds
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._said = time.monotonic() - seconds

    def add(self, what: str) -> None:
        """Once more; `what` is a word of ours and never of a visitor's."""
        with self._lock:
            self._counts[what] += 1
            if time.monotonic() - self._said < self._seconds:
                return
        self.say()

    def say(self) -> None:
        """Write down what was counted since it was last said."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            self._said = time.monotonic()
        if counts:
            told = ", ".join(f"{what} × {number}" for what, number in sorted(counts.items()))
            self._logger.info("%s: %s", self._title, told)
