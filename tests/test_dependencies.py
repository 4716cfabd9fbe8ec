"""What is installed is what was tested, fits together, and is beyond the holes that we know of.

This is no scanner: it asks no database, since the tests reach nothing but the package registry. What it knows stands in
`known_holes.toml`; `pip-audit`, on a machine with a network, knows more.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
HOLES = tomllib.loads((ROOT / "tests" / "known_holes.toml").read_text())["hole"]


def required(name: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line]


ALL = [*required("requirements.txt"), *required("tests/requirements.txt")]
DIRECT = {item.name.lower(): item for item in required("requirements.txt")}


@pytest.mark.parametrize("wanted", ALL, ids=lambda item: item.name)
def test_a_tested_version_is_installed(wanted: Requirement) -> None:
    bounds = {bound.operator for bound in wanted.specifier}
    assert {">=", "<"} <= bounds, "the least that was tried, and what was not"
    if wanted.marker is None or wanted.marker.evaluate():
        assert wanted.specifier.contains(version(wanted.name)), version(wanted.name)


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole["id"])
def test_what_is_installed_is_beyond_a_known_hole(hole: dict[str, str]) -> None:
    try:
        installed = version(hole["package"])
    except PackageNotFoundError:
        return  # it is no longer needed
    assert Version(installed) >= Version(hole["closed"]), hole["what"]


@pytest.mark.parametrize("hole", [hole for hole in HOLES if hole["package"] in DIRECT], ids=lambda hole: hole["id"])
def test_what_requirements_allow_is_beyond_a_known_hole(hole: dict[str, str]) -> None:
    least = next(bound.version for bound in DIRECT[hole["package"]].specifier if bound.operator == ">=")
    assert Version(least) >= Version(hole["closed"]), hole["what"]


def test_each_hole_says_where_it_is_written_down() -> None:
    for hole in HOLES:
        assert hole.keys() == {"package", "closed", "id", "what", "source"}
        assert hole["source"].startswith("https://") and hole["id"].startswith(("CVE-", "GHSA-", "PYSEC-"))


def test_the_packages_fit_together() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout
