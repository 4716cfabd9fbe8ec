"""The one place that imports TensorFlow, and only when a computation first needs it.

Importing TensorFlow takes seconds, while catalogues, formulas and the page need none of it, so `tf` is a module that
loads itself at the first attribute access.
"""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType
from typing import Any

# Neither its start-up notes nor its optimiser's complaint about nested loops are for our users; exceptions still come.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


class _OnFirstUse(ModuleType):
    """A module that is imported when something in it is first asked for, by whichever thread asks.

    The standard library's LazyLoader shows a second thread a half-imported module (Python 3.11); here it waits, as for
    any import.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":  # inspecting a module must not load it
            raise AttributeError(name)
        value = getattr(importlib.import_module(self.__name__), name)
        setattr(self, name, value)  # from now on without this detour
        return value


tf = _OnFirstUse("tensorflow")


def is_loaded() -> bool:
    """Whether TensorFlow itself has been imported."""
    return "tensorflow.python" in sys.modules
