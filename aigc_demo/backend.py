"""The one place that imports TensorFlow, and only when a computation first needs it.

Importing TensorFlow takes seconds, while catalogues, formulas and the page need none of it, so `tf` is a module that
loads itself at the first attribute access.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from types import ModuleType

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's start-up notes are not for our users
os.environ.setdefault("KERAS_BACKEND", "tensorflow")


def _lazy(name: str) -> ModuleType:
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{name} is not installed; see the README's install command", name=name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


tf = _lazy("tensorflow")


def is_loaded() -> bool:
    """Whether TensorFlow itself has been imported."""
    return "tensorflow.python" in sys.modules
