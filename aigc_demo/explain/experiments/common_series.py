"""Curves that several experiments draw: the losses, how real D finds things, and the gradient norms."""

from __future__ import annotations

from aigc_demo.explain.experiments.base import Series
from aigc_demo.text import Text, plain


def losses(d_level: float | None = None, g_level: float | None = None) -> tuple[Series, Series]:
    """L_D and L_G, with a dashed line where each is predicted to end."""
    return Series("d_total", plain(r"$L_D$"), d_level), Series("g_total", plain(r"$L_G$"), g_level)


SCORES = (Series("score_real", plain("$D(x)$")), Series("score_fake", plain("$D(G(z))$")))
D_SLOPE = Series("grad_norm_d", Text("D 的梯度范数", "D's gradient norm"), logarithmic=True)
G_SLOPE = Series("grad_norm_g", Text("G 的梯度范数", "G's gradient norm"), logarithmic=True)
