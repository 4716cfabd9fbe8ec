"""Disks that are full or cannot be written: runs go on in memory and say so, nothing is half written, nobody sees a fault."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aigc_demo.runs.log import MetricsLog
from aigc_demo.runs.record import read
from tests.faults.victims import PATIENCE, expected_rows, fill_disk, hear, victim

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the limits are those of POSIX")

ROOT = Path(__file__).resolve().parents[2]
IN_MEMORY = "The disk is full or cannot be written"


def test_a_disk_that_refuses_in_the_midst_of_a_line_is_caught_up_with(tmp_path: Path) -> None:
    """By a limit on the size of files, which no user needs rights for: the system writes a part and refuses the rest."""
    with victim(fill_disk, str(tmp_path), 7) as (process, told):
        warned, refused_at = hear(told)
        assert warned.startswith(IN_MEMORY)
        _, steps = hear(told)
        process.join(PATIENCE)
    assert steps > refused_at + 40, "it went on in memory"
    [folder] = (tmp_path / "runs").iterdir()
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == list(range(1, steps + 1)), "every line is whole, and there once"
    np.testing.assert_array_equal(
        MetricsLog.load(folder / "metrics.jsonl", read(folder).keys).rows(), expected_rows(7, steps)
    )


def _may_mount() -> bool:
    """Whether this user may have a mount namespace of its own: root, and others where the system lets them."""
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, capture_output=True, timeout=60).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="no disk may be mounted here; the test above needs none")
def test_a_full_disk_and_one_that_cannot_be_written(tmp_path: Path) -> None:
    command = ["unshare", "-rm", sys.executable, "-m", "tests.faults.small_disk", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr[-3000:]
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    for disk in ("full", "read-only"):
        run = found[disk]
        assert (run["state"], run["rows"]) == ("finished", 30)
        assert run["warning"].startswith(IN_MEMORY)
        for asked, said in run["asked"].items():
            assert said == "done" or said.endswith("."), (disk, asked, said)
    assert "cannot be" in found["read-only"]["asked"]["rename"]
    assert "cannot be" in found["read-only"]["asked"]["delete"]
    assert found["read-only"]["asked"]["race"] == found["read-only"]["asked"]["control"] == "done"
    assert all(status < 500 for status in found["read-only"]["statuses"].values()), found["read-only"]["statuses"]
    assert found["room again"]["rows"] == found["room again"]["on disk"]
    assert found["listed"]
