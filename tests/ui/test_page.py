"""What the page is made of: its ids, its head, its formulas and its colours."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.text import LANGUAGES, Lang
from aigc_demo.ui.endpoints import Meter, Work
from aigc_demo.ui.page import STATIC, build_page, formula_bank, page_options
from aigc_demo.ui.texts.common import STATES
from aigc_demo.ui.theme import term_colours, theme
from tests.loops import in_a_loop

PAPER = {"light": "#ffffff", "dark": "#171a20"}  # what curves are drawn on
SCRIPTS = sorted(STATIC.glob("*.js"))
IDS = (
    *(f"tab-{name}" for name in ("train", "generate", "explain", "models")),
    *(f"train-{name}" for name in ("recipe", "loss", "dataset", "seconds", "seed", "start", "pause", "step", "stop")),
    *(f"train-{name}" for name in ("step-d", "step-g", "extend", "again", "slow", "presets", "settings")),
    *(f"train-{name}" for name in ("status", "chart", "samples", "replay")),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_every_element_that_is_known_by_its_id(lang: Lang) -> None:
    async def built() -> dict[str, Any]:
        return build_page(lang, Work(None, Meter(0, 0))).get_config_file()

    config = json.dumps(in_a_loop(built), default=str).replace('\\"', '"')
    for name in (*IDS, "language", "train-notice", "formula-bank"):
        assert f'"{name}"' in config, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_head_names_the_language_and_no_other_host(lang: Lang) -> None:
    head = page_options(lang, "../static/abc")["head"]
    assert f'<meta name="aigc-lang" content="{lang}">' in head
    assert 'src="../static/abc/joined/main.js"' in head
    assert not re.search(r'(src|href)="(https?:)?//', head)


def test_every_term_can_be_typeset() -> None:
    bank = formula_bank().split("\n\n")
    holders = (*LOSSES.values(), *AUXILIARIES.values())
    for term in (term for holder in holders for term in holder.d_terms + holder.g_terms):
        assert f"${term.latex}$" in bank
    assert len(bank) == len(set(bank))


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("holder", [*LOSSES.values(), *AUXILIARIES.values()], ids=lambda holder: holder.key)
def test_curves_stand_out_from_the_paper_and_from_each_other(holder: object) -> None:
    """3:1 is what WCAG 2.1 asks of the parts of a chart."""
    colours = term_colours(holder)  # type: ignore[arg-type]
    for place, paper in enumerate(PAPER.values()):
        shades = [pair[place] for pair in colours.values()]
        assert min(_contrast(shade, paper) for shade in shades) >= 3
        assert len(set(shades)) == len(shades)


def test_a_term_that_any_loss_can_carry_has_one_colour() -> None:
    carried = {key: pair for item in AUXILIARIES.values() for key, pair in term_colours(item).items()}
    for loss in LOSSES.values():
        own = term_colours(loss)
        assert not {pair for key, pair in own.items() if key not in carried} & set(carried.values())
        assert all(own[key] == pair for key, pair in carried.items() if key in own)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fonts_come_from_the_visitors_system(lang: Lang) -> None:
    assert not theme(lang)._stylesheets
    assert not [font for font in theme(lang)._font if type(font).__name__ == "GoogleFont"]


def test_every_state_has_a_word() -> None:
    from aigc_demo.runs.record import STATES as KNOWN

    assert set(KNOWN) == set(STATES)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_take_everything_from_their_own_folder(script: object) -> None:
    source = script.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for target in re.findall(r"""(?:\bfrom\s+|(?<![./\w-])import\s*\(?\s*)['"]([^'"]+)['"]""", source):
        assert target.startswith("./") and (STATIC / target[2:]).is_file(), target
    assert "innerHTML" not in source and "insertAdjacentHTML" not in source
    assert not re.search(r"https?://(?!www\.w3\.org)", source)
