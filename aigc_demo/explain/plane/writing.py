"""A TensorFlow function written down as a list of operations on arrays of fixed shape.

Shapes are static, so whatever TensorFlow computes from shapes is a constant here; random draws become inputs; the same
operation on the same values is written once. What is left is a dozen or two kinds of operations on floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import prod
from typing import Any, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.explain.plane.constants import value_of

Tensor = Any
Shape = tuple[int, ...]

_ALIASES = frozenset(("Identity", "StopGradient", "PreventGradient", "Reshape", "ExpandDims", "Squeeze", "Cast"))
_RANDOM = "StatelessRandomUniformV2"
_RENAMED = {"AddV2": "Add", "RealDiv": "Div", "SelectV2": "Select", "BiasAdd": "Add"}
_REDUCTIONS = ("Sum", "Mean")
_ELEMENTWISE = frozenset(
    (
        *("Add", "Sub", "Mul", "Div", "Maximum", "Minimum", "LessEqual", "Greater", "Select"),
        *("Neg", "Square", "Sqrt", "Tanh", "Sigmoid", "Softplus", "Relu", "LeakyRelu", "Exp", "Log", "Abs"),
        *("SigmoidGrad", "TanhGrad", "ReluGrad", "LeakyReluGrad", "SqrtGrad"),
    )
)
KINDS = _ELEMENTWISE | {"MatMul", "Broadcast", *_REDUCTIONS}  # all that the page must be able to evaluate


class _Value(NamedTuple):
    kind: str  # "input", "constant" or "node"
    place: int
    shape: Shape


def written(function: Callable[[dict[str, Tensor]], dict[str, Tensor]], shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """`{"inputs", "constants", "nodes", "outputs"}` of `function` of inputs with these shapes, all float32.

    Values are numbered: inputs first, then constants, then nodes in the order in which they can be computed. Inputs
    called `uniform:1`, … are draws from [0, 1) that the function makes. An input that nothing depends on is left out.
    Raises `NotImplementedError` at an operation that the page does not know.
    """
    specs = {name: tf.TensorSpec(shape, tf.float32) for name, shape in shapes.items()}
    concrete = tf.function(function, autograph=False).get_concrete_function(specs)
    names = {tensor.ref(): name for tensor, name in zip(concrete.inputs, sorted(shapes), strict=True)}
    outputs = dict(
        zip(sorted(concrete.structured_outputs), concrete.outputs, strict=True)
    )  # dicts are flattened by key
    writer = _Writer(names)
    found = {name: writer.value(tensor) for name, tensor in outputs.items()}
    return _numbered(writer, found)


class _Writer:
    def __init__(self, names: dict[Any, str]) -> None:
        self.inputs: list[tuple[str, Shape]] = []
        self.constants: list[np.ndarray] = []
        self.nodes: list[dict[str, Any]] = []
        self._names = names
        self._known: dict[Any, _Value] = {}
        self._same: dict[Any, _Value] = {}
        self._draws = 0

    def value(self, tensor: Tensor) -> _Value:
        """The value of `tensor`; without recursion, since a graph with second derivatives is deep."""
        waiting = [tensor]
        while waiting:
            top = waiting[-1]
            missing = (
                [] if top.ref() in self._known else [item for item in self._needs(top) if item.ref() not in self._known]
            )
            if not missing and top.ref() not in self._known:
                self._known[top.ref()] = self._write(top)
            if missing:
                waiting += missing
            else:
                waiting.pop()
        return self._known[tensor.ref()]

    def _needs(self, tensor: Tensor) -> list[Tensor]:
        if tensor.ref() in self._names or tensor.op.type == _RANDOM or value_of(tensor) is not None:
            return []
        data = tensor.op.inputs
        return list(data[:1]) if tensor.op.type in _ALIASES | {"Tile", *_REDUCTIONS} else list(data)

    def _write(self, tensor: Tensor) -> _Value:
        shape = tuple(tensor.shape.as_list())
        if tensor.ref() in self._names:
            return self._input(self._names[tensor.ref()], shape)
        if (constant := value_of(tensor)) is not None:
            return self._constant(np.asarray(constant, np.float32))
        if tensor.op.type == _RANDOM:
            self._draws += 1
            return self._input(f"uniform:{self._draws}", shape)
        return self._operation(tensor.op, shape, [self._known[item.ref()] for item in self._needs(tensor)])

    def _input(self, name: str, shape: Shape) -> _Value:
        self.inputs.append((name, shape))
        return _Value("input", len(self.inputs) - 1, shape)

    def _constant(self, array: np.ndarray) -> _Value:
        key = (array.tobytes(), array.shape)
        if key not in self._same:
            self.constants.append(array)
            self._same[key] = _Value("constant", len(self.constants) - 1, array.shape)
        return self._same[key]

    def _operation(self, op: Any, shape: Shape, values: list[_Value]) -> _Value:
        kind = _RENAMED.get(op.type, op.type)
        if kind in _ALIASES:
            return values[0]._replace(shape=shape)
        if kind == "AddN":
            total = values[0]
            for value in values[1:]:
                total = self._node("Add", [total, value], shape)
            return total
        if kind == "Tile":
            return self._broadcast(values[0], shape, value_of(op.inputs[1]))
        if kind == "BiasAddGrad":
            return self._reduced("Sum", values[0], [0], shape)
        if kind in _REDUCTIONS:
            return self._reduced(kind, values[0], np.atleast_1d(value_of(op.inputs[1])), shape)
        if kind == "MatMul":
            return self._node(kind, values, shape, ta=op.get_attr("transpose_a"), tb=op.get_attr("transpose_b"))
        if kind not in _ELEMENTWISE:
            raise NotImplementedError(f"the page cannot evaluate {op.type}")
        extra = {"alpha": op.get_attr("alpha")} if kind in ("LeakyRelu", "LeakyReluGrad") else {}
        return self._simplified(kind, [self._as_scalar(value) for value in values], shape, extra)

    def _as_scalar(self, value: _Value) -> _Value:
        """A constant whose numbers are all the same, as one number."""
        if value.kind != "constant" or value.shape == ():
            return value
        array = self.constants[value.place]
        return self._constant(array.reshape(-1)[0].reshape(())) if np.all(array == array.flat[0]) else value

    def _simplified(self, kind: str, values: list[_Value], shape: Shape, extra: dict[str, Any]) -> _Value:
        """Leaves out what adds 0 or multiplies by 1, as uniform draws from [0, 1) do."""
        nothing = {"Add": 0.0, "Mul": 1.0}.get(kind)
        for one, other in (values, values[::-1]) if nothing is not None else ():
            if (
                other.kind == "constant"
                and one.shape == shape
                and other.shape == ()
                and self.constants[other.place] == nothing
            ):
                return one
        return self._node(kind, values, shape, **extra)

    def _broadcast(self, value: _Value, shape: Shape, multiples: Any) -> _Value:
        if value.shape == shape:
            return value
        stretched = all(size == 1 or times == 1 for size, times in zip(value.shape, multiples, strict=True))
        if not stretched:
            raise NotImplementedError("the page repeats only what has size 1")
        return self._node("Broadcast", [value], shape)

    def _reduced(self, kind: str, value: _Value, axes: Iterable[int], shape: Shape) -> _Value:
        """A reduction over neighbouring axes, as [outer, size, inner] -> [outer, inner]."""
        gone = sorted(axis % len(value.shape) for axis in axes)
        gone = [axis for axis in gone if value.shape[axis] > 1]
        if not gone:
            return value._replace(shape=shape)
        first, last = gone[0], gone[-1]
        if any(size > 1 and axis not in gone for axis, size in enumerate(value.shape[first:last], first)):
            raise NotImplementedError("the page reduces neighbouring axes only")
        outer, inner = prod(value.shape[:first]), prod(value.shape[last + 1 :])
        return self._node(kind, [value], shape, outer=outer, size=prod(value.shape[first : last + 1]), inner=inner)

    def _node(self, kind: str, values: list[_Value], shape: Shape, **extra: Any) -> _Value:
        key = (kind, tuple(values), shape, tuple(sorted(extra.items())))
        if key not in self._same:
            self.nodes.append({"op": kind, "from": values, "shape": shape, **extra})
            self._same[key] = _Value("node", len(self.nodes) - 1, shape)
        return self._same[key]


def _numbered(writer: _Writer, outputs: dict[str, _Value]) -> dict[str, Any]:
    """The graph with what no output needs left out, each value known by its number."""
    wanted = {(value.kind, value.place) for value in outputs.values()}
    for place in range(len(writer.nodes) - 1, -1, -1):
        if ("node", place) in wanted:
            wanted |= {(value.kind, value.place) for value in writer.nodes[place]["from"]}
    order = [(kind, place) for kind, count in _counts(writer) for place in range(count) if (kind, place) in wanted]
    numbers = {item: number for number, item in enumerate(order)}

    def source(value: _Value) -> dict[str, Any]:
        return {"at": numbers[value.kind, value.place], "shape": value.shape}

    return {
        "inputs": [
            {"name": name, "shape": shape}
            for place, (name, shape) in enumerate(writer.inputs)
            if ("input", place) in wanted
        ],
        "constants": [
            _constant(array) for place, array in enumerate(writer.constants) if ("constant", place) in wanted
        ],
        "nodes": [
            node | {"from": [source(value) for value in node["from"]]}
            for place, node in enumerate(writer.nodes)
            if ("node", place) in wanted
        ],
        "outputs": {name: source(value) for name, value in outputs.items()},
    }


def _counts(writer: _Writer) -> tuple[tuple[str, int], ...]:
    return ("input", len(writer.inputs)), ("constant", len(writer.constants)), ("node", len(writer.nodes))


def _constant(array: np.ndarray) -> dict[str, Any]:
    flat = array.reshape(-1)
    if np.all(flat == flat[0]):
        return {"shape": array.shape, "fill": float(flat[0])}
    return {"shape": array.shape, "data": flat.tolist()}
