"""Axes as objects and as files, which anybody may have made."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from aigc_demo.latent.axes import DEAD, NAMEABLE, Axes, along, make_family, orthonormal, with_sign

SIZE = 6


def some_axes() -> Axes:
    directions = orthonormal(np.random.default_rng(0).standard_normal((4, SIZE)))
    numbers = ["0", "1", "2", "3"]
    energies = np.array([0.6, 0.2, 0.1, DEAD / 2])
    families = {name: make_family(name, numbers, directions, energies) for name in ("output", "pca", "sefa")}
    named = make_family("named", ["slant", "height", "weight"], directions[:3], energies[:3], [0.8, 0.1, NAMEABLE])
    return Axes(SIZE, 100, 50, 3, 0.25, {"named": named, **families})


def test_axes_survive_their_file() -> None:
    axes = some_axes()
    again = Axes.from_json(json.loads(json.dumps(axes.to_json())), SIZE)
    assert again.to_json() == axes.to_json()
    assert (again.points, again.pullbacks, again.dead, again.seconds) == (100, 50, 3, 0.25)
    for name, family in axes.families.items():
        for axis, other in zip(family, again.families[name], strict=True):
            np.testing.assert_allclose(other.direction, axis.direction, atol=1e-5)
            assert (other.key, other.title, other.r2, other.dead) == (axis.key, axis.title, axis.r2, axis.dead)


def test_names_must_be_earned() -> None:
    slant, height, weight = some_axes().families["named"]
    assert (slant.title.en, height.title.en, weight.title.en) == ("slant", "style 1", "stroke weight")
    output = some_axes().families["output"]
    assert [axis.key for axis in output] == ["output.0", "output.1", "output.2", "output.3"]
    assert [axis.dead for axis in output] == [False, False, False, True]
    assert len({axis.title.en for axis in output}) == len({axis.title.zh for axis in output}) == 4


def test_a_file_does_not_choose_its_titles() -> None:
    data = some_axes().to_json()
    data["families"]["named"][0]["title"] = {"zh": "<b>", "en": "<b>"}
    data["families"]["named"][0]["dead"] = True
    axis = Axes.from_json(data, SIZE).families["named"][0]
    assert (axis.title.en, axis.dead) == ("slant", False)


def _set(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = to

    return change


AXIS = ("families", "output", 0)


@pytest.mark.parametrize(
    "damage",
    [
        _set("latent_size", to=SIZE + 1),
        _set("points", to="many"),
        _set("points", to=True),
        _set("seconds", to=float("nan")),
        _set("seconds", to=10**400),
        _set("dead", to=None),
        _set("families", to=[]),
        _set("families", "more", to=[]),
        _set("families", "pca", to={}),
        _set("families", "pca", to=[1]),
        _set(*AXIS, "direction", to=[1.0, 0, 0, 0, 0]),
        _set(*AXIS, "direction", to=[1.0, 0, 0, 0, 0, 0]),  # not at right angles to the others
        _set(*AXIS, "direction", to=[2.0, 0, 0, 0, 0, 0]),
        _set(*AXIS, "direction", to=[0.0] * SIZE),
        _set(*AXIS, "direction", to="abcdef"),
        _set(*AXIS, "direction", 0, to=float("nan")),
        _set(*AXIS, "direction", 0, to=1e308),
        _set(*AXIS, "direction", 0, to=None),
        _set(*AXIS, "direction", 0, to=True),
        _set(*AXIS, "key", to="output.9"),
        _set(*AXIS, "key", to="output.1"),
        _set(*AXIS, "key", to=7),
        _set(*AXIS, "energy", to=1.5),
        _set(*AXIS, "energy", to=float("nan")),
        _set(*AXIS, "energy", to=None),
        _set(*AXIS, "r2", to=0.5),
        _set("families", "named", 0, "r2", to=None),
        _set("families", "named", 0, "key", to="named.beauty"),
    ],
)
def test_damaged_and_foreign_files_are_refused(damage: Callable[[dict[str, Any]], None]) -> None:
    data = copy.deepcopy(some_axes().to_json())
    Axes.from_json(data, SIZE)
    damage(data)
    with pytest.raises(ValueError):
        Axes.from_json(data, SIZE)


@pytest.mark.parametrize("data", [None, [], "axes", 3, {}])
def test_what_is_no_object_is_no_file_of_axes(data: Any) -> None:
    with pytest.raises(ValueError):
        Axes.from_json(data, SIZE)


def test_rows_that_add_nothing_are_replaced() -> None:
    rows = np.array([[0.0, 0, 0], [2.0, 0, 0], [3.0, 0, 0]])
    made = orthonormal(rows)
    np.testing.assert_allclose(made @ made.T, np.eye(3), atol=1e-12)
    first = orthonormal(rows[1:])
    np.testing.assert_allclose(first[0], [1, 0, 0])


def test_the_largest_component_is_positive() -> None:
    turned = with_sign(np.array([[0.1, -0.9], [0.9, -0.1]]))
    np.testing.assert_allclose(turned, [[-0.1, 0.9], [0.9, -0.1]])


def test_points_along_an_axis_have_the_coordinates_asked_for() -> None:
    base = np.random.default_rng(1).standard_normal(SIZE)
    direction = some_axes().families["output"][0].direction
    points = along(direction, base, np.array([-3.0, 0.0, 3.0]))
    np.testing.assert_allclose(points @ direction, [-3, 0, 3], atol=1e-12)
    across = points - np.outer(points @ direction, direction)
    np.testing.assert_allclose(across, np.tile(base - (base @ direction) * direction, (3, 1)), atol=1e-12)
