"""Tracking: a run's figures, pictures and settings handed to the tools that people compare runs with.

TensorBoard's files need nothing but TensorFlow. Trackio and Weights & Biases are used only where somebody asks for them
by name, and have to be installed for it; nothing else is ever contacted.
"""

from aigc_demo.tracking.boards import BOARDS, BoardTracker, board
from aigc_demo.tracking.facts import facts_of
from aigc_demo.tracking.several import Trackers
from aigc_demo.tracking.tensorboard import TensorBoardTracker
from aigc_demo.tracking.tracker import Moment, Tracker

__all__ = [
    "BOARDS",
    "BoardTracker",
    "Moment",
    "TensorBoardTracker",
    "Tracker",
    "Trackers",
    "board",
    "facts_of",
]
