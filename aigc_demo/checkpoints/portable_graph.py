"""A network as a list of plain operations: what any program can evaluate without knowing Keras."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aigc_demo.text import Refused, Text

# Operations that may carry an activation of their own, so that no map is written and read again for it.
WITH_ACTIVATION = frozenset({"dense", "conv", "conv_transposed", "norm", "add", "scaled_noise"})
# Operations that are linear in their input and multiply it channel by channel at their end: a norm can go into these.
LINEAR = frozenset({"dense", "conv", "conv_transposed"})


class NotPortable(Refused):
    """This network cannot be evaluated in a page; the server still can."""


@dataclass(frozen=True)
class Norm:
    """The batch normalisation called `layer`, as it acts outside training: by its moving statistics."""

    layer: str
    epsilon: float
    has_scale: bool
    has_shift: bool


@dataclass(frozen=True)
class Node:
    """One operation; shapes are without the batch.

    `settings` are its plain numbers and words, as they stand in the file; `weights` names, for each of its tensors,
    the weight that it begins as. `divided` names, for each tensor that is divided by its largest singular value, the
    vector from which that is found, and `factors` what one that a layer multiplies by a constant is multiplied by. `norms` are applied in order to what comes out, then `activation` ("" for none).
    """

    name: str
    op: str
    inputs: tuple[str, ...]
    shape: tuple[int, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    divided: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)
    norms: tuple[Norm, ...] = ()
    activation: str = ""
    slope: float | None = None  # of a leaky activation

    @property
    def is_nothing(self) -> bool:
        return self.op == "nothing"


@dataclass(frozen=True)
class Weight:
    """What a weight of the network must be."""

    shape: tuple[int, ...]
    dtype: str


@dataclass(frozen=True)
class Graph:
    """`nodes` in an order in which they can be computed; `inputs` are shapes, `outputs` names of nodes.

    `weights` are all that the network has, also those that no node here needs.
    """

    inputs: Mapping[str, tuple[int, ...]]
    nodes: tuple[Node, ...]
    outputs: Mapping[str, str]
    weights: Mapping[str, Weight]

    @property
    def multiplications(self) -> int:
        """How many it takes for one sample, counting those of its matrices and kernels."""
        shapes = {**self.inputs, **{node.name: node.shape for node in self.nodes}}
        return sum(self._cost(node, shapes) for node in self.nodes)

    def _cost(self, node: Node, shapes: Mapping[str, tuple[int, ...]]) -> int:
        if node.op == "attention":  # its four matrices at every place, and every place with every other
            places, sizes = math.prod(node.shape[:2]), [self.weights[name].shape for name in node.weights.values()]
            return places * sum(map(math.prod, sizes[:4])) + places**2 * (sizes[0][1] + sizes[2][1])
        if node.op not in (*LINEAR, "projection"):
            return 0
        size = math.prod(self.weights[node.weights["kernel"]].shape)
        if node.op == "conv":
            return size * math.prod(node.shape[:2])
        if node.op == "conv_transposed":
            return size * math.prod(shapes[node.inputs[0]][:2])
        return size


def unknown(layer: str, kind: str) -> NotPortable:
    """The refusal of a network because of its layer called `layer`, of the Keras class `kind`."""
    return NotPortable(
        Text(
            "这个网络的 {layer} 层（{kind}）只能在服务器上计算。",
            "This network's layer {layer} ({kind}) can only be computed on the server.",
        ).format(layer=layer[:80], kind=kind[:80])
    )
