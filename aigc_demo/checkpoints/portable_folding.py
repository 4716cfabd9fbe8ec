"""Making a graph smaller without changing what it computes: norms and activations go into the operation before them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from aigc_demo.checkpoints.portable_graph import LINEAR, WITH_ACTIVATION, Graph, Node


def fold(graph: Graph) -> Graph:
    """An equal graph without norms behind matrices, lone activations behind these, and nodes that nothing needs.

    A node that took another in keeps its own name; the outputs name the nodes that are left.
    """
    needed = _needed(graph)
    uses = Counter(name for node in needed for name in node.inputs)
    uses.update(graph.outputs.values())
    made: dict[str, Node] = {}
    now: dict[str, str] = {name: name for name in graph.inputs}  # what each name of the old graph is called in the new
    readers = dict.fromkeys(graph.inputs, 0)  # of each node of the new graph, how many things read it
    for node in needed:
        moved = replace(node, inputs=tuple(now[name] for name in node.inputs))
        before = moved.inputs[0] if len(moved.inputs) == 1 else ""
        if node.is_nothing:
            now[node.name] = before
            readers[before] += uses[node.name] - 1
            continue
        merged = _merge(made.get(before), moved) if readers.get(before) == 1 else None
        kept = merged or moved
        made[kept.name] = kept
        now[node.name] = kept.name
        readers[kept.name] = uses[node.name]
    outputs = {name: now[node] for name, node in graph.outputs.items()}
    return replace(graph, nodes=tuple(made.values()), outputs=outputs)


def _merge(first: Node | None, then: Node) -> Node | None:
    """`first` doing the work of `then` as well, which alone reads it; None where that is not possible."""
    if first is None or first.activation:
        return None
    if then.op == "norm" and first.op in (*LINEAR, "norm"):
        return replace(first, norms=(*first.norms, *then.norms), activation=then.activation, slope=then.slope)
    if then.op == "activation" and first.op in WITH_ACTIVATION:
        return replace(first, activation=then.activation, slope=then.slope)
    return None


def _needed(graph: Graph) -> list[Node]:
    """The nodes that the outputs come from, in their order."""
    wanted = set(graph.outputs.values())
    for node in reversed(graph.nodes):
        if node.name in wanted:
            wanted.update(node.inputs)
    return [node for node in graph.nodes if node.name in wanted]
