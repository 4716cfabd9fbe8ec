"""What a profile says of the operations in it: which they are, and what each moment was spent on."""

from __future__ import annotations

import pytest

from aigc_demo.backend import tf
from benchmarks.readme_tables import SECTIONS
from benchmarks.trace import Span, dearest, is_product, kind_of, moments, share_of, traced

SPREAD = {"median": 0.5, "least": 0.4, "most": 0.6}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("while/body/_1/layer/MatMul:_MklMatMul", "_MklMatMul"),
        ("x:Conv2DBackpropInput", "Conv2DBackpropInput"),
        ("ExecutorState::Process", ""),
        ("while/cond:StatelessIf", ""),
        ("inner:StatefulPartitionedCall", ""),
        ("EagerExecute: __inference_many_3", ""),
        ("MemoryAllocation", ""),
    ],
)
def test_an_operation_is_known_by_its_span(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_every_moment_is_one_of_three() -> None:
    """Products from 0 to 4 and 6 to 7 on two threads, others from 3 to 5 and 8 to 10, nothing from 5 to 6 and 7 to 8."""
    found = [
        Span("Conv2D", 0, 3),
        Span("_MklMatMul", 1, 4),
        Span("Mul", 3, 5),
        Span("Conv2D", 6, 7),
        Span("Add", 8, 10),
    ]
    assert moments(found) == pytest.approx({"products": 0.5, "others": 0.3, "between": 0.2})
    assert dearest(found, 1) == [("Mul", pytest.approx(2 / 11))]
    with pytest.raises(ValueError, match="nothing"):
        moments([])


def test_a_scope_has_its_share() -> None:
    found = [Span("Mul", 0, 3, "step/adam/Mul:Mul"), Span("Mul", 0, 1, "madam/Mul:Mul")]
    assert share_of("adam", found) == 0.75


def test_what_a_call_runs_is_seen() -> None:
    matrix = tf.ones([64, 64])
    call = tf.function(lambda: tf.reduce_sum(tf.matmul(matrix, matrix)), autograph=False)
    call()
    result, found = traced(call)
    assert float(result) == 64.0**3
    assert sum(is_product(span.kind) for span in found) == 1
    assert all(span.end >= span.begin for span in found)


def test_the_readme_says_what_a_step_is_spent_on() -> None:
    found = {
        "milliseconds_a_step": SPREAD,
        "milliseconds_a_step_profiled": SPREAD,
        "operations_a_step": 700.0,
        "products_a_step": 40.0,
        "shares": {"products": SPREAD, "others": SPREAD, "between": SPREAD},
        "updates": 0.07,
        "products_reach": 0.25,
        "dearest_others": [["Mul", 0.1]],
    }
    text = SECTIONS["cpu_profile"]({"machine": "a machine", "recipes": {"fast": found}})
    assert (
        "| `fast` | 0.50 (0.40 – 0.60) ms | 700 (40) | 50 (40 – 60) % | 50 (40 – 60) % | 50 (40 – 60) % | 25 % | 7 % | `Mul` |"
        in text
    )
