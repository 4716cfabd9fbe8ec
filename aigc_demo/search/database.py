"""Studies in a database that several machines reach: whatever Optuna's RDB storage speaks to, named by a URL.

A URL may hold a password: it is neither kept nor repeated.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aigc_demo.search.definition import DAMAGED, Definition
from aigc_demo.search.presence import GONE_SECONDS, NAME, Worker
from aigc_demo.search.studies import TAKEN, UNKNOWN, StudyFolder, check_name, first_trial, optuna, quietly
from aigc_demo.text import NotFound, Text, VisitorError

URL = re.compile(r"[a-z][a-z0-9]*(\+[a-z0-9]+)?://")
SIGN = "sign "

NO_DRIVER = Text(
    "这种数据库还需要它的 Python 驱动；安装后再试，例如 PostgreSQL 用 pip install psycopg2-binary。",
    "This kind of database needs its Python driver as well: install it and try again, for PostgreSQL with pip install "
    "psycopg2-binary.",
)
UNREACHABLE = Text(
    "数据库连接失败；请检查 --storage 的网址、用户名与密码，以及服务器是否在运行。",
    "The database cannot be reached: check the URL of --storage, its user and password, and whether the server runs.",
)


def is_url(storage: str) -> bool:
    return URL.match(storage) is not None


class DatabaseStudy(StudyFolder):
    """One study in a database. What a folder of files does by locks is done here by signs of life alone."""

    def __init__(self, name: str, study: Any, definition: Definition) -> None:
        super().__init__(Path(name), study, definition)

    @classmethod
    def create_at(cls, url: str, name: str, definition: Definition) -> DatabaseStudy:
        """As `StudyFolder.create`. Raises `VisitorError` also where the database cannot be had."""
        library, storage = optuna(), _storage(url)
        try:
            with quietly():
                study = library.create_study(
                    storage=storage, study_name=check_name(name), directions=["minimize", "minimize"]
                )
        except library.exceptions.DuplicatedStudyError as error:
            raise VisitorError(TAKEN.format(name=name)) from error
        first_trial(study, definition)
        return cls(name, study, definition)

    @classmethod
    def open_at(cls, url: str, name: str) -> DatabaseStudy:
        """As `StudyFolder.open`. Raises `VisitorError` also where the database cannot be had."""
        library, storage = optuna(), _storage(url)
        try:
            with quietly():
                study = library.load_study(storage=storage, study_name=check_name(name))
        except KeyError as error:
            raise NotFound(UNKNOWN.format(name=name)) from error
        try:
            return cls(name, study, Definition.from_json(study.user_attrs["definition"]))
        except KeyError as error:
            raise VisitorError(DAMAGED) from error

    @contextlib.contextmanager
    def at_work(self) -> Iterator[Worker]:
        worker = _InDatabase(self.study)
        worker.show()
        try:
            yield worker
        finally:
            self.study.set_user_attr(SIGN + worker.name, 0.0)

    def is_at_work(self, name: str) -> bool:
        signed = self.study.user_attrs.get(SIGN + name, 0.0)
        return bool(NAME.fullmatch(name)) and isinstance(signed, float) and time.time() - signed < GONE_SECONDS


class _InDatabase(Worker):
    def __init__(self, study: Any) -> None:
        super().__init__()
        self._study = study

    def show(self) -> None:
        self._study.set_user_attr(SIGN + self.name, time.time())


def _storage(url: str) -> Any:
    from optuna.exceptions import StorageInternalError
    from optuna.storages import RDBStorage
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with quietly():
            return RDBStorage(url)
    except ImportError as error:
        raise VisitorError(NO_DRIVER) from error
    except (SQLAlchemyError, StorageInternalError, RuntimeError, ValueError) as error:
        raise VisitorError(UNREACHABLE) from error
