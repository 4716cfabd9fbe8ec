"""How far something is that goes between the Hub and this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["asking", "download", "unpack", "store", "check", "upload", "commit"]


@dataclass(frozen=True)
class Progress:
    """How far a stage is: bytes of a download or an upload, or images. `total` is 0 where it is not known."""

    stage: Stage
    done: int
    total: int
