"""The commands that list what there is to choose from. None of them needs TensorFlow."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from aigc_demo.commands.console import LANG, say, say_json
from aigc_demo.losses import AUXILIARIES, LOSSES, Term
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, Network
from aigc_demo.recipes import RECIPES, SETTINGS, WEIGHT
from aigc_demo.text import Text

AsJson = Annotated[
    bool,
    typer.Option("--json", help=Text("最后一行输出一个 JSON 对象。", "Print one JSON object as the last line.")(LANG)),
]


def recipes(as_json: AsJson = False) -> None:
    """List the recipes; as JSON also every setting and every network that they may be given."""
    if as_json:
        return say_json(
            {
                "recipes": {key: asdict(recipe) for key, recipe in RECIPES.items()},
                "settings": {key: asdict(setting) for key, setting in {**SETTINGS, "weight.<term>": WEIGHT}.items()},
                "generators": {key: _network(network) for key, network in GENERATORS.items()},
                "discriminators": {key: _network(network) for key, network in DISCRIMINATORS.items()},
            }
        )
    table({key: recipe.title for key, recipe in RECIPES.items()}, {key: item.story for key, item in RECIPES.items()})


def losses(as_json: AsJson = False) -> None:
    """List the losses, and the auxiliary terms that any of them can carry."""
    if as_json:
        return say_json(
            {
                "losses": {key: _loss(key) for key in LOSSES},
                "auxiliaries": {
                    key: {"title": asdict(item.title), "terms": [_term(term) for term in item.terms]}
                    for key, item in AUXILIARIES.items()
                },
            }
        )
    table({key: loss.title for key, loss in LOSSES.items()}, {key: loss.story for key, loss in LOSSES.items()})


def _loss(key: str) -> dict[str, Any]:
    loss = LOSSES[key]
    return {
        "title": asdict(loss.title),
        "story": asdict(loss.story),
        "source": asdict(loss.source),
        "family": loss.family,
        "readout": loss.readout,
        "equilibrium": list(loss.equilibrium),
        "discriminator_steps": loss.discriminator_steps,
        "clip": loss.clip,
        "formula": {"d": loss.formula("d"), "g": loss.formula("g")},
        "terms": [_term(term) for term in loss.d_terms + loss.g_terms],
    }


def _network(network: Network) -> dict[str, Any]:
    return {key: value for key, value in asdict(network).items() if key != "builder"}


def _term(term: Term) -> dict[str, Any]:
    return {
        "key": term.key,
        "player": term.key[0],
        "name": asdict(term.name),
        "latex": term.latex,
        "text": asdict(term.text),
        "symbol": term.symbol,
        "weight": term.weight,
        "most": term.most,
        "auxiliary": term.auxiliary,
    }


def table(titles: Mapping[str, Text], stories: Mapping[str, Text]) -> None:
    """One line each: key, title, story."""
    widths = [max(_width(key) for key in titles), max(_width(title(LANG)) for title in titles.values())]
    for key, title in titles.items():
        say(f"{_padded(key, widths[0])}  {_padded(title(LANG), widths[1])}  {stories[key](LANG)}")


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
