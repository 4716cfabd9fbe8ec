"""The README says what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from aigc_demo.home import SHIPPED
from aigc_demo.losses import LOSSES
from aigc_demo.recipes import RECIPES
from benchmarks.readme_tables import SECTIONS

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
OF_THE_FIRST_TABLE = {"time_to_digits", "yardstick"}
README = (ROOT / "README.md").read_text()


def test_derived_parts_are_up_to_date() -> None:
    check = subprocess.run([sys.executable, "-m", "benchmarks.readme", "--check"], cwd=ROOT, check=False)
    assert check.returncode == 0, "run `python -m benchmarks.readme`"


def test_first_two_commands_start_the_app_and_run_the_tests() -> None:
    first, second = re.findall(r"```bash\n(.*?)```", README, re.S)[:2]
    assert first.strip().endswith("app.py")
    assert second.strip() == "bash tests/run.sh"


def test_every_recipe_and_loss_is_listed() -> None:
    for key in (*RECIPES, *LOSSES):
        assert f"`{key}`" in README


def test_no_result_is_kept_that_the_readme_does_not_print() -> None:
    assert {path.stem for path in RESULTS.glob("*.json")} <= OF_THE_FIRST_TABLE | set(SECTIONS)


def test_the_space_runs_the_tested_gradio() -> None:
    pinned = re.search(r"^sdk_version: (\d+)\.(\d+)\.\d+$", README, re.M)
    assert pinned
    wanted = re.search(r"^gradio>=(\d+)\.(\d+)", (ROOT / "requirements.txt").read_text(), re.M)
    assert wanted
    assert pinned.groups() == wanted.groups()


def test_every_dependency_earns_its_line() -> None:
    names = re.findall(r"^([a-z0-9-]+)>=", (ROOT / "requirements.txt").read_text(), re.M)
    table = README.split("## What it stands on")[1].split("\n\n", 2)[1]
    assert all(re.search(rf"\b{re.escape(name)}\b", table) for name in names)


@pytest.mark.parametrize(
    ("files", "most"), [("*/*.safetensors", 10_000_000), ("features/*", 300_000), ("recorded/**/*", 700_000)]
)
def test_what_is_shipped_is_small(files: str, most: int) -> None:
    sizes = [path.stat().st_size for path in SHIPPED.glob(files) if path.is_file()]
    assert 0 < sum(sizes) <= most
