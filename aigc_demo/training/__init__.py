"""Training: one compiled function that plays k rounds of the game and returns their figures.

A `Trainer` knows no thread, no page and no file; what it returns, others plot, store and send.
"""

from aigc_demo.training.cluster import Cluster, read_cluster
from aigc_demo.training.devices import Device, describe, has_room
from aigc_demo.training.figures import COMMON_KEYS, Chunk, column_keys
from aigc_demo.training.observe import Observation
from aigc_demo.training.replicas import ALONE, Replicas, mirrored
from aigc_demo.training.trainer import Trainer, Who
from aigc_demo.training.workers import LostWorker, Workers, join

__all__ = [
    "ALONE",
    "COMMON_KEYS",
    "Chunk",
    "Cluster",
    "Device",
    "LostWorker",
    "Observation",
    "Replicas",
    "Trainer",
    "Who",
    "Workers",
    "column_keys",
    "describe",
    "has_room",
    "join",
    "mirrored",
    "read_cluster",
]
