"""Terms on D's slope: how fast its logit changes with the pixels, which the plain games leave unbounded.

All differentiate D by its input, per image: so D may have no batch normalisation, which would mix the images. With
packs the slope is that of the whole pack. Each draws from a stream of its own out of the round's seed.
"""

from __future__ import annotations

from aigc_demo.backend import tf
from aigc_demo.losses.base import Round, Tensor, Term
from aigc_demo.text import Text

_GP_STREAM, _DRAGAN_STREAM = 1, 2
_SPREAD = 0.5  # of DRAGAN's noise, in standard deviations of the batch: the value of the authors' code


def squared_slope(round_: Round, images: Tensor) -> Tensor:
    """||grad_x s(x)||^2 at `images` [B, 28, 28, 1], summed over the pixels: [B], or [B / m] for packs of m."""
    if round_.discriminator is None:
        raise ValueError("a penalty on D's slope needs D itself in the round")
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(images)
        logit = round_.discriminator(images, round_.labels).logit
    # Each logit depends on its own image only, so the gradient of their sum holds every single gradient.
    gradient = tape.gradient(logit, images)
    return tf.reduce_sum(tf.square(tf.reshape(gradient, [tf.shape(logit)[0], -1])), axis=1)


def slope(round_: Round, images: Tensor) -> Tensor:
    """||grad_x s(x)||; its own derivative is taken as 0 where D is flat, where the square root has none."""
    squared = squared_slope(round_, images)
    is_flat = squared <= 0.0
    return tf.where(is_flat, 0.0, tf.sqrt(tf.where(is_flat, 1.0, squared)))


def _between(round_: Round) -> Tensor:
    """One point on the line from each real image to its fake: e x + (1 - e) G(z), e ~ U(0, 1) per image.

    What D judges as one pack has one e, or the point would not lie on the line between two packs.
    """
    judged, images = tf.shape(round_.real_out.logit)[0], tf.shape(round_.real)[0]
    seed = tf.random.experimental.stateless_fold_in(round_.seed, _GP_STREAM)
    share = tf.random.stateless_uniform([judged, 1, 1, 1], seed, dtype=round_.real.dtype)
    share = tf.repeat(share, images // judged, axis=0)
    return share * round_.real + (1.0 - share) * round_.fake


def _around_data(round_: Round) -> Tensor:
    """x + 0.5 std(batch) u with u ~ U(0, 1) per pixel, one-sided as in the authors' code."""
    seed = tf.random.experimental.stateless_fold_in(round_.seed, _DRAGAN_STREAM)
    noise = tf.random.stateless_uniform(tf.shape(round_.real), seed, dtype=round_.real.dtype)
    return round_.real + _SPREAD * tf.math.reduce_std(round_.real) * noise


def _flat_at_real(round_: Round) -> Tensor:
    return 0.5 * squared_slope(round_, round_.real)


def _flat_at_fake(round_: Round) -> Tensor:
    return 0.5 * squared_slope(round_, round_.fake)


def _slope_to_one(round_: Round) -> Tensor:
    return tf.square(slope(round_, _between(round_)) - 1.0)


def _slope_below_one(round_: Round) -> Tensor:
    return tf.square(tf.nn.relu(slope(round_, _between(round_)) - 1.0))


def _slope_to_one_around_data(round_: Round) -> Tensor:
    return tf.square(slope(round_, _around_data(round_)) - 1.0)


R1_TERM = Term(
    "d_r1",
    Text("真图处要平坦（R1）", "flat at real (R1)"),
    r"\tfrac12\,\mathbb{E}_{x}\left[\left\lVert\nabla_{x}\,s(x)\right\rVert_2^2\right]",
    Text(
        "真图上 D 的坡度平方的一半。均衡时本就为 0，所以它止住打转而不移动终点。",
        "Half the squared slope of D at real images. It is 0 at equilibrium anyway, so it stops the circling without "
        "moving the goal.",
    ),
    _flat_at_real,
    symbol=r"\gamma",
    auxiliary=True,
    needs_gradient=True,
)

R2_TERM = Term(
    "d_r2",
    Text("假图处要平坦（R2）", "flat at fake (R2)"),
    r"\tfrac12\,\mathbb{E}_{z}\left[\left\lVert\nabla_{x}\,s(G(z))\right\rVert_2^2\right]",
    Text(
        "假图上 D 的坡度平方的一半。只管真图时，D 在假图附近可以任意陡。",
        "Half the squared slope of D at fakes. If only real images are watched, D may get as steep as it likes around "
        "fakes.",
    ),
    _flat_at_fake,
    symbol=r"\gamma",
    auxiliary=True,
    needs_gradient=True,
)

GP_TERM = Term(
    "d_gp",
    Text("坡度趋于 1", "slope to 1"),
    r"\mathbb{E}_{\hat x}\left[\left(\left\lVert\nabla_{\hat x}\,s(\hat x)\right\rVert_2-1\right)^2\right]",
    Text(
        "在真图与假图连线上的随机点，D 的坡度离 1 有多远；完全平坦的 D 得 1。",
        "How far D's slope is from 1 at random points between a real image and a fake; a flat D gets 1.",
    ),
    _slope_to_one,
    symbol=r"\lambda",
    weight=10.0,
    auxiliary=True,
    needs_gradient=True,
)

GP_ONE_SIDED_TERM = Term(
    "d_gp_one_sided",
    Text("坡度不超过 1", "slope at most 1"),
    r"\mathbb{E}_{\hat x}\left[\max\left(0,\,\left\lVert\nabla_{\hat x}\,s(\hat x)\right\rVert_2-1\right)^2\right]",
    Text(
        "同样的随机点，但只有坡度大于 1 才罚；平坦的 D 不用付。",
        "At the same random points, but only slopes above 1 are charged; a flat D pays nothing.",
    ),
    _slope_below_one,
    symbol=r"\lambda",
    weight=10.0,
    auxiliary=True,
    needs_gradient=True,
)

DRAGAN_TERM = Term(
    "d_dragan",
    Text("数据周围坡度趋于 1", "slope to 1 around data"),
    r"\mathbb{E}_{x,\delta}\left[\left(\left\lVert\nabla_{x}\,s(x+\delta)\right\rVert_2-1\right)^2\right]",
    Text(
        "在加了噪声的真图处，D 的坡度离 1 有多远：不许 D 在数据周围陡升陡降。",
        "How far D's slope is from 1 at real images with noise added: D may not rise or fall abruptly around the data.",
    ),
    _slope_to_one_around_data,
    symbol=r"\lambda",
    weight=10.0,
    auxiliary=True,
    needs_gradient=True,
)
