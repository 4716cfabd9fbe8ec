"""Visitors' own data on a server: what they send, how it is converted one at a time, and the sets that they keep."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from aigc_demo.data.conversion import Bounds, Converted, Pair, Progress, conversion, preview
from aigc_demo.data.own import OwnInfo, OwnStore
from aigc_demo.data.pictures import Choices
from aigc_demo.runs import desk
from aigc_demo.runs.desk import Desk
from aigc_demo.runs.drafts import Draft, Drafts
from aigc_demo.runs.limits import Limits
from aigc_demo.text import Refused, Text

FULL = Text(
    "前面已有 {n} 份数据在等着转换，请稍后再试。",
    "{n} sets are already waiting to be converted; please try again a little later.",
)
BROKE_DOWN = Text("转换时出了内部错误，已记录下来。", "The conversion failed here; it has been noted.")
NOT_READY = Text("转换还没有完成。", "The conversion has not ended yet.")
NOT_OWNER = Text("只有添加这份数据的人可以改名或删除它。", "Only whoever added these data can rename or delete them.")


class Previewed(NamedTuple):
    """Some of the pictures before and after, and how many there are."""

    total: int
    class_names: tuple[str, ...]
    pairs: list[Pair]


@dataclass(eq=False)
class Ticket(desk.Ticket):
    """A wish to see some of a draft's pictures converted, or all of them."""

    draft: Draft
    choices: Choices


class OwnData:
    """For any thread."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.store = OwnStore(folder)
        self.drafts = Drafts(1_000_000 * limits.upload_megabytes)
        self._bounds = Bounds(limits.dataset_images, 100_000 * limits.dataset_images)
        self._kept = limits.kept_datasets
        # Two desks: a look at twelve pictures does not wait for the end of somebody's hundred thousand.
        self.previews: Desk[Ticket] = Desk("previews", self._preview, FULL, BROKE_DOWN)
        self.conversions: Desk[Ticket] = Desk("conversions", self._convert, FULL, BROKE_DOWN)

    def keep(self, draft_id: str, name: str, is_digits: bool) -> tuple[OwnInfo, str]:
        """Make a set of a draft that has been converted, and the token of its owner.

        Raises `NotFound`, `Refused` before the conversion has ended, `VisitorError` where the disk refuses.
        """
        draft = self.drafts.get(draft_id)
        if draft.result is None:
            raise Refused(NOT_READY)
        token = secrets.token_hex(16)
        kind = draft.result.kind if draft.kind == "file" else draft.kind
        info = self.store.add(draft.result, name or draft.name, kind, is_digits, token)
        self.drafts.drop(draft_id)
        self.store.prune(self._kept)
        return info, token

    def check_owner(self, own_id: str, token: str, everyone: bool) -> OwnInfo:
        """The set, where whoever asks may change it. Raises `NotFound`, `Refused`."""
        info = self.store.info(own_id)
        if not everyone and not info.is_owned_with(token):
            raise Refused(NOT_OWNER)
        return info

    def close(self) -> None:
        """May be called twice."""
        self.previews.close()
        self.conversions.close()
        self.drafts.close()

    def _preview(self, ticket: Ticket) -> Iterator[Previewed]:
        source = ticket.draft.source()
        yield Previewed(len(source), source.class_names, preview(source, ticket.choices))

    def _convert(self, ticket: Ticket) -> Iterator[Progress | Converted]:
        ticket.draft.result = None
        for news in conversion(ticket.draft.source(), ticket.choices, self._bounds, ticket.left.is_set):
            if isinstance(news, Converted):
                ticket.draft.result = news
            yield news
