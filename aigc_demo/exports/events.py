"""A run as TensorBoard's event file, in a ZIP that unpacks to a folder for `tensorboard --logdir`."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from aigc_demo.exports.table import NO_ROWS
from aigc_demo.runs import Run
from aigc_demo.runs.tracked import Tracked
from aigc_demo.text import Refused
from aigc_demo.tracking import TensorBoardTracker


def event_file(run: Run) -> bytes:
    """A ZIP with one event file in a folder named after the run: every step, what was measured, the sample grids.

    Raises `Refused` for a run without a step.
    """
    facts = run.snapshot()
    told = facts["step"]
    if told < 1:
        raise Refused(NO_ROWS)
    with tempfile.TemporaryDirectory() as folder:
        tracker = TensorBoardTracker(Path(folder) / run.id)
        tracked = Tracked(run.folder, tracker)
        tracked.begin()
        tracked.steps(1, run.rows(1, told))
        for line in run.frames.listing():
            frame = run.frames.get(line["index"])
            if frame is not None and frame.step <= told:
                tracked.frame(frame)
        tracked.probes(probe for probe in run.folder.probes.list() if probe.step <= told)
        tracked.end(run.metrics)
        return _zipped(Path(folder))


def _zipped(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("events.*")):
            archive.write(path, path.relative_to(folder).as_posix())
    return buffer.getvalue()
