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
    to_unit_range,
)
from aigc_demo.data.digits import digits5k_all, reserved_rows
from aigc_demo.data.finding import check_name, class_names_of, is_digits, load, title_of
from aigc_demo.data.own import OwnInfo, OwnStore, is_own

__all__ = [
    "DATASETS",
    "DIGITS",
    "LONGEST_NAME",
    "MOST_CLASSES",
    "Dataset",
    "DatasetInfo",
    "OwnInfo",
    "OwnStore",
    "check_name",
    "class_names_of",
    "digits5k_all",
    "is_digits",
    "is_own",
    "load",
    "reserved_rows",
    "title_of",
    "to_unit_range",
]
