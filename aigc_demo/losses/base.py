"""What a loss is: a tuple of terms for each player, and the one function that adds them up.

The optimiser minimises `evaluate`'s total, the chart draws each value it returns, the ledger prints each term's LaTeX
beside that value. All of them read the same tuple, so none can show what is not trained.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from aigc_demo.backend import tf
from aigc_demo.networks.base import DOutput
from aigc_demo.text import Text

Tensor = Any  # a tf.Tensor; TensorFlow itself is imported only when a term is first evaluated
Player = Literal["d", "g"]
Readout = Literal["probability", "score"]
Family = Literal["document", "jensen_shannon", "least_squares", "wasserstein", "hinge", "relativistic"]


class Round(NamedTuple):
    """All that a term may see of one round of the game. What none of its terms looks at may be None.

    `discriminator` is D as it plays this round, augmentation and packing included. Where D judges packs of m images,
    those of a pack stand next to each other in the batch, and every DOutput has B / m rows.
    """

    discriminator: Callable[[Tensor, Tensor | None], DOutput] | None  # (images, labels) -> DOutput
    generator: Callable[[Tensor, Tensor | None], Tensor] | None  # (z, labels) -> images
    z: Tensor  # [B, latent_size], drawn from N(0, I)
    real: Tensor  # [B, 28, 28, 1] in [-1, 1]
    fake: Tensor  # [B, 28, 28, 1]
    labels: Tensor  # [B] integers: the class of each real image, and the class asked of each fake one
    real_out: DOutput
    fake_out: DOutput
    seed: Tensor = None  # [2], for terms that draw random numbers


@dataclass(frozen=True)
class Term:
    """One summand of a player's loss.

    `key` is ASCII, unique in its loss and begins with `d_` or `g_`. `latex` is what stands inside the expectation or
    the norm, weight excluded. `fn` maps a Round to values [B] or to a scalar. A non-empty `symbol` is the LaTeX of a
    weight that the visitor may tune, from 0 to `most`.
    """

    key: str
    name: Text
    latex: str
    text: Text
    fn: Callable[[Round], Tensor]
    symbol: str = ""
    weight: float = 1.0
    most: float = 10.0  # the largest weight that still makes sense
    auxiliary: bool = False  # not part of the adversarial game itself: left out of the logit explanations
    on_logits: bool = False  # auxiliary, but determined by the two logits alone: may be explained beside the game
    fresh_real: bool = False  # G's term reads `real_out`, which must then come from the D that has just been updated
    needs_gradient: bool = False  # differentiates D by its input, so each image must be judged by itself


@dataclass(frozen=True)
class Loss:
    """An adversarial game: what each player minimises, where it comes from, and where it comes to rest.

    `equilibrium` gives the totals (L_D, L_G) when the fakes are distributed as the data and D is optimal, or, where G
    does not aim at the data at all, those that the game ends at; None where the formula leaves a constant free. What
    penalties add is left out: those that ask for a slope of 1 charge even there, where D would rather be flat.
    `readout` says how a logit is to be read: as a probability through the sigmoid, or as a score as it stands.
    """

    key: str
    title: Text
    story: Text
    source: Text
    d_terms: tuple[Term, ...]
    g_terms: tuple[Term, ...]
    equilibrium: tuple[float | None, float | None]
    family: Family
    readout: Readout
    sections: tuple[str, ...] = ()  # where the tutorial speaks of it
    discriminator_steps: int = 1
    clip: float | None = None  # clip D's weights to [-clip, clip] after each of its updates
    suggested_optimisers: Text | None = None

    def terms(self, player: Player) -> tuple[Term, ...]:
        return self.d_terms if player == "d" else self.g_terms

    @property
    def needs_fresh_real(self) -> bool:
        """Whether G's step needs the updated D's opinion of the real images."""
        return any(term.fresh_real for term in self.g_terms)

    @property
    def needs_gradient(self) -> bool:
        """Whether a term differentiates D by its input."""
        return any(term.needs_gradient for term in self.d_terms + self.g_terms)

    def formula(self, player: Player) -> str:
        """The player's whole loss as LaTeX, e.g. `\\mathcal{L}_D = ... + ...`, built from the terms."""
        pieces = [_weighted(term) for term in self.terms(player)]
        joined = pieces[0]
        for piece in pieces[1:]:
            joined += f" {piece}" if piece.startswith("-") else f" + {piece}"
        return rf"\mathcal{{L}}_{player.upper()} = {joined}"


def _weighted(term: Term) -> str:
    """The term with the symbol of its weight; a minus sign stays in front of both."""
    if not term.symbol:
        return term.latex
    sign = "-" if term.latex.startswith("-") else ""
    return f"{sign}{term.symbol} {term.latex.removeprefix('-')}"


def evaluate(
    terms: tuple[Term, ...], round_: Round, weights: Mapping[str, Tensor | float]
) -> tuple[Tensor, dict[str, Tensor]]:
    """The total of `terms` and the unweighted mean of each; the only place where a total is made.

    `weights` overrides a term's own weight by its key; a value may be a `tf.Variable`, so that changing it while a run
    trains retraces nothing. A term of weight 0 adds 0 and still has a value. Returns scalars of dtype float32.
    """
    values = {term.key: tf.reduce_mean(term.fn(round_)) for term in terms}
    total = tf.add_n([weights.get(term.key, term.weight) * values[term.key] for term in terms])
    return total, values
