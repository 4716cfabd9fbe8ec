"""Reading a checkpoint's files. Nothing in them is trusted: each failure is one sentence that names the file."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as parse_tensors

from aigc_demo.data import MOST_CLASSES
from aigc_demo.networks import GENERATORS
from aigc_demo.recipes import Plan
from aigc_demo.text import NotFound, Text, VisitorError

FORMAT = 1
CONFIG = "config.json"
GENERATOR = "generator.safetensors"
DISCRIMINATOR = "discriminator.safetensors"

MOST_SIGNS = 300  # of what a model says of its data
MAX_CONFIG_BYTES = 1_000_000
MAX_HEADER_BYTES = 1_000_000
MAX_FILE_BYTES = 128_000_000  # resuming the largest network here takes 40 MB: weights, average and both moments


def read_config(folder: Path) -> dict[str, Any]:
    """The checked content of `config.json`. Raises `VisitorError`, or `NotFound` without such a file."""
    path = folder / CONFIG
    source = source_of(path)
    content = read_file(path, MAX_CONFIG_BYTES)
    try:
        config = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unusable(source, Text("它不是 JSON", "it is not JSON")) from error
    if not isinstance(config, dict):
        raise unusable(source, Text("它不是一个 JSON 对象", "it is not a JSON object"))
    if _is_whole(config.get("format")) and config["format"] > FORMAT:
        why = Text(
            "它来自本软件更新的版本（format {n}），请先更新",
            "a newer version wrote it (format {n}): update this program",
        )
        raise unusable(source, why.format(n=config["format"]))
    for name, right in {**_SCHEMA, **_OPTIONAL}.items():
        is_missing = name in _SCHEMA and name not in config
        if is_missing or not right(config.get(name)):
            raise unusable(source, Text("“{name}”缺失或有误", "“{name}” is missing or wrong").format(name=name))
    recipe = Plan.from_json(config["plan"]).recipe
    planned = (recipe.generator, recipe.latent_size, recipe.conditional)
    if planned != (config["network"], config["latent_size"], config["conditional"]):
        raise unusable(source, Text("它与自己的训练计划不符", "it contradicts its own training plan"))
    return config


def trained_on(config: Mapping[str, Any]) -> Text | None:
    """The data in words, where a checked config says more of them than the dataset's name."""
    said = config.get("trained_on")
    return Text(said["zh"], said["en"]) if said else None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < math.inf


def _is_text(value: Any) -> bool:
    """A short sentence in both languages."""
    return (
        isinstance(value, dict)
        and value.keys() == {"zh", "en"}
        and all(isinstance(each, str) and len(each) <= MOST_SIGNS for each in value.values())
    )


def _are_figures(value: Any) -> bool:
    """Numbers by name; `categories` is a list of digits, of a model that sorts by itself, `added` shares by class."""
    if not isinstance(value, dict) or not _are_digits(value.get("categories", [])):
        return False
    added = value.get("added", {})
    if not (isinstance(added, dict) and len(added) <= MOST_CLASSES and all(map(_is_number, added.values()))):
        return False
    return all(each is None or _is_number(each) for key, each in value.items() if key not in ("categories", "added"))


def _are_digits(value: Any) -> bool:
    return value is None or (isinstance(value, list) and len(value) <= 100 and all(map(_is_whole, value)))


_SCHEMA = {
    "format": lambda value: _is_whole(value) and value == FORMAT,
    "plan": lambda value: isinstance(value, dict),
    "network": lambda value: isinstance(value, str) and value in GENERATORS,
    "latent_size": _is_whole,
    "conditional": lambda value: isinstance(value, bool),
    "step": _is_whole,
    "seconds": lambda value: _is_number(value) and value >= 0,
    "figures": lambda value: value is None or _are_figures(value),
    "dataset_fingerprint": lambda value: isinstance(value, str),
}
_OPTIONAL = {"trained_on": lambda value: value is None or _is_text(value)}


def read_tensors(path: Path) -> dict[str, np.ndarray]:
    """All tensors of a safetensors file, by name; what is stored in half precision is float32 here. Raises `VisitorError`, or `NotFound` without such a file."""
    source = source_of(path)
    content = read_file(path, MAX_FILE_BYTES)
    header = int.from_bytes(content[:8], "little")
    if header > MAX_HEADER_BYTES and len(content) >= 8:
        raise unusable(source, Text("它损坏了，或不是 safetensors 文件", "it is damaged, or no safetensors file"))
    if header > len(content) - 8:
        raise unusable(source, Text("文件不完整", "the file is cut short"))
    try:
        tensors = parse_tensors(content)
        metadata = json.loads(content[8 : 8 + header]).get("__metadata__") or {}
    except (SafetensorError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = Text("它损坏或不完整", "it is damaged or incomplete")
        raise unusable(source, why) from error
    if any(value.dtype == np.float16 for value in tensors.values()):  # half the bytes, for models that are shipped
        tensors = {
            name: value.astype(np.float32) if value.dtype == np.float16 else value for name, value in tensors.items()
        }
    if metadata.get("sha256", "") not in ("", hashlib.sha256(content[8 + header :]).hexdigest()):
        raise unusable(source, Text("内容与其校验和不符", "its content does not match its own checksum"))
    return tensors


def read_file(path: Path, most: int) -> bytes:
    """The content of a regular file of at most `most` bytes."""
    source = source_of(path)
    try:
        if not path.is_file():
            raise NotFound(Text("没有文件 {source}。", "There is no file {source}.").format(source=source))
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise unusable(source, Text("无法读取", "it cannot be read")) from error
    if len(content) > most:
        raise unusable(source, Text("文件太大", "it is too large"))
    return content


def source_of(path: Path) -> str:
    """A file as people are told of it: with its folder's name, but not where that folder lies."""
    return f"{path.parent.resolve().name}/{path.name}"


def unusable(source: str, why: Text) -> VisitorError:
    return VisitorError(Text(f"无法使用 {source}：{why.zh}。", f"{source} cannot be used: {why.en}."))
