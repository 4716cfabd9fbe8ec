"""Terms that any adversarial loss can carry beside its own: the tutorial's distance to x, and the class term."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.text import Text


def _distance_to_real(round_: Round) -> Tensor:
    """||G(z) - x||^2 of each pair, summed over the pixels; z and x of a pair are drawn independently."""
    return tf.reduce_sum(tf.square(round_.fake - round_.real), axis=[1, 2, 3])


def _class_of_real(round_: Round) -> Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(round_.labels, round_.real_out.class_logits)


def _class_of_fake(round_: Round) -> Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(round_.labels, round_.fake_out.class_logits)


RECON_TERM = Term(
    "g_recon_x",
    Text("到真图的距离", "distance to real images"),
    r"\left\lVert G(z)-x\right\rVert^2",
    Text(
        "z 与 x 各自独立抽取，所以它的唯一最小值是平均数字：λ 越大，图像越灰越像。",
        "z and x are drawn independently, so its only minimum is the average digit: the larger λ, the greyer and more "
        "alike the images.",
    ),
    _distance_to_real,
    symbol=r"\lambda",
    weight=0.01,
    auxiliary=True,
)


@dataclass(frozen=True)
class Auxiliary:
    """A named addition to a loss: the terms each player gains, and whether D needs a class head for it."""

    key: str
    title: Text
    d_terms: tuple[Term, ...]
    g_terms: tuple[Term, ...]
    needs_class_head: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.d_terms + self.g_terms


RECON_X = Auxiliary("recon_x", Text("与真图的距离 λ‖G(z) − x‖²", "Distance to data, λ‖G(z) − x‖²"), (), (RECON_TERM,))

ACGAN = Auxiliary(
    "acgan",
    Text("类别项（ACGAN）", "Class term (ACGAN)"),
    (
        Term(
            "d_class",
            Text("认出真图是几", "read real digits"),
            r"\mathbb{E}_{x,y}\left[-\log C(y\mid x)\right]",
            Text(
                "判别器的分类头读出真实数字是几；ln 10 = 2.303 等于瞎猜，0 是完美。",
                "How well D's class head reads real digits; ln 10 = 2.303 is guessing, 0 is perfect.",
            ),
            _class_of_real,
            symbol=r"\lambda_c",
            weight=0.5,
            auxiliary=True,
        ),
    ),
    (
        Term(
            "g_class",
            Text("画出要求的数字", "draw the digit asked for"),
            r"\mathbb{E}_{z,y}\left[-\log C(y\mid G(z,y))\right]",
            Text(
                "生成的图像是否被读成所要求的数字；只追求它会让同一类变得千篇一律。",
                "Whether generated images are read as the digit asked for; chasing it alone makes each class uniform.",
            ),
            _class_of_fake,
            symbol=r"\lambda_c",
            weight=0.5,
            auxiliary=True,
        ),
    ),
    needs_class_head=True,
)

AUXILIARIES: dict[str, Auxiliary] = {item.key: item for item in (RECON_X, ACGAN)}


def carry(loss: Loss, *auxiliaries: Auxiliary) -> Loss:
    """`loss` with the terms of `auxiliaries` added; a term it already has is not added twice."""
    d_terms, g_terms = loss.d_terms, loss.g_terms
    for item in auxiliaries:
        d_terms += tuple(term for term in item.d_terms if term.key not in {old.key for old in d_terms})
        g_terms += tuple(term for term in item.g_terms if term.key not in {old.key for old in g_terms})
    return replace(loss, d_terms=d_terms, g_terms=g_terms)
