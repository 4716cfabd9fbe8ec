"""Axes of a latent space that are worth a slider: what they are, and how a file of them is read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard

import numpy as np

from aigc_demo.latent.attributes import NAMED
from aigc_demo.text import Text

FAMILIES = ("named", "output", "pca", "sefa")
NAMEABLE = 0.3  # R² below which an axis does not earn its attribute's name
DEAD = 1e-3  # share of the pixels' movement below which nobody sees an axis: a thousandth of all
_TOLERANCE = 1e-3  # of lengths and angles, since numbers in files are rounded
_DIGITS = 5
_HUGE = 1e6  # no number of an axis is

_TITLES = {attribute.key: attribute.title for attribute in NAMED}
_FAMILY_TITLES = {
    "output": Text("变化 {n}", "change {n}"),
    "pca": Text("主成分 {n}", "component {n}"),
    "sefa": Text("首层方向 {n}", "first layer {n}"),
}
_STYLE = Text("风格 {n}", "style {n}")


@dataclass(frozen=True, eq=False)
class Axis:
    """A direction in the latent space; a point's coordinate along it is z·direction, N(0, 1) under the prior."""

    key: str  # "<family>.<attribute or number>"
    title: Text
    direction: np.ndarray  # float64 [latent_size] of length 1
    r2: float | None  # of the attribute it is named after, on points it was not fitted to; None for other families
    energy: float  # share of E‖J u‖² in that of all directions at right angles to one another, 0..1
    dead: bool

    def to_json(self) -> dict[str, Any]:
        numbers = [round(float(value), _DIGITS) for value in self.direction]
        measured = {"r2": None if self.r2 is None else round(self.r2, 4), "energy": round(self.energy, 6)}
        return {"key": self.key, "title": asdict(self.title), "direction": numbers, **measured, "dead": self.dead}


@dataclass(frozen=True, eq=False)
class Axes:
    """What was found for one generator; the axes of a family are at right angles to one another."""

    latent_size: int
    points: int  # images drawn for it
    pullbacks: int  # vectors pulled back through the network for the energies
    dead: int  # how many of the space's d output-aware axes are dead, with those that are not kept
    seconds: float
    families: Mapping[str, tuple[Axis, ...]]

    def to_json(self) -> dict[str, Any]:
        families = {name: [axis.to_json() for axis in axes] for name, axes in self.families.items()}
        counts = {name: getattr(self, name) for name in ("latent_size", "points", "pullbacks", "dead")}
        return {**counts, "seconds": round(self.seconds, 3), "families": families}

    @classmethod
    def from_json(cls, data: Any, latent_size: int) -> Axes:
        """The axes that `to_json` wrote, for a latent space of that size. Raises `ValueError` for anything else.

        Titles in it are not believed: they are made anew from keys and figures.
        """
        if not isinstance(data, Mapping) or data.get("latent_size") != latent_size:
            raise ValueError("not axes of this latent space")
        points, pullbacks, dead = (_count(data.get(name)) for name in ("points", "pullbacks", "dead"))
        seconds = data.get("seconds")
        if not _is_number(seconds):
            raise ValueError("no account of how they were found")
        found = data.get("families")
        if not isinstance(found, Mapping) or set(found) != set(FAMILIES):
            raise ValueError("not the families of axes")
        families = {name: _family(name, found[name], latent_size) for name in FAMILIES}
        return cls(latent_size, points, pullbacks, dead, float(seconds), families)


def make_family(
    family: str, names: list[str], directions: np.ndarray, energies: np.ndarray, r2: list[float] | None = None
) -> tuple[Axis, ...]:
    """The axes of one family from orthonormal directions [k, latent_size] and their shares of the energy [k]."""
    axes, styles = [], 0
    for place, name in enumerate(names):
        title = _FAMILY_TITLES[family].format(n=place + 1) if family in _FAMILY_TITLES else _TITLES[name]
        figure = None if r2 is None else float(r2[place])
        if figure is not None and figure < NAMEABLE:
            styles += 1
            title = _STYLE.format(n=styles)
        energy = float(energies[place])
        axes.append(Axis(f"{family}.{name}", title, directions[place], figure, energy, energy < DEAD))
    return tuple(axes)


def along(direction: np.ndarray, base: np.ndarray, coordinates: np.ndarray) -> np.ndarray:
    """The points on the line through `base` [d] along a unit vector [d] at `coordinates` [k]: float64 [k, d].

    A coordinate is that of the point, not of the way from `base`: what `base` has along the direction is taken out.
    """
    return base - (base @ direction) * direction + np.multiply.outer(coordinates, direction)


def orthonormal(directions: np.ndarray) -> np.ndarray:
    """Gram–Schmidt of rows [k, d], k ≤ d, in their order. A row that adds nothing is replaced by one that does."""
    made: list[np.ndarray] = []
    spare = iter(np.eye(directions.shape[1]))
    for direction in directions.astype(np.float64):
        rest = _beyond(direction, made)
        while np.linalg.norm(rest) < 1e-6 * max(1e-6, float(np.linalg.norm(direction))):
            direction = next(spare)
            rest = _beyond(direction, made)
        made.append(rest / np.linalg.norm(rest))
    return np.array(made).reshape(len(directions), directions.shape[1])


def with_sign(directions: np.ndarray) -> np.ndarray:
    """Rows [k, d] turned so that their largest component is positive."""
    largest = np.abs(directions).argmax(axis=1)
    return directions * np.where(np.take_along_axis(directions, largest[:, None], axis=1) < 0, -1.0, 1.0)


def _beyond(direction: np.ndarray, others: list[np.ndarray]) -> np.ndarray:
    """What is left of `direction` at right angles to `others`; twice, since once leaves rounding errors."""
    for _ in range(2):
        for other in others:
            direction = direction - (other @ direction) * other
    return direction


def _family(family: str, rows: Any, latent_size: int) -> tuple[Axis, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(f"{family} is no list of axes")
    names = [str(row.get("key")).removeprefix(f"{family}.") for row in rows]
    known = set(_TITLES) if family == "named" else {str(number) for number in range(latent_size)}
    if not set(names) <= known or len(set(names)) < len(names):
        raise ValueError(f"{family} holds axes that nobody knows")
    energies, r2 = [row.get("energy") for row in rows], [row.get("r2") for row in rows]
    if not all(map(_is_share, energies)) or not all(_is_share(value) == (family == "named") for value in r2):
        raise ValueError(f"{family} has figures that cannot be")
    directions = _directions([row.get("direction") for row in rows], latent_size)
    figures = [float(value) for value in r2] if family == "named" else None
    return make_family(family, names, directions, np.array(energies, np.float64), figures)


def _directions(rows: list[Any], latent_size: int) -> np.ndarray:
    for row in rows:
        if not isinstance(row, list) or len(row) != latent_size or not all(map(_is_number, row)):
            raise ValueError("a direction is not made of as many finite numbers as the latent space")
    directions = np.array(rows, np.float64).reshape(len(rows), latent_size)
    if np.abs(directions @ directions.T - np.eye(len(rows))).max(initial=0.0) > _TOLERANCE:
        raise ValueError("directions are not of length 1 and at right angles")
    return directions


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _HUGE


def _is_share(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= 1


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _HUGE:
        raise ValueError("not a number of anything")
    return value
