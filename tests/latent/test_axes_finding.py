"""The four families of axes, in latent spaces that are known."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_demo.latent.axes import FAMILIES, Axes
from aigc_demo.latent.axes_finding import FEWEST_POINTS, MOST_POINTS, Look, find_axes, points_for
from aigc_demo.text import VisitorError
from tests.latent.known_networks import Collapsed, Leaning, Linear


def one_class(images: np.ndarray) -> np.ndarray:
    return np.zeros(len(images), np.int64)


def families(axes: Axes) -> dict[str, np.ndarray]:
    return {name: np.array([axis.direction for axis in axes.families[name]]) for name in FAMILIES}


@pytest.fixture(scope="module")
def leaning() -> tuple[Leaning, Axes]:
    network = Leaning()
    return network, find_axes(network, one_class)


def test_output_aware_axes_are_those_of_the_jacobian_with_their_energies() -> None:
    strengths = (4.0, 2.0, 1.0, 0.5, 0.0, 0.0, 0.0)
    network = Linear(strengths)
    axes = find_axes(network, one_class)
    found = axes.families["output"]
    shares = np.array(strengths) ** 2 / sum(strength**2 for strength in strengths)
    for number in range(4):
        assert abs(found[number].direction @ network.turn[:, number]) > 0.97
        assert found[number].energy == pytest.approx(shares[number], rel=0.15)
        assert not found[number].dead
    assert [axis.dead for axis in found] == [False] * 4 + [True] * 3
    assert axes.dead == 3
    assert sum(axis.energy for axis in found) == pytest.approx(1.0)


def test_principal_components_and_the_first_layer_point_where_they_should() -> None:
    network = Linear((4.0, 2.0, 1.0, 0.5, 0.0, 0.0, 0.0))
    found = families(find_axes(network, one_class))
    for number in range(3):
        assert abs(found["pca"][number] @ network.turn[:, number]) > 0.99
    assert abs(found["sefa"][0] @ network.turn[:, 0]) > 0.99


def test_a_known_slant_is_found_and_named(leaning: tuple[Leaning, Axes]) -> None:
    network, axes = leaning
    named = {axis.key: axis for axis in axes.families["named"]}
    for key, direction in (("slant", network.lean), ("weight", network.bold), ("width", network.wide)):
        axis = named[f"named.{key}"]
        assert axis.direction @ direction > 0.95, "positive is more of it"
        assert axis.r2 is not None and axis.r2 > 0.85
        assert not axis.dead
    assert {axis.title.en for axis in axes.families["named"]} >= {"slant", "stroke weight", "width"}


def test_what_z_says_nothing_about_is_not_given_a_name(leaning: tuple[Leaning, Axes]) -> None:
    """Its strokes are all of one height."""
    axis = leaning[1].families["named"][-1]
    assert axis.key == "named.height"
    assert axis.r2 is not None and axis.r2 < 0.1
    assert (axis.title.en, axis.title.zh) == ("style 1", "风格 1")
    assert axis.dead


def test_the_directions_of_a_family_are_orthonormal_and_share_a_sign(leaning: tuple[Leaning, Axes]) -> None:
    for name, directions in families(leaning[1]).items():
        np.testing.assert_allclose(directions @ directions.T, np.eye(len(directions)), atol=1e-9)
        if name != "named":
            largest = np.abs(directions).argmax(axis=1)
            assert (directions[np.arange(len(directions)), largest] > 0).all()


def test_the_same_weights_have_the_same_axes(leaning: tuple[Leaning, Axes]) -> None:
    again = families(find_axes(leaning[0], one_class))
    for name, directions in families(leaning[1]).items():
        np.testing.assert_array_equal(again[name], directions)


def test_a_class_that_was_asked_for_is_regressed_out(leaning: tuple[Leaning, Axes]) -> None:
    """The classes of an unconditional network are read in its images, those of another one known."""

    def fails(images: np.ndarray) -> np.ndarray:
        raise AssertionError("the network says which class it draws")

    assert find_axes(leaning[0], fails).families["named"]
    read: list[int] = []
    find_axes(Linear((1.0, 0.5)), lambda images: read.append(len(images)) or one_class(images))
    assert read == [MOST_POINTS]


def test_a_collapsed_generator_has_axes_that_do_nothing() -> None:
    axes = find_axes(Collapsed(), one_class)
    assert axes.dead == Collapsed.latent_size
    for name, directions in families(axes).items():
        np.testing.assert_allclose(directions @ directions.T, np.eye(len(directions)), atol=1e-9)
        assert all(axis.energy == 0.0 and axis.dead for axis in axes.families[name])
    assert all(axis.r2 == 0.0 for axis in axes.families["named"])
    assert Axes.from_json(axes.to_json(), Collapsed.latent_size).dead == axes.dead


def test_activations_that_have_run_away_still_have_components() -> None:
    network = Linear((4.0, 2.0, 1.0, 0.5))
    look = network.look

    def far_away(z: np.ndarray, labels: np.ndarray, v: np.ndarray | None = None) -> Look:
        return look(z, labels, v)._replace(hidden=look(z, labels).hidden * np.float32(1e35))

    network.look = far_away  # type: ignore[method-assign]
    found = families(find_axes(network, one_class))
    assert abs(found["pca"][0] @ network.turn[:, 0]) > 0.99


def test_a_space_smaller_than_the_list_of_attributes() -> None:
    axes = find_axes(Linear((1.0, 0.5)), one_class)
    assert [len(axes.families[name]) for name in FAMILIES] == [2, 2, 2, 2]


def test_numbers_that_overflow_are_answered_by_a_sentence() -> None:
    network = Linear((1.0, 0.5))
    network.jacobian = network.jacobian * np.float64("inf")
    with pytest.raises(VisitorError, match="overflow"), np.errstate(invalid="ignore"):
        find_axes(network, one_class)


def test_costly_networks_are_looked_at_with_fewer_points() -> None:
    counts = [points_for(cost) for cost in (1, 200_000, 7_000_000, 52_000_000, 10**12)]
    assert counts == sorted(counts, reverse=True)
    assert (counts[0], counts[-1]) == (MOST_POINTS, FEWEST_POINTS)
    assert FEWEST_POINTS < counts[2] < MOST_POINTS
