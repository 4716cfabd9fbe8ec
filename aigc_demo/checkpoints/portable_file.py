"""Network files: a graph with its numbers as one safetensors file, small enough to be sent to a page.

Kernels are stored in half precision, vectors in single. The file is written here and not by the library, which orders
what it writes anew in each process: the same network is to give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from aigc_demo.checkpoints.portable_graph import Graph, Node, NotPortable
from aigc_demo.checkpoints.portable_numbers import numbers_of
from aigc_demo.text import Text

FORMAT = "aigc-net-1"
_KINDS = {"float32": "F32", "float16": "F16"}
_LOST = 2.0**-10  # a kernel whose rounding error is a larger share of it than this stays in single precision

_OVERFLOW = Text(
    "这个模型的数值溢出，只能在服务器上计算。",
    "This model's numbers overflow: it can only be computed on the server.",
)


@dataclass(frozen=True)
class NetworkFile:
    """A network file, the training step of its weights, and a name for its content as HTTP wants it (an ETag)."""

    content: bytes
    step: int
    tag: str


def pack(graph: Graph, weights: Mapping[str, np.ndarray], step: int) -> NetworkFile:
    """The file of `graph` with `weights`, which must be those that it names. Raises `NotPortable` on overflow."""
    tensors, nodes = {}, []
    exact = any(node.op == "adain" for node in graph.nodes)  # which enlarges what is rounded off an even map
    for node in graph.nodes:
        numbers = numbers_of(node, weights)
        names = {role: f"{node.name}/{role}" for role in numbers}
        tensors.update({names[role]: _stored(value, exact) for role, value in numbers.items()})
        nodes.append(_described(node, names))
    inputs = {name: shape[0] if len(shape) == 1 else list(shape) for name, shape in graph.inputs.items()}
    written = {"inputs": inputs, "nodes": nodes, "outputs": dict(graph.outputs), "macs": graph.multiplications}
    content, sealed = _file(tensors, {"format": FORMAT, "graph": _json(written), "step": str(step)}, weights)
    return NetworkFile(content, step, _tag(step, sealed))


def read_kept(content: bytes, weights: Mapping[str, np.ndarray], step: int) -> tuple[NetworkFile, dict[str, Any]]:
    """The network file `content` and its graph, if it is whole and was made of `weights`; else some error.

    It raises whatever damaged bytes make of reading them: `ValueError`, `KeyError`, `TypeError`, `RecursionError`.
    """
    head = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:head])
    facts = header["__metadata__"]
    sealed = facts.pop("seal")
    whole = facts["sha256"] == hashlib.sha256(content[head:]).hexdigest() and sealed == _seal(header, weights)
    if not whole or (facts["format"], facts["step"]) != (FORMAT, str(step)):
        raise ValueError("not a file of these weights")
    return NetworkFile(content, step, _tag(step, sealed)), json.loads(facts["graph"])


def _tag(step: int, sealed: str) -> str:
    return f'"{step}-{sealed[:16]}"'


def _seal(header: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> str:
    """A hash of all that a file says and of the weights it was made from: one of others is known to be stale."""
    digest = hashlib.sha256(_json(header).encode())
    for name in sorted(weights):
        digest.update(f"\n{name} {weights[name].dtype} {weights[name].shape}\n".encode())
        digest.update(np.ascontiguousarray(weights[name]).data)
    return digest.hexdigest()


def _stored(value: np.ndarray, exact: bool) -> np.ndarray:
    """A vector as it is; a kernel in half precision, unless all is to be `exact`, or that overflows or loses too much."""
    if not np.isfinite(value).all():
        raise NotPortable(_OVERFLOW)
    if value.ndim < 2 or exact:
        return value
    with np.errstate(over="ignore", invalid="ignore"):
        half = value.astype(np.float16)
        error = np.linalg.norm((half.astype(np.float32) - value).ravel())
        return half if error <= _LOST * np.linalg.norm(value.ravel()) else value


def _described(node: Node, names: Mapping[str, str]) -> dict[str, Any]:
    described: dict[str, Any] = {"name": node.name, "op": node.op, "from": list(node.inputs), "shape": list(node.shape)}
    described |= {**node.settings, **names}
    if "kernel" in names and node.op != "projection":
        described.setdefault("bias", None)
    if node.activation:
        described["activation"] = node.activation
    if node.slope is not None:
        described["slope"] = node.slope
    return described


def _file(
    tensors: Mapping[str, np.ndarray], facts: Mapping[str, str], weights: Mapping[str, np.ndarray]
) -> tuple[bytes, str]:
    """A safetensors file and its seal. Single precision comes first in it, so that all numbers are aligned."""
    ordered = sorted(tensors, key=lambda name: (-tensors[name].itemsize, name))
    parts = [np.ascontiguousarray(tensors[name], tensors[name].dtype.newbyteorder("<")).tobytes() for name in ordered]
    numbers = b"".join(parts)
    metadata = {**facts, "sha256": hashlib.sha256(numbers).hexdigest()}
    header: dict[str, Any] = {"__metadata__": metadata}
    end = 0
    for name, part in zip(ordered, parts, strict=True):
        value, start, end = tensors[name], end, end + len(part)
        header[name] = {"dtype": _KINDS[value.dtype.name], "shape": list(value.shape), "data_offsets": [start, end]}
    metadata["seal"] = _seal(header, weights)
    head = _json(header).encode()
    head += b" " * (-len(head) % 8)
    return len(head).to_bytes(8, "little") + head + numbers, metadata["seal"]


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
