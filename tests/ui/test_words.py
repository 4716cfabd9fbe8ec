"""The words of the page's scripts: every one that is asked for exists in both languages, and none is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo.text import LANGUAGES
from aigc_demo.ui.page import STATIC
from aigc_demo.ui.texts import frozen, pocket
from aigc_demo.ui.texts import strings as area_list
from aigc_demo.ui.texts.strings import strings

SCRIPTS = sorted(STATIC.glob("*.js"))
PLACEHOLDER = re.compile(r"\{\w+\}")
CHINESE = re.compile("[一-鿿]")

_LITERAL = re.compile(r"""\bt\(\s*'([^']+)'""")
_EITHER = re.compile(r"""\bt\(\s*[^'`?()]+\?\s*'([^']+)'\s*:\s*'([^']+)'""")
_TEMPLATE = re.compile(r"\bt\(\s*`([^`]+)`")
_REASON = re.compile(r"""'(net\.\w+)'""")  # handed on by an error until somebody puts it into words
_QUOTED = re.compile(r"""['"`]([A-Za-z][\w.]*)['"`]""")
_BUILT = re.compile(r"`([A-Za-z][\w.]*\.)\$\{[^`]*?\}([\w.]*)`")


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _asked(source: str) -> Iterator[str]:
    yield from _LITERAL.findall(source)
    for pair in _EITHER.findall(source):
        yield from pair


def _pattern(template: str) -> re.Pattern[str]:
    """What a template such as `figures.${key}.text` may become."""
    parts = re.split(r"\$\{[^}]*\}", template)
    return re.compile(r"[\w.]+".join(map(re.escape, parts)) + "$")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_word_that_a_script_asks_for_exists(script: Path) -> None:
    own = {**frozen.JS, **pocket.JS}  # which pages that are files bring with them
    known = strings("en") | {key: text.en for key, text in own.items()}
    for key in (*_asked(_source(script)), *_REASON.findall(_source(script))):
        assert key in known, f"{script.name} asks for {key}"
    for template in _TEMPLATE.findall(_source(script)):
        assert any(_pattern(template).match(key) for key in known), f"{script.name} asks for {template}"


def test_no_word_is_left_over() -> None:
    sources = [_source(script) for script in SCRIPTS]
    named = {key for source in sources for key in _QUOTED.findall(source)}
    built = [_pattern(f"{before}${{x}}{after}") for source in sources for before, after in _BUILT.findall(source)]
    assert not [key for key in strings("en") if key not in named and not any(each.match(key) for each in built)]


def test_both_languages_say_everything_with_the_same_placeholders() -> None:
    zh, en = strings("zh"), strings("en")
    assert zh.keys() == en.keys()
    for key in zh:
        assert zh[key] and en[key], key
        assert set(PLACEHOLDER.findall(zh[key])) == set(PLACEHOLDER.findall(en[key])), key


def test_english_words_are_english() -> None:
    assert not {key: text for key, text in strings("en").items() if CHINESE.search(text)}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_hold_no_words_of_their_own(script: Path) -> None:
    assert not CHINESE.search(_source(script))


def test_a_word_belongs_to_one_area(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = area_list._AREAS
    monkeypatch.setattr(area_list, "_AREAS", (*areas, areas[0]))
    with pytest.raises(ValueError, match="two areas"):
        strings(LANGUAGES[0])
