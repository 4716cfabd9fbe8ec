"""Writing a checkpoint: all files beside their places first, then renamed into them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save as pack_tensors

from aigc_demo import backend
from aigc_demo.checkpoints.card import card
from aigc_demo.checkpoints.portable import GENERATOR_NET, pack_generator
from aigc_demo.checkpoints.reading import CONFIG, DISCRIMINATOR, FORMAT, GENERATOR
from aigc_demo.home import HALF_FOLDER
from aigc_demo.recipes import Plan
from aigc_demo.text import Text, VisitorError

CARD = "README.md"


def write(
    folder: Path,
    plan: Plan,
    generator: Mapping[str, np.ndarray],
    discriminator: Mapping[str, np.ndarray],
    facts: Mapping[str, Any],
) -> None:
    """Make `folder` (created if need be) hold this model; a crash or a reader never meets half a file.

    `facts`: `step` and `seconds` (of training); optionally `figures` (as `metrics.report` makes them), `device` (its
    name), `dataset_fingerprint`, `training_images`, `trained_on` (a Text, where the dataset's name does not say enough)
    and `made_by` (the command, where it is another than `train`). Raises `VisitorError` where the folder cannot be written.
    """
    config = make_config(plan, facts)
    sizes = [sum(int(np.size(value)) for value in tensors.values()) for tensors in (generator, discriminator)]
    network = _network_file(plan, generator, config["step"])
    files = {
        GENERATOR: _pack(generator),
        **network,
        DISCRIMINATOR: _pack(discriminator),
        CARD: card(plan, facts, sizes[0], sizes[1]).encode(),
        CONFIG: (json.dumps(config, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=HALF_FOLDER, dir=folder))
        try:
            for name, content in files.items():
                (beside / name).write_bytes(content)
            for name in files:  # config.json last: who sees it finds the weights it speaks of
                os.replace(beside / name, folder / name)
            if not network:  # one of earlier weights
                (folder / GENERATOR_NET).unlink(missing_ok=True)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise VisitorError(
            Text("无法写入文件夹 {name}：{reason}。", "The folder {name} cannot be written: {reason}.").format(
                name=folder.resolve().name, reason=reason
            )
        ) from error


def _network_file(plan: Plan, generator: Mapping[str, np.ndarray], step: int) -> dict[str, bytes]:
    """The generator as a page evaluates it, where it can be had.

    Not a reason to load TensorFlow, which whoever has trained this has loaded: without a file, one is made when asked.
    """
    if not backend.is_loaded():
        return {}
    try:
        return {GENERATOR_NET: pack_generator(plan, generator, step).content}
    except VisitorError:  # NotPortable, or weights that no reader will accept: it says so when they are read
        return {}


def make_config(plan: Plan, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What `config.json` says of a model that `plan` made; see `write` for the facts."""
    return {
        "format": FORMAT,
        "plan": plan.to_json(),
        "network": plan.recipe.generator,
        "latent_size": plan.recipe.latent_size,
        "conditional": plan.recipe.conditional,
        "step": int(facts["step"]),
        "seconds": float(facts["seconds"]),
        "figures": facts.get("figures"),
        "trained_on": asdict(facts["trained_on"]) if facts.get("trained_on") else None,
        "dataset_fingerprint": facts.get("dataset_fingerprint") or "",
        "device": facts.get("device") or "",
        "version": _version(),
    }


def _pack(tensors: Mapping[str, np.ndarray]) -> bytes:
    """A safetensors file whose metadata carries the hash of its numbers, so that a damaged one is noticed."""
    arrays = {name: np.asarray(value, order="C") for name, value in tensors.items()}
    plain = pack_tensors(arrays)
    numbers = plain[8 + int.from_bytes(plain[:8], "little") :]
    return pack_tensors(arrays, metadata={"sha256": hashlib.sha256(numbers).hexdigest()})


def _version() -> str:
    try:
        return version("aigc-demo")
    except PackageNotFoundError:  # a checkout that was never installed
        return ""
