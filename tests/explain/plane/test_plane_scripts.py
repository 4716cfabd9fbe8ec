"""The laboratory's arithmetic in the page: optimisers as in Keras, distributions, and metrics on inputs with known answers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import load, tf
from aigc_demo.losses import LOSSES
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

MODULES = {
    "optimisers": "plane-optimisers.js",
    "data": "plane-data.js",
    "metrics": "plane-metrics.js",
    "random": "plane-random.js",
    "matrix": "plane-matrix.js",
    "settings": "plane-settings.js",
}
POINTS = "const points = (name, seed, n = metrics.POINTS) => data.sampler(name, random.uniformDraws(seed))(new Float32Array(2 * n));"


def evaluate(body: str, folder: Any, given: object = None) -> Any:
    return run_modules(body, MODULES, folder, before=POINTS, given=given)


# -- optimisers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sgd", "adam", "rmsprop"])
def test_optimisers_do_as_keras_does(kind, tmp_path):
    load()
    import keras

    make = {
        "sgd": lambda: keras.optimizers.SGD(0.01),
        "adam": lambda: keras.optimizers.Adam(0.01, beta_1=0.5, beta_2=0.9),
        "rmsprop": lambda: keras.optimizers.RMSprop(0.01),
    }
    draw = np.random.default_rng(0)
    start, gradients = draw.normal(size=6), draw.normal(size=(25, 6)) * draw.choice([1e-4, 1.0, 30.0], size=(25, 1))
    variable, optimiser = keras.Variable(start.astype(np.float32)), make[kind]()
    for gradient in gradients:
        optimiser.apply([tf.constant(gradient, tf.float32)], [variable])
    body = """
      const weights = [Float32Array.from(given.start)];
      const one = optimisers.optimiser(given.kind, weights);
      for (const gradient of given.gradients) one.apply(weights, [Float32Array.from(gradient)], { rate: 0.01, beta1: 0.5, beta2: 0.9 });
      return [...weights[0]];
    """
    got = evaluate(body, tmp_path, {"kind": kind, "start": start.tolist(), "gradients": gradients.tolist()})
    np.testing.assert_allclose(got, variable.numpy(), rtol=2e-4, atol=2e-5)


def test_products_of_matrices_of_every_shape(tmp_path):
    draw = np.random.default_rng(1)
    sizes = [(256, 2, 64), (5, 64, 1), (7, 1, 9), (64, 33, 6), (1, 3, 4), (2, 5, 2)]
    cases = []
    for rows, depth, columns in sizes:
        for ta in (False, True):
            for tb in (False, True):
                a, b = draw.normal(size=(rows, depth)), draw.normal(size=(depth, columns))
                cases.append(({"rows": rows, "depth": depth, "columns": columns, "ta": ta, "tb": tb}, a, b))
    body = """return given.map(({ size, a, b }) => {
      const c = new Float32Array(size.rows * size.columns);
      matrix.product(size)(Float32Array.from(a), Float32Array.from(b), c);
      return [...c];
    });"""
    given = [
        {
            "size": size,
            "a": (a.T if size["ta"] else a).ravel().tolist(),
            "b": (b.T if size["tb"] else b).ravel().tolist(),
        }
        for size, a, b in cases
    ]
    for got, (_, a, b) in zip(evaluate(body, tmp_path, given), cases, strict=True):
        np.testing.assert_allclose(got, (a @ b).ravel(), atol=1e-4)


# -- random numbers and data -------------------------------------------------------------------------------------------


def test_draws_are_uniform_and_normal_and_the_quantile_is_the_normal_ones(tmp_path):
    body = """
      const uniform = random.uniformDraws(5);
      const normal = random.normalDraws(random.uniformDraws(6));
      const again = random.uniformDraws(5);
      return { u: Array.from({ length: 20000 }, uniform), v: Array.from({ length: 3 }, again),
        n: Array.from({ length: 20000 }, normal), q: [0.001, 0.1, 0.5, 0.975].map(random.normalQuantile) };
    """
    found = evaluate(body, tmp_path)
    u, n = np.array(found["u"]), np.array(found["n"])
    assert found["v"] == found["u"][:3]
    assert u.min() >= 0 and u.max() < 1 and abs(u.mean() - 0.5) < 0.01 and abs(u.var() - 1 / 12) < 0.003
    assert abs(n.mean()) < 0.03 and abs(n.std() - 1) < 0.03 and abs(np.mean(n**4) - 3) < 0.3
    np.testing.assert_allclose(found["q"], [-3.0902, -1.2816, 0.0, 1.9600], atol=6e-4)


def test_each_density_is_that_of_its_samples_and_has_mass_one(tmp_path):
    """In 12 x 12 cells of the window, each sampled by 20,000 points, against the density summed over each cell."""
    body = """
      const drawn = [0, 0, 1, 1, -1, 0.5];
      const names = [...data.NAMES, 'drawn'];
      return names.map((name) => {
        const cells = new Array(144).fill(0);
        const points = data.sampler(name, random.uniformDraws(1), drawn)(new Float32Array(40000));
        for (let i = 0; i < 40000; i += 2) cells[12 * Math.floor((points[i + 1] + 3) * 2) + Math.floor((points[i] + 3) * 2)] += 1 / 20000;
        const at = data.densityAt(name, drawn);
        const mass = Array.from({ length: 144 }, (_, cell) => {
          let sum = 0;
          for (let k = 0; k < 100; k++) sum += at(-3 + (cell % 12) / 2 + ((k % 10) + 0.5) / 20, -3 + Math.floor(cell / 12) / 2 + (Math.floor(k / 10) + 0.5) / 20) / 400;
          return sum;
        });
        return { name, cells, mass };
      });
    """
    laws = evaluate(body, tmp_path)
    assert len(laws) == 10
    for law in laws:
        assert abs(sum(law["mass"]) - 1) < 0.01, law["name"]
        assert abs(sum(law["cells"]) - 1) < 1e-6, law["name"]
        assert max(abs(np.subtract(law["cells"], law["mass"]))) < 0.012, law["name"]


def test_an_unknown_distribution_is_refused(tmp_path):
    body = "try { data.sampler('nothing', Math.random); return 'made'; } catch (error) { return error.message; }"
    assert "nothing" in evaluate(body, tmp_path)


# -- metrics -----------------------------------------------------------------------------------------------------------


def test_a_perfect_sampler_gets_the_figures_that_theory_gives(tmp_path):
    found = evaluate(
        "return Object.fromEntries(data.NAMES.map((name) => [name, new metrics.PlaneJudge(name).perfect()]));", tmp_path
    )
    within = 1 - math.exp(-(3**2) / 2)  # of a round Gaussian, inside three standard deviations
    for name, modes in {"ring8": 8, "grid25": 25, "disjoint3": 3}.items():
        assert found[name]["modes"] == modes
        assert abs(found[name]["hq"] - within) < 0.004
        assert abs(found[name]["kl"] - (modes - 1) / (2 * 2500)) < 0.5 * modes / 2500
    for name in ("moons", "spiral", "line", "ring", "checkerboard"):
        assert found[name]["modes"] is found[name]["hq"] is found[name]["kl"] is None
    assert all(0 < one["w1"] < 0.1 and 0 <= one["js"] < 0.06 for one in found.values())


def test_identical_samples_differ_in_nothing_and_a_shift_is_measured_exactly(tmp_path):
    body = """
      const one = points('moons', 3);
      const shifted = one.map((value, i) => value + (i % 2 ? 0 : 0.5));
      const [p, q] = [metrics.projections(one), metrics.projections(shifted)];
      const away = one.map((value) => value + 50);
      return { same: metrics.slicedW1(p, p), shifted: metrics.slicedW1(q, p),
        js: metrics.jensenShannon(metrics.histogram(one), metrics.histogram(one)),
        apart: metrics.jensenShannon(metrics.histogram(one), metrics.histogram(away)) };
    """
    found = evaluate(body, tmp_path)
    directions = 0.5 * np.abs(np.cos(np.pi * np.arange(24) / 24)).mean()  # a shift seen along each direction
    assert found["same"] == found["js"] == 0
    assert abs(found["shifted"] - directions) < 1e-4 and abs(directions - 1 / math.pi) < 0.01
    assert abs(found["apart"] - math.log(2)) < 1e-9


def test_one_mode_alone_is_counted_as_one(tmp_path):
    body = """
      const modes = data.modesOf('ring8');
      const one = new Float32Array(5000).map((_, i) => modes.centres[2][i % 2]);
      const few = one.map((value, i) => (i < 2 * 19 ? modes.centres[5][i % 2] : value));
      const none = new Float32Array(5000);
      return [one, few, none].map((points) => metrics.modeFigures(points, modes));
    """
    one, few, none = evaluate(body, tmp_path)
    assert one["modes"] == 1 and one["hq"] == 1 and abs(one["kl"] - math.log(8)) < 1e-9
    assert few["modes"] == 1 and few["hq"] == 1  # nineteen points do not make a mode
    assert none == {"modes": 0, "hq": 0, "kl": None}


# -- settings ----------------------------------------------------------------------------------------------------------


def test_addresses_name_what_a_graph_depends_on(tmp_path):
    body = """return Object.keys(given).map((loss) => settings.graphAddress(settings.completed({ loss, width: 32, auxiliaries: ['r1', 'r2'] })))
      .concat([settings.isLive({ lr_d: 1, weights: {} }), settings.isLive({ lr_d: 1, width: 8 })]);"""
    *addresses, live, dead = evaluate(body, tmp_path, dict.fromkeys(LOSSES))
    assert live and not dead
    assert (
        addresses[0]
        == "plane/non_saturating.json?latent=2&width_d=32&width_g=32&batch=256&activation=relu&auxiliaries=r1%2Cr2"
    )
