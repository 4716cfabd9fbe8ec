"""What each Keras layer is in terms of plain operations. A layer that is not named here makes a network not portable."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from aigc_demo.checkpoints.portable_graph import Node, Norm, unknown

Config = Mapping[str, Any]
Shape = tuple[int, ...]


def translate(
    kind: str, layer: str, config: Config, inputs: tuple[str, ...], shapes: list[Shape], shape: Shape
) -> Node:
    """The layer called `layer`, of the Keras class `kind`, from inputs of `shapes` to `shape`.

    Raises `NotPortable` for a class or a setting that is not known.
    """
    if kind not in _LAYERS or any(not right(config, shapes) for right in _CONDITIONS.get(kind, ())):
        raise unknown(layer, kind)
    facts = _LAYERS[kind](layer, config, shapes, shape)
    activation, slope = facts.pop("activation", None) or _activation(layer, config.get("activation", "linear"))
    return Node(layer, inputs=inputs, shape=shape, activation=activation, slope=slope, **facts)


def _activation(layer: str, name: Any) -> tuple[str, float | None]:
    """Keras's activation called `name`."""
    known: dict[Any, tuple[str, float | None]] = {
        "linear": ("", None),
        "relu": ("relu", None),
        "tanh": ("tanh", None),
        "leaky_relu": ("leaky", 0.2),
    }
    if not isinstance(name, str) or name not in known:
        raise unknown(layer, str(name))
    return known[name]


def _with_kernel(op: str, layer: str, config: Config, settings: Mapping[str, Any] | None = None) -> dict[str, Any]:
    bias = {"bias": f"{layer}/bias"} if config["use_bias"] else {}
    return {"op": op, "settings": settings or {}, "weights": {"kernel": f"{layer}/kernel", **bias}}


def _dense(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return _with_kernel("dense", layer, config)


def _conv(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return _with_kernel("conv", layer, config, _sliding(config))


def _conv_transposed(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return _with_kernel("conv_transposed", layer, config, _sliding(config))


def _sliding(config: Config) -> dict[str, Any]:
    return {"strides": list(config["strides"]), "padding": config["padding"]}


def _spectral(read: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The same layer with its kernel divided by its largest singular value."""
    return lambda layer, *facts: {**read(layer, *facts), "divided": {"kernel": f"{layer}/u"}}


def _attention(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    matrices = ("query", "key", "value", "out")
    weights = {role: f"{layer}/{role}" for role in (*matrices, "gamma")}
    divided = {role: f"{layer}/{role}_u" for role in matrices} if config["spectral"] else {}
    return {"op": "attention", "weights": weights, "divided": divided}


def _norm(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "norm", "norms": (Norm(layer, config["epsilon"], config["scale"], config["center"]),)}


def _projection(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "projection", "settings": {"scale": config["scale"]}, "weights": {"kernel": f"{layer}/kernel"}}


def _rescaling(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "scale", "settings": {"factor": float(config["scale"]), "offset": float(config["offset"])}}


def _shuffle(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "shuffle", "settings": {"factor": config["factor"]}}


def _unshuffle(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "unshuffle", "settings": {"factor": config["factor"]}}


def _upsample(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "upsample", "settings": {"factor": config["size"][0]}}


def _crop(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    (top, _), (left, _) = config["cropping"]
    return {"op": "crop", "settings": {"top": top, "left": left}}


def _average_pool(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "avg_pool", "settings": {"size": config["pool_size"][0]}}


def _max_pool(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "max_pool", "settings": {"size": config["pool_size"][0]}}


def _codes(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "codes", "settings": {"count": config["codes"]}}


def _slow_dense(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {**_dense(layer, config, shapes, shape), "factors": dict.fromkeys(("kernel", "bias"), config["multiplier"])}


def _equalised(read: Callable[[str, Config, list[Shape], Shape], dict[str, Any]]) -> Any:
    """A layer whose kernel is multiplied by gain / sqrt(fan in)."""

    def facts(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
        fan_in = math.prod((*config.get("kernel_size", ()), shapes[0][-1]))
        return {**read(layer, config, shapes, shape), "factors": {"kernel": config["gain"] / fan_in**0.5}}

    return facts


def _deviation(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "deviation", "settings": {"size": config["size"], "epsilon": config["epsilon"]}}


def _fade(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "fade", "weights": {"alpha": f"{layer}/alpha"}}


def _pixel_norm(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "pixel_norm", "settings": {"epsilon": config["epsilon"]}}


def _style_average(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "style_average", "weights": {"mean": f"{layer}/mean"}}


def _placed(op: str) -> Callable[[str, Config, list[Shape], Shape], dict[str, Any]]:
    return lambda layer, config, shapes, shape: {"op": op, "settings": {"place": config["place"]}}


def _constant(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "constant", "weights": {"constant": f"{layer}/constant", "bias": f"{layer}/bias"}}


def _scaled_noise(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "scaled_noise", "weights": {"scale": f"{layer}/scale"}}


def _reshape(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    if shapes == [shape]:
        return _nothing(layer, config, shapes, shape)
    return {"op": "flatten" if len(shape) == 1 else "reshape"}


def _relu(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    slope = config["negative_slope"]
    return {"op": "activation", "activation": ("leaky", slope) if slope else ("relu", None)}


def _leaky(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "activation", "activation": ("leaky", config["negative_slope"])}


def _lone(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    return {"op": "nothing" if config["activation"] == "linear" else "activation"}


def _nothing(layer: str, config: Config, shapes: list[Shape], shape: Shape) -> dict[str, Any]:
    """A layer that only acts in training, or not at all."""
    return {"op": "nothing"}


def _plain(op: str) -> Callable[[str, Config, list[Shape], Shape], dict[str, Any]]:
    return lambda layer, config, shapes, shape: {"op": op}


# Keyed by the name under which Keras has registered the class, which another class of the same name does not have.
_LAYERS: dict[str, Callable[[str, Config, list[Shape], Shape], dict[str, Any]]] = {
    "Dense": _dense,
    "Conv2D": _conv,
    "Conv2DTranspose": _conv_transposed,
    "BatchNormalization": _norm,
    "ReLU": _relu,
    "LeakyReLU": _leaky,
    "Activation": _lone,
    "Dropout": _nothing,
    "SpatialDropout2D": _nothing,
    "GaussianNoise": _nothing,
    "GaussianDropout": _nothing,
    "Identity": _nothing,
    "Concatenate": _plain("concat"),
    "Add": _plain("add"),
    "Flatten": _reshape,
    "Reshape": _reshape,
    "MaxPooling2D": _max_pool,
    "AveragePooling2D": _average_pool,
    "GlobalAveragePooling2D": _plain("mean"),
    "UpSampling2D": _upsample,
    "Cropping2D": _crop,
    "Rescaling": _rescaling,
    "aigc_demo>AdaIN": _plain("adain"),
    "aigc_demo>EqualisedConv2D": _equalised(_conv),
    "aigc_demo>EqualisedDense": _equalised(_dense),
    "aigc_demo>Fade": _fade,
    "aigc_demo>LearnedConstant": _constant,
    "aigc_demo>MinibatchDeviation": _deviation,
    "aigc_demo>NoiseMap": _placed("noise"),
    "aigc_demo>PickStyle": _placed("pick_style"),
    "aigc_demo>PixelNorm": _pixel_norm,
    "aigc_demo>ScaledNoise": _scaled_noise,
    "aigc_demo>SlowDense": _slow_dense,
    "aigc_demo>SmoothUp": _plain("smooth_up"),
    "aigc_demo>StyleAverage": _style_average,
    "aigc_demo>StyleMixing": _plain("styles"),
    "aigc_demo>PixelShuffle": _shuffle,
    "aigc_demo>PixelUnshuffle": _unshuffle,
    "aigc_demo>Projection": _projection,
    "aigc_demo>UniformCodes": _codes,
    "aigc_demo>SelfAttention": _attention,
    "aigc_demo>SpectralDense": _spectral(_dense),
    "aigc_demo>SpectralConv2D": _spectral(_conv),
    "aigc_demo>SpectralConv2DTranspose": _spectral(_conv_transposed),
}

Condition = Callable[[Config, list[Shape]], bool]


def _is(name: str, *allowed: Any) -> Condition:
    return lambda config, shapes: config.get(name) in allowed


def _acts_on_vectors(config: Config, shapes: list[Shape]) -> bool:
    return all(len(shape) == 1 for shape in shapes)


def _on_last_axis(config: Config, shapes: list[Shape]) -> bool:
    return all(config["axis"] in (-1, len(shape)) for shape in shapes)


def _all_alike(config: Config, shapes: list[Shape]) -> bool:
    return len(set(shapes)) == 1


def _enlarges_squares(config: Config, shapes: list[Shape]) -> bool:
    return config["size"][0] == config["size"][1]


def _pools_squares(config: Config, shapes: list[Shape]) -> bool:
    return len({*config["strides"], *config["pool_size"]}) == 1


_CHANNELS_LAST = _is("data_format", "channels_last")
_SLIDING = (
    _CHANNELS_LAST,
    _is("dilation_rate", [1, 1], (1, 1)),
    _is("groups", 1, None),
    _is("padding", "same", "valid"),
)
_POOLING = (_CHANNELS_LAST, _is("padding", "valid"), _pools_squares)
_TRANSPOSED = (*_SLIDING, _is("output_padding", None))
# What must hold of a layer besides its class.
_CONDITIONS: dict[str, tuple[Condition, ...]] = {
    "Dense": (_acts_on_vectors,),
    "Conv2D": _SLIDING,
    "Conv2DTranspose": _TRANSPOSED,
    "aigc_demo>EqualisedConv2D": _SLIDING,
    "aigc_demo>EqualisedDense": (_acts_on_vectors,),
    "aigc_demo>SlowDense": (_acts_on_vectors,),
    "aigc_demo>SpectralDense": (_acts_on_vectors,),
    "aigc_demo>SpectralConv2D": _SLIDING,
    "aigc_demo>SpectralConv2DTranspose": _TRANSPOSED,
    "BatchNormalization": (_on_last_axis,),
    "ReLU": (_is("max_value", None), _is("threshold", 0)),
    "Concatenate": (_on_last_axis,),
    "Add": (_all_alike,),  # Keras would also spread the smaller one
    "Flatten": (_CHANNELS_LAST,),
    "MaxPooling2D": _POOLING,
    "AveragePooling2D": _POOLING,
    "GlobalAveragePooling2D": (_CHANNELS_LAST, _is("keepdims", False)),
    "UpSampling2D": (_CHANNELS_LAST, _is("interpolation", "nearest"), _enlarges_squares),
    "Cropping2D": (_CHANNELS_LAST,),
    "Rescaling": (lambda config, shapes: all(isinstance(config[key], (int, float)) for key in ("scale", "offset")),),
}
