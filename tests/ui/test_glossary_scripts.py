"""Finding the glossary's words in texts, as the page does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aigc_demo.explain.glossary import told
from aigc_demo.text import Lang
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

SCRIPT = """
  const found = words.matcher(given.words, given.lang);
  return given.texts.map((text) => found.all(text).map(({ key, from, to }) => [key, text.slice(from, to)]));
"""


def found_in(folder: Path, lang: Lang, *texts: str) -> list[Any]:
    given = {"words": told(lang), "lang": lang, "texts": texts}
    return run_modules(SCRIPT, {"words": "glossary-match.js"}, folder, given=given)


def test_the_longest_word_wins_and_latin_words_stand_alone(tmp_path: Path) -> None:
    first, second, third, fourth = found_in(
        tmp_path,
        "en",
        "Gradient norms of the discriminator; generators learn.",
        "A gradiently thing, r1x, kids and an adamant claim",
        "R1 and KID, but not r1 or kid",
        "the latent space",
    )
    assert first == [
        ["gradient_norm", "Gradient norms"],
        ["discriminator", "discriminator"],
        ["generator", "generators"],
    ]
    assert second == []
    assert third == [["r1", "R1"], ["kid", "KID"]]
    assert fourth == [["latent", "latent space"]]


def test_chinese_needs_no_spaces_and_takes_english_words_too(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, "zh", "判别器的logit与梯度范数，以及EMA。")
    assert found == [["discriminator", "判别器"], ["logit", "logit"], ["gradient_norm", "梯度范数"], ["ema", "EMA"]]


@pytest.mark.parametrize(("place", "key"), [(0, None), (4, "generator"), (13, "generator"), (14, None)])
def test_the_word_under_the_pointer_is_found(tmp_path: Path, place: int, key: str | None) -> None:
    script = "return words.findWord(words.matcher(given.all, 'en'), 'The generator draws', given.place)?.key ?? null;"
    assert (
        run_modules(script, {"words": "glossary-match.js"}, tmp_path, given={"all": told("en"), "place": place}) == key
    )
