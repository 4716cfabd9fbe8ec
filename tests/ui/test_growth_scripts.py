"""The page's own arithmetic of growing networks against the server's and NumPy's."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aigc_demo.checkpoints.portable_numpy import OPERATIONS
from aigc_demo.networks.growing import alpha_at, begins, stage_at
from tests.ui.page_modules import needs_node, run_modules

pytestmark = needs_node

PHASE = 7
SCHEDULE = """
const networks = { grows: { stages: [7, 14, 28] }, fast: { stages: [] } };
const growth = m.growthOf({ values: { generator: 'grows', growth_steps: given.phase } }, networks);
const others = [null, {}, { values: { generator: 'fast', growth_steps: null } }];
return {
  none: [...others.map((run) => m.growthOf(run, networks)), m.growthOf({ values: { generator: 'grows' } }, undefined)],
  begins: [1, 2].map((stage) => m.beginsAt(growth, stage)),
  steps: given.steps.map((step) => [m.stageAt(growth, step), ...m.alphasAt(growth, step)]),
  seen: [...m.asSeen(Float32Array.from(given.image), 28, [1, 0.3, 0.6])],
};
"""


def test_the_strip_follows_the_step_as_the_fades_do(tmp_path: Path) -> None:
    steps = list(range(6 * PHASE))
    image = np.random.default_rng(0).uniform(0, 255, (28, 28)).astype(np.float32)
    given = {"phase": PHASE, "steps": steps, "image": image.ravel().tolist()}
    told = run_modules(SCHEDULE, {"m": "growth-stages.js"}, tmp_path, given=given)
    assert told["none"] == [None] * 4
    assert told["begins"] == [begins(1, PHASE), begins(2, PHASE)]
    for step, (stage, *alphas) in zip(steps, told["steps"], strict=True):
        assert stage == stage_at(step, PHASE, 3)
        np.testing.assert_allclose(alphas, [1.0, *(float(alpha_at(step, PHASE, one)) for one in (1, 2))], atol=1e-6)
    middle = image.reshape(14, 2, 14, 2).mean(axis=(1, 3))
    small = middle.reshape(7, 2, 7, 2).mean(axis=(1, 3))
    blended = 0.7 * small.repeat(2, 0).repeat(2, 1) + 0.3 * middle
    right = 0.4 * blended.repeat(2, 0).repeat(2, 1) + 0.6 * image
    np.testing.assert_allclose(np.reshape(told["seen"], (28, 28)), right, atol=1e-3)


NODES = """
return given.map(({ op, node, inputs, shapes, n, tensors }) => {
  const known = new Map(Object.entries(tensors).map(([name, data]) => [name, { shape: [], data: Float32Array.from(data) }]));
  try {
    const step = m.GROWING[op](node, (name) => known.get(name), shapes);
    const y = new Float32Array(n * node.shape.reduce((a, b) => a * b, 1));
    step(inputs.map((input) => Float32Array.from(input)), y, n);
    return [...y];
  } catch (error) {
    return error.constructor.name;
  }
});
"""


def test_the_page_fades_and_compares_as_numpy_does(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    cases = []
    for n in (1, 3, 4, 9):
        x = random.normal(size=(n, 3, 2, 2)).astype(np.float32)
        node = {"size": 4, "epsilon": 1e-8, "shape": [3, 2, 3]}
        cases.append(("deviation", node, [x], n, {}))
    old, new = (random.normal(size=(2, 2, 2, 1)).astype(np.float32) for _ in range(2))
    cases += [("fade", {"alpha": "a", "shape": [2, 2, 1]}, [old, new], 2, {"a": [alpha]}) for alpha in (0.0, 0.25, 1.0)]
    given = [
        {
            "op": op, "node": node, "n": n, "tensors": tensors,
            "inputs": [x.ravel().tolist() for x in inputs], "shapes": [x.shape[1:] for x in inputs],
        }
        for op, node, inputs, n, tensors in cases
    ]  # fmt: skip
    bad_fade = {**given[-1], "shapes": [[2, 2, 1], [1]]}
    damaged = [{**given[-1], "tensors": {"a": [value]}} for value in (-0.5, 2.0)]
    bad_groups = [{**given[0], "node": {**given[0]["node"], "size": size}} for size in (0, 1.5, None)]
    wrong = [bad_fade, *damaged, {**given[-1], "tensors": {}}, *bad_groups]
    told = run_modules(NODES, {"m": "net-growing.js"}, tmp_path, given=[*given, *wrong])
    for (op, node, inputs, n, tensors), found in zip(cases, told, strict=False):
        right = OPERATIONS[op](node, {name: np.float64(value[0]) for name, value in tensors.items()}, *inputs)
        np.testing.assert_allclose(np.reshape(found, (n, *node["shape"])), right, atol=1e-5, err_msg=op)
    assert told[len(cases) :] == ["NetError"] * len(wrong)
