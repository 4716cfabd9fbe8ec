"""What the Explain tab's Python draws, without a browser."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from aigc_demo.explain import FORMULAS
from aigc_demo.losses import LOSSES
from aigc_demo.text import LANGUAGES, Lang
from aigc_demo.ui.explain import document
from aigc_demo.ui.texts import explain, generate, models


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_erratum_and_formula_has_its_place(lang: Lang) -> None:
    page = document(lang)
    assert re.findall(r'data-erratum="(\w+)"', page) == [item.id for formula in FORMULAS for item in formula.errata]
    for erratum in (item for formula in FORMULAS for item in formula.errata):
        assert all(f"$${line}$$" in page for line in (*erratum.as_written, *erratum.corrected))
    assert "\n\n" not in page  # a blank line would end the HTML block and let Markdown read the formulas


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_names_a_loss_that_exists(lang: Lang) -> None:
    trials = [json.loads(unescape(found)) for found in re.findall(r'data-trial="([^"]+)"', document(lang))]
    assert len(trials) >= 12 and all(trial["loss"] in LOSSES for trial in trials)


@pytest.mark.parametrize("texts", [explain, generate, models], ids=["explain", "generate", "models"])
def test_strings_for_the_scripts_have_the_same_places_to_fill_in_both_languages(texts: object) -> None:
    for key, text in texts.JS.items():  # type: ignore[attr-defined]
        assert text.zh.strip() and text.en.strip(), key
        assert set(re.findall(r"\{(\w+)\}", text.zh)) == set(re.findall(r"\{(\w+)\}", text.en)), key
