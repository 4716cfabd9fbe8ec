"""Directions in the page: moving along them, files of them, and what the browser keeps; run by Node where it is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.ui.page_modules import needs_node, run_modules

MODULES = {"math": "axis-math.js", "file": "axis-file.js", "store": "axis-store.js"}
SIZE = 8

pytestmark = needs_node

STORAGE = """
const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key),
};
const problem = (act) => { try { act(); return null; } catch (error) { return { key: error.key, values: error.values }; } };
"""


def evaluate(body: str, tmp_path: Path) -> Any:
    """What a piece of JavaScript returns, in which `math`, `file` and `store` are the modules."""
    return run_modules(body, MODULES, tmp_path, before=STORAGE)


def frame(count: int, seed: int = 0) -> np.ndarray:
    """Orthonormal rows [count, SIZE]."""
    return np.linalg.qr(np.random.default_rng(seed).standard_normal((SIZE, count)))[0].T


def file_of(**changes: Any) -> str:
    directions = [{"title": "lean", "direction": frame(1)[0].tolist()}]
    return json.dumps(
        {"format": "aigc-directions-1", "model": "fast", "latent_size": SIZE, "directions": directions} | changes
    )


# -- arithmetic --------------------------------------------------------------------------------------------------------


def test_moving_along_one_direction_leaves_the_others_where_they_are(tmp_path: Path) -> None:
    axes, point = frame(3), np.random.default_rng(1).standard_normal(SIZE)
    found = np.array(evaluate(f"return math.moved({point.tolist()}, {axes[1].tolist()}, 2.5);", tmp_path))
    assert np.allclose(axes @ found, [axes[0] @ point, 2.5, axes[2] @ point])
    assert np.allclose(found - axes.T @ (axes @ found), point - axes.T @ (axes @ point))


def test_a_unit_vector_points_the_same_way_however_long_the_vector_was(tmp_path: Path) -> None:
    huge, tiny, none, endless = evaluate(
        "return [math.unit([3e300, 4e300]), math.unit([3e-300, 4e-300]), math.unit([0, 0]), math.unit([1, Infinity])];",
        tmp_path,
    )
    assert np.allclose(huge, [0.6, 0.8]) and np.allclose(tiny, [0.6, 0.8])
    assert none is None and endless is None


def test_the_directions_beside_others_are_those_of_the_projected_matrix(tmp_path: Path) -> None:
    measured, energies = frame(6, seed=2), np.array([0.4, 0.25, 0.15, 0.1, 0.06, 0.04])
    taken = frame(2, seed=3)
    rows = [
        {"direction": row.tolist(), "energy": energy} for row, energy in zip(measured, energies.tolist(), strict=True)
    ]
    found, shares = evaluate(
        f"""const measured = {json.dumps(rows)};
        const found = math.beside(measured, {taken.tolist()}, 2);
        return [found, found.map((direction) => math.energyAlong(direction, measured))];""",
        tmp_path,
    )
    matrix = measured.T @ np.diag(energies) @ measured
    away = np.eye(SIZE) - taken.T @ taken
    values, vectors = np.linalg.eigh(away @ matrix @ away)
    assert np.allclose(shares, values[::-1][:2], atol=1e-4)
    assert np.allclose(np.abs(np.sum(np.array(found) * vectors[:, ::-1].T[:2], axis=1)), 1, atol=1e-3)
    assert np.allclose(np.array(found) @ taken.T, 0, atol=1e-6)


def test_where_nothing_is_left_beside_there_are_no_directions(tmp_path: Path) -> None:
    axes = frame(2)
    rows = [{"direction": row.tolist(), "energy": 0.5} for row in axes]
    assert evaluate(f"return math.beside({json.dumps(rows)}, {axes.tolist()}, 2);", tmp_path) == []
    assert evaluate("return math.beside([], [], 2);", tmp_path) == []


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_file_that_was_written_is_read_again(tmp_path: Path) -> None:
    axes = [{"title": f"axis {i}", "direction": row.tolist()} for i, row in enumerate(frame(3))]
    found = evaluate(f"return file.read(file.written('fast', {SIZE}, {json.dumps(axes)}), {SIZE});", tmp_path)
    assert found["model"] == "fast"
    assert [row["title"] for row in found["directions"]] == ["axis 0", "axis 1", "axis 2"]
    assert np.allclose([row["direction"] for row in found["directions"]], frame(3), atol=1e-5)
    assert np.allclose(np.linalg.norm([row["direction"] for row in found["directions"]], axis=1), 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "damaged"),
        (file_of()[:-20], "damaged"),
        ("[NaN]", "damaged"),
        ("null", "foreign"),
        ("[1, 2]", "foreign"),
        ('{"model": "fast", "z": [1, 2]}', "foreign"),
        (file_of(format="aigc-directions-9"), "foreign"),
        (file_of(directions={"title": "x"}), "foreign"),
        (file_of(latent_size=64), "size"),
        (file_of(latent_size=None), "size"),
        (file_of(directions=[]), "empty"),
        (file_of(directions=[{"title": "x", "direction": [1.0] * SIZE}] * 65), "many"),
        (file_of(directions=[{"title": "x", "direction": [1.0] * (SIZE - 1)}]), "numbers"),
        (file_of(directions=[{"title": "x", "direction": [0.0] * SIZE}]), "numbers"),
        (file_of(directions=[{"title": "x", "direction": ["1"] * SIZE}]), "numbers"),
        (file_of(directions=[None]), "numbers"),
        (file_of(directions=[{"title": "x", "direction": [1e308] * SIZE}]).replace("1e+308", "1e999"), "numbers"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_reason(text: str, key: str, tmp_path: Path) -> None:
    assert evaluate(f"return problem(() => file.read({json.dumps(text)}, {SIZE}));", tmp_path)["key"] == key


def test_a_file_beyond_the_limit_is_not_even_parsed(tmp_path: Path) -> None:
    found = evaluate(f"return problem(() => file.read(' '.repeat(file.MOST_BYTES + 1), {SIZE}));", tmp_path)
    assert found["key"] == "large"


def test_a_title_becomes_one_short_line(tmp_path: Path) -> None:
    titles = ["  two\nlines\u0007 ", "x" * 500, 7, None]
    found = evaluate(f"return {json.dumps(titles)}.map(file.cleaned);", tmp_path)
    assert found == ["two lines", "x" * 40, "", ""]


# -- what the browser keeps --------------------------------------------------------------------------------------------


def test_names_and_directions_are_kept_for_each_model(tmp_path: Path) -> None:
    first, second = frame(2).tolist()
    found = evaluate(
        f"""const one = new store.AxisStore();
        one.open('fast', {SIZE});
        one.rename('named.slant', ' lean ');
        one.add('mine', {first}); one.add('other', {second}); one.add('again', {first});
        one.rename(one.own[0].key, 'called'); one.rename(one.own[1].key, '');
        const two = new store.AxisStore();
        two.open('fast', {SIZE});
        const kept = [two.nameOf('named.slant'), two.own.map(({{ title }}) => title)];
        two.remove(two.own[1].key); two.rename('named.slant', '');
        one.open('fast', {SIZE});
        const after = [one.nameOf('named.slant'), one.own.map(({{ title }}) => title)];
        one.open('another', {SIZE});
        return [kept, after, one.own];""",
        tmp_path,
    )
    assert found == [["lean", ["called", "other"]], ["", ["called"]], []]


@pytest.mark.parametrize(
    "text", ["no JSON", "null", '{"own": "x"}', '{"names": 3, "own": "{}"}', '{"names": {"a": 5}}']
)
def test_what_somebody_else_wrote_into_the_storage_counts_for_nothing(text: str, tmp_path: Path) -> None:
    found = evaluate(
        f"""localStorage.setItem('aigc-axes:fast', {json.dumps(text)});
        const one = new store.AxisStore();
        one.open('fast', {SIZE});
        return [one.names, one.own];""",
        tmp_path,
    )
    assert found == [{}, []]


def test_a_browser_that_keeps_nothing_is_known_to(tmp_path: Path) -> None:
    found = evaluate(
        f"""localStorage.setItem = () => {{ throw new Error('full'); }};
        const one = new store.AxisStore();
        one.open('fast', {SIZE});
        const added = one.add('mine', {frame(1)[0].tolist()});
        return [added, one.keeps, one.own.length];""",
        tmp_path,
    )
    assert found == [True, False, 1]
