"""The README's table of what searching for settings found, from its result."""

from __future__ import annotations

from statistics import median

from aigc_demo.recipes import RECIPES, make_plan, value_of
from benchmarks.readme_layout import Result, table
from benchmarks.search_defaults import LONGER

WORTH = 2.0  # times as many seconds are worth a better model


def search_defaults(result: Result) -> str:
    """Each recipe's study: how many trials, the recipe as it is, the best, and both again from other seeds."""
    rows = []
    for recipe, found in result["recipes"].items():
        trials, best, default = found["trials"], found["best"], found["default"]
        checked, longer = found.get("checked"), found.get("longer")
        rows.append(
            (
                f"`{recipe}` (`{found['loss']}`)",
                f"{trials['complete']} + {trials['pruned']}",
                str(found["steps"]),
                _point(default),
                _point(best),
                "–" if not checked else f"{median(checked['default']):.1f} → {median(checked['best']):.1f}",
                "–" if not longer else f"{longer['default']:.1f} → {longer['best']:.1f}",
                "–" if not best else ", ".join(f"`{key}={_value(value)}`" for key, value in best["settings"].items()),
                "yes" if is_taken(recipe, best) else "no",
            )
        )
    unsearched = ", ".join(f"`{key}`" for key in RECIPES if key not in result["recipes"])
    head = (
        "recipe (loss)",
        "trials + given up",
        "steps",
        "as it was",
        "best",
        "other seeds",
        "longer",
        "settings of the best",
        "taken over",
    )
    return (
        f"**Settings that a search found** (`benchmarks/search_defaults.py`, {result['machine']}): digit-FD at N = 1,000 "
        f"and seconds of training to get there, from one seed; “other seeds” is the median digit-FD after all steps from "
        f"three seeds that the search has not seen, as it was → best; “longer” is the same from one of them "
        f"after {LONGER} times the steps. A recipe has taken over what a study found where it was better from every unseen "
        f"seed and after the longer run, and training took at most {WORTH:g} times as long. Not searched: {unsearched}: "
        f"they keep the rates of the tutorials that their networks are from.\n\n"
        f"{table(head, rows)}"
    )


def is_taken(recipe: str, best: Result | None) -> bool:
    """Whether the recipe's rates are, within a tenth, those that the study found, and are not those that it began with."""
    if not best or best["trial"] == 0:  # the first trial of a study is the recipe as it was
        return False
    plan, settings = make_plan(recipe), best["settings"]
    pairs = [(value_of(plan, key), settings[key]) for key in ("lr.g", "lr.d") if key in settings]
    return bool(pairs) and all(abs(float(own or 0.0) - float(found)) <= 0.1 * float(found) for own, found in pairs)


def deserves_it(found: Result) -> bool:
    """Whether what the study found is to be taken over: better from every unseen seed and for longer, not much slower."""
    checked, longer, best, default = found.get("checked"), found.get("longer"), found["best"], found["default"]
    if not (checked and longer and best and default) or longer["best"] >= longer["default"]:
        return False
    return max(checked["best"]) < min(checked["default"]) and best["seconds"] <= WORTH * default["seconds"]


def _point(found: Result | None) -> str:
    return "–" if not found else f"{found['digit_fd']:.1f} in {found['seconds']:.1f} s"


def _value(value: float | int | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


SEARCH_SECTIONS = {"search_defaults": search_defaults}
