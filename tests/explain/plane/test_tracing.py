"""The page evaluates what TensorFlow computes: every term, gradient and arrow of every loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.explain.plane.nets import Nets
from aigc_demo.explain.plane.tracing import auxiliaries_of, plane_loss, trace_draw, trace_field, trace_update, update
from aigc_demo.explain.plane.writing import KINDS
from aigc_demo.losses import LOSSES
from aigc_demo.text import NotFound, VisitorError
from tests.ui.page_modules import needs_node, run_modules

SMALL = Nets(batch=16, width_d=7, width_g=9)
EVALUATE = """
  return given.map(({ graph, inputs }) => {
    const laid = new plane.PlaneGraph(graph);
    for (const [name, values] of Object.entries(inputs)) laid.inputs[name]?.set(values);
    laid.run(() => 0.25);
    return Object.fromEntries(Object.entries(laid.outputs).map(([name, values]) => [name, [...values]]));
  });
"""


def _inputs(loss: Any, nets: Nets) -> dict[str, np.ndarray]:
    """Weights, a batch, and a weight of its own for each term that has one."""
    draw = np.random.default_rng(3)
    shapes = {f"{who}{place}": shape for who in "dg" for place, shape in enumerate(nets.shapes(who))}
    given = {name: draw.normal(0, 0.6, shape) for name, shape in shapes.items()}
    given |= {"z": draw.normal(size=(nets.batch, nets.latent)), "x": draw.normal(0, 2, (nets.batch, 2))}
    terms = [term for term in loss.d_terms + loss.g_terms if term.symbol]
    given |= {f"w:{term.key}": np.asarray(0.1 + 0.3 * place) for place, term in enumerate(terms)}
    return {name: np.asarray(value, np.float32) for name, value in given.items()}


def _in_the_page(cases: list[dict[str, Any]], folder: Any) -> list[dict[str, list[float]]]:
    given = [
        {"graph": case["graph"], "inputs": {name: value.reshape(-1).tolist() for name, value in case["inputs"].items()}}
        for case in cases
    ]
    return run_modules(EVALUATE, {"plane": "plane-graph.js"}, folder, given=given)


def _quarters(shape: Any, seed: Any, dtype: Any = None, **_: Any) -> Any:
    """What the page's draws are in these tests."""
    return tf.fill(shape, tf.constant(0.25, dtype or tf.float32))


def _close(got: dict[str, list[float]], wanted: dict[str, Any]) -> None:
    assert set(got) == set(wanted)
    for name, value in wanted.items():
        expected = np.asarray(value).reshape(-1)
        scale = max(1.0, float(np.abs(expected).max()))
        np.testing.assert_allclose(got[name], expected, atol=2e-5 * scale, err_msg=name)


@needs_node
def test_the_page_evaluates_every_loss_with_every_auxiliary(tmp_path, monkeypatch):
    cases, wanted = [], []
    for key in LOSSES:
        loss = plane_loss(key, auxiliaries_of(LOSSES[key]))
        inputs = _inputs(loss, SMALL)
        for player in ("d", "g"):
            cases.append({"graph": trace_update(loss, player, SMALL), "inputs": inputs})
            with monkeypatch.context() as patch:
                patch.setattr(tf.random, "stateless_uniform", _quarters)
                given = {name: tf.constant(value) for name, value in inputs.items()}
                wanted.append(update(loss, player, SMALL, given))
    for got, expected in zip(_in_the_page(cases, tmp_path), wanted, strict=True):
        _close(got, expected)


@needs_node
@pytest.mark.parametrize("nets", [Nets(batch=16, latent=1), Nets(batch=16, latent=64, activation="tanh", width_g=128)])
def test_the_page_evaluates_other_networks(nets, tmp_path):
    loss = LOSSES["non_saturating"]
    inputs = _inputs(loss, nets)
    cases = [{"graph": trace_update(loss, player, nets), "inputs": inputs} for player in ("d", "g")]
    given = {name: tf.constant(value) for name, value in inputs.items()}
    for got, player in zip(_in_the_page(cases, tmp_path), ("d", "g"), strict=True):
        _close(got, update(loss, player, nets, given))


@needs_node
def test_the_page_knows_slope_and_jacobian(tmp_path):
    """Against differences of the same functions."""
    inputs = _inputs(LOSSES["wgan"], SMALL)
    draw = np.random.default_rng(5)
    points, z = (draw.normal(size=(256, 2)).astype(np.float32) for _ in range(2))
    step = 1e-3
    cases = []
    for axis in (None, 0, 1):
        moved = np.zeros(2, np.float32) if axis is None else step * np.eye(2, dtype=np.float32)[axis]
        cases.append({"graph": trace_field(SMALL), "inputs": inputs | {"points": points + moved}})
        cases.append({"graph": trace_draw(SMALL), "inputs": inputs | {"z": z + moved}})
    field, drawn, field_x, drawn_x, field_y, drawn_y = _in_the_page(cases, tmp_path)
    slopes = np.stack([(np.array(other["s"]) - field["s"]) / step for other in (field_x, field_y)], axis=1)
    jacobians = np.stack(
        [(np.array(other["points"]) - drawn["points"]).reshape(-1, 2) / step for other in (drawn_x, drawn_y)], axis=-1
    )
    # where a unit's corner lies between the two points, the difference is off: so nearly all of them
    assert np.mean(np.abs(slopes - np.reshape(field["ds"], (-1, 2))) < 0.05) > 0.97
    for place, name in enumerate(("dx", "dy")):
        assert np.mean(np.abs(jacobians[:, place] - np.reshape(drawn[name], (-1, 2))) < 0.05) > 0.97


def test_arrows_are_minus_the_slope_of_each_fakes_own_loss():
    """Of the non-saturating loss: sigmoid(-s) times the slope of s, whatever the batch size."""
    inputs = {name: tf.constant(value) for name, value in _inputs(LOSSES["non_saturating"], SMALL).items()}
    found = update(LOSSES["non_saturating"], "g", SMALL, inputs)
    points = tf.reshape(found["fake"], [-1, 2])
    with tf.GradientTape() as tape:
        tape.watch(points)
        s = SMALL.discriminate([inputs[f"d{place}"] for place in range(6)], points).logit
    expected = tf.sigmoid(-s)[:, None] * tape.gradient(s, points)
    np.testing.assert_allclose(tf.reshape(found["arrows"], [-1, 2]), expected, atol=1e-5)


def test_a_graph_is_written_without_what_no_output_needs():
    graph = trace_update(LOSSES["wgan_gp"], "d", SMALL)
    assert {node["op"] for node in graph["nodes"]} <= KINDS
    first = len(graph["inputs"]) + len(graph["constants"])
    used = {source["at"] for node in graph["nodes"] for source in node["from"]}
    used |= {source["at"] for source in graph["outputs"].values()}
    assert used == set(range(first + len(graph["nodes"])))
    for place, node in enumerate(graph["nodes"]):
        assert all(source["at"] < first + place for source in node["from"])
    assert [item["name"] for item in graph["inputs"] if item["name"].startswith("uniform")] == ["uniform:1"]


def test_what_a_loss_cannot_carry_is_refused():
    assert "acgan" not in auxiliaries_of(LOSSES["non_saturating"])
    assert "smooth" not in auxiliaries_of(LOSSES["hinge"])
    assert "gp" not in auxiliaries_of(LOSSES["wgan_gp"])
    with pytest.raises(NotFound):
        plane_loss("hinge", ["nothing"])
    with pytest.raises(NotFound):
        plane_loss("nothing", [])
    with pytest.raises(VisitorError):
        plane_loss("hinge", ["acgan"])
