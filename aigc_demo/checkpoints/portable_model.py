"""Reading a functional Keras model as a graph of plain operations, by what Keras itself would write of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aigc_demo.checkpoints.portable_graph import Graph, Node, Weight, unknown
from aigc_demo.checkpoints.portable_layers import translate


def read_model(model: Any, outputs: Iterable[str]) -> Graph:
    """The graph of `model`, one node a layer; of its outputs those named (of one that has no names, the only one).

    Raises `NotPortable`, naming the first layer that is not known.
    """
    config = model.get_config()
    layers = {layer.name: layer for layer in model.layers}  # a bare operation, such as a product, is none of them
    shapes: dict[str, tuple[int, ...]] = {}
    inputs, nodes = {}, []
    for described in config["layers"]:
        name = described["name"]
        shapes[name] = _shape(layers.get(name), described)
        if described["class_name"] == "InputLayer":
            inputs[name] = shapes[name]
        else:
            nodes.append(_read_layer(described, shapes))
    heads = _outputs(config["output_layers"], tuple(outputs))
    inputs = {tensor.name: inputs[tensor.name] for tensor in model.inputs}  # in the order in which they are given
    return Graph(inputs, _ordered(nodes, inputs), heads, _weights(model))


def _kind(described: Mapping[str, Any]) -> str:
    return described.get("registered_name") or described["class_name"]


def _shape(layer: Any, described: Mapping[str, Any]) -> tuple[int, ...]:
    if layer is None or len(described["inbound_nodes"]) > 1:  # in two places: its output is not one thing
        raise unknown(described["name"], _kind(described))
    shape = layer.batch_shape if described["class_name"] == "InputLayer" else getattr(layer.output, "shape", None)
    if shape is None or None in shape[1:]:
        raise unknown(described["name"], _kind(described))
    return tuple(int(size) for size in shape[1:])


def _read_layer(described: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]]) -> Node:
    name, config = described["name"], described["config"]
    (call,) = described["inbound_nodes"]
    if any(_tensors(value) for value in call["kwargs"].values()):
        raise unknown(name, _kind(described))
    inputs = tuple(_tensors(call["args"]))
    return translate(_kind(described), name, config, inputs, [shapes[each] for each in inputs], shapes[name])


def _tensors(value: Any) -> list[str]:
    """Names of the layers whose outputs stand in the arguments of a call, in order."""
    if isinstance(value, Mapping):
        if value.get("class_name") == "__keras_tensor__":
            return [value["config"]["keras_history"][0]]
        return [name for inner in value.values() for name in _tensors(inner)]
    if isinstance(value, (list, tuple)):
        return [name for inner in value for name in _tensors(inner)]
    return []


def _outputs(written: Any, wanted: tuple[str, ...]) -> dict[str, str]:
    """The node of each wanted output: Keras writes [layer, node, tensor], or a dict of these by name."""
    if isinstance(written, Mapping):
        return {name: written[name][0] for name in wanted if name in written}
    first = written[0] if isinstance(written[0], (list, tuple)) else written
    return {wanted[0]: first[0]}


def _ordered(nodes: list[Node], inputs: Mapping[str, Any]) -> tuple[Node, ...]:
    """`nodes` so that each comes after what it is computed from."""
    known, waiting, ordered = set(inputs), list(nodes), []
    while waiting:
        ready = next(node for node in waiting if known.issuperset(node.inputs))
        waiting.remove(ready)
        ordered.append(ready)
        known.add(ready.name)
    return tuple(ordered)


def _weights(model: Any) -> dict[str, Weight]:
    """All weights by layer and name, without the sources of randomness."""
    return {
        f"{layer.name}/{variable.name}": Weight(tuple(variable.shape), str(variable.dtype))
        for layer in model.layers
        for variable in layer.variables
        if "seed" not in variable.name
    }
