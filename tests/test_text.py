"""Words in two languages, and which of them a visitor's browser asks for."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_demo.text import LANGUAGES, NotFound, Refused, Text, VisitorError, plain, preferred_language


def test_a_text_is_called_with_a_language() -> None:
    text = Text("开始", "Start")
    assert text("zh") == "开始"
    assert text("en") == "Start"
    assert set(LANGUAGES) == {"zh", "en"}


def test_placeholders_are_filled_in_both_languages() -> None:
    text = Text("第 {n} 步，共 {total} 步", "Step {n} of {total}")
    assert text.format(n=3, total="{n}") == Text("第 3 步，共 {n} 步", "Step 3 of {n}")
    assert text == Text("第 {n} 步，共 {total} 步", "Step {n} of {total}")
    with pytest.raises(KeyError):
        text.format(n=3)


def test_a_text_cannot_be_changed_and_can_be_a_key() -> None:
    with pytest.raises(FrozenInstanceError):
        Text("a", "b").zh = "c"  # type: ignore[misc]
    assert len({Text("a", "b"), Text("a", "b"), plain("a")}) == 2


def test_plain_reads_the_same_everywhere() -> None:
    assert plain("digit-FD") == Text("digit-FD", "digit-FD")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-TW", "zh"),
        ("ZH", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.3,zh;q=0.7", "zh"),
        ("fr-FR,fr;q=0.9,zh;q=0.5,en;q=0.4", "zh"),
        ("fr,de", "en"),
        ("*", "en"),
        ("zh;q=0,en;q=0.1", "en"),
        ("zh;q=0", "en"),
        ("zh;q=much,en;q=0.1", "en"),
        ("en, zh", "en"),  # of equal weight: the first
        (" zh ; q=0.5 , fr", "zh"),
        ("zh;q=nan", "en"),
        ("fr," * 500 + "zh", "en"),  # what no browser sends is not read to its end
    ],
)
def test_the_browsers_first_language_of_ours(header: str, expected: str) -> None:
    assert preferred_language(header) == expected


@given(st.text(max_size=80) | st.lists(st.sampled_from(["zh", "en", ";q=", "0.5", ",", "-", "nan"])).map("".join))
def test_any_header_gets_a_language(header: str) -> None:
    assert preferred_language(header) in LANGUAGES


@pytest.mark.parametrize("kind", [VisitorError, NotFound, Refused])
def test_errors_carry_their_sentence(kind: type[VisitorError]) -> None:
    error = kind(Text("不行", "It cannot be done"))
    assert isinstance(error, VisitorError)
    assert error.text("zh") == "不行"
    assert str(error) == "It cannot be done"  # what a log shows
