"""A model on paper: how training would scale over many devices, from the time of a step and the bytes of its gradients.

All assumptions stand here.

* Every device computes its share of a batch as fast as every other, in a time proportional to its images.
* Nothing overlaps: a device waits while gradients travel. D's gradients meet once a round, G's once a step, and the
  figures and batch statistics once a step, whose bytes are neglected.
* Gradients travel in float32 round a ring: of n devices each sends and receives 2 (n - 1) / n of the bytes, in 2 (n - 1)
  messages one after another (Patarasuk & Yuan 2009). A tree would need fewer messages.
* Bandwidth and latency are those of `NETWORKS`, and do not suffer from n. `SPEEDS` says how fast a device is.
* Weak scaling: each device has the whole batch of the recipe. Strong: all together have `STRONG_BATCH` images.
"""

from __future__ import annotations

from dataclasses import dataclass

DEVICES = (8, 64, 512)
STRONG_BATCH = 8192  # images
SPEEDS = {"the core measured above": 1.0, "a device 100 times as fast": 100.0}


@dataclass(frozen=True)
class Network:
    """What connects neighbours on the ring: bytes a second in each direction, and seconds a message."""

    name: str
    bandwidth: float
    latency: float


NETWORKS = (Network("10 Gbit/s Ethernet", 1.25e9, 50e-6), Network("200 Gbit/s InfiniBand", 25e9, 5e-6))


@dataclass(frozen=True)
class Work:
    """A step on one device alone: seconds, images, bytes of gradients in all, and how often replicas meet."""

    seconds: float
    images: int
    gradient_bytes: int
    meetings: int


@dataclass(frozen=True)
class Scaled:
    """`devices` at work: seconds spent on meeting, weak scaling's efficiency and images a second, strong scaling's speed-up."""

    devices: int
    meeting_seconds: float
    weak_efficiency: float
    weak_images_per_second: float
    strong_speed_up: float


def meeting_seconds(work: Work, devices: int, network: Network) -> float:
    """The seconds of a step's all-reduces."""
    transfer = 2 * (devices - 1) / devices * work.gradient_bytes / network.bandwidth
    return transfer + work.meetings * 2 * (devices - 1) * network.latency


def scaled(work: Work, devices: int, network: Network, speed: float = 1.0) -> Scaled:
    """`work` on so many devices, each `speed` times as fast as the one it was measured on."""
    alone, meeting = work.seconds / speed, meeting_seconds(work, devices, network)
    step = alone + meeting
    strong = alone * STRONG_BATCH / work.images
    return Scaled(devices, meeting, alone / step, devices * work.images / step, strong / (strong / devices + meeting))
