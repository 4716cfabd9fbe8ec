"""Letting a network compute in bfloat16 where that saves time, and in float32 where it would cost accuracy.

Mixed precision (Micikevicius et al. 2018, arXiv:1710.03740) with bfloat16, whose exponent is float32's: so no loss needs
scaling. The variables stay float32; a layer casts what it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MIXED = "mixed_bfloat16"


def use_bfloat16(model: Any) -> int:
    """Let the layers of `model` that lie before its last weights compute in bfloat16; returns how many do.

    The last layer with weights on every way out, and whatever is handed out, stay in float32: a logit or a pixel of eight
    significant bits would be too coarse for a loss. So do layers of our own, unless they say `mixes = True`: some draw
    random numbers, keep averages or multiply by constants of float32. To be called before the model is traced.
    """
    outgoing = {id(layer) for layer in _layers_of_outputs(model)}
    lowered = [
        layer
        for layer in model.layers
        if layer.__class__.__name__ != "InputLayer"
        and (type(layer).__module__.startswith("keras.") or getattr(layer, "mixes", False))
        and id(layer) not in outgoing
        and any(after.trainable_weights for after in _after(layer))
    ]
    for layer in lowered:
        layer.dtype_policy = MIXED
    return len(lowered)


def _layers_of_outputs(model: Any) -> Iterator[Any]:
    import keras

    for tensor in keras.tree.flatten(model.output):
        yield tensor._keras_history.operation


def _after(layer: Any) -> list[Any]:
    """All layers that see what `layer` gives, near or far."""
    found: dict[int, Any] = {}
    waiting = [layer]
    while waiting:
        for node in waiting.pop()._outbound_nodes:
            after = node.operation
            if id(after) not in found:
                found[id(after)] = after
                waiting.append(after)
    return list(found.values())
