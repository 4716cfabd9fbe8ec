"""A functional Keras model written out as the Python that builds it, from the model's own configuration."""

from __future__ import annotations

import builtins
import inspect
import keyword
import re
from typing import Any

from aigc_demo.exports.sources import WIDTH

_UNSAID = frozenset({"name", "dtype", "trainable", "data_format", "synchronized"})  # the same in every script


def model_code(model: Any, function: str, about: str, indent: str = "    ") -> str:
    """`def <function>(): ...` that returns a model equal to `model`, layer for layer.

    Raises ValueError for a layer with an argument that cannot be written out.
    """
    config = model.get_config()
    items = config["layers"]
    variables = _variables(items, config["output_layers"])
    lines = [f"def {function}():"]
    lines += [f'{indent}"""{about}"""'] if about else []
    for item in items:
        layer = model.get_layer(item["name"])
        lines.append(f"{indent}{variables[item['name']]} = {_call(layer, item, variables)}")
    inputs, outputs = (_tensors(config[key], variables) for key in ("input_layers", "output_layers"))
    if lines[-1].startswith(f"{indent}{outputs} = "):  # the last layer's output is the model's: one line says it
        outputs = lines.pop().removeprefix(f"{indent}{outputs} = ")
    returned = f'{indent}return keras.Model({inputs}, {outputs}, name="{model.name}")'
    if len(returned) > WIDTH:
        lines.append(f"{indent}outputs = {outputs}")
        returned = f'{indent}return keras.Model({inputs}, outputs, name="{model.name}")'
    lines.append(returned)
    return "\n".join(lines)


def custom_layers(model: Any) -> list[type]:
    """The classes of the model's layers, and of how these begin, that are not Keras's own, each once."""
    used = [item for layer in model.layers for item in (layer, *_initialisers(layer))]
    found = dict.fromkeys(type(item) for item in used)
    return [kind for kind in found if not kind.__module__.startswith("keras.")]


def _initialisers(layer: Any) -> list[Any]:
    given = inspect.signature(type(layer).__init__).parameters
    return [getattr(layer, name) for name in given if name.endswith("_initializer") and hasattr(layer, name)]


def _variables(items: list[dict[str, Any]], outputs: Any) -> dict[str, str]:
    """What each layer's output is called: `x` where only the next line asks for it, else the layer's name."""
    users: dict[str, list[int]] = {item["name"]: [] for item in items}
    for place, item in enumerate(items):
        for name in _asked(item["inbound_nodes"]):
            users[name].append(place)
    kept = set(_asked(outputs))
    names = {}
    for place, item in enumerate(items):
        plain = item["class_name"] != "InputLayer" and users[item["name"]] == [place + 1] and item["name"] not in kept
        name = re.sub(r"\W", "_", item["name"])
        taken = keyword.iskeyword(name) or name in vars(builtins)
        names[item["name"]] = "x" if plain else f"{name}_" if taken else name
    return names


def _asked(node: Any) -> list[str]:
    """The names of the layers whose outputs a configuration mentions."""
    if isinstance(node, dict):
        if node.get("class_name") == "__keras_tensor__":
            return [node["config"]["keras_history"][0]]
        return [name for value in node.values() for name in _asked(value)]
    if isinstance(node, list | tuple):
        if len(node) == 3 and isinstance(node[0], str) and all(isinstance(part, int) for part in node[1:]):
            return [node[0]]
        return [name for value in node for name in _asked(value)]
    return []


def _tensors(node: Any, variables: dict[str, str]) -> str:
    """Inputs or outputs as an expression: one tensor, a list of them, or a dict by name."""
    if isinstance(node, dict) and node.get("class_name") != "__keras_tensor__":
        return "{" + ", ".join(f'"{key}": {_tensors(value, variables)}' for key, value in node.items()) + "}"
    names = [variables[name] for name in _asked(node)]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _call(layer: Any, item: dict[str, Any], variables: dict[str, str]) -> str:
    if item["class_name"] == "InputLayer":
        return f'keras.Input({tuple(item["config"]["batch_shape"][1:])!r}, name="{item["name"]}")'
    owner = "layers." if type(layer).__module__.startswith("keras.") else ""
    arguments = [*_arguments(layer, item["config"]), f'name="{item["name"]}"']
    (node,) = item["inbound_nodes"]
    return f"{owner}{item['class_name']}({', '.join(arguments)})({_tensors(node['args'], variables)})"


def _arguments(item: Any, config: dict[str, Any]) -> list[str]:
    """The arguments of a layer or an initialiser that differ from its defaults, as they are written in a call."""
    written = []
    for name, parameter in inspect.signature(type(item).__init__).parameters.items():
        if name not in config or name in _UNSAID or _is_default(config[name], parameter.default):
            continue
        value = _initialiser(getattr(item, name)) if name.endswith("_initializer") else _literal(config[name])
        written.append(value if parameter.default is parameter.empty else f"{name}={value}")
    return written


def _initialiser(item: Any) -> str:
    owner = "keras.initializers." if type(item).__module__.startswith("keras.") else ""
    return f"{owner}{type(item).__name__}({', '.join(_arguments(item, item.get_config()))})"


def _is_default(value: Any, default: Any) -> bool:
    if isinstance(value, dict) and isinstance(default, str):  # an initialiser, by its name
        import keras

        return keras.initializers.serialize(keras.initializers.get(default)) == value
    if value == "linear" and default is None:  # the activation that does nothing
        return True
    return _short(value) == _short(default) and type(value) is not dict


def _short(value: Any) -> Any:
    """(2, 2) is written 2, as Keras reads it; a pair of pairs stays."""
    if isinstance(value, list | tuple) and len(value) == 2 and value[0] == value[1] and isinstance(value[0], int):
        return value[0]
    if isinstance(value, list | tuple):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return value


def _literal(value: Any) -> str:
    short = _short(value)
    if isinstance(short, str):
        return f'"{short}"'
    if isinstance(short, bool | int | float | tuple) or short is None:
        return repr(short)
    raise ValueError(f"{value!r} cannot be written out")
