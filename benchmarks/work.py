"""How much a step computes: multiplications and operations, read from the very graph that runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from math import prod
from typing import Any

from aigc_demo.backend import tf
from aigc_demo.training import Trainer

# Of convolutions all who take part have one shape for the kernel; what they compute is the same sum, read three ways.
_CONVOLUTIONS = {
    "Conv2D": (1, 0),
    "Conv2DBackpropInput": (1, 2),
    "Conv2DBackpropFilter": (None, 2),
}  # kernel, fine side
_FREE = {"Const", "Placeholder", "Identity", "NoOp", "Reshape", "Squeeze", "ExpandDims"}
# Shapes whose convolution tells what a device can do at best; (batch, height, channels in, channels out, kernel).
SHAPES = (
    (64, 14, 64, 64, 3),
    (256, 14, 64, 64, 5),
    (256, 14, 128, 128, 3),
    (64, 14, 256, 256, 3),
    (256, 7, 256, 128, 5),
)


def multiplications(trainer: Trainer) -> int:
    """Multiplications with additions (MAC) of one step's convolutions and matrix products, D's extra rounds left out."""
    return sum(map(_macs, _needed(_body(trainer))))


def operations(trainer: Trainer) -> int:
    """Operations that one step starts, those that only rename a tensor left out."""
    graph = _body(trainer)
    return sum(1 for operation in _with_branches(graph, _needed(graph)) if operation.type not in _FREE)


def convolutions_a_second(shape: tuple[int, ...], seconds: float, dtype: str = "float32") -> float:
    """MAC a second of one convolution, stride 1, padded; `shape` as in `SHAPES`."""
    batch, size, channels, filters, kernel = shape
    images = tf.cast(tf.random.stateless_normal([batch, size, size, channels], [0, 1]), dtype)
    weights = tf.cast(tf.random.stateless_normal([kernel, kernel, channels, filters], [0, 2]), dtype)
    compute = tf.function(lambda: tf.reduce_max(tf.nn.conv2d(images, weights, 1, "SAME")), autograph=False)
    return (
        batch * size * size * channels * filters * kernel * kernel * times_a_second(lambda: compute().numpy(), seconds)
    )


def matrices_a_second(size: int, seconds: float, dtype: str = "float32") -> float:
    """MAC a second of one product of square matrices."""
    matrix = tf.cast(tf.random.stateless_normal([size, size], [0, 3]), dtype)
    compute = tf.function(lambda: tf.reduce_max(tf.matmul(matrix, matrix)), autograph=False)
    return size**3 * times_a_second(lambda: compute().numpy(), seconds)


def best_shape(seconds: float, dtype: str = "float32") -> tuple[int, ...]:
    """Of `SHAPES` the one that this machine is fastest with."""
    return max(SHAPES, key=lambda shape: convolutions_a_second(shape, seconds, dtype))


def times_a_second(call: Callable[[], object], seconds: float) -> float:
    """How often `call` can be made, measured for so many seconds and for two calls at least, after two to warm up."""
    call(), call()
    made, started = 0, time.perf_counter()
    while made < 2 or time.perf_counter() - started < seconds:
        call()
        made += 1
    return made / (time.perf_counter() - started)


def _body(trainer: Trainer) -> Any:
    """The graph of one step: what the loop over steps repeats."""
    graph = trainer._loops[-1]._run.get_concrete_function().graph
    (loop,) = (one for one in graph.get_operations() if one.type in ("While", "StatelessWhile"))
    body = _function(graph, loop.get_attr("body").name)
    (inner,) = [one for one in body.get_operations() if one.type in ("PartitionedCall", "StatefulPartitionedCall")] or [
        None
    ]
    return body if inner is None else _function(body, inner.get_attr("f").name)  # one program of XLA's


def _function(graph: Any, name: str) -> Any:
    return graph._get_function(name).graph


def _needed(graph: Any) -> list[Any]:
    """What is run at all: TensorFlow drops whatever no result and no change of a variable depends on."""
    waiting = [tensor.op for tensor in graph.outputs] + list(graph.control_outputs)
    waiting += [one for one in graph.get_operations() if one.type.startswith("Assign")]
    found: dict[str, Any] = {}
    while waiting:
        operation = waiting.pop()
        if operation.name not in found:
            found[operation.name] = operation
            waiting += [tensor.op for tensor in operation.inputs] + list(operation.control_inputs)
    return list(found.values())


def _with_branches(graph: Any, found: list[Any]) -> Iterator[Any]:
    """These operations, and of a condition those of the branch that is taken while both players learn."""
    for operation in found:
        yield operation
        if operation.type in ("If", "StatelessIf"):
            branch = _function(graph, operation.get_attr("then_branch").name)
            yield from _with_branches(branch, _needed(branch))


def _macs(operation: Any) -> int:
    if operation.type == "MatMul":
        a, out = operation.inputs[0].shape, operation.outputs[0].shape
        return prod(out) * a[0 if operation.get_attr("transpose_a") else 1]
    if operation.type in ("BatchMatMulV2", "BatchMatMulV3"):
        a, out = operation.inputs[0].shape, operation.outputs[0].shape
        return prod(out) * a[-2 if operation.get_attr("adj_x") else -1]
    if operation.type in _CONVOLUTIONS:
        kernel, coarse = _CONVOLUTIONS[operation.type]
        weights = operation.outputs[0].shape if kernel is None else operation.inputs[kernel].shape
        side = operation.outputs[0].shape if operation.type == "Conv2D" else operation.inputs[coarse].shape
        batch, height, width, _ = side
        return batch * height * width * prod(weights)
    return 0
