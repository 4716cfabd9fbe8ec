"""Real images to learn from: the bundled digits and a visitor's own `.npz` file.

A `Dataset` is what everything above this room works with; `load` finds one by name or path.
"""

from aigc_demo.data.datasets import (
    DATASETS,
    DIGITS,
    LONGEST_NAME,
    MOST_CLASSES,
    Dataset,
    DatasetInfo,
    class_names_of,
    load,
    to_unit_range,
)
from aigc_demo.data.digits import digits5k_all, reserved_rows

__all__ = [
    "DATASETS",
    "DIGITS",
    "LONGEST_NAME",
    "MOST_CLASSES",
    "Dataset",
    "DatasetInfo",
    "class_names_of",
    "digits5k_all",
    "load",
    "reserved_rows",
    "to_unit_range",
]
