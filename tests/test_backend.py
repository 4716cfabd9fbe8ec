"""TensorFlow is imported late, once, and whole."""

from __future__ import annotations

import subprocess
import sys

_THREADS = """
import threading
from aigc_demo.backend import tf
from aigc_demo.metrics import features
from aigc_demo.networks import build_discriminator, build_generator

def constant(): tf.constant(1)
def generator(): build_generator("fast")
def discriminator(): build_discriminator("tutorial_4_3")

failed = []
threading.excepthook = lambda hook: failed.append(hook.exc_value)
threads = [threading.Thread(target=work) for work in (constant, features.build, generator, discriminator)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert not failed, failed
"""


def test_threads_that_need_it_at_the_same_time_all_get_all_of_it() -> None:
    finished = subprocess.run([sys.executable, "-c", _THREADS], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr[-2000:]
