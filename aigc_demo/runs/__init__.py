"""Runs: training that belongs to the server, is kept on disk, and can be watched by anybody who has its link."""

from aigc_demo.runs.limits import Limits, limits_from
from aigc_demo.runs.race import Race
from aigc_demo.runs.record import OVER, STATES, Budget, State, read_plan
from aigc_demo.runs.run import Run
from aigc_demo.runs.session import Progress, Session
from aigc_demo.runs.studio import NotOwner, Started, Studio
from aigc_demo.runs.trainers import ready_trainer

__all__ = [
    "OVER",
    "STATES",
    "Budget",
    "Limits",
    "NotOwner",
    "Progress",
    "Race",
    "Run",
    "Session",
    "Started",
    "State",
    "Studio",
    "limits_from",
    "read_plan",
    "ready_trainer",
]
