"""Studies on disk: a folder each, whose journal several processes write at once and any may read.

Optuna's journal is one JSON object a line, appended under a lock; it needs no database, survives a killed process, and
holds nothing that could run code.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from aigc_demo.home import data_home
from aigc_demo.recipes import Value
from aigc_demo.search.definition import DAMAGED, Definition
from aigc_demo.search.hopeless import read_rungs
from aigc_demo.search.presence import Worker, at_work, is_at_work
from aigc_demo.search.ranges import Range
from aigc_demo.search.results import Results, Trial, TrialState
from aigc_demo.text import NotFound, Text, VisitorError

JOURNAL = "journal.log"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
SIGNIFICANT = 4  # digits of a value: what is trained is what is printed
DIGIT_FD, SECONDS = 0, 1  # the places of the objectives

NO_OPTUNA = Text(
    "搜索需要 Optuna：pip install -r requirements.txt。", "A search needs Optuna: pip install -r requirements.txt."
)
TAKEN = Text(
    "已有名为“{name}”的研究；用 --resume 继续它，或用 --study 另取名字。",
    "There is a study called “{name}”: go on with --resume, or choose another name with --study.",
)
UNKNOWN = Text("没有名为“{name}”的研究。", "There is no study called “{name}”.")
BAD_NAME = Text(
    "研究的名字应由 1 到 40 个小写字母、数字、“-”或“_”组成，不能是“{name}”。",
    "A study's name is 1 to 40 lower-case letters, digits, “-” or “_”, not “{name}”.",
)


def studies_home() -> Path:
    return data_home() / "studies"


def check_name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise VisitorError(BAD_NAME.format(name=name[:40]))
    return name


def list_studies(home: Path) -> list[str]:
    """The names of the studies below `home`, the one that was written last first."""
    found = [path for path in home.glob(f"*/{JOURNAL}") if NAME.fullmatch(path.parent.name)]
    return [path.parent.name for path in sorted(found, key=_changed, reverse=True)]


def optuna() -> Any:
    """The library, loaded when the first study is; raises `VisitorError` where it is not installed."""
    try:
        import optuna as library
    except ImportError as error:
        raise VisitorError(NO_OPTUNA) from error
    library.logging.set_verbosity(library.logging.ERROR)
    return library


class StudyFolder:
    """One study. Not for several threads at once; several processes may each open their own."""

    def __init__(self, path: Path, study: Any, definition: Definition) -> None:
        self.path = path
        self.definition = definition
        self.study = study

    @property
    def name(self) -> str:
        return self.path.name

    @classmethod
    def create(cls, home: Path, name: str, definition: Definition) -> StudyFolder:
        """A new study, whose first trial will be the recipe as it is. Raises `VisitorError` where the name is taken."""
        path, library = home / check_name(name), optuna()
        try:
            path.mkdir(parents=True)
        except FileExistsError as error:
            raise VisitorError(TAKEN.format(name=name)) from error
        try:
            with quietly():
                study = library.create_study(
                    storage=_storage(path), study_name=name, directions=["minimize", "minimize"]
                )
                first_trial(study, definition)
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        return cls(path, study, definition)

    @classmethod
    def open(cls, home: Path, name: str) -> StudyFolder:
        """Raises `NotFound`, or `VisitorError` for a damaged one."""
        path, library = home / check_name(name), optuna()
        if not (path / JOURNAL).is_file():
            raise NotFound(UNKNOWN.format(name=name))
        try:
            with quietly():
                study = library.load_study(storage=_storage(path), study_name=name)
            definition = Definition.from_json(study.user_attrs["definition"])
        except VisitorError:
            raise
        except Exception as error:  # a journal that somebody has edited may break Optuna anywhere
            raise VisitorError(DAMAGED) from error
        return cls(path, study, definition)

    def at_work(self) -> AbstractContextManager[Worker]:
        """This process at work on the study, which the others see."""
        return at_work(self.path)

    def is_at_work(self, name: str) -> bool:
        """Whether the process that called itself `name` still works on the study."""
        return is_at_work(self.path, name)

    def use_sampler(self, seed: int | None) -> None:
        """What proposes the next values; each process has its own, and all learn from everybody's trials."""
        library = optuna()
        with quietly():
            if self.definition.sampler == "nsga2":
                self.study.sampler = library.samplers.NSGAIISampler(seed=seed, population_size=12)
            else:
                self.study.sampler = library.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True)

    def results(self) -> Results:
        """The study as all processes have written it so far. Raises `VisitorError` where it cannot be read."""
        try:
            trials = tuple(map(_read, self.study.get_trials(deepcopy=False)))
        except Exception as error:
            raise VisitorError(DAMAGED) from error
        return Results(self.name, self.definition, trials)


def first_trial(study: Any, definition: Definition) -> None:
    """Let a new `study` know its definition, and try the recipe as it is before anything else."""
    study.set_user_attr("definition", definition.to_json())
    first = _inside(definition)
    study.enqueue_trial(first, user_attrs={"default": len(first) == len(definition.ranges)})


def suggest(trial: Any, ranges: tuple[Range, ...]) -> dict[str, Value]:
    """The values that Optuna proposes for `trial`, numbers with `SIGNIFICANT` digits."""
    found: dict[str, Value] = {}
    for item in ranges:
        if item.scale == "choice":
            found[item.key] = trial.suggest_categorical(item.key, item.choices)
        elif item.whole:
            found[item.key] = trial.suggest_int(item.key, int(item.least), int(item.most), log=item.scale == "log")
        else:
            found[item.key] = _rounded(trial.suggest_float(item.key, item.least, item.most, log=item.scale == "log"))
    return found


def _inside(definition: Definition) -> dict[str, Value]:
    """The recipe's own values, brought into the ranges: Optuna leaves out what does not lie in them."""
    found: dict[str, Value] = {}
    defaults = definition.defaults()
    for item in definition.ranges:
        value = defaults[item.key]
        if item.scale == "choice":
            if value in item.choices:
                found[item.key] = value
        elif item.least <= float(value) <= item.most:
            found[item.key] = value
    return found


def _read(frozen: Any) -> Trial:
    attributes: Mapping[str, Any] = frozen.user_attrs
    state: TrialState = {
        "RUNNING": "running", "WAITING": "waiting", "COMPLETE": "complete", "PRUNED": "pruned", "FAIL": "failed"
    }[frozen.state.name]  # type: ignore[assignment]  # fmt: skip
    rungs = read_rungs(attributes.get("rungs"))
    values = frozen.values if state == "complete" else None
    settings = {
        key: _rounded(value) if isinstance(value, float) else value
        for key, value in (attributes.get("settings") or frozen.params).items()
        if isinstance(value, int | float | str)
    }
    why = attributes.get("why") or ("interrupted" if state == "failed" else None)
    return Trial(
        frozen.number,
        state,
        settings,
        rungs,
        None if values is None else float(values[DIGIT_FD]),
        None if values is None else float(values[SECONDS]),
        None if values is None else int(attributes.get("step", 0)) or None,
        str(why)[:40] if why else None,
        bool(attributes.get("default")),
    )


def _rounded(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT}g}")


def _storage(path: Path) -> Any:
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

    journal = str(path / JOURNAL)
    # Its usual lock is a symbolic link, which network drives make atomically, the oldest NFS included. Windows grants
    # one to administrators alone; a file that may not exist before does as well there.
    lock = JournalFileOpenLock(journal) if sys.platform == "win32" else None
    with quietly():
        return JournalStorage(JournalFileBackend(journal, lock_obj=lock))


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Optuna warns of parts that it may still change; the range of versions in requirements.txt is what was tested."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
