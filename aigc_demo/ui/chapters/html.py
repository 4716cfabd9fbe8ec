"""Sentences and formulas as HTML for the chapters: `$LaTeX$` is left to the page's KaTeX."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape

import numpy as np

from aigc_demo.latent.pictures import png


def prose(text: str) -> str:
    """A sentence as HTML: formulas stay between `$` for KaTeX, `code` becomes code and **this** is bold."""
    coded = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    return re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", coded)


def quoting(html: str) -> str:
    """The same with every “quotation” in Chinese marked as such, for pages in another language."""
    return re.sub(r"“[^”]*[\u4e00-\u9fff][^”]*”", r'<span lang="zh">\g<0></span>', html)


def lines(formulas: tuple[str, ...]) -> str:
    """Displayed formulas, one a line."""
    return "".join(f"<div>$${line}$$</div>" for line in formulas)


def sections(numbers: tuple[str, ...]) -> str:
    return " ".join(f"§{number}" for number in numbers)


def picture(pixels: np.ndarray, caption: str) -> str:
    """An image uint8 [28, 28] with its caption, as a figure that needs no request."""
    data = b64encode(png(pixels)).decode()
    return (
        f'<figure><img src="data:image/png;base64,{data}" width="28" height="28" alt="{escape(caption)}">'
        f"<figcaption>{caption}</figcaption></figure>"
    )
