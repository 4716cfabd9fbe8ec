"""Formulas in other dress: LaTeX as one line of plain signs for a comment, and as MathML for a page without KaTeX."""

from __future__ import annotations

import re

_SIGNS = {
    r"\mathbb{E}": "E",
    r"\mathcal{L}": "L",
    r"\mathcal{N}": "N",
    r"\mathcal{U}": "U",
    r"\mathrm{softplus}": "softplus",
    r"\operatorname{sg}": "sg",
    r"\tfrac{1}{2}": "½",
    r"\tfrac12": "½",
    r"\frac{1}{2}": "½",
    r"\frac12": "½",
    r"\left\lVert": "‖",
    r"\right\rVert": "‖",
    r"\left|": "|",
    r"\right|": "|",
    r"\lVert": "‖",
    r"\rVert": "‖",
    r"\hat{x}": "x̂",
    r"\hat x": "x̂",
    r"\tilde{x}": "x̃",
    r"\tilde x": "x̃",
    r"\bar{s}": "s̄",
    r"\bar s": "s̄",
    r"\left": "",
    r"\right": "",
    r"\bigl": "",
    r"\bigr": "",
    r"\big": "",
    r"\nabla": "∇",
    r"\lambda": "λ",
    r"\gamma": "γ",
    r"\alpha": "α",
    r"\varepsilon": "ε",
    r"\epsilon": "ε",
    r"\sigma": "σ",
    r"\delta": "δ",
    r"\mu": "μ",
    r"\log": "log",
    r"\max": "max",
    r"\min": "min",
    r"\mid": "|",
    r"\cdot": "·",
    r"\times": "×",
    r"\sim": "~",
    r"\dots": "…",
    r"\,": " ",
    r"\;": " ",
    r"\!": "",
    r"\quad": " ",
    r"\|": "‖",
    "^2": "²",
    "^{2}": "²",
}
_WORDS = re.compile(r"\\(?:mathrm|text|operatorname|mathbf|boldsymbol)\{([^{}]*)\}")


def plain(latex: str) -> str:
    r"""`-\,\mathbb{E}_{x}\left[\log D(x)\right]` as `- E_x[log D(x)]`; a command that is not known loses its backslash."""
    for command in sorted(_SIGNS, key=len, reverse=True):
        end = r"(?![A-Za-z])" if command[-1].isalpha() else ""
        latex = re.sub(re.escape(command) + end, _SIGNS[command].replace("\\", r"\\"), latex)
    latex = _WORDS.sub(r"\1", latex)
    latex = re.sub(r"\{([^{}]*)\}", r"\1", latex)
    latex = re.sub(r"\{([^{}]*)\}", r"\1", latex)
    return re.sub(r"\s+", " ", latex.replace("\\", "")).strip()


def mathml(latex: str) -> str:
    """The formula as a MathML element, which every present browser sets by itself."""
    from latex2mathml.converter import convert

    return convert(latex)
