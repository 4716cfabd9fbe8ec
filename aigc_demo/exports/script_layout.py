"""Setting a script's comments: lines that fit the page in both languages, and nothing in them that could be code."""

from __future__ import annotations

from aigc_demo.text import Lang, Text

WIDTH = 116  # columns; a Chinese sign takes two


def section(title: Text, lang: Lang) -> str:
    """The line over a part of the script."""
    words = title(lang)
    return f"# {words} {'-' * max(3, WIDTH - _columns(words) - 3)}\n\n"


def wrapped(text: str) -> list[str]:
    """`text` in lines that fit the page; Chinese, which has no spaces, is cut between signs."""
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        columns = _columns(piece)
        if used + columns > WIDTH and line:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
        line, used = line + piece, used + columns
    return [*lines, line.rstrip()]


def harmless(value: object) -> str:
    """What a run's folder holds, which anybody may have written, as words that cannot end a docstring; None is a dash."""
    if value is None:
        return "–"
    return " ".join(str(value)[:60].replace("\\", "/").replace('"', "'").split())


def _columns(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def _pieces(text: str) -> list[str]:
    pieces, word = [], ""
    for sign in text:
        if ord(sign) > 0x2E80 and sign not in "，。；：、）”":
            pieces += [word, sign]
            word = ""
        elif sign == " ":
            pieces.append(word + " ")
            word = ""
        else:
            word += sign
    return [piece for piece in [*pieces, word] if piece]
