"""What is counted of a step is what it computes, and the two scripts about devices measure what they say."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.recipes import REFERENCE, Optimiser, make_plan
from aigc_demo.training import Trainer
from benchmarks import cpu_peak, gpu, work
from benchmarks.cpu_peak_variants import AS_IT_IS, VARIANTS, FlatAdam
from benchmarks.readme_tables import SECTIONS
from benchmarks.result import read
from tests import tiny
from tests.training.conftest import ready as ready_fixture

ready = ready_fixture
SPREAD = {"median": 2.0, "least": 1.0, "most": 3.0}


def _counted(compute: Callable[[], Any]) -> int:
    graph = tf.function(compute, autograph=False).get_concrete_function().graph
    return sum(work._macs(operation) for operation in work._needed(graph))


@pytest.mark.parametrize(("strides", "padding"), [(1, "SAME"), (2, "SAME"), (1, "VALID")])
def test_a_convolution_and_both_its_gradients_are_counted(strides: int, padding: str) -> None:
    images, kernel = tf.ones([3, 8, 8, 2]), tf.ones([5, 5, 2, 7])

    def forward() -> Any:
        return tf.nn.conv2d(images, kernel, strides, padding)

    batch, height, width, filters = forward().shape
    macs = batch * height * width * filters * 5 * 5 * 2  # every output pixel is a sum over the kernel and its inputs
    assert _counted(forward) == macs

    def with_gradients() -> Any:
        with tf.GradientTape() as tape:
            tape.watch([images, kernel])
            made = forward()
        return tape.gradient(made, [images, kernel])

    assert _counted(with_gradients) == 2 * macs  # the forward pass itself is then needed by nobody


def test_what_nobody_needs_is_not_counted() -> None:
    a = tf.ones([4, 5])

    def compute() -> Any:
        tf.matmul(a, tf.ones([5, 1000]))
        return tf.matmul(a, tf.ones([5, 3]))

    assert _counted(compute) == 4 * 5 * 3


@pytest.mark.usefixtures("tiny_networks")
def test_the_work_of_a_step_is_that_of_its_layers(ready: Any, tiny_dataset: Dataset) -> None:
    plan = tiny.plan("minimax", generator="tiny_plain", discriminator="tiny_plain", auxiliaries=())
    trainer = ready(plan, tiny_dataset)
    batch, drawn, judged, hidden = plan.recipe.batch_size, tiny.LATENT_SIZE * 784, 784 * 5, 5
    of_d = 2 * (2 * judged + 3 * hidden)  # real and fake: forward, weights; the last layer also hands its slope back
    of_g = 2 * drawn + 2 * judged + 2 * hidden  # G forward and weights; D, as it is now, forward and back to the pixels
    assert work.multiplications(trainer) == batch * (of_d + of_g)
    assert work.operations(trainer) > 100


def test_updates_fused_into_one_vector_are_adams_to_the_last_bit() -> None:
    import keras

    rng = np.random.default_rng(0)
    shapes = [(3, 2), (4,), (1, 2, 2)]
    started = [rng.standard_normal(shape).astype(np.float32) for shape in shapes]
    settings = Optimiser(0.01, 0.5, 0.9)
    ends = []
    for fused in (False, True):
        variables = [keras.Variable(value) for value in started]
        adam = keras.optimizers.Adam(settings.learning_rate, settings.beta_1, settings.beta_2)
        adam.build(variables)
        optimiser = FlatAdam(adam) if fused else adam
        for step in range(4):
            gradients = [tf.constant(np.sin(value + step)) for value in started]
            optimiser.apply(gradients, variables)
        ends.append([variable.numpy() for variable in variables])
    for one, other in zip(*ends, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.usefixtures("tiny_networks")
def test_a_process_says_what_a_step_is_and_measures_a_window_for_each_line(
    ready: Any, tiny_dataset: Dataset, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("aigc_demo.recipes.make_plan", lambda recipe, settings: tiny.plan())
    monkeypatch.setattr("aigc_demo.data.load", lambda name: tiny_dataset)
    monkeypatch.setattr("aigc_demo.training.Trainer", ready)
    monkeypatch.setattr(work, "SHAPES", ((2, 4, 3, 3, 3),))
    monkeypatch.setattr(cpu_peak, "PEAK_SECONDS", 0.01)
    monkeypatch.setattr(cpu_peak, "STEP_SECONDS", 0.01)
    monkeypatch.setattr("sys.stdin", io.StringIO("go\ngo\n"))
    cpu_peak.serve("fast", VARIANTS[AS_IT_IS])
    facts, *windows = map(json.loads, capsys.readouterr().out.splitlines())
    assert facts["macs"] > 1000 and facts["operations"] > 100
    assert len(windows) == 2 and all(made["peak"] > 0 and made["rate"] > 0 for made in windows)


def test_variants_are_compared_in_the_same_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine is twice as busy in the second round: that is no variant's merit."""

    class Told:
        def __init__(self, recipe: str, variant: Any) -> None:
            self.facts = {"macs": 10**9, "operations": 1000, "shape": [1, 2, 3, 4, 5]}
            self.rate = 10.0 if variant.title == AS_IT_IS else 15.0
            self.made = 0

        def ready(self) -> bool:
            return True

        def measure(self) -> dict[str, float]:
            self.made += 1
            return {"peak": 5e10 / self.made, "rate": self.rate / self.made}

        def close(self) -> None:
            """Nothing is open."""

    monkeypatch.setattr(cpu_peak, "Process", Told)
    found = cpu_peak.measure("fast", [VARIANTS[AS_IT_IS], VARIANTS["XLA"]], 2, float("inf"))
    assert found is not None
    assert found["peak_gflops"] == pytest.approx(100.0)
    assert found["variants"]["XLA"]["times_as_fast"] == {"median": 1.5, "least": 1.5, "most": 1.5}
    assert found["variants"][AS_IT_IS]["fraction_of_peak"] == pytest.approx(7.5 * 1e9 / 5e10)
    assert found["microseconds_an_operation"] == pytest.approx(1e6 * (1 / 7.5 - 1 / 50) / 1000)
    result = {"machine": "a machine", "goal": 0.4, "recipes": {"fast": found}}
    text = SECTIONS["cpu_peak"](result)
    assert "| `fast` | XLA | 11.2 (7.5 – 15.0) | 1.50 (1.50 – 1.50) | 22 % | rounding, and the numbers drawn |" in text


@pytest.mark.usefixtures("tiny_networks")
def test_the_script_for_a_gpu_measures_all_its_parts(
    ready: Any, tiny_dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "make_plan", lambda recipe, settings=None: tiny.plan())
    monkeypatch.setattr(gpu, "Trainer", ready)
    monkeypatch.setattr(gpu, "ARITHMETICS", {REFERENCE.key: REFERENCE})
    monkeypatch.setattr(gpu, "is_recognisable", lambda images, labels: len(images) == gpu.SAMPLES)
    monkeypatch.setattr(work, "SHAPES", ((2, 4, 3, 3, 3),))
    out = tmp_path / "gpu.json"
    arguments = SimpleNamespace(recipes=["fast"], batches=[6], seeds=2, most_seconds=5.0, small=True, out=out)
    gpu.measure(gpu.Bench(tiny_dataset, 0.01, 5.0), arguments)  # type: ignore[arg-type]
    result = read(out)
    (row,) = result["recipes"]["fast"]
    assert set(row["steps_per_second"]) == {"1", "8"}
    assert row["fraction_of_peak"] > 0
    assert result["recognisable"]["steps"]["least"] > 0
    assert set(result["together"]["fast"]) == {"1", "2"}
    text = SECTIONS["gpu"](result)
    assert "no GPU, but a CPU" in text and "float32" in text
    json.dumps(result)


def test_without_time_nothing_is_begun(tiny_dataset: Dataset) -> None:
    bench = gpu.Bench(tiny_dataset, 0.01, 0.0)
    assert gpu.speeds(bench, "fast", [64], [1], {}) == []
    assert gpu.fastest_of([]) == "float32"


def test_of_several_arithmetics_the_fastest_is_taken() -> None:
    rows = [
        {"batch_size": 64, "arithmetic": "float32", "steps_per_second": {"1": 10.0, "8": 20.0}},
        {"batch_size": 64, "arithmetic": "bfloat16", "steps_per_second": {"1": 15.0, "8": 25.0}},
        {"batch_size": 64, "arithmetic": "float32+xla", "refused": True},
        {"batch_size": 256, "arithmetic": "bfloat16+xla", "steps_per_second": {"1": 99.0}},
    ]
    assert gpu.fastest_of(rows) == "bfloat16"


def test_the_pass_that_is_shared_changes_nothing_but_rounding(
    ready: Any, tiny_dataset: Dataset, tiny_networks: None
) -> None:
    from aigc_demo.training.game import Game

    own = Game.round
    plan = tiny.plan("minimax", generator="tiny_plain", discriminator="tiny_plain", auxiliaries=())
    rows = [ready(plan, tiny_dataset).steps(4).values]
    try:
        VARIANTS["one shared pass of D"].prepare()
        rows.append(Trainer(plan, tiny_dataset).steps(4).values)
    finally:
        Game.round = own  # type: ignore[method-assign]
    np.testing.assert_allclose(*rows, rtol=1e-3, atol=1e-4)


def test_every_plan_of_a_variant_can_be_made() -> None:
    for variant in VARIANTS.values():
        make_plan("fast", settings=variant.settings)
