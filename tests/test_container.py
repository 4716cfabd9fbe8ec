"""The Dockerfile without Docker: what it says is read, and held against the program that it is to start."""

from __future__ import annotations

import fnmatch
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NEEDED = ("app.py", "requirements.txt", "aigc_demo", "checkpoints")


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction with what follows it, comments left out and continued lines joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in whole)]


FILE = instructions((ROOT / "Dockerfile").read_text(encoding="utf-8"))
ENVIRONMENT = dict(re.findall(r"(\w+)=(\S+)", " ".join(rest for name, rest in FILE if name == "ENV")))
COPIED = [rest.split()[:-1] for name, rest in FILE if name == "COPY"]


def only(wanted: str) -> str:
    (rest,) = [rest for name, rest in FILE if name == wanted]
    return rest


def place(wanted: str) -> int:
    return next(at for at, (name, _) in enumerate(FILE) if name == wanted)


def test_its_instructions_are_read_as_docker_reads_them() -> None:
    assert instructions("# a\nFROM x\nRUN a && \\\n    b\n") == [("FROM", "x"), ("RUN", "a && b")]


def test_the_program_is_run_by_somebody_who_is_not_root_and_owns_the_data_folder_alone() -> None:
    user = only("USER")
    assert user not in ("root", "0") and place("USER") < place("CMD")
    made = next(rest for name, rest in FILE if name == "RUN" and "useradd" in rest)
    assert re.search(rf"useradd .*\b{user}\b", made)
    assert (
        f"--owner {user}" in made and ENVIRONMENT["AIGC_DEMO_HOME"] in made and ENVIRONMENT["GRADIO_TEMP_DIR"] in made
    )
    assert all("--chown" not in rest for name, rest in FILE if name == "COPY")
    assert only("VOLUME") == ENVIRONMENT["AIGC_DEMO_HOME"]


def test_it_starts_what_the_readme_starts() -> None:
    program = json.loads(only("CMD"))
    first = re.findall(r"```bash\n(.*?)```", README, re.S)[0].strip()
    assert first.endswith(f"{program[0]} {program[1]}")
    assert (ROOT / program[1]).is_file()


def test_it_installs_what_the_readme_installs() -> None:
    assert any("pip install" in rest and "-r requirements.txt" in rest for name, rest in FILE if name == "RUN")
    assert ["requirements.txt"] in COPIED


def test_its_python_is_the_spaces() -> None:
    space = re.search(r'^python_version: "([\d.]+)"$', README, re.M)
    assert space and only("FROM") == f"python:{space[1]}-slim"


def test_its_health_is_asked_at_a_route_that_exists() -> None:
    asked = json.loads(only("HEALTHCHECK").partition("CMD ")[2])
    compile(asked[2], "health", "exec")
    route = re.search(r"\}(/\w+)\"", asked[2])
    assert route and f'@routes.get("{route[1]}")' in (ROOT / "aigc_demo/ui/run_routes.py").read_text(encoding="utf-8")
    assert only("EXPOSE") == ENVIRONMENT["GRADIO_SERVER_PORT"]
    assert ENVIRONMENT["GRADIO_SERVER_NAME"] == "0.0.0.0", "whoever runs the container decides who reaches its port"


@pytest.mark.parametrize("path", [path for paths in COPIED for path in paths])
def test_what_is_copied_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_all_that_is_needed_is_copied_and_no_more_is_sent() -> None:
    copied = {path for paths in COPIED for path in paths}
    assert copied >= set(NEEDED)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    patterns = [line for line in ignored if line and not line.startswith("#")]
    assert patterns[0] == "*" and {line[1:] for line in patterns if line.startswith("!")} == copied
    assert any(fnmatch.fnmatch("**/__pycache__", line) for line in patterns)
