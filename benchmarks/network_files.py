"""Write the network files of the shipped models anew, after the format has changed: their weights stay as they are.

python -m benchmarks.network_files
"""

from __future__ import annotations

from aigc_demo import checkpoints
from aigc_demo.home import SHIPPED, write_atomically


def main() -> None:
    for name in checkpoints.shipped():
        path = SHIPPED / name / checkpoints.GENERATOR_NET
        path.unlink(missing_ok=True)
        file = checkpoints.generator_file(path.parent)
        write_atomically(path, file.content)
        print(f"{path.relative_to(SHIPPED.parent)}: {len(file.content):,} bytes")


if __name__ == "__main__":
    main()
