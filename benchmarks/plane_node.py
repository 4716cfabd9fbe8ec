"""The page's plane modules run by Node: presets played to their end, and how fast a game goes."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from aigc_demo.explain.plane.nets import Nets
from aigc_demo.explain.plane.presets import Preset
from aigc_demo.explain.plane.tracing import plane_graphs

STATIC = Path(__file__).resolve().parent.parent / "aigc_demo" / "ui" / "static"

_PROGRAM = """
import { readFileSync } from 'node:fs';
import { outcome } from './plane-outcome.js';
import { completed } from './plane-settings.js';
import { PlaneTable } from './plane-table.js';
const given = JSON.parse(readFileSync(0, 'utf8'));
const result = () => {
  const settings = completed(given.settings);
  if (given.steps) return outcome(given.traced, settings, given.steps);
  const table = new PlaneTable(given.traced, settings);
  const cost = (act, times) => {
    act();
    const [used, started] = [process.cpuUsage(), performance.now()];
    for (let k = 0; k < times; k++) act();
    const cpu = process.cpuUsage(used);
    return { wall: (performance.now() - started) / times, cpu: (cpu.user + cpu.system) / 1000 / times };
  };
  return { step: cost(() => table.game.play('both'), 150), field: cost(() => table.probe.field(50), 20),
    manifold: cost(() => table.probe.manifold(20), 20),
    frame: cost(() => table.advance({ count: 1, field: 50, manifold: 20 }), 60) };
};
console.log(JSON.stringify(result()));
"""


def graphs_of(settings: dict[str, Any]) -> dict[str, Any]:
    nets = Nets(batch=settings.get("batch", Nets.batch))
    return plane_graphs(settings.get("loss", "non_saturating"), tuple(settings.get("auxiliaries", ())), nets)


def play(preset: Preset, seed: int) -> dict[str, float | None]:
    """The figures of a preset's end with another seed."""
    settings = preset.settings | {"seed": seed}
    return _run({"traced": graphs_of(settings), "settings": settings, "steps": preset.steps})


def milliseconds(settings: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Wall-clock and CPU milliseconds of a step, of what is looked at, and of a frame with a step and all of that."""
    found: dict[str, dict[str, float]] = _run({"traced": graphs_of(settings), "settings": settings})
    return found


def _run(given: dict[str, Any]) -> Any:
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("Node is not installed")
    with tempfile.TemporaryDirectory() as folder:
        for path in STATIC.glob("plane-*.js"):
            shutil.copy(path, folder)
        Path(folder, "package.json").write_text('{"type": "module"}', encoding="utf-8")
        Path(folder, "program.js").write_text(_PROGRAM, encoding="utf-8")
        command = [node, str(Path(folder, "program.js"))]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, input=json.dumps(given))
    return json.loads(answer.stdout)
