"""Training: one compiled function that plays k rounds of the game and returns their figures.

A `Trainer` knows no thread, no page and no file; what it returns, others plot, store and send.
"""

from aigc_demo.training.devices import Device, describe
from aigc_demo.training.trainer import Chunk, Trainer, column_keys

__all__ = ["Chunk", "Device", "Trainer", "column_keys", "describe"]
