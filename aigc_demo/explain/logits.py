"""Each term of a loss at two logits a reader chooses: its value and its slope, from the very functions that train."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.losses import AUXILIARIES, DOutput, Loss, Player, Round, Term, carry, evaluate, find_loss
from aigc_demo.networks import Network
from aigc_demo.text import Lang, NotFound, Text, VisitorError, plain

MAX_LOGIT = 100.0
CURVE_RANGE = 6.0
CURVE_POINTS = 121

Logit = Literal["real", "fake"]

_NAMES: dict[Player, str] = {"d": "discriminator", "g": "generator"}
_BOTH: tuple[Logit, Logit] = ("real", "fake")
_BAD_LOGIT = Text(
    "{name} 应是 −{most} 到 {most} 之间的一个数。",
    "{name} must be a number between −{most} and {most}.",
)
_NO_AUXILIARY = Text(
    "没有名为“{key}”、且只由 logit 决定的附加项。可用：{known}。",
    "There is no auxiliary “{key}” that depends on logits alone. Choose one of {known}.",
)
_ABLE = Network("", "", plain(""), class_head=True, features=True)  # a discriminator that stands in no one's way


def explain(
    loss_key: str, s_real: object, s_fake: object, lang: Lang = "en", auxiliaries: Sequence[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """The terms of a loss at the logits `s_real` of a real image and `s_fake` of a fake one.

    `{"discriminator": [{"key", "latex", "meaning", "value", "slope", "logit", "slopes", "weight"}, ...], "generator":
    [...]}`. `logit` says which of the two a term is about, "real" or "fake", and `slope` is the derivative by it;
    `slopes` has the derivatives by both, since a relativistic term sees both. The sum of weight times value is the
    player's loss. `auxiliaries` adds rows by key for those that the two logits determine, such as "smooth"; penalties
    on slopes and distances between images are not among them. Raises `NotFound` for an unknown name, and `VisitorError`
    for logits that are not numbers in [-100, 100] or an auxiliary that the loss cannot carry.
    """
    loss = _with(find_loss(loss_key), auxiliaries)
    real, fake = _checked("s_real", s_real), _checked("s_fake", s_fake)
    shapes = terms_at(loss, np.array([real]), np.array([fake]))
    return {
        _NAMES[player]: [
            {
                "key": term.key,
                "latex": term.latex,
                "meaning": term.text(lang),
                "value": _number(shapes[term.key].values),
                "slope": _number(shapes[term.key].slopes[shapes[term.key].logit]),
                "logit": shapes[term.key].logit,
                "slopes": {logit: _number(shapes[term.key].slopes[logit]) for logit in _BOTH},
                "weight": term.weight,
            }
            for term in game_terms(loss, player)
        ]
        for player in ("d", "g")
    }


def curves(loss_key: str, s_real: object = 0.0, s_fake: object = 0.0) -> dict[str, Any]:
    """Every term of a loss over its own logit from -6 to 6, the other logit held at `s_real` or `s_fake`.

    `{"loss", "grid": [121 logits], "terms": [{"key", "player", "logit": "real" | "fake", "sees_both", "values",
    "slopes"}, ...]}`; only terms that see both logits change with the one that is held. Raises `NotFound`, and
    `VisitorError` as `explain` does. The answer is shared: do not change it.
    """
    return _curves(find_loss(loss_key).key, _checked("s_real", s_real), _checked("s_fake", s_fake))


@lru_cache(maxsize=64)
def _curves(loss_key: str, s_real: float, s_fake: float) -> dict[str, Any]:
    loss = find_loss(loss_key)
    grid = np.linspace(-CURVE_RANGE, CURVE_RANGE, CURVE_POINTS)
    along = {
        "real": terms_at(loss, grid, np.full_like(grid, s_fake)),
        "fake": terms_at(loss, np.full_like(grid, s_real), grid),
    }
    terms = []
    for player in ("d", "g"):
        for term in game_terms(loss, player):
            shape = along[along["real"][term.key].logit][term.key]
            terms.append(
                {
                    "key": term.key,
                    "player": player,
                    "logit": shape.logit,
                    "sees_both": shape.sees_both,
                    "values": [round(float(value), 6) + 0.0 for value in shape.values],
                    "slopes": [round(float(slope), 6) + 0.0 for slope in shape.slopes[shape.logit]],
                }
            )
    return {"loss": loss_key, "grid": [round(float(s), 6) for s in grid], "terms": terms}


def game_terms(loss: Loss, player: Player) -> tuple[Term, ...]:
    """The terms that the two logits determine: those of the adversarial game itself, and such auxiliaries as do."""
    return tuple(term for term in loss.terms(player) if term.on_logits or not term.auxiliary)


def _with(loss: Loss, auxiliaries: Sequence[str]) -> Loss:
    known = {key: item for key, item in AUXILIARIES.items() if all(term.on_logits for term in item.terms)}
    for key in auxiliaries:
        if not isinstance(key, str) or key not in known:
            raise NotFound(_NO_AUXILIARY.format(key=str(key)[:80], known=", ".join(known)))
        reason = known[key].why_not(loss, _ABLE)
        if reason is not None:
            raise VisitorError(reason)
    return carry(loss, *(known[key] for key in auxiliaries))


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


class Shape(NamedTuple):
    """One term at B pairs of logits, each pair a game of its own."""

    values: np.ndarray  # [B]
    slopes: dict[Logit, np.ndarray]  # [B] by either logit
    logit: Logit  # the one it is about
    sees_both: bool


def _round(real: Any, fake: Any) -> Round:
    """A round of which only the logits exist; float64, so that what is printed is not rounded twice."""
    return Round(None, None, None, None, None, None, DOutput(real), DOutput(fake))


def terms_at(loss: Loss, s_real: np.ndarray, s_fake: np.ndarray) -> dict[str, Shape]:
    """Every term that logits determine, by key, at the pairs of logits [B] and [B]."""
    # A batch of one image each, B times over: a mean over the batch, which some terms take, must not mix the pairs.
    real, fake = (tf.constant(logits[None, :], tf.float64) for logits in (s_real, s_fake))
    shapes = {}
    for player in ("d", "g"):
        for term in game_terms(loss, player):
            with tf.GradientTape() as tape:
                tape.watch((real, fake))
                value = term.fn(_round(real, fake))
            by_logit = tape.gradient(value, {"real": real, "fake": fake})
            seen = [logit for logit in _BOTH if by_logit[logit] is not None]
            slopes = {
                logit: np.zeros(len(s_real)) if by_logit[logit] is None else by_logit[logit].numpy()[0]
                for logit in _BOTH
            }
            shapes[term.key] = Shape(value.numpy()[0], slopes, _own_logit(term, player, seen), len(seen) == 2)
    return shapes


def _own_logit(term: Term, player: Player, seen: Sequence[Logit]) -> Logit:
    """The logit a term is about: the only one it depends on; where it sees both, G's is the fake and D's its name's."""
    if len(seen) == 1:
        return seen[0]
    return "real" if player == "d" and "fake" not in term.key else "fake"
