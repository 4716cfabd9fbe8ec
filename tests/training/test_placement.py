"""Beside a GPU a step needs nothing from the host but the state of its random numbers. No GPU is needed to see that."""

from __future__ import annotations

import pytest

from aigc_demo.backend import tf
from aigc_demo.data import Dataset
from aigc_demo.recipes import make_plan
from aigc_demo.training import Trainer
from tests import tiny
from tests.training import placement
from tests.training.conftest import Ready

KEY = 2  # numbers of the state that a stateless draw begins with


@pytest.fixture
def gpu_kernels() -> None:
    if not tf.test.is_built_with_cuda():
        pytest.skip("this TensorFlow was built without the kernels of GPUs")


def _step_of(trainer: Trainer) -> list[object]:
    return placement.operations(trainer._loops[-1]._run.get_concrete_function())


@pytest.mark.usefixtures("tiny_networks", "gpu_kernels")
@pytest.mark.parametrize(
    "plan",
    [
        tiny.plan(),
        tiny.plan(discriminator="tiny_dropout", auxiliaries=("acgan", "gp", "dragan")),
        tiny.STYLE_PLAN,
        make_plan("fast"),
    ],
    ids=["tiny", "penalties", "styles", "fast"],
)
def test_a_step_copies_no_image_and_no_weight(ready: Ready, tiny_dataset: Dataset, plan: object) -> None:
    found = _step_of(ready(plan, tiny_dataset))  # type: ignore[arg-type]
    assert len(found) > 500
    assert not placement.without_kernel(found)
    copied = placement.crossings(found)
    assert copied  # the keys of what is drawn
    large = [one for one in copied if one.elements is None or one.elements > KEY]
    # Shapes that TensorFlow's gradient of `tf.repeat` reckons with, a dozen whole numbers, are all that is left.
    assert all("Repeat" in one.name and (one.elements or 99) < 16 for one in large), large
    assert not {one.type for one in found} & {
        "PyFunc",
        "EagerPyFunc",
        "PyFuncStateless",
        "_Send",
        "_Recv",
        "IteratorGetNext",
    }


def test_seed_and_step_lie_where_whole_numbers_are_computed(
    ready: Ready, tiny_dataset: Dataset, tiny_networks: None
) -> None:
    trainer = ready(tiny.plan(), tiny_dataset)
    whole = (trainer._draws.seed, trainer._draws.step, trainer._dials.discriminator_steps, trainer._dials.augment)
    assert all("CPU:0" in variable.device for variable in whole)


@pytest.mark.usefixtures("gpu_kernels")
def test_the_check_can_fail() -> None:
    """A batch that is drawn by Python, or indices that only a CPU can reckon with, are found."""

    @tf.function(autograph=False)
    def step(rows: object) -> object:
        from_python = tf.numpy_function(lambda: None, [], tf.float32)
        return tf.cast(tf.math.bincount(rows), tf.float32) + from_python + tf.cast(rows + 1, tf.float32)  # type: ignore[operator]

    found = placement.operations(step.get_concrete_function(tf.TensorSpec([64], tf.int32)))
    assert any("PyFunc" in one for one in placement.without_kernel(found))
    assert any(one.elements == 64 for one in placement.crossings(found))
