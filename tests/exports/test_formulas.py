"""Formulas in other dress: as one line for a comment, and as MathML that browsers set by themselves."""

from __future__ import annotations

import re
import xml.etree.ElementTree as xml

import pytest

from aigc_demo.exports.formulas import mathml, plain
from aigc_demo.losses import AUXILIARIES, LOSSES

LATEX = sorted(
    {term.latex for item in (*LOSSES.values(), *AUXILIARIES.values()) for term in item.d_terms + item.g_terms}
    | {term.symbol for item in (*LOSSES.values(), *AUXILIARIES.values()) for term in item.d_terms + item.g_terms} - {""}
)


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"-\,\mathbb{E}_{x}\left[\log D(x)\right]", "- E_x[log D(x)]"),
        (r"\tfrac12\,\mathbb{E}_{x}\left[(s(x)-1)^2\right]", "½ E_x[(s(x)-1)²]"),
        (r"\left\lVert G(z)-x\right\rVert^2", "‖ G(z)-x‖²"),
        (r"\lambda_c", "λ_c"),
    ],
)
def test_a_formula_reads_as_one_line(latex: str, line: str) -> None:
    assert plain(latex) == line


@pytest.mark.parametrize("latex", LATEX)
def test_no_formula_of_ours_keeps_its_latex(latex: str) -> None:
    line = plain(latex)
    assert not re.search(r"[\\{}]", line)
    assert not re.search(r"tfrac|mathbb|lVert|rVert|nabla|left|right|operatorname|sigma|softplus\w", line)


@pytest.mark.parametrize("latex", LATEX)
def test_every_formula_of_ours_becomes_mathml(latex: str) -> None:
    root = xml.fromstring(mathml(latex))
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    text = "".join(root.itertext())
    assert text.strip()
    assert "\\" not in text  # a command it does not know would be left as it is
