"""Terms that any adversarial loss can carry beside its own, and the reasons why one cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aigc_demo.backend import tf
from aigc_demo.losses.base import Loss, Round, Tensor, Term
from aigc_demo.losses.information import D_CATEGORY, D_CODES, G_CATEGORY, G_CODES
from aigc_demo.losses.jensen_shannon import D_TERMS
from aigc_demo.losses.penalties import DRAGAN_TERM, GP_ONE_SIDED_TERM, GP_TERM, R1_TERM, R2_TERM
from aigc_demo.networks import Network
from aigc_demo.text import Text

NetworkFacts = Network  # the catalogue's entry of the discriminator in question


def _distance_to_real(round_: Round) -> Tensor:
    """||G(z) - x||^2 of each pair, summed over the pixels; z and x of a pair are drawn independently."""
    return tf.reduce_sum(tf.square(round_.fake - round_.real), axis=[1, 2, 3])


def _class_of_real(round_: Round) -> Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(round_.labels, round_.real_out.class_logits)


def _class_of_fake(round_: Round) -> Tensor:
    return tf.nn.sparse_softmax_cross_entropy_with_logits(round_.labels, round_.fake_out.class_logits)


def _squared_real_score(round_: Round) -> Tensor:
    return tf.square(round_.real_out.logit)


def _real_score(round_: Round) -> Tensor:
    return tf.identity(round_.real_out.logit)


def _distance_of_mean_features(round_: Round) -> Tensor:
    """||E f(x) - E f(G(z))||^2 of the batch's two means, summed over the features: a scalar."""
    means = [tf.reduce_mean(out.features, axis=0) for out in (round_.real_out, round_.fake_out)]
    return tf.reduce_sum(tf.square(means[0] - means[1]))


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
    """A named addition to a loss: the terms each player gains, and what D must have for it."""

    key: str
    title: Text
    d_terms: tuple[Term, ...]
    g_terms: tuple[Term, ...]
    needs_class_head: bool = False
    needs_features: bool = False
    needs_codes: bool = False  # InfoGAN's Q
    needs_term: Term | None = None  # the loss must contain this very term

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.d_terms + self.g_terms

    def why_not(self, loss: Loss, facts: NetworkFacts) -> Text | None:
        """Why `loss` cannot carry this when D is the network of `facts`; None where it can."""
        if self.needs_class_head and not facts.class_head:
            return _NO_CLASS_HEAD.format(network=facts.key)
        if self.needs_features and not facts.features:
            return _NO_FEATURES.format(network=facts.key)
        if self.needs_codes and not facts.codes:
            return _NO_CODES.format(network=facts.key)
        if any(term.needs_gradient for term in self.terms) and facts.batch_norm:
            return _BATCH_NORM.format(network=facts.key)
        if self.needs_term is not None and self.needs_term not in loss.d_terms:
            return Text(_OTHER_REAL_TERM.zh.format(loss=loss.title.zh), _OTHER_REAL_TERM.en.format(loss=loss.title.en))
        return None


_NO_CLASS_HEAD = Text(
    "判别器 {network} 没有分类头，读不出是几；请换用 fast。",
    "The discriminator {network} has no class head and cannot say which digit it sees; use fast.",
)
_NO_FEATURES = Text(
    "判别器 {network} 没有给出隐藏层的特征；请换用 fast。",
    "The discriminator {network} gives no features of a hidden layer; use fast.",
)
_NO_CODES = Text(
    "判别器 {network} 没有读回编码的 Q 分支；请换用配方 infogan。",
    "The discriminator {network} has no branch Q that reads codes back; use the recipe infogan.",
)
_BATCH_NORM = Text(
    "判别器 {network} 带批归一化，一批中的图像互相影响，单张图像的坡度没有定义；请换用没有批归一化的判别器，如 fast。",
    "The discriminator {network} has batch normalisation: the images of a batch influence one another, so the slope at "
    "one image is not defined. Use a discriminator without it, such as fast.",
)
_OTHER_REAL_TERM = Text(
    "标签平滑改的是 −log D(x) 这一项，“{loss}”没有它；请换用非饱和损失。",
    "Label smoothing changes the term −log D(x), which “{loss}” does not have; use the non-saturating loss.",
)


def why_not(loss: Loss, facts: NetworkFacts) -> Text | None:
    """Why `loss`, with all that it carries, cannot be played by the discriminator of `facts`; None where it can."""
    return _BATCH_NORM.format(network=facts.key) if loss.needs_gradient and facts.batch_norm else None


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

DRIFT_TERM = Term(
    "d_drift",
    Text("得分别漂远", "keep scores near 0"),
    r"\mathbb{E}_{x}\left[s(x)^2\right]",
    Text(
        "真图得分的平方。有些损失只看得分之差，整体会漂走；很小的 ε 就能拴住。",
        "The squared score of real images. Where only gaps count, scores drift off as a whole; a tiny ε ties them down.",
    ),
    _squared_real_score,
    symbol=r"\epsilon",
    weight=0.001,
    most=1.0,
    auxiliary=True,
    on_logits=True,
)

SMOOTH_TERM = Term(
    "d_smooth",
    Text("标签平滑", "label smoothing"),
    r"\mathbb{E}_{x}\left[s(x)\right]",
    Text(
        "真图的标签从 1 改成 α，权重就是 1−α（0.1 即 α = 0.9）：−α log D − (1−α) log(1−D) = −log D + (1−α) s。D "
        "因而不会自信过头。",
        "The label of real images becomes α instead of 1, and the weight is 1−α (0.1 means α = 0.9), since −α log D − "
        "(1−α) log(1−D) = −log D + (1−α) s. It keeps D from being too sure.",
    ),
    _real_score,
    symbol=r"(1-\alpha)",
    weight=0.1,
    most=0.5,  # beyond it a real image's label would be nearer to fake; from 1 on the loss has no minimum
    auxiliary=True,
    on_logits=True,
)

FEATURE_TERM = Term(
    "g_feature_match",
    Text("特征均值对齐", "match mean features"),
    r"\left\lVert\mathbb{E}_{x}\left[f(x)\right]-\mathbb{E}_{z}\left[f(G(z))\right]\right\rVert_2^2",
    Text(
        "D 最后一个隐藏层的特征，在真图与假图上的平均值相差多远；两者分布相同时为 0（一批图像太少，会留下一点噪声）。",
        "How far apart the means of D's last hidden layer are on real images and fakes; 0 when the two are distributed "
        "alike, but for the noise of a finite batch.",
    ),
    _distance_of_mean_features,
    symbol=r"\lambda_f",
    auxiliary=True,
    fresh_real=True,
)

_ALL = (
    RECON_X,
    ACGAN,
    Auxiliary(
        "infogan", Text("互信息（InfoGAN）", "Mutual information (InfoGAN)"), (D_CATEGORY, D_CODES),
        (G_CATEGORY, G_CODES), needs_codes=True,
    ),
    Auxiliary("r1", Text("R1：真图处要平坦", "R1: flat at real images"), (R1_TERM,), ()),
    Auxiliary("r2", Text("R2：假图处要平坦", "R2: flat at fakes"), (R2_TERM,), ()),
    Auxiliary("gp", Text("梯度惩罚（坡度趋于 1）", "Gradient penalty (slope to 1)"), (GP_TERM,), ()),
    Auxiliary(
        "gp_one_sided", Text("单侧梯度惩罚（坡度不超过 1）", "One-sided gradient penalty (slope at most 1)"),
        (GP_ONE_SIDED_TERM,), (),
    ),
    Auxiliary("drift", Text("得分漂移惩罚 ε s²", "Drift penalty, ε s²"), (DRIFT_TERM,), ()),
    Auxiliary("dragan", Text("DRAGAN 惩罚（数据周围）", "DRAGAN penalty (around data)"), (DRAGAN_TERM,), ()),
    Auxiliary("smooth", Text("单侧标签平滑", "One-sided label smoothing"), (SMOOTH_TERM,), (), needs_term=D_TERMS[0]),
    Auxiliary("feature_match", Text("特征匹配", "Feature matching"), (), (FEATURE_TERM,), needs_features=True),
)  # fmt: skip

AUXILIARIES: dict[str, Auxiliary] = {item.key: item for item in _ALL}


def carry(loss: Loss, *auxiliaries: Auxiliary) -> Loss:
    """`loss` with the terms of `auxiliaries` added; a term it already has is not added twice."""
    d_terms, g_terms = loss.d_terms, loss.g_terms
    for item in auxiliaries:
        d_terms += tuple(term for term in item.d_terms if term.key not in {old.key for old in d_terms})
        g_terms += tuple(term for term in item.g_terms if term.key not in {old.key for old in g_terms})
    return replace(loss, d_terms=d_terms, g_terms=g_terms)
