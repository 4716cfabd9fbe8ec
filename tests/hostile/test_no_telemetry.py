"""Nothing tells anybody that the program is used: not Gradio, not the Hub's library, not TensorFlow, not Optuna.

`test_hostile` holds the same for a server whose page is opened and whose API is called.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.hostile.serving import OFFERED, ROOT

PROGRAM = """
import sys
from tests.hostile.watched import watch
watch()
from aigc_demo import commands
import gradio, gradio_client, huggingface_hub, optuna
out = sys.argv[1]
for arguments in (
    ["train", "--recipe", "mlp", "--steps", "3", "--out", out],
    ["generate", "--checkpoint", out, "--n", "4", "--out", out + ".png"],
    ["models", "--json"],
    ["storage"],
    ["datasets"],
):
    assert commands.main(arguments) == 0, arguments
"""


def test_training_and_drawing_reach_nobody(tmp_path: Path) -> None:
    variables = {name: value for name, value in os.environ.items() if not name.startswith(OFFERED)}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "run")],
        cwd=ROOT,
        env={**variables, "AIGC_DEMO_HOME": str(tmp_path / "home"), "AIGC_DEMO_VERBOSE": "1"},
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2_000:]
    assert "ELSEWHERE" not in ended.stderr and "LOOKED UP" not in ended.stderr, ended.stderr
    assert (tmp_path / "run.png").is_file()


def test_the_watch_can_fail() -> None:
    check = (
        "from tests.hostile.watched import watch; watch(); import urllib.request as u; u.urlopen('http://example.com')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode != 0 and "LOOKED UP: 'example.com'" in ended.stderr
