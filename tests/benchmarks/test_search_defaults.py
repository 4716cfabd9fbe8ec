"""The benchmark of searches: its figures come from the study, and its table says them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.readme_tables import SECTIONS
from benchmarks.readme_tables_search import deserves_it, is_taken
from benchmarks.result import read
from benchmarks.search_defaults import OUT, summary
from tests.search.fakes import search, study


def test_the_table_says_what_the_study_found(tmp_path: Path) -> None:
    found = summary(search(study(tmp_path), 6).results())
    assert found["trials"]["complete"] + found["trials"]["pruned"] == 6
    assert found["best"]["digit_fd"] <= found["default"]["digit_fd"]
    content = {"machine": "a machine", "recipes": {"fast": found, "slow": found | {"best": None, "default": None}}}
    content["recipes"]["fast"]["checked"] = {"best": [3.0, 1.0, 2.0], "default": [9.0, 8.0, 7.0]}  # type: ignore[index]
    lines = [line for line in SECTIONS["search_defaults"](content).splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    assert "8.0 → 2.0" in lines[2]
    assert f"{found['best']['digit_fd']:.1f} in" in lines[2]
    assert "`batch_size=" in lines[2]
    assert "| – | – |" in lines[3]


def test_a_recipe_has_what_its_study_found_exactly_where_that_is_better_and_not_much_slower() -> None:
    recipes = read(OUT)["recipes"]
    taken = {recipe for recipe, found in recipes.items() if is_taken(recipe, found["best"])}
    assert taken == {recipe for recipe, found in recipes.items() if deserves_it(found)}
    assert taken and taken < set(recipes)
