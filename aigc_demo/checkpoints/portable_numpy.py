"""A second opinion: network files read and evaluated with NumPy alone, written from the format and not from our code.

In double precision, and as slow as that is: what it is for is to hold what Keras and the page compute against something
that shares no line with either. A file is taken as ours: what may be anybody's is packed anew before it comes here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from safetensors.numpy import load

Array = np.ndarray


class NumpyNetwork:
    """The network in `content`, a network file; `run` gives its outputs by name, float64 [n, ...], for a batch of inputs
    by name, [n, ...].
    """

    def __init__(self, content: bytes) -> None:
        self.facts = facts_of(content)
        self.graph: dict[str, Any] = json.loads(self.facts["graph"])
        self.stored = load(content)
        self.tensors = {name: value.astype(np.float64) for name, value in self.stored.items()}

    def run(self, **inputs: Array) -> dict[str, Array]:
        assert set(inputs) == set(self.graph["inputs"])
        values = {name: np.asarray(value, np.float64) for name, value in inputs.items()}
        for node in self.graph["nodes"]:
            value = OPERATIONS[node["op"]](node, self.tensors, *(values[name] for name in node["from"]))
            assert value.shape[1:] == tuple(node["shape"]), node["name"]
            values[node["name"]] = _activate(node, value)
        return {name: values[node] for name, node in self.graph["outputs"].items()}


def facts_of(content: bytes) -> dict[str, str]:
    return json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])["__metadata__"]


def _activate(node: dict[str, Any], x: Array) -> Array:
    kind = node.get("activation")
    if kind == "leaky":
        return np.where(x > 0, x, node["slope"] * x)
    if kind is None:
        return x
    return {"relu": lambda: np.maximum(x, 0), "tanh": lambda: np.tanh(x)}[kind]()


def _with_bias(node: dict[str, Any], tensors: dict[str, Array], y: Array) -> Array:
    return y if node["bias"] is None else y + tensors[node["bias"]]


def _dense(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    return _with_bias(node, tensors, x @ tensors[node["kernel"]])


def _conv(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    kernel, (down, right) = tensors[node["kernel"]], node["strides"]
    rows, columns, _ = node["shape"]
    if node["padding"] == "same":
        lacking = [
            max(0, (out - 1) * stride + taps - size)
            for out, stride, taps, size in zip((rows, columns), (down, right), kernel.shape, x.shape[1:], strict=False)
        ]
        x = np.pad(x, [(0, 0), *((lack // 2, lack - lack // 2) for lack in lacking), (0, 0)])
    y = np.zeros((len(x), rows, columns, kernel.shape[3]))
    for a in range(kernel.shape[0]):
        for b in range(kernel.shape[1]):
            y += x[:, a : a + (rows - 1) * down + 1 : down, b : b + (columns - 1) * right + 1 : right] @ kernel[a, b]
    return _with_bias(node, tensors, y)


def _conv_transposed(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    kernel, (down, right) = tensors[node["kernel"]], node["strides"]
    high, wide = kernel.shape[:2]
    _, rows, columns, _ = x.shape
    whole = np.zeros((len(x), (rows - 1) * down + high, (columns - 1) * right + wide, kernel.shape[2]))
    for a in range(high):
        for b in range(wide):
            place = (slice(a, a + (rows - 1) * down + 1, down), slice(b, b + (columns - 1) * right + 1, right))
            whole[:, place[0], place[1]] += x @ kernel[a, b].T
    top, left = (max(0, high - down) // 2, max(0, wide - right) // 2) if node["padding"] == "same" else (0, 0)
    padded = np.pad(whole, [(0, 0), (0, down), (0, right), (0, 0)])  # where the stride is longer than the kernel
    return _with_bias(node, tensors, padded[:, top : top + node["shape"][0], left : left + node["shape"][1]])


def _norm(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    return x * tensors[node["scale"]] + tensors[node["shift"]]


def _shuffle(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    count, rows, columns, channels = x.shape
    r = node["factor"]
    blocks = x.reshape(count, rows, columns, r, r, channels // r**2)
    return blocks.transpose(0, 1, 3, 2, 4, 5).reshape(count, rows * r, columns * r, -1)


def _max_pool(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    size, (rows, columns, channels) = node["size"], node["shape"]
    x = x[:, : rows * size, : columns * size]
    return x.reshape(len(x), rows, size, columns, size, channels).max(axis=(2, 4))


def _average_pool(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    size, (rows, columns, channels) = node["size"], node["shape"]
    x = x[:, : rows * size, : columns * size]
    return x.reshape(len(x), rows, size, columns, size, channels).mean(axis=(2, 4))


def _unshuffle(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    r = node["factor"]
    return np.concatenate([x[:, down::r, right::r] for down in range(r) for right in range(r)], axis=-1)


def _upsample(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    return np.kron(x, np.ones((1, node["factor"], node["factor"], 1)))


def _crop(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    rows, columns, _ = node["shape"]
    return x[:, node["top"] : node["top"] + rows, node["left"] : node["left"] + columns]


def _projection(node: dict[str, Any], tensors: dict[str, Array], features: Array, label: Array) -> Array:
    return (features * (label @ tensors[node["kernel"]])).sum(axis=1, keepdims=True) * node["scale"]


def _pixel_norm(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    return x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + node["epsilon"])


def _styles(node: dict[str, Any], tensors: dict[str, Array], w: Array) -> Array:
    return np.stack([w] * node["shape"][0], axis=1)


def _constant(node: dict[str, Any], tensors: dict[str, Array], styles: Array) -> Array:
    return np.stack([tensors[node["constant"]] + tensors[node["bias"]]] * len(styles))


def _noise(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    """Box and Muller's normal numbers of bits that MurmurHash3's finish stirs, in whole numbers of any size."""

    def mixed(value: int) -> int:
        value %= 2**32
        value = (value ^ (value >> 16)) * 0x85EBCA6B % 2**32
        value = (value ^ (value >> 13)) * 0xC2B2AE35 % 2**32
        return value ^ (value >> 16)

    rows, columns, _ = node["shape"]
    stream = mixed(0x9E3779B9 * node["place"])
    numbers = []
    for pixel in range(rows * columns):
        first, second = (mixed(stream ^ mixed(2 * pixel + half)) / 2**32 for half in (0, 1))
        numbers.append(np.sqrt(-2 * np.log(first + 2.0**-32)) * np.cos(2 * np.pi * second))
    return np.stack([np.reshape(numbers, (rows, columns, 1))] * len(x))


def _adain(node: dict[str, Any], tensors: dict[str, Array], x: Array, style: Array) -> Array:
    scale, shift = np.split(style[:, None, None, :], 2, axis=-1)
    spread = np.sqrt(x.var(axis=(1, 2), keepdims=True) + 1e-5)
    return (1 + scale) * (x - x.mean(axis=(1, 2), keepdims=True)) / spread + shift


def _smooth_up(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    for axis in (1, 2):
        x = np.moveaxis(x, axis, 0)
        before, after = np.concatenate([x[:1], x[:-1]]), np.concatenate([x[1:], x[-1:]])
        x = np.stack([0.25 * before + 0.75 * x, 0.75 * x + 0.25 * after], axis=1).reshape(-1, *x.shape[1:])
        before, after = np.concatenate([x[:1], x[:-1]]), np.concatenate([x[1:], x[-1:]])
        x = np.moveaxis((before + 2 * x + after) / 4, 0, axis)
    return x


def _attention(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    query, key, value, out, gamma = (tensors[node[role]] for role in ("query", "key", "value", "out", "gamma"))
    flat = x.reshape(len(x), -1, x.shape[-1])
    likes = np.exp(np.einsum("bif,bjf->bij", flat @ query, flat @ key))
    seen = np.einsum("bij,bjh->bih", likes / likes.sum(axis=2, keepdims=True), flat @ value)
    return x + gamma * (seen @ out).reshape(x.shape)


def _deviation(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    groups = max(len(x) // node["size"], 1)
    channel = np.zeros((*x.shape[:3], 1))
    for first in range(groups):
        channel[first::groups] = np.sqrt(x[first::groups].var(axis=0) + node["epsilon"]).mean()
    return np.concatenate([x, channel], axis=-1)


def _reshape(node: dict[str, Any], tensors: dict[str, Array], x: Array) -> Array:
    return x.reshape(len(x), *node["shape"])


def _codes(node: dict[str, Any], tensors: dict[str, Array], z: Array) -> Array:
    z = z.copy()
    asked = z[:, z.shape[1] - node["count"] :]
    within = np.clip(asked, -3.0, 3.0)
    asked[:] = np.vectorize(math.erf)(within / math.sqrt(2.0)) + asked - within
    return z


OPERATIONS: dict[str, Callable[..., Array]] = {
    "dense": _dense,
    "conv": _conv,
    "conv_transposed": _conv_transposed,
    "norm": _norm,
    "scale": lambda node, tensors, x: x * node["factor"] + node["offset"],
    "codes": _codes,
    "concat": lambda node, tensors, *xs: np.concatenate(xs, axis=-1),
    "flatten": _reshape,
    "reshape": _reshape,
    "shuffle": _shuffle,
    "unshuffle": _unshuffle,
    "upsample": _upsample,
    "crop": _crop,
    "max_pool": _max_pool,
    "avg_pool": _average_pool,
    "mean": lambda node, tensors, x: x.mean(axis=(1, 2)),
    "add": lambda node, tensors, *xs: sum(xs),
    "pixel_norm": _pixel_norm,
    "style_average": lambda node, tensors, x: x,
    "styles": _styles,
    "pick_style": lambda node, tensors, x: x[:, node["place"]],
    "constant": _constant,
    "noise": _noise,
    "scaled_noise": lambda node, tensors, x, noise: x + noise * tensors[node["scale"]],
    "adain": _adain,
    "smooth_up": _smooth_up,
    "attention": _attention,
    "deviation": _deviation,
    "fade": lambda node, tensors, old, new: old + tensors[node["alpha"]] * (new - old),
    "projection": _projection,
    "activation": lambda node, tensors, x: x,
}
