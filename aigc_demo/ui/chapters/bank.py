"""The formulas that the scripts of the Explain tab may show, to be typeset when the tab is first opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from aigc_demo.explain.experiments import EXPERIMENTS
from aigc_demo.text import LANGUAGES, Text
from aigc_demo.ui.texts import papers
from aigc_demo.ui.texts.networks_studies import STUDIES


def explain_bank() -> str:
    """Markdown that holds each formula once, as `page.formula_bank` does for the page."""
    return "\n\n".join(f"${formula}$" for formula in dict.fromkeys(_all()))


def inside(*texts: Text) -> Iterator[str]:
    """The formulas that stand between `$` in these Texts."""
    for text in texts:
        for lang in LANGUAGES:
            yield from re.findall(r"\$([^$]+)\$", text(lang))


def _experiments() -> Iterator[str]:
    for experiment in EXPERIMENTS.values():
        yield from inside(experiment.question, experiment.left, experiment.right)
        yield from inside(*(choice.text for choice in experiment.choices))
        yield from inside(*(claim.text for claim in experiment.claims))
        yield from inside(*(series.name for series in experiment.series))


def _studies() -> Iterator[str]:
    yield from inside(*STUDIES.values(), *papers.LIVE.values())


_SOURCES: tuple[Callable[[], Iterator[str]], ...] = (_experiments, _studies)


def _all() -> Iterator[str]:
    for source in _SOURCES:
        yield from source()
