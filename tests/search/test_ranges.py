"""What is searched: ranges around the recipe's own values, and what a visitor may make of them."""

from __future__ import annotations

import pytest

from aigc_demo.recipes import RECIPES, make_plan, value_of
from aigc_demo.search import Range, parse_over, searchable, usual_range, usual_ranges
from aigc_demo.text import VisitorError


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipes_own_values_lie_in_its_usual_ranges(recipe: str) -> None:
    plan = make_plan(recipe)
    ranges = usual_ranges(plan)
    assert {"lr.g", "lr.d", "batch_size"} <= {item.key for item in ranges}
    for item in ranges:
        value = value_of(plan, item.key)
        assert value is not None
        if item.scale == "choice":
            assert value in item.choices
        else:
            assert item.least < float(value) <= item.most


@pytest.mark.parametrize("recipe", RECIPES)
def test_both_ends_of_every_range_make_a_plan(recipe: str) -> None:
    plan = make_plan(recipe)
    for key in searchable(plan):
        item = usual_range(plan, key)
        ends = (item.choices[0], item.choices[-1]) if item.scale == "choice" else (item.least, item.most)
        for end in ends:
            given = int(end) if item.whole else end
            try:
                assert value_of(make_plan(recipe, settings={key: given}), key) == pytest.approx(given)
            except VisitorError:
                assert key in (
                    "pac",
                    "updates",
                    "optimiser",
                    "freeze_d",
                    "dropout",
                    "batch_size",
                )  # not with every network


def test_a_rate_is_looked_for_a_decade_to_either_side() -> None:
    assert usual_range(make_plan("fast"), "lr.g") == Range("lr.g", "log", pytest.approx(3e-4), pytest.approx(3e-2))


def test_a_visitor_chooses_and_narrows() -> None:
    plan = make_plan("fast")
    over = parse_over(plan, "lr.g, lr.d=1e-4..1e-2 ,batch_size=32/64,weight.d_class=0..0.5,discriminator_steps=1..4")
    assert over == (
        usual_range(plan, "lr.g"),
        Range("lr.d", "log", 1e-4, 1e-2),
        Range("batch_size", "choice", choices=(32, 64)),
        Range("weight.d_class", "linear", 0.0, 0.5),
        Range("discriminator_steps", "linear", 1.0, 4.0, whole=True),
    )
    assert tuple(Range.from_json(item.to_json()) for item in over) == over


@pytest.mark.parametrize(
    "given",
    ["", "lr.x", "lr.g,lr.g", "lr.g=1e-2..1e-4", "lr.g=0..1", "lr.g=a..b", "lr.g=1..2..3", "batch_size=0/32",
     "generator", "optimiser=adam..rmsprop", "auto_stop=0..5", "batch_size=" + "/".join(map(str, range(2, 40)))],
)  # fmt: skip
def test_what_cannot_be_searched_is_refused_in_one_sentence(given: str) -> None:
    with pytest.raises(VisitorError) as refused:
        parse_over(make_plan("fast"), given)
    assert len(refused.value.text.en.splitlines()) == 1


def test_momenta_are_not_searched_where_the_optimiser_has_none() -> None:
    assert not [key for key in searchable(make_plan("fast", settings={"optimiser": "rmsprop"})) if "beta" in key]
