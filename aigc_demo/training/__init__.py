"""Training: one compiled function that plays k rounds of the game and returns their figures.

A `Trainer` knows no thread, no page and no file; what it returns, others plot, store and send.
"""

from aigc_demo.training.devices import Device, describe
from aigc_demo.training.figures import COMMON_KEYS, Chunk, column_keys
from aigc_demo.training.observe import Observation
from aigc_demo.training.trainer import Trainer, Who

__all__ = ["COMMON_KEYS", "Chunk", "Device", "Observation", "Trainer", "Who", "column_keys", "describe"]
