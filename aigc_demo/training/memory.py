"""Whether a batch fits into the memory that is free, estimated before anything of its size is made.

A system that has promised more memory than it has does not refuse: it kills the program, and with it every run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aigc_demo.backend import is_loaded
from aigc_demo.recipes import Plan
from aigc_demo.text import Refused, Text
from aigc_demo.training.devices import describe, gpu_bytes_free

# A step keeps what every layer of G and D has put out for both batches, and makes as much again on the way back. Measured
# on a CPU, a step's peak is 0.5 to 1.1 times this (fast, dcgan_tf, wgan_gp, style, progressive, r3gan).
KEPT_AND_BACK = 2.0
NUMBER_BYTES = 4
OTHERS = 0.1  # of what is free is left to the rest of the machine
PROC = Path("/proc")
CGROUP = Path("/sys/fs/cgroup")

TOO_LARGE = Text(
    "一批 {batch} 张图约需 {needed} GB 内存，而这里只剩 {free} GB；请把 batch_size 设为至多 {most}。",
    "A batch of {batch} images needs about {needed} GB of memory, and {free} GB are free here; choose a batch_size of at "
    "most {most}.",
)
NO_ROOM = Text(
    "内存不够：这里只剩 {free} GB，这个配方连最小的一批也放不下；请关闭其他程序，或换一个小一些的配方。",
    "There is not enough memory: {free} GB are free here, too little for the smallest batch of this recipe; close other "
    "programs, or choose a smaller recipe.",
)
OUT_OF_MEMORY = Text(
    "内存用完了，训练因此停止；已保存的部分仍然可用。请换小一些的 batch_size 或配方。",
    "Memory ran out, and the run stopped; what was saved can still be used. Choose a smaller batch_size or recipe.",
)


def numbers_of_an_image(models: Iterable[Any]) -> int:
    """How many numbers the layers of Keras `models` put out for one image."""
    return sum(_size(layer.output) for model in models for layer in model.layers)


def bytes_of_a_batch(per_image: int, learning: int, batch: int) -> float:
    """What a step needs beside the weights: `per_image` numbers as of `numbers_of_an_image`, and the gradients of
    `learning` weights. D looks at two batches, so its layers are to be counted twice.
    """
    return NUMBER_BYTES * (KEPT_AND_BACK * per_image * batch + learning)


def check_room(generator: Any, discriminator: Any, plan: Plan, free: float | None = None) -> None:
    """Raises `Refused`, with the largest batch that fits, where a step of `plan` by these networks needs more than is free.

    `free`: bytes; by default what this process may still have. Where that cannot be known nothing is refused.
    """
    free = bytes_free() if free is None else free
    if free is None:
        return
    room = (1.0 - OTHERS) * free
    per_image = numbers_of_an_image((generator, discriminator, discriminator))
    learning = sum(_size(variable) for model in (generator, discriminator) for variable in model.trainable_variables)
    batch = plan.recipe.batch_size
    needed = bytes_of_a_batch(per_image, learning, batch)
    if needed <= room:
        return
    most = int((room / NUMBER_BYTES - learning) / (KEPT_AND_BACK * per_image))
    sentence = TOO_LARGE if most >= max(2, plan.pac) else NO_ROOM
    raise Refused(sentence.format(batch=batch, needed=_gigabytes(needed), free=_gigabytes(free), most=most))


def is_out_of_memory(error: BaseException) -> bool:
    """Whether Python or TensorFlow (whose class is not imported for this) has asked the system for memory in vain."""
    return isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError"


def bytes_free() -> float | None:
    """What a step may still take: of a GPU's memory where it trains on one, else of what the machine, the container and
    the process's own limit leave; None where nothing says.
    """
    if is_loaded() and describe().kind == "gpu":
        return gpu_bytes_free()
    known = [value for value in (*_of_machine(), *_of_container(), *_of_process()) if value is not None]
    return min(known, default=None)


def _of_machine() -> Iterator[float]:
    try:
        lines = (PROC / "meminfo").read_text().splitlines()
        yield 1024.0 * next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError, IndexError):
        return


def _of_container() -> Iterator[float]:
    """By cgroups of either version; what it has cached of files can be had back."""
    for most, used, cached in (
        ("memory.max", "memory.current", "memory.stat"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat"),
    ):
        try:
            stat = dict(line.split() for line in (CGROUP / cached).read_text().splitlines())
            files = int(stat.get("inactive_file", stat.get("total_inactive_file", 0)))
            yield float(int((CGROUP / most).read_text()) - int((CGROUP / used).read_text()) + files)
        except (OSError, ValueError):  # no such files, or "max": no limit
            continue


def _of_process() -> Iterator[float]:
    """By `ulimit -v`."""
    if sys.platform == "win32":
        return
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        return
    try:
        pages = int((PROC / "self" / "statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    yield float(soft - pages * os.sysconf("SC_PAGE_SIZE"))


def _size(tensor: Any) -> int:
    """How many numbers a tensor has for one image (a variable: in all); of several, all together."""
    if isinstance(tensor, dict):
        return sum(map(_size, tensor.values()))
    if isinstance(tensor, list | tuple):
        return sum(map(_size, tensor))
    total = 1
    for length in tensor.shape:
        total *= length or 1
    return int(total)


def _gigabytes(count: float) -> str:
    return f"{max(0.0, count) / 1e9:.1f}"
