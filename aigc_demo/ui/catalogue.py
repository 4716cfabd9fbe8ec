"""Everything the page's scripts know by name, in one language: losses, recipes, datasets, states, strings."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Any

from aigc_demo.data import DATASETS
from aigc_demo.exports import FORMATS
from aigc_demo.exports.model_export import MODEL_FORMATS
from aigc_demo.losses import AUXILIARIES, LOSSES, Auxiliary, Loss, Term
from aigc_demo.metrics.yardsticks import measured_yardsticks
from aigc_demo.networks import DISCRIMINATORS, GENERATORS, Network, go_together
from aigc_demo.recipes import RECIPES, SETTINGS, WEIGHT, Recipe, Setting, default_of
from aigc_demo.recipes.presets import PRESETS, Preset
from aigc_demo.text import Lang
from aigc_demo.ui.texts.common import STATES
from aigc_demo.ui.texts.strings import strings
from aigc_demo.ui.theme import Colour, term_colours


@lru_cache(maxsize=2)
def catalogue(lang: Lang) -> dict[str, Any]:
    """Plain data; the answer is shared: do not change it."""
    return {
        "losses": {key: _loss(loss, lang) for key, loss in LOSSES.items()},
        "auxiliaries": {
            key: {"title": item.title(lang), "needs_class_head": item.needs_class_head, "terms": _terms(item, lang)}
            for key, item in AUXILIARIES.items()
        },
        "recipes": {key: _recipe(recipe, lang) for key, recipe in RECIPES.items()},
        "settings": {setting.key: _setting(setting, lang) for setting in (WEIGHT, *SETTINGS.values())},
        "generators": {
            key: _network(own, [d.key for d in DISCRIMINATORS.values() if go_together(own, d)], lang)
            for key, own in GENERATORS.items()
        },
        "discriminators": {
            key: _network(own, [g.key for g in GENERATORS.values() if go_together(g, own)], lang)
            for key, own in DISCRIMINATORS.items()
        },
        "yardsticks": measured_yardsticks(),
        "presets": {key: _preset(preset, lang) for key, preset in PRESETS.items()},
        "exports": [{"key": item.key, "file": item.file, "title": item.title(lang)} for item in FORMATS.values()],
        "model_exports": [
            {"key": item.key, "title": item.title(lang), "about": item.about(lang), "missing": item.missing}
            for item in MODEL_FORMATS.values()
        ],
        "datasets": {key: {"title": info.title(lang), "about": info.about(lang)} for key, info in DATASETS.items()},
        "states": {key: text(lang) for key, text in STATES.items()},
        "strings": strings(lang),
    }


def _recipe(recipe: Recipe, lang: Lang) -> dict[str, Any]:
    return {
        "title": recipe.title(lang),
        "story": recipe.story(lang),
        "loss": recipe.loss,
        "auxiliaries": recipe.auxiliaries,
        "weights": recipe.weights,
        "conditional": recipe.conditional,
        "class_head": recipe.class_head,
        "latent_size": recipe.latent_size,
        "batch_size": recipe.batch_size,
        "section": recipe.section,
        "defaults": {key: default_of(key, recipe.key) for key in SETTINGS},
    }


def _preset(preset: Preset, lang: Lang) -> dict[str, Any]:
    """What stands on its card in the page's language; its experiments and its cure are passed on as they are."""
    return preset.to_json() | {"title": preset.title(lang), "story": preset.story(lang)}


def _setting(setting: Setting, lang: Lang) -> dict[str, Any]:
    return asdict(setting) | {"title": setting.title(lang), "about": setting.about(lang)}


def _network(network: Network, partners: list[str], lang: Lang) -> dict[str, Any]:
    facts = asdict(network) | {"title": network.title(lang), "partners": partners}
    return {name: value for name, value in facts.items() if name != "builder"}


def _loss(loss: Loss, lang: Lang) -> dict[str, Any]:
    return {
        "title": loss.title(lang),
        "story": loss.story(lang),
        "source": loss.source(lang),
        "family": loss.family,
        "readout": loss.readout,
        "equilibrium": loss.equilibrium,
        "discriminator_steps": loss.discriminator_steps,
        "clip": loss.clip,
        "needs_gradient": loss.needs_gradient,
        "sections": loss.sections,
        "suggested_optimisers": None if loss.suggested_optimisers is None else loss.suggested_optimisers(lang),
        "terms": _terms(loss, lang),
    }


def _terms(holder: Loss | Auxiliary, lang: Lang) -> list[dict[str, Any]]:
    colours = term_colours(holder)
    players = (("d", holder.d_terms), ("g", holder.g_terms))
    return [_term(term, player, colours[term.key], lang) for player, terms in players for term in terms]


def _term(term: Term, player: str, colour: Colour, lang: Lang) -> dict[str, Any]:
    return {
        "key": term.key,
        "player": player,
        "name": term.name(lang),
        "latex": term.latex,
        "text": term.text(lang),
        "symbol": term.symbol,
        "weight": term.weight,
        "most": term.most,
        "needs_gradient": term.needs_gradient,
        "auxiliary": term.auxiliary,
        "colour": colour[0],
        "colour_dark": colour[1],
    }
