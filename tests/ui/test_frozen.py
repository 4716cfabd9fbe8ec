"""The page's parts in a frozen replay: what this run needs, in both languages, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from aigc_demo.exports.modules import scripts_of
from aigc_demo.text import LANGUAGES, Lang
from aigc_demo.ui.catalogue import catalogue
from aigc_demo.ui.frozen import frozen_page

RUN: dict[str, Any] = {
    "recipe": "fast",
    "loss": "wgan_gp",
    "auxiliaries": ("acgan",),
    "changes": [
        {"step": 5, "key": "lr.g", "from": 0.003, "to": 0.001},
        {"step": 9, "key": "loss", "from": "minimax", "to": "wgan_gp"},
    ],
    "device": None,
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_those_that_this_run_needs(lang: Lang) -> None:
    words = frozen_page().words(RUN, lang)
    assert set(words["losses"]) == {"wgan_gp", "minimax"}  # the one before the change is drawn too
    assert set(words["auxiliaries"]) == {"acgan"}
    assert set(words["recipes"]) == {"fast"}
    assert words["losses"]["minimax"] == catalogue(lang)["losses"]["minimax"]
    assert "presets" not in words
    assert 30 < len(words["strings"]) < len(catalogue(lang)["strings"])
    assert words["strings"]["play"] == catalogue(lang)["strings"]["play"]


def test_what_the_elements_look_for_comes_along() -> None:
    more = frozen_page().more(RUN)
    assert set(more["curves"]) == {"wgan_gp", "minimax"}
    assert more["curves"]["minimax"]["terms"]
    assert more["device"] == ""
    assert frozen_page().more({**RUN, "device": {"name": "CPU"}})["device"] == "CPU"


def test_a_run_of_another_version_still_has_a_page() -> None:
    """A recipe or loss that the catalogue no longer knows is left out."""
    words = frozen_page().words(
        {**RUN, "recipe": "gone", "loss": "gone", "auxiliaries": ("gone",), "changes": None}, "en"
    )
    assert words["losses"] == words["recipes"] == words["auxiliaries"] == {}


def test_the_skeleton_says_nothing_in_any_language_but_the_languages_names() -> None:
    body = frozen_page().body()
    assert body.count("AIGC Demo") == 1
    assert "中文" in body
    for part in ("chart", "samples", "replay", "ledger", "scores", "classes", "figures"):
        assert f"<aigc-{part} " in body


def test_nothing_of_the_laboratory_is_in_the_file() -> None:
    """Controls, slow motion and the race have no place where there is no server; they would only make it larger."""
    page = frozen_page()
    scripts = set(scripts_of(page.scripts, page.entry))
    assert {"frozen.js", "chart.js", "run-store.js"} <= scripts
    assert not scripts & {"main.js", "controls.js", "slow.js", "race.js", "latent.js", "exports-menu.js"}
    assert all(path.exists() for path in page.styles)
