"""How the command line speaks: in which language, in one line when something is wrong, in JSON when asked."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import warnings
from typing import Any

from aigc_demo.logs import LEVEL, harmless, set_up
from aigc_demo.text import Lang, Text, preferred_language


def language() -> Lang:
    """The terminal's language, from the usual variables of the environment."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return preferred_language(named.split(".")[0].replace("_", "-"))


LANG = language()
INTERRUPTED = 130  # the exit status after Ctrl-C, as shells have it: 128 + SIGINT


class Ended(Exception):
    """A command is over with this one line on stderr and this exit status."""

    def __init__(self, text: Text, status: int) -> None:
        super().__init__(text.en)
        self.text = text
        self.status = status


def quieten() -> None:
    """Send what TensorFlow's own C++ writes to stderr nowhere, so that our one line stands alone there.

    Python keeps the real stderr. With AIGC_DEMO_VERBOSE set, everything is shown.
    """
    if os.environ.get("AIGC_DEMO_VERBOSE"):
        return
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    with contextlib.suppress(OSError, ValueError, AttributeError):  # there may be no stderr at all
        sys.stderr.flush()
        ours = os.dup(sys.stderr.fileno())
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        sys.stderr = open(ours, "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1)  # noqa: SIM115


def prepare() -> None:
    """A terminal that lacks a character gets its code, never a crash; warnings of ours reach it by `complain` alone,
    unless AIGC_DEMO_LOG asks for more. Raises `VisitorError` for a wrong level.
    """
    logger = logging.getLogger("aigc_demo")
    if os.environ.get(LEVEL):
        set_up(os.environ)
    elif not logger.handlers:
        logger.addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(OSError, ValueError):
                reconfigure(errors="backslashreplace")


def say(line: str = "") -> None:
    print(line, flush=True)


def say_json(data: dict[str, Any]) -> None:
    """The one JSON object that a script reads, as the last line of stdout."""
    print(json.dumps(data, ensure_ascii=True, allow_nan=False), flush=True)


def complain(text: Text, status: int = 2) -> int:
    """Print in one line on stderr why the command ends; returns the exit status."""
    if status != INTERRUPTED:
        text = Text(f"错误：{text.zh}", f"Error: {text.en}")
    print(harmless(" ".join(text(LANG).split())), file=sys.stderr, flush=True)
    return status


def explain_usage(error: Any) -> Text | None:
    """What is wrong with the arguments, in our words; None for an exception that is not about them."""
    words = getattr(error, "format_message", None)
    if words is None:
        return None
    kind, see = type(error).__name__, Text("用法见 --help。", "See --help.")
    if kind == "NoSuchOption":
        what = Text("没有选项 {name}。", "There is no option {name}.").format(name=str(error.option_name)[:80])
    elif kind == "MissingParameter" and error.param is not None:
        what = Text("缺少 {name}。", "{name} is missing.").format(name=_option(error.param))
    elif kind == "BadParameter" and error.param is not None:
        what = Text("{name} 的值有误。", "{name} has a value that it cannot take.").format(name=_option(error.param))
    else:
        message = words().rstrip(".") + "."
        what = Text("命令有误：" + message, message)
    return Text(f"{what.zh} {see.zh}", f"{what.en} {see.en}")


def _option(parameter: Any) -> str:
    return max(parameter.opts, key=len) if parameter.opts else str(parameter.name)
