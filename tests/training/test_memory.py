"""A batch that memory cannot hold is refused before anything of its size is made, with the largest one that fits."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from aigc_demo.data import Dataset
from aigc_demo.networks import build_discriminator, build_generator
from aigc_demo.text import Refused
from aigc_demo.training import Trainer, memory
from tests import tiny
from tests.training.conftest import Ready

pytestmark = pytest.mark.usefixtures("tiny_networks")

# By hand: z 3, label 10, code 13, dense1 6, norm1 6, leaky1 6, dense2 784, image 784.
NUMBERS_OF_G = 3 + 10 + 13 + 6 + 6 + 6 + 784 + 784
# image 784, label 10, pixels 784, both 794, dense1 5, leaky1 5, logit 1, classes 10.
NUMBERS_OF_D = 784 + 10 + 784 + 794 + 5 + 5 + 1 + 10
LEARNING = (13 * 6 + 12 + 6 * 784 + 784) + (794 * 5 + 5 + 5 + 1 + 50 + 10)


def test_what_a_step_needs_is_counted_by_hand() -> None:
    generator, discriminator = build_generator("tiny"), build_discriminator("tiny")
    assert memory.numbers_of_an_image([generator]) == NUMBERS_OF_G
    assert memory.numbers_of_an_image([discriminator]) == NUMBERS_OF_D
    assert memory.bytes_of_a_batch(NUMBERS_OF_G + 2 * NUMBERS_OF_D, LEARNING, 100) == 4 * (
        2 * 100 * (NUMBERS_OF_G + 2 * NUMBERS_OF_D) + LEARNING
    )


def test_the_refusal_names_the_largest_batch_that_fits() -> None:
    networks = build_generator("tiny"), build_discriminator("tiny")
    free = 5e6
    with pytest.raises(Refused) as refused:
        memory.check_room(*networks, tiny.plan(batch_size=1024), free)
    sentence = refused.value.text
    found = re.search(r"batch_size of at most (\d+)\.", sentence.en)
    assert found and f"至多 {found[1]}" in sentence.zh
    most = int(found[1])
    assert 2 < most < 1024
    memory.check_room(*networks, tiny.plan(batch_size=most), free)
    with pytest.raises(Refused):
        memory.check_room(*networks, tiny.plan(batch_size=most + 1), free)


def test_where_not_even_the_smallest_fits_another_recipe_is_recommended() -> None:
    with pytest.raises(Refused, match="choose a smaller recipe"):
        memory.check_room(build_generator("tiny"), build_discriminator("tiny"), tiny.plan(), 1000.0)


def test_a_trainer_refuses_before_it_makes_anything_of_that_size(
    tiny_dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "bytes_free", lambda: 5e6)
    with pytest.raises(Refused, match="choose a batch_size of at most"):
        Trainer(tiny.plan(batch_size=1024), tiny_dataset)


def test_what_cannot_be_known_is_not_refused(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "bytes_free", lambda: None)
    memory.check_room(build_generator("tiny"), build_discriminator("tiny"), tiny.plan(batch_size=1024))


def test_the_smallest_of_machine_container_and_process_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PROC", tmp_path)
    monkeypatch.setattr(memory, "CGROUP", tmp_path)
    monkeypatch.setattr(memory, "_of_process", lambda: iter(()))
    assert memory.bytes_free() is None
    (tmp_path / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable:    8000 kB\n")
    assert memory.bytes_free() == 8000 * 1024
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("3000000\n")
    (tmp_path / "memory.stat").write_text("anon 5\ninactive_file 1000000\n")
    assert memory.bytes_free() == 8000 * 1024
    (tmp_path / "memory.max").write_text("4000000\n")
    assert memory.bytes_free() == 2_000_000
    monkeypatch.setattr(memory, "_of_process", lambda: iter((5.0,)))
    assert memory.bytes_free() == 5


@pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
def test_this_machine_says_how_much_is_free() -> None:
    free = memory.bytes_free()
    assert free is not None and free > 1e8


def test_running_out_is_recognised_without_tensorflow() -> None:
    class ResourceExhaustedError(Exception):
        """As TensorFlow's is called."""

    assert memory.is_out_of_memory(MemoryError()) and memory.is_out_of_memory(ResourceExhaustedError())
    assert not memory.is_out_of_memory(ValueError())
