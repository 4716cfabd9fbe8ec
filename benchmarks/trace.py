"""What TensorFlow's own profiler saw: which operation ran when, and what a moment of the call was spent on.

`tf.profiler.experimental` writes an XSpace (`tensorflow/tsl/profiler/protobuf/xplane.proto`), whose classes TensorFlow
brings: nothing else is needed to read it.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from aigc_demo.backend import tf

T = TypeVar("T")

_NAMED = re.compile(r".*[^:]:(_?[A-Z][A-Za-z0-9]*)")  # "layer/product:MatMul"; a span of the runtime's own has "::"
_WHOLE = re.compile(r"While|If|Case|PartitionedCall|ExecutorDone")  # spans that hold those of other operations
_PRODUCTS = re.compile(r"Conv\d?D|MatMul|Einsum")


class Span(NamedTuple):
    """An operation of type `kind` at work, in picoseconds of one clock; what its own threads do for it is included."""

    kind: str
    begin: int
    end: int
    name: str = ""  # as the graph has it, with its scopes


def traced(call: Callable[[], T]) -> tuple[T, list[Span]]:
    """What `call()` returns, and every operation that it ran."""
    options = tf.profiler.experimental.ProfilerOptions(
        host_tracer_level=2, python_tracer_level=0, device_tracer_level=0
    )
    with tempfile.TemporaryDirectory() as folder:
        tf.profiler.experimental.start(folder, options)
        try:
            result = call()
        finally:
            tf.profiler.experimental.stop()
        (file,) = Path(folder).rglob("*.xplane.pb")
        return result, spans(file.read_bytes())


def spans(content: bytes) -> list[Span]:
    """The operations in a profile of the profiler's format."""
    from tensorflow.tsl.profiler.protobuf import xplane_pb2

    space, found = xplane_pb2.XSpace.FromString(content), []
    for plane in space.planes:
        kinds = {
            key: (kind, entry.name) for key, entry in plane.event_metadata.items() if (kind := kind_of(entry.name))
        }
        for line in plane.lines:
            start = line.timestamp_ns * 1000
            found += [
                _span(*kinds[event.metadata_id], start, event) for event in line.events if event.metadata_id in kinds
            ]
    return found


def _span(kind: str, name: str, start: int, event: Any) -> Span:
    begin = start + event.offset_ps
    return Span(kind, begin, begin + event.duration_ps, name)


def kind_of(name: str) -> str:
    """The type of the operation that a span's name tells of; '' where it tells of something else."""
    found = _NAMED.fullmatch(name)
    return "" if found is None or _WHOLE.search(found[1]) else found[1]


def is_product(kind: str) -> bool:
    """Whether operations of this type are convolutions (their gradients too) or products of matrices."""
    return bool(_PRODUCTS.search(kind))


def moments(found: Iterable[Span]) -> dict[str, float]:
    """How the time from the first beginning to the last end was spent; the three shares add up to 1.

    `products`: at least one convolution or product of matrices was running. `others`: none was, but another operation.
    `between`: no operation at all, so that the runtime was choosing, starting or handing over the next.
    """
    edges = sorted(
        edge
        for span in found
        for edge in ((span.begin, 1, is_product(span.kind)), (span.end, -1, is_product(span.kind)))
    )
    if not edges:
        raise ValueError("nothing was seen")
    spent, running = {"products": 0, "others": 0, "between": 0}, {True: 0, False: 0}
    before = edges[0][0]
    for when, change, product in edges:
        now = "products" if running[True] else "others" if running[False] else "between"
        spent[now] += when - before
        running[product] += change
        before = when
    whole = edges[-1][0] - edges[0][0]
    return {name: time / whole for name, time in spent.items()}


def share_of(scope: str, found: Iterable[Span]) -> float:
    """What part of all operations' time is that of those within `scope`, such as an optimiser's name."""
    within, whole = 0, 0
    for span in found:
        whole += span.end - span.begin
        within += (span.end - span.begin) * (f"/{scope}/" in f"/{span.name}")
    return within / whole


def dearest(found: Iterable[Span], count: int) -> list[tuple[str, float]]:
    """The types, products left out, that operations spend the most time in, with their shares of all operations' time."""
    times: Counter[str] = Counter()
    for span in found:
        times[span.kind] += span.end - span.begin
    whole = times.total()
    others = [(kind, time / whole) for kind, time in times.most_common() if not is_product(kind)]
    return others[:count]
