"""The glossary: one word one meaning, in both languages, each in a sentence."""

from __future__ import annotations

import re

import pytest

from aigc_demo.explain.glossary import GLOSSARY, inconsistent, told
from aigc_demo.explain.glossary_words import Word
from aigc_demo.text import LANGUAGES, Lang


def test_no_spelling_means_two_things() -> None:
    assert list(inconsistent()) == []


@pytest.mark.parametrize("word", GLOSSARY.values(), ids=list(GLOSSARY))
def test_a_word_is_one_sentence_in_each_language(word: Word) -> None:
    assert (
        re.search(r"[一-鿿]", word.meaning.zh) and word.meaning.zh.endswith("。") and word.meaning.zh.count("。") == 1
    )
    assert not re.search(r"[一-鿿]", word.meaning.en) and word.meaning.en.endswith(".")
    assert all(len(word.meaning(lang)) <= 130 for lang in LANGUAGES)
    assert not any(re.search(r"[一-鿿]", spelling) for spelling in word.spellings("en"))
    assert word.name.zh in word.spellings("zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_are_told_in_the_order_of_their_names(lang: Lang) -> None:
    names = [word["name"].lower() for word in told(lang)]
    assert len(names) == len(GLOSSARY) >= 50 and names == sorted(names)
