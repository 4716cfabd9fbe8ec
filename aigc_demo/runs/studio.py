"""The Studio: all runs of this program, who may control them, and the models they leave."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from aigc_demo import data
from aigc_demo.checkpoints import IMPORTED, Generator, find_named
from aigc_demo.home import data_home
from aigc_demo.recipes import Plan, make_plan
from aigc_demo.recipes.adapting import adapt_plan
from aigc_demo.runs.adapting import joined, place_start, plan_of
from aigc_demo.runs.arithmetic import Settler
from aigc_demo.runs.axes_shelf import AxesShelf
from aigc_demo.runs.controls import Controls
from aigc_demo.runs.examiner import Examiner
from aigc_demo.runs.folder import RunFolder
from aigc_demo.runs.imports import Imports, Taken
from aigc_demo.runs.inverting import Inversions
from aigc_demo.runs.keeping import Keeper
from aigc_demo.runs.library import Library
from aigc_demo.runs.limits import LOCAL, PUBLIC, Limits
from aigc_demo.runs.listing import list_runs
from aigc_demo.runs.measure import figures_of
from aigc_demo.runs.measuring import Measuring
from aigc_demo.runs.model_info import ModelInfo
from aigc_demo.runs.networks import Networks
from aigc_demo.runs.own_data import OwnData
from aigc_demo.runs.prober import Prober
from aigc_demo.runs.race import Race, RaceRecord, Races, check_number, titles_for
from aigc_demo.runs.race_controls import RaceControls
from aigc_demo.runs.record import hash_token
from aigc_demo.runs.run import Run
from aigc_demo.runs.session import new_record
from aigc_demo.runs.shelf import Shelf
from aigc_demo.runs.storage import Storage
from aigc_demo.runs.trainers import MakeTrainer
from aigc_demo.runs.trash import FOLDER as TRASH
from aigc_demo.runs.trash import Trash
from aigc_demo.runs.worker import Errand, Worker
from aigc_demo.text import Refused, Text
from aigc_demo.training import Device, Trainer, describe, has_room

NOT_OWNER = Text(
    "只有开始这次训练的人可以控制它；你可以观看。",
    "Only whoever started this run can control it; you are welcome to watch.",
)
READ_ONLY = Text("这是一段录像，不能控制。", "This run is a recording: it cannot be controlled.")


class NotOwner(Refused):
    """A control was used without the token that Start gave out."""


class Started(NamedTuple):
    """A run that was accepted, and the token with which it can be controlled: given out once, stored only as a hash."""

    run: Run
    token: str


class StartedRace(NamedTuple):
    """As `Started`; the token is each member's as well."""

    race: Race
    token: str


class Studio:
    """One per program. Every method may be called from any thread."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        owner_is_everyone: bool = True,
        warm: bool = True,
        limits: Limits | None = None,
        live_figures: bool = True,
        make_trainer: MakeTrainer = Trainer,
        load_dataset: Callable[[str], data.Dataset] = data.load,
        describe_device: Callable[[], Device] = describe,
        measure: Callable[[RunFolder], dict[str, Any] | None] = figures_of,
    ) -> None:
        """`home` is the data folder (default: the user's); `warm` compiles the default recipe in the background.

        `limits` are by default those of a server whose visitors are all its owner, or are strangers. With
        `live_figures` the digits are measured while they are learnt. The last four are what the runs are made with;
        tests bring cheaper ones.
        """
        self.owner_is_everyone = owner_is_everyone
        self.limits = limits or (LOCAL if owner_is_everyone else PUBLIC)
        folder = home or data_home()
        self.home = folder
        self.make_trainer, self.load_dataset = make_trainer, load_dataset
        self._shelf = Shelf(folder / "runs", self.limits.kept_runs)
        self.trash = Trash(folder / TRASH)
        self.imports = Imports(folder / IMPORTED, self.limits)
        self.keeper = Keeper(self._shelf, self.trash, self._check_owner)
        self.storage = Storage(folder, self._shelf, self.limits.disk_megabytes, self.trash)
        self.measuring = Measuring()
        self._races = Races(folder / "races", self._shelf)
        self._starting = threading.Lock()
        self._visitors: dict[str, str] = {}  # run id -> who started it, for those in memory
        self._library = Library(folder / "runs")
        self.networks = Networks(folder / "runs", self._shelf.find)
        self.axes = AxesShelf(folder / "runs", self._shelf.find, folder / "cache" / "axes")
        self.inversions = Inversions()
        self.own = OwnData(folder / "datasets", self.limits)
        self._examiner = Examiner(measure)
        ended = self._examiner.measure_later
        self._prober = Prober() if live_figures else None
        self._worker = Worker(
            make_trainer,
            load_dataset,
            describe_device,
            ended,
            self.limits.queue,
            self._prober,
            Settler(folder / "cache" / "arithmetic"),
            self.limits.runs_at_once,
            has_room,
        )
        self._controls = Controls(self._worker, ended, self.limits)
        self._others: list[Callable[[], None]] = []
        self._race_controls = RaceControls(self._worker, self._controls)
        if warm:
            self.warm_up()

    def warm_up(self) -> None:
        """Compile the default recipe in the background."""
        self._worker.warm_up(make_plan())

    def when_idle(self, errand: Errand) -> None:
        """Work on `errand` while nobody trains; see `Worker.when_idle`."""
        self._worker.when_idle(errand)

    @property
    def device(self) -> Device | None:
        """What training runs on; None until TensorFlow has been asked."""
        return self._worker.device

    @property
    def current(self) -> Run | None:
        """The run that is training."""
        return self._worker.current

    def start(self, plan: Plan, visitor: str = "", paused: bool = False) -> Started:
        """Queue a new run, which with `paused` rests before its first step.

        Raises `Refused` when too many wait, this visitor has too many, or it is too long.
        """
        runs, token = self._begin([plan], visitor, paused=paused)
        return Started(runs[0], token)

    def adapt_plan(
        self, model: str, dataset: str, keep: bool, seed: object, seconds: object, settings: Mapping[str, object]
    ) -> Plan:
        """The plan of a run that begins with `model` and learns `dataset`, with `keep` beside the digits it knows.

        Raises `NotFound` or `VisitorError`.
        """
        before = plan_of(find_named(model, self._shelf.folder))
        return adapt_plan(before, model, joined(before, dataset, keep), seed, seconds, settings=settings)

    def again(self, run_id: str, visitor: str = "") -> Started:
        """A new run by the same plan and seed as another has now. Raises as `run` and `start`."""
        return self.start(self.run(run_id).plan, visitor)

    def start_race(self, plans: Sequence[Plan], titles: Iterable[Text | None] = (), visitor: str = "") -> StartedRace:
        """Queue two to four runs that train in turn, as one entry. Raises as `start`, or `VisitorError`.

        `titles` are the members' names, as far as they are given. All plans should have the same seed and budget.
        """
        check_number(plans)
        race_id = secrets.token_hex(10)
        runs, token = self._begin(plans, visitor, race_id)
        record = RaceRecord(race_id, tuple(run.id for run in runs), titles_for(plans, titles), hash_token(token))
        self._races.add(record)
        return StartedRace(Race(record, tuple(runs)), token)

    def run(self, run_id: str) -> Run:
        """The run called `run_id`, from memory or from disk.

        Raises `NotFound`, `VisitorError` for a damaged one, or `Refused` for one that another server trains.
        """
        return self._shelf.get(run_id)

    def runs(self) -> tuple[Run, ...]:
        """The runs in memory, the one last asked for at the end."""
        return self._shelf.runs()

    def race(self, race_id: str) -> Race:
        """The race called `race_id`, also after a restart. Raises as `run`."""
        return self._races.get(race_id)

    def control(
        self,
        run_id: str,
        action: str,
        token: str = "",
        seconds: float | None = None,
        *,
        everyone: bool | None = None,
    ) -> Run:
        """Do `action` to a run, and return when it has taken effect (or after two seconds).

        `everyone` overrides `owner_is_everyone` for one request. Raises `NotFound`, `NotOwner`, `Refused`.
        """
        run = self._controlled(run_id, token, everyone)
        self._controls.perform(run, action, seconds)
        return run

    def step(self, run_id: str, who: str = "both", token: str = "", *, everyone: bool | None = None) -> Run:
        """One step of a paused run, in which both learn or one alone ("d", "g"). Raises as `control`."""
        run = self._controlled(run_id, token, everyone)
        self._controls.step(run, who)
        return run

    def slow(self, run_id: str, phase: str, token: str = "", *, everyone: bool | None = None) -> dict[str, Any]:
        """A phase of slow motion, "look", "d" or "g": see `slow`. Raises as `control`."""
        return self._controls.slow(self._controlled(run_id, token, everyone), phase)

    def change(
        self,
        run_id: str,
        settings: Mapping[str, object],
        loss: str | None = None,
        token: str = "",
        *,
        everyone: bool | None = None,
    ) -> Run:
        """Let a run go on with other settings. Raises as `control`, and `VisitorError` for what cannot be changed."""
        run = self._controlled(run_id, token, everyone)
        self._controls.change(run, settings, loss)
        return run

    def control_race(
        self,
        race_id: str,
        action: str,
        token: str = "",
        seconds: float | None = None,
        *,
        everyone: bool | None = None,
    ) -> Race:
        """`control` for all members at once: pause, resume, stop, extend."""
        race = self.race(race_id)
        self._check_owner(race.record.is_owned_with(token), everyone)
        race = replace(race, members=tuple(map(self._shelf.claim, race.members)))
        self._race_controls.perform(race.members, action, seconds)
        return race

    def models(self, ids: Iterable[str] = (), everything: bool = True) -> tuple[ModelInfo, ...]:
        """The models to draw with; without `everything` the shipped ones and those of the runs in `ids`."""
        return self._library.models(self.runs(), None if everything else frozenset(ids))

    def listing(self, ids: Iterable[str] = (), everything: bool = True) -> list[dict[str, Any]]:
        """A line for each run, newest first (see `list_runs`); without `everything`, for those in `ids` alone."""
        return list_runs(self._shelf.folder, self.runs(), None if everything else frozenset(ids))

    def import_model(
        self,
        files: Mapping[str, bytes],
        name: str = "",
        visitor: str = "",
        ids: Iterable[str] = (),
        everything: bool = True,
        origin: Mapping[str, str] | None = None,
    ) -> tuple[Taken, str]:
        """Take in a model from elsewhere; what became of it, and the token with which it can be changed.

        It is looked for among the models that whoever asks may see (as `models`); `origin` is as `Imports.take` has it.
        Raises `VisitorError`, `Refused`.
        """
        token, known = secrets.token_hex(16), self.known_models(ids, everything)
        owner = hash_token(token)
        return self.imports.take(files, known, name=name, owner=owner, visitor=visitor, origin=origin), token

    def known_models(self, ids: Iterable[str] = (), everything: bool = True) -> list[tuple[str, Path]]:
        """Id and folder of every model on disk that whoever asks may see, as `models`."""
        return self._library.folders(None if everything else frozenset(ids))

    def model_folder(self, model_id: str) -> Path:
        """Where a model lies on disk. Raises `NotFound`, also for one that was not saved yet."""
        return find_named(model_id, self._shelf.folder)

    def generator(self, model_id: str) -> Generator:
        """A model by the name of a shipped one, or the id of a run or an imported one; a live run's follows its training.

        Raises `NotFound`, `Refused` while a run has nothing to draw with, `VisitorError` for a damaged checkpoint.
        """
        return self._library.generator(model_id, self._shelf.find(model_id))

    def sheet(self, model_id: str) -> bytes:
        """The sample sheet of a model as a PNG (see `runs.sheets`); raises what `generator` raises."""
        return self._library.sheet(model_id, self._shelf.find(model_id))

    def close(self) -> None:
        """Save the present run, so that it can be resumed; end all threads and all feeds. May be called twice."""
        self._worker.close()
        for run in self.runs():
            run.feed.end()
        self._shelf.close()
        self._examiner.close()
        self.axes.close()
        self.inversions.close()
        self.own.close()
        self.measuring.close()
        self.trash.close()
        self.storage.close()
        if self._prober is not None:
            self._prober.close()
        for close in self._others:
            close()

    def when_closing(self, close: Callable[[], None]) -> None:
        """Let what others have built beside the studio end with it; may be called twice, as `close` may."""
        self._others.append(close)

    def _controlled(self, run_id: str, token: str, everyone: bool | None) -> Run:
        """The run, once it is certain that whoever asks may control it, and that no other server does."""
        run = self.run(run_id)
        if run.recorded:
            raise Refused(READ_ONLY)
        self._check_owner(run.folder.record.is_owned_with(token), everyone)
        return self._shelf.claim(run)

    def _begin(
        self, plans: Sequence[Plan], visitor: str, race: str = "", paused: bool = False
    ) -> tuple[list[Run], str]:
        """New runs as one entry of the queue, and the token of their owner."""
        for plan in plans:
            self.limits.check_seconds(plan.seconds or 0.0)
        with self._starting:
            self._check_visitor(visitor)
            token = secrets.token_hex(16)
            runs = [self._create(plan, hash_token(token), race) for plan in plans]
            try:
                if paused:
                    self._controls.rest(runs[0])
                else:
                    self._worker.submit(*runs)
            except Refused:
                for run in runs:
                    self._shelf.discard(run)
                raise
            for run in runs:
                self._shelf.put(run)
                self._visitors[run.id] = visitor
        self._shelf.prune()
        self.storage.tidy_soon()
        return runs, token

    def _create(self, plan: Plan, owner: str, race: str) -> Run:
        run_id = secrets.token_hex(10)
        record = replace(new_record(run_id, plan, owner=owner), race=race)
        if plan.base:
            place_start(self._shelf.folder / run_id, find_named(plan.base, self._shelf.folder))
        run = Run(RunFolder.create(self._shelf.folder / run_id, record))
        return self._shelf.claim(run)

    def _check_visitor(self, visitor: str) -> None:
        present = {run.id: run for run in self.runs()}
        self._visitors = {run_id: who for run_id, who in self._visitors.items() if run_id in present}
        mine = [present[run_id] for run_id, who in self._visitors.items() if who == visitor]
        self.limits.check_visitor(len({run.folder.record.race or run.id for run in mine if run.is_going}))

    def _check_owner(self, is_owner: bool, everyone: bool | None) -> None:
        anybody = self.owner_is_everyone if everyone is None else everyone
        if not anybody and not is_owner:
            raise NotOwner(NOT_OWNER)
