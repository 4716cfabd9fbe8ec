"""Each term as a line of plain mathematics in which the chosen logits can be put: `{x}` is s_x and `{z}` is s_z.

Keyed by the term's own LaTeX. The tests read these lines as arithmetic and hold them against the functions that train.
"""

from __future__ import annotations

from aigc_demo.explain.logits import game_terms
from aigc_demo.losses import AUXILIARIES, LOSSES

_BY_TERM: dict[tuple[str, str], str] = {
    ("non_saturating", "d_real"): "−log σ({x})",
    ("non_saturating", "d_fake"): "−log(1 − σ({z}))",
    ("non_saturating", "g_adversarial"): "−log σ({z})",
    ("minimax", "g_adversarial"): "log(1 − σ({z}))",
    ("lsgan", "d_real"): "½ ({x} − 1)²",
    ("lsgan", "d_fake"): "½ ({z})²",
    ("lsgan", "g_adversarial"): "½ ({z} − 1)²",
    ("lsgan_chi2", "d_fake"): "½ ({z} + 1)²",
    ("wgan", "d_real"): "−({x})",
    ("wgan", "d_fake"): "{z}",
    ("wgan", "g_adversarial"): "−({z})",
    ("hinge", "d_real"): "max(0, 1 − {x})",
    ("hinge", "d_fake"): "max(0, 1 + {z})",
    ("rasgan", "d_real"): "−log σ({x} − {z})",
    ("rasgan", "d_fake"): "−log(1 − σ({z} − {x}))",
    ("rasgan", "g_adversarial"): "−log σ({z} − {x})",
    ("rasgan", "g_real"): "−log(1 − σ({x} − {z}))",
    ("rpgan", "d_rank"): "−log σ({x} − {z})",
    ("rpgan", "g_adversarial"): "−log σ({z} − {x})",
    ("doc_literal", "d_real"): "−σ({x})",
    ("doc_literal", "d_fake"): "−σ({z})",
    ("doc_literal", "g_adversarial"): "σ({z})",
    ("double_sigmoid", "d_real"): "−log σ(σ({x}))",
    ("double_sigmoid", "d_fake"): "−log(1 − σ(σ({z})))",
    ("double_sigmoid", "g_adversarial"): "−log σ(σ({z}))",
}
_ADDED: dict[tuple[str, str], str] = {("drift", "d_drift"): "({x})²", ("smooth", "d_smooth"): "{x}"}


def _latex(loss: str, key: str) -> str:
    (term,) = [item for player in ("d", "g") for item in game_terms(LOSSES[loss], player) if item.key == key]
    return term.latex


def _added_latex(auxiliary: str, key: str) -> str:
    (term,) = [item for item in AUXILIARIES[auxiliary].terms if item.key == key]
    return term.latex


WRITTEN: dict[str, str] = {
    **{_latex(*name): line for name, line in _BY_TERM.items()},
    **{_added_latex(*name): line for name, line in _ADDED.items()},
}
