"""Real images to learn from: the bundled digits and a visitor's own `.npz` file.

A `Dataset` is what everything above this room works with; `load` finds one by name or path.
"""

from aigc_demo.data.datasets import DATASETS, Dataset, DatasetInfo, load, to_unit_range
from aigc_demo.data.digits import digits5k_all, reserved_rows

__all__ = ["DATASETS", "Dataset", "DatasetInfo", "digits5k_all", "load", "reserved_rows", "to_unit_range"]
