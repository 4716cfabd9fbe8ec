"""The page's attention beside NumPy: what it computes, and where it says that a place looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.ui.page_modules import needs_node, run_modules

HEIGHT, WIDTH, CHANNELS, FEW, HALF, COUNT = 3, 5, 10, 3, 6, 2
NODE = {"query": "q", "key": "k", "value": "v", "out": "o", "gamma": "g"}
SIZES = {"q": (CHANNELS, FEW), "k": (CHANNELS, FEW), "v": (CHANNELS, HALF), "o": (HALF, CHANNELS), "g": ()}

RUN = """
  const weights = (name) => given.tensors[name] && { shape: given.tensors[name].shape, data: Float32Array.from(given.tensors[name].data) };
  const node = { ...given.node, shape: given.shape };
  try {
    const step = attention.ATTENTION.attention(node, weights, [given.shape]);
    const x = Float32Array.from(given.x);
    const y = new Float32Array(x.length);
    step([x], y, given.count);
    const { shape, gamma, row, added } = step.look(x);
    const places = shape[0] * shape[1];
    return { y: [...y], shape, gamma, added: added(), rows: Array.from({ length: places }, (_, i) => [...row(i)]) };
  } catch (error) {
    return { key: error.key };
  }
"""


def _run(folder: Path, x: np.ndarray, tensors: dict[str, np.ndarray], shape: tuple[int, ...], **node: str) -> Any:
    given = {
        "x": x.ravel().tolist(),
        "count": len(x),
        "shape": list(shape),
        "node": NODE | node,
        "tensors": {name: {"shape": list(t.shape), "data": t.ravel().tolist()} for name, t in tensors.items()},
    }
    return run_modules(RUN, {"attention": "net-attention.js"}, folder, given=given)


def _tensors(scale: float = 1.0) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    return {name: scale * np.asarray(random.normal(size=size)) for name, size in SIZES.items()}


@needs_node
@pytest.mark.parametrize("scale", [0.5, 20.0])  # at the second the exponentials would overflow
def test_the_page_attends_as_numpy_does(tmp_path: Path, scale: float) -> None:
    x, tensors = np.random.default_rng(1).normal(size=(COUNT, HEIGHT, WIDTH, CHANNELS)), _tensors(scale)
    query, key, value, out, gamma = (tensors[NODE[role]] for role in NODE)
    flat = x.reshape(COUNT, -1, CHANNELS)
    likes = flat @ query @ (flat @ key).transpose(0, 2, 1)
    shares = np.exp(likes - likes.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    expected = flat + gamma * (shares @ (flat @ value) @ out)
    found = _run(tmp_path, x, tensors, (HEIGHT, WIDTH, CHANNELS))
    np.testing.assert_allclose(found["y"], expected.ravel(), rtol=2e-3, atol=2e-3 * np.abs(expected).max())
    assert found["shape"] == [HEIGHT, WIDTH]
    assert found["gamma"] == pytest.approx(float(gamma))
    share = np.linalg.norm(expected[0] - flat[0]) / np.linalg.norm(flat[0])
    assert found["added"] == pytest.approx(share, rel=5e-3)
    np.testing.assert_allclose(found["rows"], shares[0], atol=2e-3)
    np.testing.assert_allclose(np.sum(found["rows"], axis=1), 1.0, rtol=1e-5)


@needs_node
def test_matrices_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    x, shape = np.zeros((1, HEIGHT, WIDTH, CHANNELS)), (HEIGHT, WIDTH, CHANNELS)
    tensors = _tensors()
    for name, wrong in (("q", (CHANNELS, FEW + 1)), ("v", (CHANNELS + 1, HALF)), ("o", (HALF, CHANNELS - 1))):
        assert _run(tmp_path, x, tensors | {name: np.zeros(wrong)}, shape) == {"key": "net.sizes"}
    assert _run(tmp_path, x, tensors, shape, gamma="none such") == {"key": "net.damaged"}
    assert _run(tmp_path, x, tensors, (1000, 1000, CHANNELS)) == {"key": "net.sizes"}  # its table would fill the memory
