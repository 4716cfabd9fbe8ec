"""In a mount namespace of its own: a program on a disk of a megabyte, which fills up, and on one that cannot be written.

    unshare -rm python -m tests.faults.small_disk FOLDER

Prints one line of JSON: what happened to a run on each, and how each thing that a visitor may ask for ended.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from aigc_demo.runs import Studio, session
from aigc_demo.runs.shelf import is_id
from aigc_demo.text import VisitorError
from aigc_demo.ui import application
from tests.faults.victims import Heavy, seeded_plan
from tests.loops import in_a_loop
from tests.runs.conftest import plan, wait_for, wait_until_over
from tests.runs.fake_trainer import fake_studio


def trained(studio: Studio) -> dict[str, Any]:
    """What becomes of a run of thirty steps."""
    run, _ = studio.start(plan(steps=30, seed=1))
    wait_until_over(run)
    return {"id": run.id, "state": run.state, "rows": len(run.rows()), "warning": run.warning and run.warning.en}


def outcome(act: Callable[[], object]) -> str:
    """How something that a visitor asks for ends: 'done', or the sentence of its refusal. Anything else is raised."""
    try:
        act()
    except VisitorError as error:
        return error.text.en
    return "done"


def asked(studio: Studio, run_id: str) -> dict[str, str]:
    """All that a visitor may ask for that writes."""
    return {
        "rename": outcome(lambda: studio.keeper.rename(run_id, "mine")),
        "race": outcome(lambda: studio.start_race([seeded_plan(1), seeded_plan(2)])),
        "draft": outcome(lambda: studio.own.drafts.begin("drawn", "mine", "somebody")),
        "delete": outcome(lambda: studio.keeper.delete(run_id)),
        "control": outcome(lambda: studio.control(run_id, "extend", seconds=1)),
    }


def statuses(studio: Studio, run_id: str) -> dict[str, int]:
    """What the same comes to over HTTP."""

    async def ask() -> dict[str, int]:
        transport = httpx.ASGITransport(application.create_api(studio))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return {
                path: (await client.post(path, json=body)).status_code
                for path, body in (
                    (f"/models/{run_id}/rename", {"name": "mine"}),
                    (f"/models/{run_id}/delete", {}),
                    ("/runs", {"seconds": 5}),
                    ("/races", {"members": [{"loss": "hinge"}, {"loss": "wgan"}], "seconds": 5}),
                )
            }

    return in_a_loop(ask)


def main(folder: Path) -> dict[str, Any]:
    session.SAVE_SECONDS = 0.03
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)], check=True)
    ballast = folder / "ballast"
    result: dict[str, Any] = {}
    studio = fake_studio(folder, Heavy)
    good = trained(studio)["id"]
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            continue
    result["full"] = trained(studio) | {"asked": asked(studio, trained(studio)["id"])}
    for run in studio.runs():
        if run.is_going:
            studio.control(run.id, "stop")
    ballast.unlink()
    late = studio.run(result["full"]["id"])
    studio.control(late.id, "extend", seconds=1)
    wait_for(lambda: late.step > 40 and late.warning is None, 20)
    studio.control(late.id, "stop")
    wait_until_over(late)
    result["room again"] = {"rows": len(late.rows()), "on disk": len(_steps(late.folder.path / "metrics.jsonl"))}
    studio.close()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    studio = fake_studio(folder, Heavy)
    result["read-only"] = trained(studio) | {"asked": asked(studio, good), "statuses": statuses(studio, good)}
    result["listed"] = all(is_id(line["run"]) for line in studio.listing())
    studio.close()
    return result


def _steps(path: Path) -> set[int]:
    return {json.loads(line)["step"] for line in path.read_text().splitlines()}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
