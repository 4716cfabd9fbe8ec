"""How far the pictures that a page draws by itself are from TensorFlow's on the CPU, for every recipe's generator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

from aigc_demo import checkpoints, networks, recipes
from aigc_demo.networks.initialise import initialise
from benchmarks.page_scripts import coded, decoded, run

_DRAW = """
  const renderer = m.openRenderer(model);
  const classes = model.conditional ? Array.from({ length: asked.count }, (_, i) => i % 10) : null;
  const pixels = await renderer.render(rows(floats(asked.z), model.latent_size), classes);
  if (renderer.where !== 'page') throw new Error(renderer.why);
  return text(pixels);
"""


def largest_difference(page: Page, folder: Path, points: int) -> int:
    """The most by which a pixel differs, of 255, over `points` random z; `folder` is known to the page's program.

    Raises RuntimeError where TensorFlow's pictures show nothing, and Playwright's error where the page does not draw.
    """
    config = checkpoints.read_config(folder)
    styles = networks.GENERATORS[config["network"]].styles
    model = {"id": folder.name, "styles": styles, **{name: config[name] for name in ("latent_size", "conditional")}}
    z = np.random.default_rng(1).standard_normal((points, config["latent_size"]), np.float32)
    theirs = checkpoints.load(folder).render(z, np.arange(points) % networks.CLASSES)
    if theirs.std() < 5.0:
        raise RuntimeError(f"there is nothing to see in the pictures of {folder.name}")
    ours = decoded(run(page, _DRAW, model=model, z=coded(z), count=points), np.uint8)
    return int(np.abs(ours.reshape(theirs.shape).astype(int) - theirs).max())


def write_untrained(recipe: str, folder: Path) -> None:
    """A checkpoint of `recipe` that has not been trained, but whose norms and biases have something to do."""
    plan = recipes.make_plan(recipe)
    generator = networks.build_generator(plan.recipe.generator)
    discriminator = networks.build_discriminator(plan.recipe.discriminator)
    facts = {"step": 7, "seconds": 1.5}
    checkpoints.write(folder, plan, _lively(generator, 1), _lively(discriminator, 0), facts)


def _lively(model: Any, player: int) -> dict[str, np.ndarray]:
    initialise(model, 3, player)
    learnt = (variable for variable in model.variables if "seed" not in variable.name)
    found = {variable.path.removeprefix(f"{model.name}/"): variable.numpy() for variable in learnt}
    generator = np.random.default_rng(player)
    draws: dict[str, Callable[[tuple[int, ...]], np.ndarray]] = {
        "moving_mean": lambda shape: 0.3 * generator.standard_normal(shape),
        "moving_variance": lambda shape: generator.uniform(0.5, 2.0, shape),
        "gamma": lambda shape: generator.uniform(0.5, 1.5, shape),
        "beta": lambda shape: 0.1 * generator.standard_normal(shape),
        "bias": lambda shape: 0.1 * generator.standard_normal(shape),
        "scale": lambda shape: 0.2 * generator.standard_normal(shape),  # of noise, which starts at zero
        "mean": lambda shape: 0.2 * generator.standard_normal(shape),  # of w
        "projection": lambda shape: 0.1 * generator.standard_normal(shape),  # its kernel, which starts at zero
    }
    for name, value in found.items():
        for kind in sorted(draws.keys() & set(name.split("/"))):
            found[name] = draws[kind](value.shape).astype(np.float32)
    return found
