"""Each term of a loss at two logits a reader chooses: its value and its slope, from the very functions that train."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.losses import DOutput, Loss, Player, Round, Term, evaluate, find_loss
from aigc_demo.text import Lang, Text, VisitorError

MAX_LOGIT = 100.0
CURVE_RANGE = 6.0
CURVE_POINTS = 121

Logit = Literal["real", "fake"]

_NAMES: dict[Player, str] = {"d": "discriminator", "g": "generator"}
_BAD_LOGIT = Text(
    "{name} 应是 −{most} 到 {most} 之间的一个数。",
    "{name} must be a number between −{most} and {most}.",
)


def explain(loss_key: str, s_real: object, s_fake: object, lang: Lang = "en") -> dict[str, list[dict[str, Any]]]:
    """The terms of a loss at the logits `s_real` of a real image and `s_fake` of a fake one.

    `{"discriminator": [{"key", "latex", "meaning", "value", "slope", "weight"}, ...], "generator": [...]}`; `slope` is
    the derivative of the term with respect to its own logit, and the sum of weight times value is the player's loss.
    Auxiliary terms and penalties are left out: they do not depend on the two logits alone. Raises `NotFound` for an
    unknown loss and `VisitorError` for logits that are not numbers in [-100, 100].
    """
    loss = find_loss(loss_key)
    real, fake = _checked("s_real", s_real), _checked("s_fake", s_fake)
    values, slopes = _values_and_slopes(loss, np.array([real]), np.array([fake]))
    return {
        _NAMES[player]: [
            {
                "key": term.key,
                "latex": term.latex,
                "meaning": term.text(lang),
                "value": _number(values[term.key]),
                "slope": _number(slopes[term.key][1]),
                "weight": term.weight,
            }
            for term in game_terms(loss, player)
        ]
        for player in ("d", "g")
    }


@lru_cache(maxsize=64)
def curves(loss_key: str) -> dict[str, Any]:
    """Every term of a loss over its own logit from -6 to 6, the other logit held at 0.

    `{"loss", "grid": [121 logits], "terms": [{"key", "player", "logit": "real" | "fake", "values", "slopes"}, ...]}`.
    Raises `NotFound`. The answer is shared: do not change it.
    """
    loss = find_loss(loss_key)
    grid = np.linspace(-CURVE_RANGE, CURVE_RANGE, CURVE_POINTS)
    zeros = np.zeros_like(grid)
    along = {"real": _values_and_slopes(loss, grid, zeros), "fake": _values_and_slopes(loss, zeros, grid)}
    terms = []
    for player in ("d", "g"):
        for term in game_terms(loss, player):
            logit = along["real"][1][term.key][0]
            values, slopes = along[logit]
            terms.append(
                {
                    "key": term.key,
                    "player": player,
                    "logit": logit,
                    "values": [round(float(value), 6) + 0.0 for value in values[term.key]],
                    "slopes": [round(float(slope), 6) + 0.0 for slope in slopes[term.key][1]],
                }
            )
    return {"loss": loss_key, "grid": [round(float(s), 6) for s in grid], "terms": terms}


def game_terms(loss: Loss, player: Player) -> tuple[Term, ...]:
    """The terms of the adversarial game itself: those that the two logits determine."""
    return tuple(term for term in loss.terms(player) if not term.auxiliary)


def totals(loss_key: str, s_real: float, s_fake: float) -> tuple[float, float]:
    """(L_D, L_G) of the game at two logits, by the one function that adds terms up."""
    loss = find_loss(loss_key)
    round_ = _round(tf.constant([s_real], tf.float64), tf.constant([s_fake], tf.float64))
    d_total, _ = evaluate(game_terms(loss, "d"), round_, {})
    g_total, _ = evaluate(game_terms(loss, "g"), round_, {})
    return float(d_total), float(g_total)


def _number(values: np.ndarray) -> float:
    return float(np.mean(values)) + 0.0  # adding 0.0 turns -0.0 into 0.0, which is what a reader expects to see


def _checked(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise VisitorError(_BAD_LOGIT.format(name=name, most=int(MAX_LOGIT)))
    if not math.isfinite(value) or abs(value) > MAX_LOGIT:
        raise VisitorError(_BAD_LOGIT.format(name=name, most=int(MAX_LOGIT)))
    return float(value)


def _round(real: Any, fake: Any) -> Round:
    """A round of which only the logits exist; float64, so that what is printed is not rounded twice."""
    return Round(None, None, None, None, None, None, DOutput(real), DOutput(fake))


def _values_and_slopes(
    loss: Loss, s_real: np.ndarray, s_fake: np.ndarray
) -> tuple[dict[str, np.ndarray], dict[str, tuple[Logit, np.ndarray]]]:
    """By term key: values [B], and (own logit, slopes [B])."""
    real, fake = tf.constant(s_real, tf.float64), tf.constant(s_fake, tf.float64)
    values, slopes = {}, {}
    for player in ("d", "g"):
        for term in game_terms(loss, player):
            with tf.GradientTape() as tape:
                tape.watch((real, fake))
                value = term.fn(_round(real, fake))
            by_logit = tape.gradient(value, {"real": real, "fake": fake})
            own = _own_logit(term, player, by_logit)
            values[term.key] = value.numpy()
            slopes[term.key] = (own, by_logit[own].numpy())
    return values, slopes


def _own_logit(term: Term, player: Player, slopes: dict[Logit, Any]) -> Logit:
    """The logit a term is about: the only one it depends on; where it sees both, G's is the fake and D's its name's."""
    both: tuple[Logit, Logit] = ("real", "fake")
    seen = [logit for logit in both if slopes[logit] is not None]
    if len(seen) == 1:
        return seen[0]
    return "real" if player == "d" and "fake" not in term.key else "fake"
