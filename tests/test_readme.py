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


def test_the_space_is_described_as_the_hub_takes_it() -> None:
    front = dict(re.findall(r"^(\w+): (.+)$", README.split("---\n")[1], re.M))
    colours = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    assert {front["colorFrom"], front["colorTo"]} <= colours
    assert front["sdk"] == "gradio" and front["pinned"] == "false" and front["license"] == "mit"
    assert front["hf_oauth"] == "true" and front["hf_oauth_scopes"] == "[contribute-repos]", (
        "no more than pushing needs"
    )
    assert len(front["short_description"]) <= 60, "the Hub refuses longer ones"
    assert (ROOT / front["app_file"]).is_file()
    least, below = re.findall(r"3\.(\d+)", (ROOT / "pyproject.toml").read_text().split("requires-python")[1])[:2]
    assert int(least) <= int(front["python_version"].strip('"').split(".")[1]) < int(below)


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
