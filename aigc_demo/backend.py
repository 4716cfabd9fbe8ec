"""The one place that imports TensorFlow, and only when a computation first needs it.

Importing TensorFlow takes seconds, while catalogues, formulas and the page need none of it, so `tf` is a module that
loads itself at the first attribute access.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from types import ModuleType
from typing import Any

# Neither its start-up notes nor its optimiser's complaint about nested loops are for our users; exceptions still come.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


_loading = threading.RLock()


def load() -> None:
    """Import TensorFlow and Keras, once. To be called before anything imports Keras by itself.

    Two threads that import TensorFlow at the same time meet each other's half-imported modules, because its modules
    import one another in circles: so one thread imports all of it, and the others wait here.
    """
    with _loading:
        is_first = not is_loaded()
        tensorflow = importlib.import_module("tensorflow")
        if is_first:
            let_memory_grow(tensorflow)
        importlib.import_module("keras")


def let_memory_grow(tensorflow: Any) -> None:
    """Let GPUs hand out memory as it is needed instead of all at once; possible only before anything is placed on them."""
    for gpu in tensorflow.config.list_physical_devices("GPU"):
        tensorflow.config.experimental.set_memory_growth(gpu, True)


class _OnFirstUse(ModuleType):
    """A module that is imported when something in it is first asked for, by whichever thread asks."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":  # inspecting a module must not load it
            raise AttributeError(name)
        load()
        value = getattr(importlib.import_module(self.__name__), name)
        setattr(self, name, value)  # from now on without this detour
        return value


tf = _OnFirstUse("tensorflow")


def is_loaded() -> bool:
    """Whether TensorFlow itself has been imported."""
    return "tensorflow.python" in sys.modules
