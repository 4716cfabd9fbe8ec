"""Every term of a loss as a table over its logit, dense enough for the page to evaluate it between the rows by itself.

A page that follows a dragged logit, or averages a term over a batch's logits, must not ask the server each time; and a
loss must not be written down a second time in the page. So it gets values and derivatives of the very functions that
train, and interpolates.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from aigc_demo.explain.logits import MAX_LOGIT, game_terms, terms_at
from aigc_demo.explain.substituted import WRITTEN
from aigc_demo.losses import AUXILIARIES, Loss, carry, find_loss
from aigc_demo.losses.base import Player
from aigc_demo.networks import Network
from aigc_demo.text import plain

DENSE_REACH = (
    12.0  # between these logits something happens; beyond them every term is as good as straight or a parabola
)
DENSE_STEP = 0.1  # the hinge's corners, -1 and +1, are rows of the table
SPARSE_STEP = 4.0

_ABLE = Network("", "", plain(""), class_head=True, features=True)  # a discriminator that stands in no one's way
_PLAYERS: tuple[Player, Player] = ("d", "g")


def term_shapes(loss_key: str) -> dict[str, Any]:
    """`{"loss", "grid": [logits], "terms": [{"key", "player", "logit", "sees_both", "written", "values", "slopes"}, ...]}`.

    The terms are those of the game and the auxiliaries that logits determine, unweighted, over their own `logit` with
    the other one at 0. A term that `sees_both` depends on the difference of the two only: at (own, other) it has the
    value that the table gives at own - other. `written` is the term with `{x}` and `{z}` for the two logits. Raises
    `NotFound`. The answer is shared: do not change it.
    """
    return _term_shapes(find_loss(loss_key).key)


@lru_cache(maxsize=32)
def _term_shapes(loss_key: str) -> dict[str, Any]:
    loss = with_logit_terms(find_loss(loss_key))
    grid = _grid()
    rest = np.zeros_like(grid)
    along = {"real": terms_at(loss, grid, rest), "fake": terms_at(loss, rest, grid)}
    terms = []
    for player in _PLAYERS:
        for term in game_terms(loss, player):
            shape = along[along["real"][term.key].logit][term.key]
            terms.append(
                {
                    "key": term.key,
                    "player": player,
                    "logit": shape.logit,
                    "sees_both": shape.sees_both,
                    "written": WRITTEN[term.latex],
                    "values": _rounded(shape.values),
                    "slopes": _rounded(shape.slopes[shape.logit]),
                }
            )
    return {"loss": loss_key, "grid": _rounded(grid), "terms": terms}


def with_logit_terms(loss: Loss) -> Loss:
    """`loss` with every auxiliary that it can carry and that logits determine."""
    able = [
        item
        for item in AUXILIARIES.values()
        if all(term.on_logits for term in item.terms) and item.why_not(loss, _ABLE) is None
    ]
    return carry(loss, *able)


def _grid() -> np.ndarray:
    dense = np.arange(-round(DENSE_REACH / DENSE_STEP), round(DENSE_REACH / DENSE_STEP) + 1) * DENSE_STEP
    beyond = np.arange(DENSE_REACH + SPARSE_STEP, MAX_LOGIT + 1, SPARSE_STEP)
    return np.concatenate([-beyond[::-1], dense, beyond])


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 7) + 0.0 for value in values]
