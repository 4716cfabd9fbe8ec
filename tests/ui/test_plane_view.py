"""What the two-dimensional laboratory shows, run by Node where it is installed: densities, D*, arrows, lines and claims."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.explain.plane.presets import PRESETS, Claim
from aigc_demo.ui.texts.plane import JS
from tests.ui.page_modules import needs_node, run_modules

BROWSER = """
globalThis.document = { createElement: () => ({}), documentElement: { lang: 'en' }, getElementById: () => null, querySelector: () => null, baseURI: 'http://here/en/' };
globalThis.window = globalThis;
globalThis.location = new URL('http://here/en/');
globalThis.addEventListener = () => {};
globalThis.HTMLElement = class {};
"""


def run(body: str, folder: Path, modules: dict[str, str], given: object = None) -> Any:
    return run_modules(body, modules, folder, given=given)


@needs_node
def test_a_kernel_density_holds_all_of_its_mass(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    clouds = {
        "wide": rng.normal(0, 0.5, (500, 2)),
        "narrow": rng.normal(0.4, 0.2, (64, 2)),
        "one": np.full((9, 2), 0.3),
    }
    body = """const n = 121;
      return Object.fromEntries(Object.entries(given).map(([key, points]) => {
        const density = o.kernelDensity(Float32Array.from(points), n);
        const cell = (6 / (n - 1)) ** 2;
        return [key, density.reduce((sum, value) => sum + value, 0) * cell];
      }))"""
    masses = run(
        body, tmp_path, {"o": "plane-optimum.js"}, {key: cloud.ravel().tolist() for key, cloud in clouds.items()}
    )
    for key, mass in masses.items():
        assert abs(mass - 1) < 0.03, key
    assert run("return [...o.kernelDensity(new Float32Array(0), 3)]", tmp_path, {"o": "plane-optimum.js"}) == [0] * 9


@needs_node
def test_the_best_discriminator_is_a_half_where_both_are_as_dense(tmp_path: Path) -> None:
    body = "return [...o.optimum(Float32Array.from([0.2, 0, 0.3, 0, 0.1]), Float32Array.from([0.2, 0, 0.1, 1, 0]))]"
    same, empty, more, fakes, reals = run(body, tmp_path, {"o": "plane-optimum.js"})
    assert abs(same - 0.5) < 1e-6 and empty == 0.5
    assert abs(more - 0.75) < 1e-3 and fakes < 1e-3 and reals > 0.998


@needs_node
def test_an_arrow_says_the_decade_of_its_gradient(tmp_path: Path) -> None:
    body = "return [1, 0.1, 0.01, 1e-3, 1e-4, 1e-9, 0, 1e9].map((size) => p.arrowLength(size) / p.LONGEST)"
    lengths = run(body, tmp_path, {"p": "plane-paint.js"})
    assert np.allclose(lengths, [1, 0.75, 0.5, 0.25, 0, 0, 0, 1.15])


@needs_node
def test_a_contour_lies_where_the_field_takes_its_level(tmp_path: Path) -> None:
    """Of x² + y² the line at 1 is the unit circle; a field that stays below has none; a saddle is crossed by both lines."""
    body = """
      const lines = (n, field, level) => {
        const found = [];
        const context = { beginPath() {}, setLineDash() {}, stroke() {}, moveTo: (x, y) => found.push([x, y]), lineTo: (x, y) => found.push([x, y]) };
        const view = { ...p.viewOf(6), x: (value) => value, y: (value) => value };
        const values = Float32Array.from({ length: n * n }, (_, i) => field(-3 + (6 * (i % n)) / (n - 1), -3 + (6 * Math.floor(i / n)) / (n - 1)));
        p.paintContour(context, view, { n, values }, level, 'black');
        return found;
      };
      return [lines(61, (x, y) => x * x + y * y, 1), lines(61, () => 0, 1), lines(2, (x, y) => x * y, 0)];"""
    circle, none, saddle = run(body, tmp_path, {"p": "plane-paint.js"})
    radii = [math.hypot(x, y) for x, y in circle]
    assert len(radii) > 100 and max(abs(radius - 1) for radius in radii) < 0.01
    assert none == []
    assert len(saddle) == 4 and all(0 in (abs(abs(x) - 3) * abs(abs(y) - 3), x, y) for x, y in saddle)


@needs_node
def test_pixels_and_places_are_each_others_inverse(tmp_path: Path) -> None:
    body = "const view = p.viewOf(390); return given.map(([x, y]) => p.dataAt(view, view.x(x), view.y(y)))"
    places = [[-3, -3], [3, 3], [0, 0], [1.25, -2]]
    assert np.allclose(run(body, tmp_path, {"p": "plane-paint.js"}, places), places)


def browser_run(body: str, folder: Path, modules: dict[str, str], given: object = None) -> Any:
    """For modules that look at the page as they are loaded: what of it they look at."""
    (folder / "browser.js").write_text(BROWSER, encoding="utf-8")
    return run_modules(body, {"browser": "browser.js", **modules}, folder, given=given)


@needs_node
def test_curves_are_thinned_and_begin_anew_when_the_steps_do(tmp_path: Path) -> None:
    body = """const history = new c.PlaneHistory();
      for (let step = 0; step <= 20000; step += 5) history.add(step, { loss: step });
      const long = [history.steps.length, history.steps[0], history.steps.at(-1), history.values.every((row, i) => row.loss === history.steps[i])];
      history.add(0, { loss: 1 });
      history.add(0, { loss: 7 });
      return [long, history.steps, history.values]"""
    (kept, first, last, together), steps, values = browser_run(body, tmp_path, {"c": "plane-chart.js"})
    assert 200 < kept <= 600 and first == 0 and last > 19000 and together
    assert steps == [0] and values == [{"loss": 7}]


@needs_node
def test_a_claim_holds_in_the_page_as_it_does_in_python(tmp_path: Path) -> None:
    claims = [Claim("modes", least=7), Claim("kl", most=0.5), Claim("d_fake", 0.4, 0.6)]
    values = [None, 0.0, 0.4, 0.5, 0.55, 0.6, 7.0, 7.5]
    given = {"claims": [{"figure": c.figure, "least": c.least, "most": c.most} for c in claims], "values": values}
    body = "return given.claims.map((claim) => given.values.map((value) => c.holds(claim, value)))"
    ours = browser_run(body, tmp_path, {"c": "plane-claims.js"}, given)
    assert ours == [[claim.holds(value) for value in values] for claim in claims]


@needs_node
def test_the_figures_of_one_look_are_those_of_its_points(tmp_path: Path) -> None:
    body = """return c.figuresOf({ metrics: { modes: 3 }, finite: true, arrows: Float32Array.from([3, 4, 0, 1]), dTotal: 1.5, gTotal: 0.5,
      logitsFake: Float32Array.from([0, 0]), field: { slope: Float32Array.from([1, 3]) }, cloud: Float32Array.from([3, 4, 0, 0]) })"""
    figures = browser_run(body, tmp_path, {"c": "plane-claims.js"})
    assert figures["radius"] == math.sqrt(12.5)
    assert {key: figures[key] for key in ("modes", "finite", "arrow", "slope", "d_fake", "d_total")} == {
        "modes": 3, "finite": 1, "arrow": 3, "slope": 2, "d_fake": 0.5, "d_total": 1.5,
    }  # fmt: skip


def test_every_figure_of_a_claim_has_a_name() -> None:
    for preset in PRESETS:
        assert preset.claims and preset.steps > 0, preset.key
        for claim in preset.claims:
            assert f"plane.figure.{claim.figure}" in JS, preset.key
