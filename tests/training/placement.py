"""Where each operation of a compiled function would lie on a machine with a GPU, read from TensorFlow's own registry.

TensorFlow's package for Linux holds the kernels of GPUs also where there is none, so this needs no GPU.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

_NOTHING = {"NoOp", "Placeholder"}  # belong to no device
_ON_A_GPU = ("GPU", "DEFAULT")


class Crossing(NamedTuple):
    """A tensor that one operation leaves in one memory, the host's or the device's, and another wants in the other."""

    name: str
    dtype: str
    elements: int | None  # None where that depends on the call
    to_host: bool


def operations(function: Any) -> list[Any]:
    """All operations of a concrete function, those of its loops and branches included."""
    return [operation for graph in _graphs(function.graph, set()) for operation in graph.get_operations()]


def without_kernel(found: list[Any]) -> set[str]:
    """The kinds among these operations that no GPU can do, each with what its tensors hold."""
    return {
        f"{operation.type} of {[tensor.dtype.name for tensor in operation.inputs]}"
        for operation in found
        if operation.type not in _NOTHING and _kernel(operation) is None
    }


def crossings(found: list[Any]) -> list[Crossing]:
    """Every tensor that would be copied between the host's memory and the device's in each pass through it."""
    made = {}
    for operation in found:
        names = _names(operation, operation.op_def.output_arg, len(operation.outputs))
        for tensor, name in zip(operation.outputs, names, strict=True):
            made[tensor.ref()] = _in_host(operation, name)
    copied = []
    for operation in found:
        names = _names(operation, operation.op_def.input_arg, len(operation.inputs))
        for tensor, name in zip(operation.inputs, names, strict=True):
            wants, has = _in_host(operation, name), made.get(tensor.ref())
            if None in (wants, has) or wants == has or tensor.dtype.name in ("resource", "variant"):
                continue
            copied.append(Crossing(tensor.name, tensor.dtype.name, tensor.shape.num_elements(), bool(wants)))
    return copied


def _in_host(operation: Any, argument: str) -> bool | None:
    """None where the operation lies wherever its neighbours do: what enters and leaves functions, and constants."""
    if operation.type in {
        *_NOTHING,
        "Const",
        "Identity",
        "StatelessWhile",
        "While",
        "If",
        "StatelessIf",
        "_Retval",
        "_Arg",
    }:
        return None
    kernel = _kernel(operation)
    return kernel is not None and argument in kernel.host_memory_arg


def _names(operation: Any, arguments: Any, count: int) -> list[str]:
    """The name of the argument behind each tensor: some arguments are lists of tensors."""
    names: list[str] = []
    for argument in arguments:
        if argument.number_attr:
            names += [argument.name] * operation.get_attr(argument.number_attr)
        elif argument.type_list_attr:
            names += [argument.name] * len(operation.get_attr(argument.type_list_attr))
        else:
            names.append(argument.name)
    assert len(names) == count
    return names


def _graphs(graph: Any, seen: set[str]) -> Iterator[Any]:
    yield graph
    for operation in graph.get_operations():
        for name, value in operation.node_def.attr.items():
            function = value.func.name
            if name in ("body", "cond", "then_branch", "else_branch", "f") and function and function not in seen:
                seen.add(function)
                yield from _graphs(graph._get_function(function).graph, seen)


@cache
def _kernels(kind: str) -> tuple[Any, ...]:
    registry = import_module("tensorflow.python.framework.kernels")
    return tuple(one for one in registry.get_registered_kernels_for_op(kind).kernel if one.device_type in _ON_A_GPU)


def _kernel(operation: Any) -> Any:
    """The kernel that a GPU would run, None where there is none."""
    fitting = [one for one in _kernels(operation.type) if _takes(one, operation.node_def)]
    return max(fitting, key=lambda one: (one.priority, one.device_type == "GPU"), default=None)


def _takes(kernel: Any, node: Any) -> bool:
    for constraint in kernel.constraint:
        value = node.attr[constraint.name]
        given = {value.type} if value.type else set(value.list.type)
        if not given <= set(constraint.allowed_values.list.type):
            return False
    return True
