"""What whoever looks after a server asks for first: said once, when it begins."""

from __future__ import annotations

import logging
import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

from aigc_demo.runs import Studio

PACKAGES = ("gradio", "fastapi", "tensorflow", "keras", "numpy")

logger = logging.getLogger(__name__)


def say_how_it_serves(studio: Studio, is_public: bool, prefix: str) -> None:
    """Versions, for whom it serves, where the data lie and what is allowed."""
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    whose = "everybody, with limits" if is_public else "this machine's user"
    logger.info("Python %s, %s", platform.python_version(), versions)
    logger.info("serves %s%s; data in %s", whose, f" below {prefix}" if prefix else "", studio.home)
    logger.info("limits: %s", ", ".join(f"{name} {value}" for name, value in asdict(studio.limits).items()))


def _version(name: str) -> str:
    """Read without importing it; another build of TensorFlow goes by another name."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
