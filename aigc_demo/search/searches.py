"""The searches that a server runs: beside its runs, in the time that they leave, and the studies that others run."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aigc_demo.data import Dataset
from aigc_demo.runs.trainers import MakeTrainer
from aigc_demo.search.definition import Definition
from aigc_demo.search.presence import workers
from aigc_demo.search.results import Results
from aigc_demo.search.searching import Measure, News, Searcher, check_digits, digit_fd
from aigc_demo.search.studies import JOURNAL, StudyFolder, check_name, list_studies
from aigc_demo.text import Refused, Text, VisitorError

MOST_LISTED = 50

BUSY = Text(
    "研究“{name}”正在进行；一次只做一个，请先停止它。",
    "The study “{name}” is being worked on; only one is at a time, so stop that one first.",
)
BROKE_DOWN = Text(
    "搜索因内部错误而停止；已完成的试验仍然保留。",
    "An internal error stopped the search; the trials made so far are kept.",
)

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Search:
    """One search of this server. `news` is where it stands; `error` why it ended before its trials were made."""

    name: str
    trials: int
    done: int = 0
    news: News | None = None
    error: Text | None = None
    leaving: bool = False
    over: bool = False

    def to_json(self) -> dict[str, Any]:
        facts = {
            "trials": self.trials,
            "done": self.done,
            "over": self.over,
            "stopping": self.leaving and not self.over,
        }
        return facts | {
            "number": None if self.news is None else self.news.number,
            "step": 0 if self.news is None else self.news.step,
        }


class Searches:
    """For any thread. At most one search at a time; any number of studies may be looked at."""

    def __init__(
        self,
        home: Path,
        when_idle: Callable[[Generator[object]], None],
        load_dataset: Callable[[str], Dataset],
        make_trainer: MakeTrainer,
        measure: Measure = digit_fd,
    ) -> None:
        """`when_idle` is given the work, and does it in its own time."""
        self.home = home
        self._when_idle = when_idle
        self._load_dataset = load_dataset
        self._make_trainer = make_trainer
        self._measure = measure
        self._lock = threading.Lock()
        self._present: Search | None = None
        self._read: dict[str, tuple[object, Results]] = {}

    def names(self) -> list[str]:
        """The studies on disk, the newest first."""
        return list_studies(self.home)[:MOST_LISTED]

    def results(self, name: str) -> Results:
        """A study as it stands on disk, whoever works on it. Raises `NotFound`, or `VisitorError` for a damaged one."""
        journal = self.home / check_name(name) / JOURNAL
        with self._lock:
            version = _version(journal)
            known = self._read.get(name)
            if known is None or known[0] != version:
                known = (version, StudyFolder.open(self.home, name).results())
                self._read[name] = known
                while len(self._read) > MOST_LISTED:
                    del self._read[next(iter(self._read))]
            return known[1]

    def search(self, name: str) -> Search | None:
        """This server's search on the study, going on or over; None where it has made none."""
        present = self._present
        return present if present is not None and present.name == name else None

    def is_going(self, name: str) -> bool:
        """Whether anybody searches in this study: this server, or another process."""
        mine = self.search(name)
        return (mine is not None and not mine.over) or workers(self.home / name) > 0

    def create(self, name: str, definition: Definition, trials: int) -> Search:
        """Begin a study. Raises `VisitorError` where the name is taken or the data cannot be had, and `Refused` where
        another goes on.
        """
        self._check_free()
        check_digits(self._load_dataset(definition.dataset))
        StudyFolder.create(self.home, name, definition)
        return self.go_on(name, trials)

    def go_on(self, name: str, trials: int) -> Search:
        """Make so many trials more. Raises as `results`, and `Refused` where another goes on."""
        self.results(name)
        with self._lock:
            self._check_free()
            search = self._present = Search(name, trials)
        self._when_idle(self._work(search))
        return search

    def stop(self, name: str) -> None:
        """End this server's search within one call of the trainer; the trial in hand is tried again when it goes on."""
        search = self.search(name)
        if search is not None:
            search.leaving = True

    def _check_free(self) -> None:
        present = self._present
        if present is not None and not present.over:
            raise Refused(BUSY.format(name=present.name))

    def _work(self, search: Search) -> Generator[object]:
        try:
            folder = StudyFolder.open(self.home, search.name)
            dataset = self._load_dataset(folder.definition.dataset)
            searcher = Searcher(folder, dataset, None, self._make_trainer, self._measure)
            with closing(searcher.turns(search.trials)) as turns:
                for news in turns:
                    search.news, search.done = news, search.done + news.ended
                    if search.leaving:
                        break
                    yield news
        except VisitorError as error:
            search.error = error.text
        except Exception:
            logger.exception("the search in %s broke down", search.name)
            search.error = BROKE_DOWN
        finally:
            search.over = True


def _version(path: Path) -> object:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size
