"""One update of each player under a loss of the catalogue, traced by TensorFlow and written down as operations.

The page evaluates these operations and nothing else, gradients included, so each loss exists once: in `losses`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from aigc_demo.backend import tf
from aigc_demo.explain.plane.nets import DIMENSIONS, Nets, as_images
from aigc_demo.explain.plane.writing import written
from aigc_demo.losses import AUXILIARIES, Auxiliary, Loss, Round, carry, evaluate, find_loss
from aigc_demo.losses.base import Player
from aigc_demo.text import NotFound, Text, VisitorError

Tensor = Any
PROBE = 256  # points that the graphs which only look are traced for

_NO_AUXILIARY = Text("没有名为“{key}”的附加项。", "There is no auxiliary term called “{key}”.")
_CANNOT = Text("“{loss}”在平面上不能带“{key}”。", "“{loss}” cannot carry “{key}” on the plane.")


def auxiliaries_of(loss: Loss) -> tuple[str, ...]:
    """Keys of the auxiliaries that make sense for `loss` on points without classes, and that it has not got already."""
    return tuple(key for key, item in AUXILIARIES.items() if _fits(item, loss))


def _fits(item: Auxiliary, loss: Loss) -> bool:
    own = {term.key for term in loss.d_terms + loss.g_terms}
    has_what_it_needs = item.needs_term is None or item.needs_term in loss.d_terms
    needs_no_more = not (item.needs_class_head or item.needs_codes)
    return needs_no_more and has_what_it_needs and not own & {term.key for term in item.terms}


def plane_loss(key: str, auxiliaries: Sequence[str]) -> Loss:
    """The loss with its auxiliaries. Raises `NotFound` or `VisitorError` where it cannot be."""
    loss = find_loss(key)
    for name in auxiliaries:
        if name not in AUXILIARIES:
            raise NotFound(_NO_AUXILIARY.format(key=str(name)[:40]))
        if name not in auxiliaries_of(loss):
            raise VisitorError(_CANNOT.format(loss=loss.key, key=name))
    return carry(loss, *(AUXILIARIES[name] for name in auxiliaries))


@lru_cache(maxsize=48)
def plane_graphs(key: str, auxiliaries: tuple[str, ...], nets: Nets) -> dict[str, Any]:
    """All that the page evaluates of this game, as plain data; the answer is shared: do not change it.

    `d` and `g` are the players' updates, `field` is the logit and its slope at points, `draw` is G with its Jacobian.
    """
    loss = plane_loss(key, auxiliaries)
    return {
        "loss": loss.key,
        "shapes": {player: nets.shapes(player) for player in ("d", "g")},
        "terms": [
            {"key": term.key, "player": player, "weight": term.weight, "symbol": term.symbol}
            for player, terms in (("d", loss.d_terms), ("g", loss.g_terms))
            for term in terms
        ],
        "auxiliaries": auxiliaries,
        "can_carry": auxiliaries_of(find_loss(key)),
        "d_steps": loss.discriminator_steps,
        "clip": loss.clip,
        "batch": nets.batch,
        "probe": PROBE,
        "d": trace_update(loss, "d", nets),
        "g": trace_update(loss, "g", nets),
        "field": trace_field(nets),
        "draw": trace_draw(nets),
    }


def update(loss: Loss, player: Player, nets: Nets, given: dict[str, Tensor]) -> dict[str, Tensor]:
    """Terms, total, gradients of the player's weights, logits, and for G also -dL_G/dx of each fake times B.

    `given` holds d0…d5, g0…g5, z [B, latent], x [B, 2], and w:<term> for the weight of every term that has a symbol.
    """
    d_weights, g_weights = ([given[f"{name}{place}"] for place in range(6)] for name in "dg")
    own = d_weights if player == "d" else g_weights
    with tf.GradientTape() as tape:
        tape.watch(own)
        fake = as_images(nets.generate(g_weights, given["z"]))
        tape.watch(fake)
        round_ = _round(nets, d_weights, g_weights, given, fake)
        terms = loss.terms(player)
        total, values = evaluate(terms, round_, {term.key: given[f"w:{term.key}"] for term in terms if term.symbol})
    gradients = tape.gradient(total, [*own, fake], unconnected_gradients=tf.UnconnectedGradients.ZERO)
    found = {"total": total, "fake": fake, "logits_real": round_.real_out.logit, "logits_fake": round_.fake_out.logit}
    found |= {f"term:{name}": value for name, value in values.items()}
    found |= {f"grad:{player}{place}": gradient for place, gradient in enumerate(gradients[:-1])}
    if player == "g":
        found["arrows"] = -float(nets.batch) * gradients[-1]
    return found


def _round(
    nets: Nets, d_weights: list[Tensor], g_weights: list[Tensor], given: dict[str, Tensor], fake: Tensor
) -> Round:
    def opinion(images: Tensor, labels: Tensor) -> Any:
        return nets.discriminate(d_weights, images)

    def draw(z: Tensor, labels: Tensor) -> Tensor:
        return as_images(nets.generate(g_weights, z))

    real = as_images(given["x"])
    labels, seed = tf.zeros([nets.batch], tf.int32), tf.constant([0, 0])
    return Round(
        opinion, draw, given["z"], real, fake, labels, opinion(real, labels), opinion(fake, labels), seed
    )  # what is drawn from the seed becomes an input of the graph


def trace_update(loss: Loss, player: Player, nets: Nets) -> dict[str, Any]:
    terms = loss.terms(player)
    shapes = {f"{name}{place}": shape for name in "dg" for place, shape in enumerate(nets.shapes(name))}
    shapes |= {"z": (nets.batch, nets.latent), "x": (nets.batch, DIMENSIONS)}
    shapes |= {f"w:{term.key}": () for term in terms if term.symbol}
    return written(lambda given: update(loss, player, nets, given), shapes)


def trace_field(nets: Nets) -> dict[str, Any]:
    """The logit `s` [PROBE] and its gradient `ds` [PROBE, 2] at `points`."""

    def look(given: dict[str, Tensor]) -> dict[str, Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(given["points"])
            s = nets.discriminate([given[f"d{place}"] for place in range(6)], given["points"]).logit
        return {"s": s, "ds": tape.gradient(s, given["points"])}

    shapes = {f"d{place}": shape for place, shape in enumerate(nets.shapes("d"))}
    return written(look, shapes | {"points": (PROBE, DIMENSIONS)})


def trace_draw(nets: Nets) -> dict[str, Any]:
    """G's `points` [PROBE, 2] at `z`, and the gradients `dx`, `dy` [PROBE, latent] of either coordinate."""

    def look(given: dict[str, Tensor]) -> dict[str, Tensor]:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(given["z"])
            points = nets.generate([given[f"g{place}"] for place in range(6)], given["z"])
            x, y = (tf.reduce_sum(points * axis, axis=1) for axis in ([1.0, 0.0], [0.0, 1.0]))
        return {"points": points, "dx": tape.gradient(x, given["z"]), "dy": tape.gradient(y, given["z"])}

    shapes = {f"g{place}": shape for place, shape in enumerate(nets.shapes("g"))}
    return written(look, shapes | {"z": (PROBE, nets.latent)})
