"""Fixtures of all tests. No test reads or writes the developer's own data folder, and none reaches the network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from aigc_demo.data import Dataset, load
from tests import tiny

if TYPE_CHECKING:
    from aigc_demo.training import Trainer

# The same examples every time, so that the gate's answer depends on the code alone; no deadline on a busy machine.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate")


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """For several workers (-n 2): one has all that needs the browser, of the rest a file stays whole."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if _needs_browser(nodeid) else nodeid.partition("::")[0]


def _needs_browser(nodeid: str) -> bool:
    return nodeid.startswith("tests/browser/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """What takes longest is begun first, after all others have put the tests in their order."""
    yield
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not _needs_browser(item.nodeid))


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that lasts for the whole run: the digits are parsed once, also for programs that tests start."""
    folder = tmp_path_factory.mktemp("home")
    before = os.environ.get("AIGC_DEMO_HOME")
    os.environ["AIGC_DEMO_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["AIGC_DEMO_HOME"]
    else:
        os.environ["AIGC_DEMO_HOME"] = before


@pytest.fixture(scope="session")
def digits(session_home: Path) -> Dataset:
    """The bundled digits; asking for them also fills the session's cache."""
    return load("digits5k")


@pytest.fixture
def home(digits: Dataset, session_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, which holds nothing but the parsed digits."""
    folder = tmp_path / "home"
    if (session_home / "cache").is_dir():
        shutil.copytree(session_home / "cache", folder / "cache")
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("AIGC_DEMO_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def tiny_dataset() -> Dataset:
    return tiny.dataset()


@pytest.fixture(scope="session")
def tiny_networks() -> Iterator[None]:
    """The tiny networks, known by name for the rest of the session."""
    from aigc_demo import networks

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(networks.GENERATORS, "tiny", tiny.GENERATOR)
        patch.setitem(networks.DISCRIMINATORS, "tiny", tiny.DISCRIMINATOR)
        patch.setitem(networks.DISCRIMINATORS, "tiny_dropout", tiny.DISCRIMINATOR_WITH_DROPOUT)
        patch.setitem(networks.DISCRIMINATORS, "tiny_norm", tiny.DISCRIMINATOR_WITH_NORM)
        patch.setitem(networks.DISCRIMINATORS, "tiny_q", tiny.DISCRIMINATOR_WITH_Q)
        patch.setitem(networks.GENERATORS, "tiny_style", tiny.STYLE_GENERATOR)
        patch.setitem(networks.GENERATORS, "tiny_spectral", tiny.SPECTRAL_GENERATOR)
        patch.setitem(networks.DISCRIMINATORS, "tiny_spectral", tiny.SPECTRAL_DISCRIMINATOR)
        patch.setitem(networks.GENERATORS, "tiny_plain", tiny.PLAIN_GENERATOR)
        patch.setitem(networks.DISCRIMINATORS, "tiny_plain", tiny.PLAIN_DISCRIMINATOR)
        yield


@pytest.fixture
def eagerly() -> Iterator[None]:
    """Operations are computed as Python comes to them: tracing takes far longer than the step or two that are looked at.

    That the compiled loop computes the same is tested in `tests/training/test_every_loss.py`.
    """
    from aigc_demo.backend import tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture(scope="session")
def trained(digits: Dataset) -> Trainer:
    """The default recipe after a hundred steps, about a second of training. To look at, not to train on."""
    from aigc_demo.recipes import make_plan
    from aigc_demo.training import Trainer

    trainer = Trainer(make_plan("fast"), digits)
    trainer.steps(100)
    return trainer
