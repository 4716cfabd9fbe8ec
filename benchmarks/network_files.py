"""Write what is derived from the shipped models' weights anew: sample sheets, and where a model ships them, network files
and axes.

    python -m benchmarks.network_files

The weights stay as they are. A model that ships without network file or axes has them made when somebody asks for them,
and kept in the data folder: what ships is written to by this script alone.
"""

from __future__ import annotations

from pathlib import Path

from aigc_demo import checkpoints
from aigc_demo.checkpoints.axes_file import AXES, axes_content
from aigc_demo.home import SHIPPED, write_atomically
from aigc_demo.runs.axes_shelf import axes_of
from aigc_demo.runs.sheets import sheet_png

WITH_BOTH = checkpoints.DEFAULT_MODEL  # the model that the page opens with has them even where they were removed


def main() -> None:
    for name in checkpoints.shipped():
        folder = SHIPPED / name
        _write(folder / checkpoints.SAMPLES, sheet_png(checkpoints.load(folder)))
        net, axes = folder / checkpoints.GENERATOR_NET, folder / AXES
        if name == WITH_BOTH or net.is_file():
            net.unlink(missing_ok=True)
            _write(net, checkpoints.generator_file(folder).content)
        if name == WITH_BOTH or axes.is_file():
            _write(axes, axes_content(folder, axes_of(checkpoints.load(folder))))


def _write(path: Path, content: bytes) -> None:
    write_atomically(path, content)
    print(f"{path.relative_to(SHIPPED.parent)}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
