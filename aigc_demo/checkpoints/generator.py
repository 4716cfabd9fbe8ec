"""A generator that draws: checked weights in a network of ours, and checked points in."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np

from aigc_demo.backend import tf
from aigc_demo.checkpoints.reading import GENERATOR, unusable
from aigc_demo.latent import truncate
from aigc_demo.latent.styling import Styling, read_styling
from aigc_demo.networks import GENERATORS, build_generator
from aigc_demo.recipes import Plan
from aigc_demo.text import Text, VisitorError

MAX_Z = 100.0  # a point of N(0, I) beyond 100 standard deviations is a mistake, and may overflow float32 on its way
MAX_TRUNCATION = 2.0
_BATCH = 1000  # images drawn at once
_SHARES_ADD_UP = 1e-3  # how far from 1 the sum of a mixture's shares may be: they come rounded

_NO_LABEL = Text(
    "每一行 z 需要一个 0 到 {last} 的数字，或 {n} 类各占的份额（不小于 0，合计为 1）。",
    "Each row of z needs one digit from 0 to {last}, or the share of each of the {n} classes (not below 0, adding up to "
    "1).",
)


class Generator:
    """A generator with its weights, ready to draw. Any number of threads may call `render` and `assign`."""

    def __init__(
        self,
        plan: Plan,
        weights: Mapping[str, np.ndarray],
        config: Mapping[str, Any] | None = None,
        source: str = GENERATOR,
    ) -> None:
        """Build the network that `plan` names and give it `weights`; `config` is what its file says, if it has one.

        Raises `VisitorError`, naming `source`, unless every weight has the network's name, shape and dtype and is
        finite.
        """
        model = build_generator(plan.recipe.generator, plan.classes)
        self.config: dict[str, Any] = dict(config or {})
        self.plan = plan
        self.recipe: str = plan.recipe.key
        self.latent_size: int = plan.recipe.latent_size
        self.conditional: bool = plan.recipe.conditional
        self.classes: int = plan.classes
        self.class_names: tuple[str, ...] = plan.class_names
        if self.latent_size != model.inputs[0].shape[-1] or self.conditional != (len(model.inputs) == 2):
            raise unusable(source, Text("它的配置与网络不符", "its configuration does not fit its network"))
        self._model = model
        # A layer's source of randomness is a variable too, but nobody learns or saves it.
        learnt = (variable for variable in model.variables if "seed" not in variable.name)
        self._variables = {variable.path.removeprefix(f"{model.name}/"): variable for variable in learnt}
        self._lock = threading.Lock()  # an image is drawn with one state of the weights, never with two
        self.assign(weights, source)
        self.styles: int = GENERATORS[plan.recipe.generator].styles
        self._styled: Any = _styled(model) if self.styles else None
        z, classes = (tf.TensorSpec([None, size], tf.float32) for size in (self.latent_size, self.classes))
        wishes = [] if self._styled is None else self._wishes(1.0, Styling())
        signature = [z, classes, *(tf.TensorSpec(wish.shape, wish.dtype) for wish in wishes)]
        function = tf.function(self._draw, input_signature=signature, autograph=False)
        self._drawing = function.get_concrete_function()  # traced now, by one thread, and not while a visitor waits

    @classmethod
    def from_weights(cls, plan: Plan, weights: Mapping[str, np.ndarray]) -> Generator:
        """A generator without a folder: that of a run which is still training."""
        return cls(plan, weights)

    @property
    def network(self) -> Any:
        """The `keras.Model` itself, for whoever looks inside; its weights change with `assign`."""
        return self._model

    def weights(self) -> dict[str, np.ndarray]:
        """A copy of the weights as they are now, as `assign` takes them."""
        with self._lock:
            return {name: variable.numpy() for name, variable in self._variables.items()}

    def twin(self) -> Generator:
        """Another generator of the same network with the same weights, for whoever needs them to stay as they are."""
        return Generator(self.plan, self.weights(), self.config)

    def forward(self, z: Any, classes: Any) -> Any:
        """Tensors: images [n, 28, 28, 1] in [-1, 1] of z [n, latent_size] and shares of classes [n, classes]. Differentiable,
        to be built into a graph, which holds no lock: for a `twin` of one's own.
        """
        return self._model([z, classes] if self.conditional else z, training=False)

    def assign(self, weights: Mapping[str, np.ndarray], source: str = GENERATOR) -> None:
        """Replace the weights; all are checked before the first is set. Raises `VisitorError`."""
        check_weights(source, self._variables, weights)
        with self._lock:
            for name, variable in self._variables.items():
                variable.assign(weights[name])

    def render(self, z: Any, labels: Any = None, truncation: float = 1.0, styles: Any = None) -> np.ndarray:
        """Images uint8 [n, 28, 28] of z [n, latent_size], drawn towards the mean by `truncation` (0..2).

        A network with styles is truncated in W, where its mean is not that of z; `styles` says what else is asked of
        such a network, as `read_styling` reads it. `labels` are n integers below `classes`, or n rows of shares (what a
        point between two classes is made of); a conditional model needs them, another takes no notice. Raises
        `VisitorError` for anything else, and where the model's numbers overflow.
        """
        points, factor = self._check_z(z), check_truncation(truncation)
        styling = read_styling(styles, self.styles, self.latent_size, MAX_Z)
        wishes = [] if self._styled is None else self._wishes(factor, styling)
        points = points if wishes else truncate(points, factor)
        asked = self._check_labels(labels, len(points)) if self.conditional else np.zeros((len(points), self.classes))
        starts = range(0, len(points), _BATCH)
        parts = [self._batch(points[start : start + _BATCH], asked[start : start + _BATCH], wishes) for start in starts]
        return np.concatenate(parts) if parts else np.zeros((0, 28, 28), np.uint8)

    def _wishes(self, truncation: float, styling: Styling) -> list[Any]:
        """What a network with styles is given besides z, as tensors: see `StyleDrawing`."""
        other = np.zeros(self.latent_size, np.float32) if styling.other is None else styling.other
        crossover = self.styles if styling.other is None else styling.crossover
        maps = styling.noise_maps(self._styled.sizes)
        return [tf.constant(value) for value in (other[None], np.int32(crossover), np.float32(truncation), *maps)]

    def _batch(self, z: np.ndarray, classes: np.ndarray, wishes: list[Any]) -> np.ndarray:
        with self._lock:
            pixels, finite = self._drawing(tf.constant(z), tf.constant(classes, tf.float32), *wishes)
        if not finite.numpy():
            raise VisitorError(
                Text(
                    "这个模型的数值在此处溢出，没有图像可看。",
                    "This model's numbers overflow here: there is no image to show.",
                )
            )
        return pixels.numpy()

    def _draw(self, z: Any, classes: Any, *wishes: Any) -> tuple[Any, Any]:
        images = self.forward(z, classes) if self._styled is None else self._styled(z, *wishes)
        images = images[..., 0]
        pixels = tf.cast(tf.round(tf.clip_by_value(images * 127.5 + 127.5, 0.0, 255.0)), tf.uint8)
        return pixels, tf.reduce_all(tf.math.is_finite(images))

    def _check_z(self, z: Any) -> np.ndarray:
        points = _as_array(z)
        right = points.dtype.kind in "iuf" and points.ndim == 2
        if right and points.shape[1] == self.latent_size and (np.abs(points.astype(np.float64)) <= MAX_Z).all():
            return points.astype(np.float32)
        raise VisitorError(
            Text(
                f"z 的每一行应为 {self.latent_size} 个 −{MAX_Z:g} 到 {MAX_Z:g} 之间的数。",
                f"Each row of z must be {self.latent_size} numbers between −{MAX_Z:g} and {MAX_Z:g}.",
            )
        )

    def _check_labels(self, labels: Any, count: int) -> np.ndarray:
        """`labels` as the share of each class in each row, float32 [count, classes]."""
        classes = self.classes
        if not count:
            return np.zeros((0, classes), np.float32)
        asked = _as_array(labels)
        if asked.dtype.kind in "iu" and asked.shape == (count,) and asked.min() >= 0 and asked.max() < classes:
            return np.eye(classes, dtype=np.float32)[asked]
        if asked.dtype.kind in "iuf" and asked.shape == (count, classes) and ((asked >= 0) & (asked < 2)).all():
            shares = asked.astype(np.float64)
            if (np.abs(shares.sum(axis=1) - 1.0) <= _SHARES_ADD_UP).all():
                return shares.astype(np.float32)
        raise VisitorError(_NO_LABEL.format(last=str(classes - 1), n=str(classes)))


def _styled(model: Any) -> Any:
    from aigc_demo.networks.style_drawing import StyleDrawing  # which imports Keras

    return StyleDrawing(model)


def _as_array(values: Any) -> np.ndarray:
    """`values` as an array; of Python objects, which no check here lets pass, where they are no array."""
    try:
        return np.asarray(values)
    except (TypeError, ValueError, OverflowError):  # ragged rows, numbers too large for any dtype
        return np.array(None)


def check_truncation(value: Any) -> float:
    """`value` as a truncation factor 0..2, or a `VisitorError`."""
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and 0 <= value <= MAX_TRUNCATION:
        return float(value)
    raise VisitorError(
        Text(
            f"截断系数应为 0 到 {MAX_TRUNCATION:g} 之间的数。",
            f"The truncation must be a number from 0 to {MAX_TRUNCATION:g}.",
        )
    )


def check_weights(source: str, variables: Mapping[str, Any], weights: Mapping[str, np.ndarray]) -> None:
    """Raise unless names, shapes and kinds of the weights are those of the network's variables, and all are finite."""
    for name, variable in variables.items():
        if name not in weights:
            raise unusable(source, Text("缺少 {name}", "it lacks {name}").format(name=name))
        value = weights[name]
        if value.dtype != np.dtype(variable.dtype) or value.shape != tuple(variable.shape):
            why = Text("{name} 应为 {right}，实为 {wrong}", "{name} should be {right}, not {wrong}")
            right, wrong = f"{variable.dtype} {list(variable.shape)}", f"{value.dtype} {list(value.shape)}"
            raise unusable(source, why.format(name=name, right=right, wrong=wrong))
        if not np.isfinite(value).all():
            raise unusable(
                source, Text("{name} 含有非有限的数", "{name} holds numbers that are not finite").format(name=name)
            )
        if name.endswith("moving_variance") and (value < 0).any():
            raise unusable(source, Text("{name} 含有负的方差", "{name} holds a negative variance").format(name=name))
    unknown = sorted(set(weights) - set(variables))
    if unknown:
        why = Text("其中的 {name} 不属于这个网络", "{name} in it does not belong to this network")
        raise unusable(source, why.format(name=unknown[0][:80]))
