"""The page's arithmetic of moving, run by Node where it is installed: seeds, lengths, turns, walks and planes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.ui.page_modules import needs_node, run_modules

MODULES = {"m": "moves-points.js", "p": "latent-points.js", "w": "moves-walker.js"}

pytestmark = needs_node


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("modules")


def evaluate(body: str, modules: Path) -> Any:
    """What the body of a JavaScript function returns, to which the modules are known as `m`, `p` and `w`."""
    return run_modules(body, MODULES, modules)


def test_between_seeds_a_point_is_as_long_as_at_them(modules: Path) -> None:
    body = """const length = (x, y, d) => p.norm(m.planePoint(x, y, d)) / Math.sqrt(d);
    const mean = (u, v) => { let sum = 0; for (let i = 0; i < 60; i++) sum += length(i + u, 3 * i + v, 64); return sum / 60; };
    return [mean(0, 0), mean(0.5, 0.5), mean(0.5, 0), mean(0.1, 0.8)];"""
    assert evaluate(body, modules) == pytest.approx([1.0] * 4, abs=0.04)


def test_the_blend_keeps_the_variance_of_every_coordinate(modules: Path) -> None:
    body = "return [...Array(300).keys()].map((i) => m.planePoint(7 * i + 0.5, 0.5, 64)).flat();"
    values = np.array(evaluate(body, modules))
    assert abs(values.mean()) < 0.03 and abs(values.std() - 1) < 0.02


def test_weights_are_bilinear_and_of_length_one(modules: Path) -> None:
    found = evaluate("return [m.neighbours(2.25, -1.5), m.neighbours(4, 3), m.neighbours(4.5, 3)]", modules)
    assert [each["seed"] for each in found[0]] == [-198, -197, -98, -97]
    weights = np.array([each["weight"] for each in found[0]])
    np.testing.assert_allclose(weights / weights.sum(), [0.375, 0.125, 0.375, 0.125])
    for corners in found:
        assert np.linalg.norm([each["weight"] for each in corners]) == pytest.approx(1)
    assert found[1] == [{"seed": 304, "weight": 1}]
    assert [each["seed"] for each in found[2]] == [304, 305]


def test_a_seed_is_a_point_and_the_page_opens_on_one(modules: Path) -> None:
    same, other, on_plane = evaluate(
        "const z = m.seedPoint(7, 64); return [z.join() === p.drawPoint(64, p.seeded(7)).join(), "
        "z.join() === m.seedPoint(-7, 64).join(), m.planePoint(7, 0, 64).join() === z.join()]",
        modules,
    )
    assert same and on_plane and not other


def test_the_straight_way_dips_and_the_great_circle_does_not(modules: Path) -> None:
    lengths = evaluate(
        "const u = p.seeded(4); const d = 64; const middles = [...Array(100)].map(() => {"
        "const { lerp, slerp } = m.ways(p.drawPoint(d, u), p.drawPoint(d, u), 9); return [lerp[4], slerp[4]].map(p.norm); });"
        "return middles;",
        modules,
    )
    straight, round_ = np.mean(lengths, axis=0)
    assert straight == pytest.approx(np.sqrt(32), rel=0.03)
    assert round_ == pytest.approx(np.sqrt(64), rel=0.03)


def test_turning_keeps_the_length_and_turns_by_the_angle(modules: Path) -> None:
    found = evaluate(
        "const u = p.seeded(1); const [a, b] = [p.drawPoint(16, u), p.drawPoint(16, u)]; const c = m.turned(a, b, 0.4);"
        "return [p.norm(a) - p.norm(c), m.angleBetween(a, c), m.angleBetween(c, b) - m.angleBetween(a, b), "
        "p.norm(m.turned(a, a, 1).map((v, k) => v - a[k])), m.turned([0, 0], [1, 0], 1), m.angleBetween([0, 0], [1, 0])]",
        modules,
    )
    assert found[:4] == pytest.approx([0, 0.4, -0.4, 0], abs=1e-6)
    assert found[4] == [0, 0] and found[5] == 0


def test_a_plane_through_a_point_knows_where_it_is(modules: Path) -> None:
    found = evaluate(
        "const u = p.seeded(2); const [z, a, b] = [1, 2, 3].map(() => p.drawPoint(8, u)); const flat = m.plane(z, a, b);"
        "const { x, y } = flat.of(z); const back = flat.at(x, y); const other = flat.of(flat.at(2, -1));"
        "const far = (v, w) => p.norm(v.map((value, k) => value - w[k]));"
        "return [far(back, z), other.x, other.y, far(flat.beside, m.plane(flat.at(5, 5), a, b).beside)]",
        modules,
    )
    assert found == pytest.approx([0, 2, -1, 0], abs=1e-9)
    assert evaluate("return [m.plane([1, 2], [1, 0], [2, 0]), m.plane([1, 2], [0, 0], [2, 0])]", modules) == [
        None,
        None,
    ]


def test_a_loop_through_three_points_comes_back(modules: Path) -> None:
    found = evaluate(
        "const start = p.drawPoint(32, p.seeded(5)); const walker = new w.Walker(start, 'loop', p.seeded(6));"
        "let steps = 0; do { walker.go(0.01); steps += 1; } while (walker.legs < 3);"
        "return [steps, p.norm(walker.point.map((v, k) => v - start[k])), walker.leg]",
        modules,
    )
    assert 300 < found[0] < 600  # three legs, each about a right angle
    assert found[1] < 0.1 and found[2] == 0


def test_an_endless_walk_never_jumps_and_stays_on_the_sphere(modules: Path) -> None:
    found = evaluate(
        "const walker = new w.Walker(p.drawPoint(64, p.seeded(5)), 'endless', p.seeded(6)); const steps = [], lengths = [];"
        "for (let i = 0, last = walker.point; i < 900; i++, last = walker.point) { walker.go(0.02);"
        "steps.push(p.norm(walker.point.map((v, k) => v - last[k]))); lengths.push(p.norm(walker.point)); }"
        "return [Math.max(...steps), Math.min(...lengths), walker.legs]",
        modules,
    )
    assert found[0] < 0.02 * 12 and found[1] > 5 and found[2] >= 9


def test_companions_walk_beside_and_do_not_jump_either(modules: Path) -> None:
    for kind in ("endless", "loop"):
        found = evaluate(
            f"const walker = new w.Walker(p.drawPoint(64, p.seeded(5)), '{kind}', p.seeded(6));"
            "const other = new w.Companion(p.drawPoint(64, p.seeded(8))); const steps = []; let last = other.at(walker);"
            "for (let i = 0; i < 700; i++) { walker.go(0.02); const now = other.at(walker);"
            "steps.push(p.norm(now.map((v, k) => v - last[k]))); last = now; }"
            "return [Math.min(...steps), Math.max(...steps)]",
            modules,
        )
        assert found[0] > 0 and found[1] < 0.02 * 12
